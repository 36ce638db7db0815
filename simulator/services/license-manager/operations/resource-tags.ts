import type {
  ListTagsForResourceRequest, ListTagsForResourceResponse, Tag, TagResourceRequest, TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
} from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { requestTagContext, resourceTagContext, tagList } from '../../tags';
import { resourceNotFound } from '../errors';
import { Grant } from '../grants/grant';
import { LicenseManagerState } from '../license-manager-state';
import { isGrantor } from '../requests/grant-requests';
import { withTags } from '../requests/tags';

type TagInput = Validated<TagResourceRequest, 'ResourceArn' | 'Tags'>;
type UntagInput = Validated<UntagResourceRequest, 'ResourceArn' | 'TagKeys'>;
type ListInput = Validated<ListTagsForResourceRequest, 'ResourceArn'>;

export class TagResource implements Operation<TagInput, TagResourceResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ ResourceArn, Tags }: TagInput): RequiredAccess {
    return accessToResource(ResourceArn, this.state, Tags);
  }

  perform({ ResourceArn, Tags }: TagInput, context: CallContext): TagResourceResponse {
    const grant = ownGrant(ResourceArn, this.state, context);
    withTags(grant.tags, Tags).forEach((value, key) => grant.tags.set(key, value));
    return {};
  }
}

export class UntagResource implements Operation<UntagInput, UntagResourceResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ ResourceArn, TagKeys }: UntagInput): RequiredAccess {
    const { resourceArns, context } = accessToResource(ResourceArn, this.state);
    return { resourceArns, context: { ...context, 'aws:TagKeys': TagKeys } };
  }

  perform({ ResourceArn, TagKeys }: UntagInput, context: CallContext): UntagResourceResponse {
    const grant = ownGrant(ResourceArn, this.state, context);
    TagKeys.forEach((key) => grant.tags.delete(key));
    return {};
  }
}

export class ListTagsForResource implements Operation<ListInput, ListTagsForResourceResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ ResourceArn }: ListInput): RequiredAccess {
    return accessToResource(ResourceArn, this.state);
  }

  perform({ ResourceArn }: ListInput, context: CallContext): ListTagsForResourceResponse {
    return { Tags: tagList(ownGrant(ResourceArn, this.state, context).tags) };
  }
}

/** Guess: tags belong to the account that made the grant, and are out of sight for everyone else. */
function ownGrant(arn: string, { grants, variants }: LicenseManagerState, context: CallContext): Grant {
  const grant = grants.find(arn);
  if (!grant || !isGrantor(grant, context) || grant.identity.homeRegion !== context.region) throw resourceNotFound(arn, variants);
  return grant;
}

function accessToResource(arn: string, { grants }: LicenseManagerState, tags?: readonly Tag[]): RequiredAccess {
  return { resourceArns: [arn], context: { ...resourceTagContext(grants.find(arn)?.tags), ...requestTagContext(tags) } };
}
