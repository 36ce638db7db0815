import { activationOutcome, ActivationFacts } from '../../../../../simulator/services/license-manager/grants/activation';

const FINE: ActivationFacts = {
  licenseStatus: 'AVAILABLE',
  granteeIsInOrganization: true,
  grantorHasMarketplaceRole: true,
  granteeHasMarketplaceRole: true,
  marketplaceHasTrustedAccess: false,
  override: 'DISTRIBUTED_GRANTS_ONLY',
  anotherGrantIsActive: false,
};

test('takes effect when nothing stands in its way', () => {
  expect(activationOutcome(FINE)).toEqual({ status: 'ACTIVE', replacesOthers: false });
});

test('takes effect by trusted access alone', () => {
  expect(activationOutcome({ ...FINE, grantorHasMarketplaceRole: false, granteeHasMarketplaceRole: false, marketplaceHasTrustedAccess: true }).status)
    .toBe('ACTIVE');
});

test('replaces others only if every grant that the issuer permits may be replaced', () => {
  expect(activationOutcome({ ...FINE, anotherGrantIsActive: true, override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' }))
    .toEqual({ status: 'ACTIVE', replacesOthers: true });
  expect(activationOutcome({ ...FINE, anotherGrantIsActive: true, override: 'DISTRIBUTED_GRANTS_ONLY' }).status).toBe('NO_EFFECT');
});

test.each<[Partial<ActivationFacts>, string]>([
  [{ licenseStatus: 'SUSPENDED' }, 'The license is SUSPENDED and cannot be activated.'],
  [{ granteeIsInOrganization: false }, 'The grantee account is not in the organization of the grantor.'],
  [{ grantorHasMarketplaceRole: false }, 'The service-linked role AWSServiceRoleForMarketplaceLicenseManagement is missing in the grantor account.'],
  [{ granteeHasMarketplaceRole: false }, 'The service-linked role AWSServiceRoleForMarketplaceLicenseManagement is missing in the grantee account.'],
  [{ anotherGrantIsActive: true }, 'Another license of the same product is active in the grantee account.'],
])('takes no effect for %j', (facts, reason) => {
  expect(activationOutcome({ ...FINE, ...facts })).toEqual({ status: 'NO_EFFECT', reason });
});
