import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateGrantCommand, CreateGrantVersionCommand, DeleteGrantCommand, GetGrantCommand, ListDistributedGrantsCommand,
  ListReceivedGrantsForOrganizationCommand,
} from '@aws-sdk/client-license-manager';
import { DescribeOrganizationCommand, ListAWSServiceAccessForOrganizationCommand } from '@aws-sdk/client-organizations';
import { account, createGrant, distributedGrant, grantInput, read, revise, token } from './granting';
import { SERVICE_LINKED_ROLE_NAMES } from '../../../../simulator/services/iam/service-linked-role-names';
import { LINUX, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SimulatedOrganization } from '../simulated-organization';

/*
 * What is known of managed entitlements, sentence by sentence: each rule that documents, models and reports of users settle, and
 * the test that holds the simulator to it. Tests that stand nowhere else are below. What is not settled is in variants.test.ts.
 */

const CREATE = 'license-manager/create-grant.test.ts';
const VERSION = 'license-manager/create-grant-version.test.ts';
const END = 'license-manager/end-of-a-grant.test.ts';
const GROUPS = 'license-manager/grants-to-groups.test.ts';
const LISTS = 'license-manager/lists.test.ts';
const LICENSES = 'license-manager/licenses.test.ts';
const SETTINGS = 'license-manager/settings-and-tags.test.ts';
const LIFECYCLE = 'license-manager/grants/grant-lifecycle.test.ts';
const PRINCIPAL = 'license-manager/grants/grantee-principal.test.ts';
const ACCEPTANCE = 'license-manager/grants/auto-acceptance.test.ts';
const QUOTA = 'license-manager/grants-per-license.test.ts';
const IAM = 'iam/iam.test.ts';
const ORGANIZATIONS = 'organizations.test.ts';
const HERE = 'license-manager/facts.test.ts';

