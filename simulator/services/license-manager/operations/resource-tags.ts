import type {
  ListTagsForResourceRequest, ListTagsForResourceResponse, Tag, TagResourceRequest, TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
} from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { resourceNotFound } from '../errors';
import { Grant } from '../grants/grant';
import { LicenseManagerState } from '../license-manager-state';
import { isGrantor } from '../requests/grant-requests';
import { requestTagContext, resourceTagContext, tagList, withTags } from '../requests/tags';

interface OfResource {
  readonly ResourceArn: string;
}

export class TagResource implements Operation<TagResourceRequest & OfResource, TagResourceResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ ResourceArn, Tags }: TagResourceRequest & OfResource): RequiredAccess {
    return accessToResource(ResourceArn, this.state, Tags);
  }

  perform({ ResourceArn, Tags }: TagResourceRequest & OfResource, context: CallContext): TagResourceResponse {
    const grant = ownGrant(ResourceArn, this.state, context);
    withTags(grant.tags, Tags).forEach((value, key) => grant.tags.set(key, value));
    return {};
  }
}

export class UntagResource implements Operation<UntagResourceRequest & OfResource, UntagResourceResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ ResourceArn, TagKeys }: UntagResourceRequest & OfResource): RequiredAccess {
    const { resourceArns, context } = accessToResource(ResourceArn, this.state);
    return { resourceArns, context: { ...context, 'aws:TagKeys': TagKeys ?? [] } };
  }

  perform({ ResourceArn, TagKeys }: UntagResourceRequest & OfResource, context: CallContext): UntagResourceResponse {
    const grant = ownGrant(ResourceArn, this.state, context);
    TagKeys?.forEach((key) => grant.tags.delete(key));
    return {};
  }
}

export class ListTagsForResource implements Operation<ListTagsForResourceRequest & OfResource, ListTagsForResourceResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ ResourceArn }: OfResource): RequiredAccess {
    return accessToResource(ResourceArn, this.state);
  }

  perform({ ResourceArn }: OfResource, context: CallContext): ListTagsForResourceResponse {
    return { Tags: tagList(ownGrant(ResourceArn, this.state, context).tags) };
  }
}

/** Guess: tags belong to the account that made the grant, and are out of sight for everyone else. */
function ownGrant(arn: string, { grants }: LicenseManagerState, context: CallContext): Grant {
  const grant = grants.find(arn);
  if (!grant || !isGrantor(grant, context) || grant.identity.homeRegion !== context.region) throw resourceNotFound(arn);
  return grant;
}

function accessToResource(arn: string, { grants }: LicenseManagerState, tags?: readonly Tag[]): RequiredAccess {
  return { resourceArns: [arn], context: { ...resourceTagContext(grants.find(arn)?.tags), ...requestTagContext(tags) } };
}
