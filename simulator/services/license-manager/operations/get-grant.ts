import type { GetGrantRequest, GetGrantResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { grantAnswer } from '../answers';
import { grantVersionNotFound } from '../errors';
import { LicenseManagerState } from '../license-manager-state';
import { accessToGrant, readableGrant } from '../requests/grant-requests';

type Input = Validated<GetGrantRequest, 'GrantArn'>;

export class GetGrant implements Operation<Input, GetGrantResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ GrantArn }: Input): RequiredAccess {
    return accessToGrant(GrantArn, this.state);
  }

  perform({ GrantArn, Version }: Input, context: CallContext): GetGrantResponse {
    const grant = readableGrant(GrantArn, this.state, context);
    const { variants } = this.state;
    if (Version === undefined) return { Grant: grantAnswer(grant, variants) };
    const content = grant.contentOf(Version);
    if (!content) throw grantVersionNotFound(GrantArn, Version, variants);
    return { Grant: grantAnswer(grant, variants, { version: Version, content }) };
  }
}