const RULES: readonly (readonly [rule: string, file: string, test: string])[] = [
  // Operations
  ['A client token is required for CreateGrant and CreateGrantVersion; SDKs do not fill it in', HERE, 'a client token has to be given'],
  ['A client token ensures idempotency', CREATE, 'with the same token gets the first answer and makes no second grant'],
  ['A client token ensures idempotency of versions', VERSION, 'is made once for one token'],
  ['A status reason has at most 400 characters', VERSION, 'for a reason of more than 400 characters, by the model'],
  ['A grant has exactly one principal', CREATE, 'for more than one principal, by the model'],
  ['Allowed operations are 1 to 8 of an enumeration', HERE, 'allowed operations are some of those that the model knows'],
  ['A page has 1 to 100 results', LISTS, 'refuses a token that it did not give, and a page of more than 100'],
  ['Names of filters are case-sensitive, and take one value', LISTS, 'refuses a filter that is spelled otherwise, and more than one value'],
  ['Values of filters are case-sensitive', HERE, 'the value of a filter is case-sensitive'],
  ['ListDistributedGrants has GranteePrincipalARN and four other filters', LISTS, 'selects by ARN and by each of its filters'],
  ['ListReceivedGrants has five filters', LISTS, 'selects by each of its filters'],
  ['ListReceivedGrantsForOrganization has ParentArn and GranteePrincipalArn', LISTS, 'selects by parent and by grantee'],
  ['ListReceivedGrantsForOrganization needs a license', HERE, 'the grants of an organization are those of one license'],
  ['ListReceivedLicenses has five filters', LICENSES, 'selects by ARN and by each of its filters'],
  ['A grant shows GrantedOperations and no tags', CREATE, 'is accepted automatically, and disabled, in a linked organization with all features'],
  ['DeleteGrant needs a version', HERE, 'a deletion names the version'],
  ['AcceptGrant is the grantee\'s', END, 'by the grantor is refused in the words of AWS'],
  ['RejectGrant is the grantee\'s', END, 'by the grantor is refused'],
  ['DeleteGrant is the grantor\'s', END, 'by the grantee is refused'],
  ['GetGrant works for the grantee', CREATE, 'can be read by its grantee and by nobody else'],
  ['ListReceivedGrants has grants to the organization and units of the caller', LISTS, 'shows grants to the account, its organization and its organizational unit'],
  ['ListReceivedLicensesForOrganization needs linked Organizations', LICENSES, 'needs linked accounts and an administrator'],
  ['Settings are those of a Region', SETTINGS, 'in another Region does not count for licenses of us-east-1'],
  ['CreateTime is epoch seconds in a text', LICENSES, 'gives the time of creation as epoch seconds in a text, as the service does against its model'],
  ['A received license names its grant, and what may be passed on', LICENSES, 'shows a subscriber its licenses with what may be passed on'],
  ['ARNs of grants have no Region, and the account of the grantor', CREATE, 'is in its workflow first, as version 1'],
  ['Operations are a subset of those of the license', VERSION, 'for operations that the license does not allow'],
  ['The subscriber\'s grant has CreateGrant', LISTS, 'shows a subscriber the grant of AWS Marketplace, with CreateGrant among its operations'],
  ['Who received a license does not pass it on', CREATE, 'for a grantee that wants to pass its license on'],
  ['An override comes with the status ACTIVE only', VERSION, 'for an override without activation'],
  ['DISTRIBUTED_GRANTS_ONLY replaces nothing', VERSION, 'with DISTRIBUTED_GRANTS_ONLY replaces nothing'],
  ['ALL_GRANTS_PERMITTED_BY_ISSUER replaces other active grants of the product', VERSION,
    'with ALL_GRANTS_PERMITTED_BY_ISSUER disables the other grants of the product and takes their place'],
  ['The grantee chooses an override only if the grantor did not', VERSION, 'for a grantee that changes the override of the grantor'],
  ['ACTIVE and DISABLED can be asked for', VERSION, 'for a status that cannot be asked for'],
  ['A new grant is version 1, and a new version the next number', HERE, 'versions are numbers in texts, from 1 on'],
  ['A source version is optional, and has to be the latest', VERSION, 'for a source version that is not the latest'],
  ['A deletion has to name the latest version', END, 'with a version that is not the latest is refused in the words of AWS'],
  // Principals
  ['Principals are accounts, organizations and units, by ARN', PRINCIPAL, 'an account, an organization and an organizational unit are principals'],
  ['A unit covers nested units', GROUPS, 'reaches the accounts of nested units as well'],
  ['A delegated administrator that subscribed may grant to the organization', CREATE, 'a delegated administrator that is the subscriber may grant to the organization'],
  ['Consolidated billing has grants to accounts only', CREATE, 'an organization with consolidated billing only'],
  ['An ordinary member does not grant to the organization', CREATE, 'an ordinary member that grants to the organization'],
  ['The ARN of an organization has the id of its management account', CREATE, 'an organization ARN with the id of another account'],
  ['A parent ends WORKFLOW_COMPLETED, its accounts hold the truth', GROUPS, 'is WORKFLOW_COMPLETED after activation although one account has the product active already'],
  ['A grant to the organization has one for each account', GROUPS, 'reports that its workflow ran, and reaches every active account but the grantor'],
  ['The parent of a plain grant is the license', CREATE, 'is accepted automatically, and disabled, in a linked organization with all features'],
  ['A new account gets the grant of its organization', GROUPS, 'a new account gets its part of the grant'],
  ['A new account is activated if the grant was activated in bulk', GROUPS, 'a new account is activated if the whole grant was'],
  ['An account that leaves has its grants disabled', GROUPS, 'an account that leaves has its grants disabled, those to it alone as well'],
  ['Single accounts can be activated', GROUPS, 'lets one account be activated by itself'],
  ['Missing trusted access is refused in the reported words', CREATE, 'missing trusted access'],
  // Home Region
  ['Grants are made in the home Region', CREATE, 'for a client in another Region'],
  ['Grants are changed in the home Region', VERSION, 'in another Region'],
  ['A home Region that is named wrong is refused in the reported words', CREATE, 'another home Region'],
  ['Licenses can be seen in every Region', LICENSES, 'can be read in every Region'],
  ['Grants can be seen in the home Region only', LISTS, 'is empty in another Region'],
  ['Other licenses may have other home Regions', HERE, 'a license with another home Region is granted there'],
  // The states of a grant
  ['Distribution ends disabled or waiting for acceptance', LIFECYCLE, 'distribution begins in a workflow, and ends disabled or pending'],
  ['Acceptance leads to DISABLED', END, 'by the grantee makes a pending grant disabled'],
  ['Rejection is final', END, 'by the grantee is the end of the grant'],
  ['Pending and disabled grants can be rejected', LIFECYCLE, 'a grant can be rejected before and after its acceptance, but not in a workflow'],
  ['Activation goes through a workflow', VERSION, 'is a new version that is in its workflow first and active in the end'],
  ['Both sides activate', VERSION, 'is open to the grantee as well'],
  ['Both sides deactivate', VERSION, 'can deactivate'],
  ['Renaming is the grantor\'s', VERSION, 'for a grantee that changes what is the grantor\\\'s'],
  ['Deletion goes through PENDING_DELETE, and the grant stays readable', END, 'is pending first, deleted in the end, and the grant stays readable'],
  ['Activation comes after acceptance', VERSION, 'for an activation before acceptance'],
  ['One grant of a product is active in an account', VERSION, 'takes no effect where the product is active already, and says why'],
  ['Activation needs the role of AWS Marketplace in both accounts, or its trusted access', VERSION,
    'takes no effect without the role of AWS Marketplace or its trusted access, and names the account'],
  ['Acceptance is automatic under four conditions together', ACCEPTANCE, 'a grant is accepted automatically when all conditions hold'],
  ['Linking turns automatic acceptance on', SETTINGS, 'turns automatic acceptance on, and unlinking turns it off and nothing else'],
  ['A bought license is accepted and active', LICENSES, 'shows a subscriber its licenses with what may be passed on'],
  ['An accepted grant is not accepted again, in the reported words', END, 'of a grant that was accepted automatically is refused in the words of AWS'],
  ['Deleted grants stay in lists', LISTS, 'keeps deleted grants'],
  ['A license has 2,000 grants at most', QUOTA, 'a license has no more than 2,000 grants'],
  // Trusted access, roles, linking
  ['Trusted access is the management account\'s', ORGANIZATIONS, 'is for the management account alone'],
  ['The principal of the management account\'s role is none for trusted access', ORGANIZATIONS, 'does not know %s'],
  ['Trusted access needs all features', ORGANIZATIONS, 'needs all features'],
  ['Lists of Organizations have 20 results at most', HERE, 'lists of Organizations have 20 results at most'],
  ['License Manager has one delegated administrator, after trusted access', ORGANIZATIONS, 'a second account for License Manager'],
  ['The roles have the names of the guides', HERE, 'service-linked roles have the names of the guides'],
  ['A role that is there is InvalidInput, with the known words', IAM, 'a second time is refused in the words of AWS'],
  ['There are no suffixes', IAM, 'with a suffix is refused in the words of AWS'],
  ['A role that is not there is NoSuchEntity, 404', IAM, 'answers 404 for a role of another account'],
  ['Deletion of a role is one task in the background', IAM, 'runs in the background, one task a role'],
  ['Roles go after trusted access', IAM, 'fails while trusted access is enabled'],
  ['Roles go when the account has left', IAM, 'succeeds in an account that has left the organization'],
  ['The core role goes last', IAM, 'goes in the order that License Manager needs: switch, trusted access, management role, core role'],
  ['Linking enables trusted access, makes roles, and shares resources', SETTINGS,
    'sets the switch, enables trusted access for both principals, and makes the roles in every account'],
  ['Linking is the management account\'s, with all features', SETTINGS, 'is for the management account alone'],
  ['Discovery across accounts cannot be turned off', SETTINGS, 'cannot turn the discovery across accounts off again'],
  ['The topic has the prefix of the service', SETTINGS, 'refuse a topic without the prefix of the service'],
  ['Any account describes its organization', ORGANIZATIONS, 'describes itself to every member'],
  ['An account without an organization is told so', ORGANIZATIONS, 'is not in use for an account outside of it'],
];

