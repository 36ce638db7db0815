import {
  DeleteGrantCommand, GetLicenseCommand, ListReceivedLicensesCommand, ListReceivedLicensesCommandInput, ListReceivedLicensesForOrganizationCommand,
  RejectGrantCommand,
} from '@aws-sdk/client-license-manager';
import { account, children, distributedGrant, ORGANIZATION_ARN, revise } from './granting';
import {
  BARE, LINUX, LINUX_SKU, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SCANNER, SimulatedOrganization,
} from '../simulated-organization';

let organization: SimulatedOrganization;

afterEach(() => organization.stop());

async function licenses(accountId: string, input: ListReceivedLicensesCommandInput = {}, region?: string) {
  return (await organization.licenseManager(accountId, region).send(new ListReceivedLicensesCommand(input))).Licenses!;
}

describe('ListReceivedLicenses', () => {
  beforeEach(async () => {
    organization = await SimulatedOrganization.start(READY);
  });

  test('shows a subscriber its licenses with what may be passed on', async () => {
    const [linux, scanner] = await licenses(MANAGEMENT);
    expect(scanner.LicenseArn).toBe(SCANNER);
    expect(linux).toMatchObject({
      LicenseArn: LINUX,
      ProductName: 'Example Hardened Linux',
      ProductSKU: LINUX_SKU,
      Issuer: { Name: 'AWS/Marketplace' },
      HomeRegion: 'us-east-1',
      Status: 'AVAILABLE',
      Validity: { Begin: '2026-01-01T00:00:00Z', End: '2027-01-01T00:00:00Z' },
      ReceivedMetadata: {
        ReceivedStatus: 'ACTIVE',
        AllowedOperations: ['CreateGrant', 'CheckoutLicense', 'CheckInLicense', 'ExtendConsumptionLicense', 'ListPurchasedLicenses', 'CreateToken'],
      },
    });
    expect(linux.LicenseMetadata).toEqual([{ Name: 'grantArn', Value: expect.stringMatching(/^arn:aws:license-manager::294406891311:grant:g-/) }]);
  });

  test('gives the time of creation as epoch seconds in a text, as the service does against its model', async () => {
    const [linux] = await licenses(MANAGEMENT);
    expect(linux.CreateTime).toBe(String(Date.UTC(2026, 0, 1) / 1000));
  });

  test('shows a grantee the license with the status of its grant', async () => {
    expect(await licenses(PAYMENTS)).toEqual([]);
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await revise(organization, arn, { Status: 'ACTIVE' });
    expect(await licenses(PAYMENTS)).toEqual([expect.objectContaining({
      LicenseArn: LINUX,
      LicenseMetadata: [{ Name: 'grantArn', Value: arn }],
      ReceivedMetadata: { ReceivedStatus: 'ACTIVE', AllowedOperations: ['CheckoutLicense', 'CreateToken'] },
    })]);
  });

  test('shows one entry a license, that of the grant that lives', async () => {
    const rejected = await distributedGrant(organization, account(PAYMENTS));
    await organization.licenseManager(PAYMENTS).send(new RejectGrantCommand({ GrantArn: rejected }));
    expect((await licenses(PAYMENTS))[0].ReceivedMetadata!.ReceivedStatus).toBe('REJECTED');
    const live = await distributedGrant(organization, account(PAYMENTS));
    expect(await licenses(PAYMENTS)).toEqual([expect.objectContaining({ LicenseMetadata: [{ Name: 'grantArn', Value: live }] })]);
  });

  test('shows the grant that lives although a newer one was rejected', async () => {
    const parent = await distributedGrant(organization, ORGANIZATION_ARN);
    const rejected = await distributedGrant(organization, account(PAYMENTS));
    await organization.licenseManager(PAYMENTS).send(new RejectGrantCommand({ GrantArn: rejected }));
    const live = (await children(organization, parent))[PAYMENTS].GrantArn;
    expect(await licenses(PAYMENTS)).toEqual([expect.objectContaining({ LicenseMetadata: [{ Name: 'grantArn', Value: live }] })]);
  });

  test('shows the newest of the grants that live', async () => {
    await distributedGrant(organization, ORGANIZATION_ARN);
    const newest = await distributedGrant(organization, account(PAYMENTS));
    expect(await licenses(PAYMENTS)).toEqual([expect.objectContaining({ LicenseMetadata: [{ Name: 'grantArn', Value: newest }] })]);
  });

  test('shows the newest of the grants that are at their end', async () => {
    let newest: string | undefined;
    for (let count = 0; count < 2; count += 1) {
      newest = await distributedGrant(organization, account(PAYMENTS));
      await organization.licenseManager(PAYMENTS).send(new RejectGrantCommand({ GrantArn: newest }));
    }
    expect(await licenses(PAYMENTS)).toEqual([expect.objectContaining({ LicenseMetadata: [{ Name: 'grantArn', Value: newest }] })]);
  });

  test('shows a workflow while a grant is being deleted', async () => {
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await organization.licenseManager(MANAGEMENT).send(new DeleteGrantCommand({ GrantArn: arn, Version: '1' }));
    expect((await licenses(PAYMENTS))[0].ReceivedMetadata!.ReceivedStatus).toBe('PENDING_WORKFLOW');
    await organization.settle();
    expect((await licenses(PAYMENTS))[0].ReceivedMetadata!.ReceivedStatus).toBe('DELETED');
  });

  test('can be read in every Region', async () => {
    expect((await licenses(MANAGEMENT, {}, 'eu-west-1')).map(({ LicenseArn }) => LicenseArn)).toEqual([LINUX, SCANNER]);
  });

  test('selects by ARN and by each of its filters', async () => {
    const arns = async (input: ListReceivedLicensesCommandInput) => (await licenses(MANAGEMENT, input)).map(({ LicenseArn }) => LicenseArn);
    expect(await arns({ LicenseArns: [SCANNER] })).toEqual([SCANNER]);
    expect(await arns({ Filters: [{ Name: 'ProductSKU', Values: [LINUX_SKU] }] })).toEqual([LINUX]);
    expect(await arns({ Filters: [{ Name: 'Status', Values: ['EXPIRED'] }] })).toEqual([]);
    expect(await arns({ Filters: [{ Name: 'IssuerName', Values: ['AWS/Marketplace'] }, { Name: 'Beneficiary', Values: [MANAGEMENT] }] })).toEqual([LINUX, SCANNER]);
    await expect(arns({ Filters: [{ Name: 'ProductSku', Values: [LINUX_SKU] }] })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  test('shows a license as expired from the end of its validity on', async () => {
    await organization.pass(200 * 24 * 60 * 60 * 1000);
    expect((await licenses(MANAGEMENT)).map(({ Status }) => Status)).toEqual(['EXPIRED', 'AVAILABLE']);
  });
});

describe('ListReceivedLicensesForOrganization', () => {
  test('shows the administrator what all accounts hold', async () => {
    organization = await SimulatedOrganization.start(READY);
    await distributedGrant(organization, account(PAYMENTS));
    const { Licenses } = await organization.licenseManager(MANAGEMENT).send(
      new ListReceivedLicensesForOrganizationCommand({ Filters: [{ Name: 'ProductSKU', Values: [LINUX_SKU] }] }));
    expect(Licenses!.map(({ LicenseArn }) => LicenseArn)).toEqual([LINUX, LINUX, SANDBOX_LINUX]);
  });

  test('needs linked accounts and an administrator', async () => {
    organization = await SimulatedOrganization.start(BARE);
    await expect(organization.licenseManager(MANAGEMENT).send(new ListReceivedLicensesForOrganizationCommand({})))
      .rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('has not linked AWS Organizations accounts') });
    await expect(organization.licenseManager(PAYMENTS).send(new ListReceivedLicensesForOrganizationCommand({})))
      .rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('GetLicense', () => {
  test('is for the issuer alone', async () => {
    organization = await SimulatedOrganization.start(READY);
    const { License } = await organization.licenseManager('294406891311').send(new GetLicenseCommand({ LicenseArn: SANDBOX_LINUX }));
    expect(License).toMatchObject({ LicenseArn: SANDBOX_LINUX, Beneficiary: SANDBOX });
    await expect(organization.licenseManager(MANAGEMENT).send(new GetLicenseCommand({ LicenseArn: LINUX })))
      .rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
