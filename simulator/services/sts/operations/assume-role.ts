import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { ServiceError } from '../../../wire/service-error';
import { roleTagContext } from '../../iam/role-access';
import { StsState } from '../sts-state';

type Input = Validated<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName'>;

/** IAM's default, and the lower bound of a role's maximum: API reference of AssumeRole, DurationSeconds. */
const DEFAULT_SESSION_SECONDS = 3600;

export class AssumeRole implements Operation<Input, AssumeRoleResponse> {
  constructor(private readonly state: StsState) {}

  requiredAccess({ RoleArn, ExternalId, RoleSessionName }: Input): RequiredAccess {
    const role = this.state.roles.find(RoleArn);
    return {
      resourceArns: [RoleArn],
      context: {
        'sts:RoleSessionName': RoleSessionName,
        ...ExternalId === undefined ? {} : { 'sts:ExternalId': ExternalId },
        ...roleTagContext(role),
      },
      resourcePolicy: role && { accountId: role.accountId, document: role.trustPolicy },
    };
  }

  /** Whether the role trusts the caller is part of the authorization. */
  perform({ RoleArn, RoleSessionName, DurationSeconds }: Input, { caller }: CallContext): AssumeRoleResponse {
    const role = this.state.roles.find(RoleArn);
    if (!role) {
      // Like STS, the answer does not tell a role that is not there from one that does not trust the caller.
      throw new ServiceError('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, 403);
    }
    const durationSeconds = DurationSeconds ?? DEFAULT_SESSION_SECONDS;
    if (durationSeconds > role.maximumSessionSeconds) {
      throw new ServiceError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    }
    const credentials = this.state.identities.issueCredentials({
      accountId: role.accountId, roleArn: role.arn, sessionName: RoleSessionName, durationSeconds,
    });
    return {
      Credentials: {
        AccessKeyId: credentials.accessKeyId,
        SecretAccessKey: credentials.secretAccessKey,
        SessionToken: credentials.sessionToken,
        Expiration: credentials.expiration,
      },
      AssumedRoleUser: {
        AssumedRoleId: `${role.roleId}:${RoleSessionName}`,
        Arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.roleName}/${RoleSessionName}`,
      },
    };
  }
}
