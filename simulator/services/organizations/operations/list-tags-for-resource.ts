import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-organizations';
import { OrganizationState } from '../../../organization/organization-state';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { page } from '../answers';
import { targetNotFound } from '../errors';
import { OrganizationAccess } from '../organization-access';

type Input = Validated<ListTagsForResourceRequest, 'ResourceId'>;

/** Accounts have the tags of the organization file; roots and organizational units have none. */
export class ListTagsForResource implements Operation<Input, ListTagsForResourceResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ ResourceId }: Input): RequiredAccess {
    return this.access.toResource(ResourceId);
  }

  perform(input: Input, context: CallContext): ListTagsForResourceResponse {
    const tags = tagsOf(this.access.asAdministrator(context), input.ResourceId);
    if (!tags) throw targetNotFound();
    const { items, nextToken } = page(Object.entries(tags), input, context);
    return { Tags: items.map(([Key, Value]) => ({ Key, Value })), NextToken: nextToken };
  }
}

function tagsOf(organization: OrganizationState, resourceId: string): Readonly<Record<string, string>> | undefined {
  return organization.account(resourceId)?.tags ?? (organization.hasParent(resourceId) ? {} : undefined);
}