test.each(RULES)('%s', (_rule, file, name) => {
  const source = readFileSync(join(__dirname, '..', file), 'utf8');
  // The name of a test, or the one of a row in a table of tests.
  const beginnings = ["test('", ")('", "why: '", "['"];
  expect(beginnings.some((beginning) => source.includes(`${beginning}${name}`))).toBe(true);
});

describe('a rule', () => {
  let organization: SimulatedOrganization;

  beforeEach(async () => {
    organization = await SimulatedOrganization.start(READY);
  });

  afterEach(() => organization.stop());

  test('a client token has to be given', async () => {
    const withoutToken = { ...grantInput(account(PAYMENTS)), ClientToken: undefined };
    await expect(organization.licenseManager(MANAGEMENT).send(new CreateGrantCommand(withoutToken))).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining("'clientToken'"),
    });
    const arn = await distributedGrant(organization, account(PAYMENTS));
    const version = new CreateGrantVersionCommand({ ClientToken: undefined, GrantArn: arn, Status: 'ACTIVE' });
    await expect(organization.licenseManager(MANAGEMENT).send(version)).rejects.toMatchObject({ message: expect.stringContaining("'clientToken'") });
    await expect(createGrant(organization, account(PAYMENTS), { ClientToken: 'two words' })).rejects.toMatchObject({ message: expect.stringContaining('\\S+') });
  });

  test.each([
    [[]],
    [['CheckoutLicense', 'BatchCreateLicenseUsageRecords']],
  ])('allowed operations are some of those that the model knows, not %j', async (operations) => {
    await expect(createGrant(organization, account(PAYMENTS), { AllowedOperations: operations as never })).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining('allowedOperations'),
    });
  });

  test('the value of a filter is case-sensitive', async () => {
    await distributedGrant(organization, account(PAYMENTS));
    const withStatus = async (status: string) => (await organization.licenseManager(MANAGEMENT).send(
      new ListDistributedGrantsCommand({ Filters: [{ Name: 'GrantStatus', Values: [status] }] }))).Grants;
    expect(await withStatus('DISABLED')).toHaveLength(1);
    expect(await withStatus('disabled')).toEqual([]);
  });

  test('the grants of an organization are those of one license', async () => {
    await expect(organization.licenseManager(MANAGEMENT).send(new ListReceivedGrantsForOrganizationCommand({ LicenseArn: undefined })))
      .rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining("'licenseArn'") });
    await distributedGrant(organization, account(PAYMENTS));
    const { Grants } = await organization.licenseManager(MANAGEMENT).send(
      new ListReceivedGrantsForOrganizationCommand({ LicenseArn: SANDBOX_LINUX }));
    expect(Grants!.map(({ GranteePrincipalArn }) => GranteePrincipalArn)).toEqual([account(SANDBOX)]);
  });

  test('a deletion names the version', async () => {
    const arn = await distributedGrant(organization, account(PAYMENTS));
    await expect(organization.licenseManager(MANAGEMENT).send(new DeleteGrantCommand({ GrantArn: arn, Version: undefined })))
      .rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining("'version'") });
  });

  test('versions are numbers in texts, from 1 on', async () => {
    const arn = await distributedGrant(organization, account(PAYMENTS));
    expect((await read(organization, arn)).Version).toBe('1');
    const { Version } = await organization.licenseManager(MANAGEMENT).send(
      new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, GrantName: 'other' }));
    expect(Version).toBe('2');
    await organization.settle();
    await revise(organization, arn, { SourceVersion: '2', GrantName: 'third' });
    expect((await read(organization, arn)).Version).toBe('3');
  });

  test('a license with another home Region is granted there', async () => {
    await organization.stop();
    const [linux, ...others] = READY.subscriptions;
    organization = await SimulatedOrganization.start({ ...READY, subscriptions: [{ ...linux, homeRegion: 'eu-west-1' }, ...others] });
    const input = grantInput(account(PAYMENTS), { HomeRegion: 'eu-west-1' });
    await expect(organization.licenseManager(MANAGEMENT).send(new CreateGrantCommand(input)))
      .rejects.toMatchObject({ message: 'Grant can only be created in resource home AWS region: eu-west-1' });
    const client = organization.licenseManager(MANAGEMENT, 'eu-west-1');
    const { GrantArn } = await client.send(new CreateGrantCommand(input));
    expect((await client.send(new GetGrantCommand({ GrantArn: GrantArn! }))).Grant).toMatchObject({ LicenseArn: LINUX, HomeRegion: 'eu-west-1' });
  });

  test('lists of Organizations have 20 results at most', async () => {
    await expect(organization.organizations(MANAGEMENT).send(new ListAWSServiceAccessForOrganizationCommand({ MaxResults: 21 })))
      .rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'MAX_VALUE_EXCEEDED' });
    const { Organization } = await organization.organizations(PAYMENTS).send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' });
  });

  test('service-linked roles have the names of the guides', () => {
    expect(SERVICE_LINKED_ROLE_NAMES).toMatchObject({
      'license-manager.amazonaws.com': 'AWSServiceRoleForAWSLicenseManagerRole',
      'license-manager.master-account.amazonaws.com': 'AWSServiceRoleForAWSLicenseManagerMasterAccountRole',
      'license-manager.member-account.amazonaws.com': 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole',
      'license-management.marketplace.amazonaws.com': 'AWSServiceRoleForMarketplaceLicenseManagement',
      'license-management.dataexchange.amazonaws.com': 'AWSServiceRoleForAWSDataExchangeLicenseManagement',
    });
  });
});
