import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';

export class GetCallerIdentity implements Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> {
  /** Everybody may ask, whatever policies say: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  requiredAccess(): RequiredAccess {
    return { resourceArns: [] };
  }

  perform(_input: GetCallerIdentityRequest, { caller }: CallContext): GetCallerIdentityResponse {
    return { Account: caller.accountId, Arn: caller.arn, UserId: caller.userId };
  }
}
