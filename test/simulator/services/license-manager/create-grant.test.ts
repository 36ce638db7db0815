import { DeleteServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import { CreateGrantCommand, CreateGrantCommandInput, GetGrantCommand, ListTagsForResourceCommand } from '@aws-sdk/client-license-manager';
import { DisableAWSServiceAccessCommand } from '@aws-sdk/client-organizations';
import { account, children, createGrant, distributedGrant, grantInput, ORGANIZATION_ARN, read, unit } from './granting';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import { BARE, CLOSED, LINUX, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SHARED, SimulatedOrganization, WEB } from '../simulated-organization';

let organization: SimulatedOrganization;

async function start(definition: OrganizationDefinition): Promise<void> {
  organization = await SimulatedOrganization.start(definition);
}

afterEach(() => organization.stop());

describe('a grant to an account', () => {
  test('is in its workflow first, as version 1', async () => {
    await start(READY);
    const answer = await organization.licenseManager(MANAGEMENT).send(new CreateGrantCommand(grantInput(account(PAYMENTS))));
    expect(answer).toMatchObject({ Status: 'PENDING_WORKFLOW', Version: '1' });
    expect(answer.GrantArn).toMatch(/^arn:aws:license-manager::111111111111:grant:g-[0-9a-f]{32}$/);
    expect(await read(organization, answer.GrantArn!)).toMatchObject({ GrantStatus: 'PENDING_WORKFLOW', Version: '1' });
  });

  test('is accepted automatically, and disabled, in a linked organization with all features', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(PAYMENTS), { GrantName: 'linux' });
    expect(await read(organization, arn)).toEqual({
      GrantArn: arn,
      GrantName: 'linux',
      ParentArn: LINUX,
      LicenseArn: LINUX,
      GranteePrincipalArn: account(PAYMENTS),
      HomeRegion: 'us-east-1',
      GrantStatus: 'DISABLED',
      Version: '1',
      GrantedOperations: ['CheckoutLicense', 'CreateToken'],
    });
  });

  test.each<[string, OrganizationDefinition, string, string, string]>([
    ['Organizations is not linked', BARE, MANAGEMENT, LINUX, PAYMENTS],
    ['the grantor is not the management account', READY, SANDBOX, SANDBOX_LINUX, PAYMENTS],
    ['the organization has consolidated billing only', {
      ...BARE, organization: { ...BARE.organization!, featureSet: 'CONSOLIDATED_BILLING' },
    }, MANAGEMENT, LINUX, PAYMENTS],
  ])('waits for acceptance if %s', async (_why, definition, grantor, license, grantee) => {
    await start(definition);
    const arn = await distributedGrant(organization, account(grantee), { LicenseArn: license }, grantor);
    expect((await read(organization, arn, grantor)).GrantStatus).toBe('PENDING_ACCEPT');
  });

  test('waits for acceptance if a role of License Manager is missing in the account', async () => {
    await start(READY);
    await organization.organizations(MANAGEMENT).send(
      new DisableAWSServiceAccessCommand({ ServicePrincipal: 'license-manager.member-account.amazonaws.com' }));
    await organization.iam(PAYMENTS).send(new DeleteServiceLinkedRoleCommand({ RoleName: 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole' }));
    await organization.settle();
    const without = await distributedGrant(organization, account(PAYMENTS));
    const withRole = await distributedGrant(organization, account(SHARED));
    expect((await read(organization, without)).GrantStatus).toBe('PENDING_ACCEPT');
    expect((await read(organization, withRole)).GrantStatus).toBe('DISABLED');
  });

  test('fails with a reason if the account is suspended', async () => {
    await start(READY);
    const arn = await distributedGrant(organization, account(CLOSED));
    expect(await read(organization, arn)).toMatchObject({ GrantStatus: 'FAILED_WORKFLOW', StatusReason: 'Account 666666666666 is SUSPENDED.' });
  });

  test('has the tags that it was made with', async () => {
    await start(READY);
    const arn = await createGrant(organization, account(PAYMENTS), { Tags: [{ Key: 'owner', Value: 'platform' }] });
    const { Tags } = await organization.licenseManager(MANAGEMENT).send(new ListTagsForResourceCommand({ ResourceArn: arn }));
    expect(Tags).toEqual([{ Key: 'owner', Value: 'platform' }]);
  });

  test('can be read by its grantee and by nobody else', async () => {
    await start(READY);
    const arn = await createGrant(organization, account(PAYMENTS));
    expect((await read(organization, arn, PAYMENTS)).GrantArn).toBe(arn);
    await expect(read(organization, arn, SHARED)).rejects.toMatchObject({ name: 'ValidationException', message: `Grant ${arn} does not exist.` });
  });

  test('is not there in another Region', async () => {
    await start(READY);
    const arn = await createGrant(organization, account(PAYMENTS));
    await expect(organization.licenseManager(MANAGEMENT, 'eu-west-1').send(new GetGrantCommand({ GrantArn: arn })))
      .rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a repeated request', () => {
  test('with the same token gets the first answer and makes no second grant', async () => {
    await start(READY);
    const client = organization.licenseManager(MANAGEMENT);
    const input = grantInput(account(PAYMENTS));
    const first = await client.send(new CreateGrantCommand(input));
    await organization.settle();
    const before = organization.aws.grants().length;
    const second = await client.send(new CreateGrantCommand(input));
    expect([second.GrantArn, second.Status, second.Version]).toEqual([first.GrantArn, 'PENDING_WORKFLOW', '1']);
    expect(organization.aws.grants()).toHaveLength(before);
  });

  test('with the same token and other content is refused', async () => {
    await start(READY);
    const input = grantInput(account(PAYMENTS));
    const client = organization.licenseManager(MANAGEMENT);
    await client.send(new CreateGrantCommand(input));
    await expect(client.send(new CreateGrantCommand({ ...input, Principals: [account(SHARED)] })))
      .rejects.toMatchObject({ name: 'InvalidParameterValueException', message: 'ClientToken has been used with other parameters.' });
  });

  test('with another token is refused as a duplicate while the first grant lives', async () => {
    await start(READY);
    const arn = await createGrant(organization, account(PAYMENTS));
    await expect(createGrant(organization, account(PAYMENTS))).rejects.toMatchObject({
      name: 'ValidationException', message: `The license has a grant to this principal already: ${arn}`,
    });
  });
});

const consolidatedBilling: OrganizationDefinition = { ...BARE, organization: { ...BARE.organization!, featureSet: 'CONSOLIDATED_BILLING' } };
const expired: OrganizationDefinition = {
  ...READY, subscriptions: READY.subscriptions.map((subscription) => ({ ...subscription, licenseStatus: 'EXPIRED' })),
};
const ended: OrganizationDefinition = {
  ...READY,
  subscriptions: READY.subscriptions.map((subscription) => ({ ...subscription, validity: { begin: '2025-07-01T00:00:00Z', end: '2026-07-01T00:00:00Z' } })),
};
const notForOthers: OrganizationDefinition = {
  ...READY, subscriptions: READY.subscriptions.map((subscription) => ({ ...subscription, allowedOperations: ['CheckoutLicense', 'CreateToken'] })),
};
const trustedOnly: OrganizationDefinition = { ...BARE, trustedServices: ['license-manager.amazonaws.com'] };

interface Refusal {
  readonly why: string;
  readonly definition?: OrganizationDefinition;
  readonly principal?: string;
  readonly grantor?: string;
  readonly changes?: Partial<CreateGrantCommandInput>;
  readonly message: string;
}

describe('CreateGrant is refused', () => {
  test.each<Refusal>([
    { why: 'another home Region', changes: { HomeRegion: 'eu-west-1' }, message: 'Grant can only be created in resource home AWS region: us-east-1' },
    { why: 'a license that is not there', changes: { LicenseArn: LINUX.replace(/1$/, '9') }, message: `License ${LINUX.replace(/1$/, '9')} does not exist.` },
    { why: 'a license of another account', grantor: PAYMENTS, principal: account(SHARED), message: `License ${LINUX} does not exist.` },
    { why: 'an expired license', definition: expired, message: `License ${LINUX} is not available, its status is EXPIRED.` },
    { why: 'a license after its validity', definition: ended, message: `License ${LINUX} is not available, its status is EXPIRED.` },
    { why: 'a license that may not be granted on', definition: notForOthers, message: `The operation CreateGrant is not allowed on license ${LINUX}.` },
    {
      why: 'a principal that is no account, organization or unit',
      principal: 'arn:aws:iam::222222222222:role/admin',
      message: 'Principal arn:aws:iam::222222222222:role/admin is not the ARN of an account, an organization or an organizational unit.',
    },
    {
      why: 'operations that the license does not allow',
      changes: { AllowedOperations: ['CheckoutLicense', 'CheckoutBorrowLicense'] },
      message: 'AllowedOperations is not a subset of the operations that the license allows: CheckoutBorrowLicense',
    },
    { why: 'the grantor as grantee', principal: account(MANAGEMENT), message: 'The grantee of a grant cannot be its grantor.' },
    {
      why: 'an account outside the organization',
      principal: account('999999999999'),
      message: 'Principal arn:aws:iam::999999999999:root is not in the organization of the grantor.',
    },
    {
      why: 'an organization with consolidated billing only',
      definition: consolidatedBilling,
      principal: ORGANIZATION_ARN,
      message: 'Grants to an organization or an organizational unit need an organization with all features enabled.',
    },
    {
      why: 'an ordinary member that grants to the organization',
      principal: ORGANIZATION_ARN,
      grantor: SANDBOX,
      changes: { LicenseArn: SANDBOX_LINUX },
      message: 'Caller arn:aws:iam::444444444444:root is neither the management account nor the delegated administrator of the organization.',
    },
    {
      why: 'an organization ARN with the id of another account',
      principal: ORGANIZATION_ARN.replace(MANAGEMENT, SANDBOX),
      message: 'Principal arn:aws:organizations::444444444444:organization/o-exampleorg1 is not in the organization of the grantor.',
    },
    {
      why: 'an unknown organizational unit',
      principal: unit('ou-ex01-12345678'),
      message: `Principal ${unit('ou-ex01-12345678')} is not in the organization of the grantor.`,
    },
    {
      why: 'missing trusted access',
      definition: BARE,
      principal: ORGANIZATION_ARN,
      message: 'Grantor has disabled Trusted Access to AWS License Manager Service in AWS Organizations',
    },
    {
      why: 'missing linking',
      definition: trustedOnly,
      principal: ORGANIZATION_ARN,
      message: 'Grantor has not linked AWS Organizations accounts in the settings of AWS License Manager',
    },
    { why: 'accounts without an organization', definition: withoutOrganization(), message: `Principal ${account(PAYMENTS)} is not in the organization of the grantor.` },
  ])('for $why', async ({ definition = READY, principal = account(PAYMENTS), grantor, changes, message }) => {
    await start(definition);
    const before = organization.aws.grants().length;
    await expect(createGrant(organization, principal, changes, grantor)).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(organization.aws.grants()).toHaveLength(before);
  });

  test('for a client in another Region', async () => {
    await start(READY);
    await expect(organization.licenseManager(MANAGEMENT, 'eu-west-1').send(new CreateGrantCommand(grantInput(account(PAYMENTS)))))
      .rejects.toMatchObject({ name: 'ValidationException', message: 'Grant can only be created in resource home AWS region: us-east-1' });
  });

  test('for a grantee that wants to pass its license on', async () => {
    await start(READY);
    await distributedGrant(organization, account(PAYMENTS), { AllowedOperations: ['CreateGrant', 'CheckoutLicense'] });
    await expect(createGrant(organization, account(SHARED), {}, PAYMENTS))
      .rejects.toMatchObject({ message: `The operation CreateGrant is not allowed on license ${LINUX}.` });
  });

  test('for more than one principal, by the model', async () => {
    await start(READY);
    await expect(createGrant(organization, account(PAYMENTS), { Principals: [account(PAYMENTS), account(SHARED)] })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'principals' failed to satisfy constraint: Member must have length less than or equal to 1"),
    });
  });

  test('for the reserved tag prefix', async () => {
    await start(READY);
    await expect(createGrant(organization, account(PAYMENTS), { Tags: [{ Key: 'aws:cloudformation:stack-id', Value: 'x' }] }))
      .rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining('begins with aws:') });
  });
});

test('a delegated administrator that is the subscriber may grant to the organization', async () => {
  await start({ ...READY, delegatedAdministrators: { 'license-manager.amazonaws.com': SANDBOX } });
  const arn = await distributedGrant(organization, ORGANIZATION_ARN, { LicenseArn: SANDBOX_LINUX }, SANDBOX);
  expect((await read(organization, arn, SANDBOX)).GrantStatus).toBe('WORKFLOW_COMPLETED');
  const reached = await children(organization, arn, SANDBOX_LINUX);
  expect(Object.keys(reached)).toEqual([MANAGEMENT, PAYMENTS, SHARED, WEB]);
  expect(Object.values(reached).map(({ GrantStatus }) => GrantStatus)).toEqual(Array(4).fill('DISABLED'));
});

function withoutOrganization(): OrganizationDefinition {
  return {
    ...BARE, organization: null, organizationalUnits: [], accounts: BARE.accounts.map(({ parentId: _parentId, ...rest }) => rest),
  };
}
