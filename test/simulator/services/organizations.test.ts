import {
  DeregisterDelegatedAdministratorCommand, DescribeAccountCommand, DescribeOrganizationalUnitCommand, DescribeOrganizationCommand,
  DisableAWSServiceAccessCommand, EnableAWSServiceAccessCommand, ListAccountsCommand, ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand, ListChildrenCommand, ListDelegatedAdministratorsCommand, ListOrganizationalUnitsForParentCommand,
  ListParentsCommand, ListRootsCommand, ListTagsForResourceCommand, OrganizationsClient, RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { BARE, MANAGEMENT, PAYMENTS, SANDBOX, SHARED, SimulatedOrganization } from './simulated-organization';
import { OrganizationDefinition } from '../../../simulator/organization/organization-definition';

const LICENSE_MANAGER = 'license-manager.amazonaws.com';

let organization: SimulatedOrganization;

async function start(definition: OrganizationDefinition = BARE): Promise<void> {
  organization = await SimulatedOrganization.start(definition);
}

afterEach(() => organization.stop());

describe('the organization', () => {
  test('describes itself to every member', async () => {
    await start();
    const { Organization } = await organization.organizations(PAYMENTS).send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({
      Id: 'o-exampleorg1',
      Arn: 'arn:aws:organizations::111111111111:organization/o-exampleorg1',
      FeatureSet: 'ALL',
      MasterAccountId: MANAGEMENT,
    });
  });

  test('is not in use for an account outside of it', async () => {
    await start();
    await expect(organization.organizations('999999999999').send(new DescribeOrganizationCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException', message: 'Your account is not a member of an organization.',
    });
  });

  test('is not in use for any account if the file has none', async () => {
    await start({
      ...BARE, organization: null, organizationalUnits: [], accounts: BARE.accounts.map(({ parentId: _parentId, ...account }) => account),
    });
    await expect(organization.organizations(MANAGEMENT).send(new DescribeOrganizationCommand({})))
      .rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  });

  test('shows its tree to the management account', async () => {
    await start();
    const client = organization.organizations(MANAGEMENT);
    expect((await client.send(new ListRootsCommand({}))).Roots).toMatchObject([{ Id: 'r-ex01', Arn: 'arn:aws:organizations::111111111111:root/o-exampleorg1/r-ex01' }]);
    expect((await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: 'r-ex01' }))).OrganizationalUnits!.map(({ Name }) => Name))
      .toEqual(['Workloads', 'Sandbox']);
    expect((await client.send(new ListAccountsForParentCommand({ ParentId: 'ou-ex01-workload' }))).Accounts!.map(({ Id }) => Id)).toEqual([SHARED]);
    expect((await client.send(new ListChildrenCommand({ ParentId: 'ou-ex01-workload', ChildType: 'ORGANIZATIONAL_UNIT' }))).Children)
      .toEqual([{ Id: 'ou-ex01-workprod', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect((await client.send(new ListParentsCommand({ ChildId: PAYMENTS }))).Parents).toEqual([{ Id: 'ou-ex01-workprod', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect((await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ex01-workprod' }))).OrganizationalUnit).toMatchObject({
      Arn: 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workprod', Path: 'o-exampleorg1/r-ex01/ou-ex01-workload/ou-ex01-workprod/',
    });
    expect((await client.send(new ListTagsForResourceCommand({ ResourceId: PAYMENTS }))).Tags).toEqual([{ Key: 'stage', Value: 'prod' }]);
    expect((await client.send(new DescribeAccountCommand({ AccountId: '666666666666' }))).Account).toMatchObject({ Status: 'SUSPENDED', State: 'SUSPENDED' });
  });

  test('gives its accounts page by page', async () => {
    await start();
    const client = organization.organizations(MANAGEMENT);
    const first = await client.send(new ListAccountsCommand({ MaxResults: 4 }));
    const second = await client.send(new ListAccountsCommand({ MaxResults: 4, NextToken: first.NextToken }));
    expect([...first.Accounts!, ...second.Accounts!].map(({ Id }) => Id)).toEqual(BARE.accounts.map(({ id }) => id));
    expect(second.NextToken).toBeUndefined();
    await expect(client.send(new ListAccountsCommand({ NextToken: 'made-up' })))
      .rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'INVALID_NEXT_TOKEN' });
  });

  test('hides its tree from ordinary members', async () => {
    await start();
    await expect(organization.organizations(PAYMENTS).send(new ListAccountsCommand({})))
      .rejects.toMatchObject({ name: 'AccessDeniedException', message: "You don't have permissions to access this resource." });
  });

  test('names the member of a request that is wrong', async () => {
    await start();
    await expect(organization.organizations(MANAGEMENT).send(new DescribeAccountCommand({ AccountId: 'abc' }))).rejects.toMatchObject({
      name: 'InvalidInputException',
      Reason: 'INVALID_PATTERN',
      message: 'You provided a value that does not match the required pattern. [accountId: Member must satisfy regular expression pattern: ^\\d{12}$]',
    });
    await expect(organization.organizations(MANAGEMENT).send(new ListAccountsCommand({ MaxResults: 21 })))
      .rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'MAX_VALUE_EXCEEDED' });
  });

  test.each<[string, (client: OrganizationsClient) => Promise<unknown>]>([
    ['AccountNotFoundException', async (client) => client.send(new DescribeAccountCommand({ AccountId: '999999999999' }))],
    ['OrganizationalUnitNotFoundException', async (client) =>
      client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-ex01-12345678' }))],
    ['ParentNotFoundException', async (client) => client.send(new ListAccountsForParentCommand({ ParentId: 'ou-ex01-12345678' }))],
    ['ChildNotFoundException', async (client) => client.send(new ListParentsCommand({ ChildId: '999999999999' }))],
    ['TargetNotFoundException', async (client) => client.send(new ListTagsForResourceCommand({ ResourceId: '999999999999' }))],
  ])('answers %s for what is not there', async (name, ask) => {
    await start();
    await expect(ask(organization.organizations(MANAGEMENT))).rejects.toMatchObject({ name });
  });
});

describe('trusted access', () => {
  test('can be enabled twice, listed, and disabled', async () => {
    await start();
    const client = organization.organizations(MANAGEMENT);
    await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: LICENSE_MANAGER }));
    await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: LICENSE_MANAGER }));
    expect((await client.send(new ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals)
      .toEqual([{ ServicePrincipal: LICENSE_MANAGER, DateEnabled: new Date('2026-07-01T00:00:00Z') }]);
    await client.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: LICENSE_MANAGER }));
    expect((await client.send(new ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals).toEqual([]);
  });

  test('is for the management account alone', async () => {
    await start({ ...BARE, trustedServices: [LICENSE_MANAGER], delegatedAdministrators: { [LICENSE_MANAGER]: SANDBOX } });
    await expect(organization.organizations(SANDBOX).send(new EnableAWSServiceAccessCommand({ ServicePrincipal: LICENSE_MANAGER })))
      .rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('needs all features', async () => {
    await start({ ...BARE, organization: { ...BARE.organization!, featureSet: 'CONSOLIDATED_BILLING' } });
    await expect(organization.organizations(MANAGEMENT).send(new EnableAWSServiceAccessCommand({ ServicePrincipal: LICENSE_MANAGER })))
      .rejects.toMatchObject({ name: 'ConstraintViolationException', Reason: 'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE' });
  });

  test.each(['license-manager.master-account.amazonaws.com', 'license-manager'])('does not know %s', async (ServicePrincipal) => {
    await start();
    await expect(organization.organizations(MANAGEMENT).send(new EnableAWSServiceAccessCommand({ ServicePrincipal })))
      .rejects.toMatchObject({ name: 'InvalidInputException', Reason: 'UNRECOGNIZED_SERVICE_PRINCIPAL' });
  });

  test('stays while the service has a delegated administrator', async () => {
    await start({ ...BARE, trustedServices: [LICENSE_MANAGER], delegatedAdministrators: { [LICENSE_MANAGER]: SANDBOX } });
    await expect(organization.organizations(MANAGEMENT).send(new DisableAWSServiceAccessCommand({ ServicePrincipal: LICENSE_MANAGER })))
      .rejects.toMatchObject({ name: 'ConstraintViolationException', Reason: 'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE' });
  });
});

