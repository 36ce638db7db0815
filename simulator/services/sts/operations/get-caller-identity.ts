import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { CallContext, Operation } from '../../../wire/service';

export class GetCallerIdentity implements Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> {
  perform(_input: GetCallerIdentityRequest, { caller }: CallContext): GetCallerIdentityResponse {
    return { Account: caller.accountId, Arn: caller.arn, UserId: caller.userId };
  }
}
