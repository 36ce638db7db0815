import type { GetLicenseRequest, GetLicenseResponse } from '@aws-sdk/client-license-manager';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { receivedLicense } from '../answers';
import { licenseNotFound, notAllowed } from '../errors';
import { LicenseManagerState } from '../license-manager-state';

type Input = Validated<GetLicenseRequest, 'LicenseArn'>;

/** Guess: for the issuer alone; holders find a license with ListReceivedLicenses, as every tool does. */
export class GetLicense implements Operation<Input, GetLicenseResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  requiredAccess({ LicenseArn }: Input): RequiredAccess {
    return { resourceArns: [LicenseArn] };
  }

  perform({ LicenseArn, Version }: Input, { caller, now }: CallContext): GetLicenseResponse {
    const license = this.state.licenses.find(LicenseArn);
    if (!license || (Version !== undefined && Version !== '1')) throw licenseNotFound(LicenseArn, this.state.variants);
    if (caller.accountId !== license.issuerAccountId) throw notAllowed(caller.accountId, 'read this license');
    const { ReceivedMetadata: _receivedMetadata, CreateTime: _createTime, ...common } =
      receivedLicense(license, this.state.subscribersGrant(license), this.state.variants, now);
    return { License: common };
  }
}