describe('delegated administrators', () => {
  const trusting: OrganizationDefinition = { ...BARE, trustedServices: [LICENSE_MANAGER] };

  async function register(AccountId: string): Promise<void> {
    await organization.organizations(MANAGEMENT).send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: LICENSE_MANAGER }));
  }

  test('can be registered, see the tree, and be deregistered', async () => {
    await start(trusting);
    await register(SANDBOX);
    const client = organization.organizations(SANDBOX);
    expect((await client.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: LICENSE_MANAGER }))).DelegatedAdministrators)
      .toMatchObject([{ Id: SANDBOX, DelegationEnabledDate: new Date('2026-07-01T00:00:00Z') }]);
    await organization.organizations(MANAGEMENT).send(
      new DeregisterDelegatedAdministratorCommand({ AccountId: SANDBOX, ServicePrincipal: LICENSE_MANAGER }));
    await expect(client.send(new ListAccountsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each<[string, OrganizationDefinition, string, object]>([
    ['the management account', trusting, MANAGEMENT, {
      name: 'ConstraintViolationException',
      Reason: 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
      message: 'You cannot register management account/yourself as delegated administrator for your organization.',
    }],
    ['a service without trusted access', BARE, SANDBOX, { name: 'InvalidInputException', message: 'You specified an unrecognized service principal.' }],
    ['an account outside the organization', trusting, '999999999999', { name: 'AccountNotFoundException' }],
    ['a suspended account', trusting, '666666666666', { Reason: 'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR' }],
    ['an account that is one already', { ...trusting, delegatedAdministrators: { [LICENSE_MANAGER]: SANDBOX } }, SANDBOX, {
      name: 'AccountAlreadyRegisteredException', message: 'The provided account is already a delegated administrator for your organization.',
    }],
    ['a second account for License Manager', { ...trusting, delegatedAdministrators: { [LICENSE_MANAGER]: SANDBOX } }, SHARED, {
      name: 'ConstraintViolationException', Reason: 'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED',
    }],
  ])('are refused for %s', async (_what, definition, accountId, error) => {
    await start(definition);
    await expect(register(accountId)).rejects.toMatchObject(error);
  });

  test('cannot be deregistered if they are none', async () => {
    await start(trusting);
    await expect(organization.organizations(MANAGEMENT).send(
      new DeregisterDelegatedAdministratorCommand({ AccountId: SANDBOX, ServicePrincipal: LICENSE_MANAGER })))
      .rejects.toMatchObject({ name: 'AccountNotRegisteredException' });
  });
});
