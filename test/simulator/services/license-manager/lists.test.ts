import {
  DeleteGrantCommand, Filter, ListDistributedGrantsCommand, ListReceivedGrantsCommand, ListReceivedGrantsForOrganizationCommand,
} from '@aws-sdk/client-license-manager';
import { RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { account, createGrant, distributedGrant, ORGANIZATION_ARN, revise, unit } from './granting';
import {
  LINUX, LINUX_SKU, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SCANNER, SHARED, SimulatedOrganization, WEB,
} from '../simulated-organization';

let organization: SimulatedOrganization;

beforeEach(async () => {
  organization = await SimulatedOrganization.start(READY);
});

afterEach(() => organization.stop());

function filter(Name: string, ...Values: string[]): { Filters: Filter[] } {
  return { Filters: [{ Name, Values }] };
}

async function distributed(input: ConstructorParameters<typeof ListDistributedGrantsCommand>[0] = {}, caller = MANAGEMENT): Promise<string[]> {
  const { Grants } = await organization.licenseManager(caller).send(new ListDistributedGrantsCommand(input));
  return Grants!.map(({ GrantArn }) => GrantArn!);
}

async function received(input: ConstructorParameters<typeof ListReceivedGrantsCommand>[0] = {}, caller = PAYMENTS): Promise<string[]> {
  const { Grants } = await organization.licenseManager(caller).send(new ListReceivedGrantsCommand(input));
  return Grants!.map(({ GrantArn }) => GrantArn!);
}

describe('ListDistributedGrants', () => {
  test('shows what the caller granted, and nothing else', async () => {
    const first = await distributedGrant(organization, account(PAYMENTS));
    const second = await distributedGrant(organization, account(SHARED));
    await distributedGrant(organization, account(PAYMENTS), { LicenseArn: SANDBOX_LINUX }, SANDBOX);
    expect(await distributed()).toEqual([first, second]);
    expect(await distributed({}, PAYMENTS)).toEqual([]);
  });

  test('shows the grants of single accounts below an organization\'s grant', async () => {
    const parent = await distributedGrant(organization, unit('ou-ex01-workload'));
    const { Grants } = await organization.licenseManager(MANAGEMENT).send(new ListDistributedGrantsCommand({}));
    expect(Grants!.map(({ ParentArn }) => ParentArn)).toEqual([LINUX, parent, parent]);
  });

  test('keeps deleted grants', async () => {
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await organization.licenseManager(MANAGEMENT).send(new DeleteGrantCommand({ GrantArn: arn, Version: '1' }));
    await organization.settle();
    expect(await distributed(filter('GrantStatus', 'DELETED'))).toEqual([arn]);
  });

  test('selects by ARN and by each of its filters', async () => {
    const linux = await distributedGrant(organization, account(PAYMENTS));
    const scanner = await distributedGrant(organization, account(SHARED), { LicenseArn: SCANNER });
    await revise(organization, scanner, { Status: 'ACTIVE' });
    expect(await distributed({ GrantArns: [scanner, 'arn:aws:license-manager::111111111111:grant:g-none'] })).toEqual([scanner]);
    expect(await distributed(filter('LicenseArn', LINUX))).toEqual([linux]);
    expect(await distributed(filter('GrantStatus', 'ACTIVE'))).toEqual([scanner]);
    expect(await distributed(filter('GranteePrincipalARN', account(PAYMENTS)))).toEqual([linux]);
    expect(await distributed(filter('ProductSKU', LINUX_SKU))).toEqual([linux]);
    expect(await distributed(filter('LicenseIssuerName', 'AWS/Marketplace'))).toEqual([linux, scanner]);
    expect(await distributed(filter('LicenseIssuerName', 'aws/marketplace'))).toEqual([]);
  });

  test('refuses a filter that is spelled otherwise, and more than one value', async () => {
    await expect(distributed(filter('GranteePrincipalArn', account(PAYMENTS)))).rejects.toMatchObject({
      name: 'InvalidParameterValueException', message: expect.stringContaining('Filter GranteePrincipalArn is not one of: LicenseArn, GrantStatus'),
    });
    await expect(distributed(filter('LicenseArn', LINUX, SCANNER))).rejects.toMatchObject({
      name: 'InvalidParameterValueException', message: 'Filter LicenseArn needs exactly one value.',
    });
  });

  test('is empty in another Region', async () => {
    await distributedGrant(organization, account(PAYMENTS));
    const { Grants } = await organization.licenseManager(MANAGEMENT, 'eu-west-1').send(new ListDistributedGrantsCommand({}));
    expect(Grants).toEqual([]);
  });

  test('gives its pages in order, each grant once', async () => {
    const all = [];
    for (const id of [PAYMENTS, SHARED, SANDBOX, WEB]) all.push(await createGrant(organization, account(id)));
    const client = organization.licenseManager(MANAGEMENT);
    const pages: string[][] = [];
    let NextToken: string | undefined;
    do {
      const answer = await client.send(new ListDistributedGrantsCommand({ MaxResults: 3, NextToken }));
      pages.push(answer.Grants!.map(({ GrantArn }) => GrantArn!));
      NextToken = answer.NextToken;
    } while (NextToken);
    expect(pages).toEqual([all.slice(0, 3), all.slice(3)]);
  });

  test('refuses a token that it did not give, and a page of more than 100', async () => {
    await expect(distributed({ NextToken: 'made-up' })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: 'NextToken is not valid.' });
    await expect(distributed({ MaxResults: 101 })).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining("'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100"),
    });
  });
});

describe('ListReceivedGrants', () => {
  test('shows grants to the account, its organization and its organizational unit', async () => {
    const toAccount = await distributedGrant(organization, account(PAYMENTS), { LicenseArn: SCANNER });
    const toUnit = await distributedGrant(organization, unit('ou-ex01-workprod'));
    const toOrganization = await distributedGrant(organization, ORGANIZATION_ARN);
    await distributedGrant(organization, unit('ou-ex01-sandbox1'));
    const found = await received();
    expect(found).toEqual(expect.arrayContaining([toAccount, toUnit, toOrganization]));
    // Beside those three, the account's own parts of the two grants to groups.
    expect(found).toHaveLength(5);
  });

  test('shows a subscriber the grant of AWS Marketplace, with CreateGrant among its operations', async () => {
    const { Grants } = await organization.licenseManager(SANDBOX).send(new ListReceivedGrantsCommand({}));
    expect(Grants).toEqual([expect.objectContaining({
      LicenseArn: SANDBOX_LINUX, GrantStatus: 'ACTIVE', GrantedOperations: expect.arrayContaining(['CreateGrant']),
    })]);
  });

  test('selects by each of its filters', async () => {
    const linux = await distributedGrant(organization, account(PAYMENTS));
    const scanner = await distributedGrant(organization, account(PAYMENTS), { LicenseArn: SCANNER });
    const others = await distributedGrant(organization, account(PAYMENTS), { LicenseArn: SANDBOX_LINUX }, SANDBOX);
    expect(await received(filter('LicenseArn', LINUX))).toEqual([linux]);
    expect(await received(filter('ProductSKU', LINUX_SKU))).toEqual([linux, others]);
    expect(await received(filter('GrantStatus', 'PENDING_ACCEPT'))).toEqual([others]);
    expect(await received(filter('GranterAccountId', SANDBOX))).toEqual([others]);
    expect(await received(filter('LicenseIssuerName', 'AWS/Marketplace'))).toEqual([linux, scanner, others]);
    expect(await received({ GrantArns: [scanner] })).toEqual([scanner]);
  });
});

describe('ListReceivedGrantsForOrganization', () => {
  test('selects by parent and by grantee', async () => {
    const parent = await distributedGrant(organization, ORGANIZATION_ARN);
    const single = await distributedGrant(organization, account(PAYMENTS));
    const client = organization.licenseManager(MANAGEMENT);
    const ofParent = await client.send(new ListReceivedGrantsForOrganizationCommand({ LicenseArn: LINUX, ...filter('ParentArn', parent) }));
    expect(ofParent.Grants!.map(({ ParentArn }) => ParentArn)).toEqual(Array(4).fill(parent));
    const ofGrantee = await client.send(
      new ListReceivedGrantsForOrganizationCommand({ LicenseArn: LINUX, ...filter('GranteePrincipalArn', account(PAYMENTS)) }));
    expect(ofGrantee.Grants!.map(({ GrantArn }) => GrantArn)).toContain(single);
    expect(ofGrantee.Grants).toHaveLength(2);
  });

  test('leaves out accounts that have left', async () => {
    await distributedGrant(organization, account(PAYMENTS));
    organization.aws.organization!.leave(PAYMENTS);
    const { Grants } = await organization.licenseManager(MANAGEMENT).send(new ListReceivedGrantsForOrganizationCommand({ LicenseArn: LINUX }));
    expect(Grants!.map(({ GranteePrincipalArn }) => GranteePrincipalArn)).toEqual([account(MANAGEMENT)]);
  });

  test('is open to the delegated administrator', async () => {
    await organization.organizations(MANAGEMENT).send(
      new RegisterDelegatedAdministratorCommand({ AccountId: SANDBOX, ServicePrincipal: 'license-manager.amazonaws.com' }));
    const { Grants } = await organization.licenseManager(SANDBOX).send(new ListReceivedGrantsForOrganizationCommand({ LicenseArn: LINUX }));
    expect(Grants).toHaveLength(1);
  });

  test('is refused to an ordinary member', async () => {
    await expect(organization.licenseManager(PAYMENTS).send(new ListReceivedGrantsForOrganizationCommand({ LicenseArn: LINUX })))
      .rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
