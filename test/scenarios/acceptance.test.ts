import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  EntitlementsMemberRole, EntitlementsMemberRoleProps, GrantAcceptance, GrantCompletion, Grantee, ManagedEntitlementsMemberSetup,
  ManagedEntitlementsProvider, MarketplaceLicense, MarketplaceLicenseGrant,
} from '../../lib';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { OrganizationDefinition } from '../../simulator/organization/organization-definition';
import { Variants } from '../../simulator/services/variants';
import { failAfter } from '../support/failing-resource';
import { EXAMPLE_ORGANIZATION, LINUX_SKU, RehearsedStacks, RehearsedStacksOptions } from '../support/rehearsed-stacks';

/** Has a subscription of its own and is the delegated administrator; grants of a member are accepted by nobody in its place. */
const GRANTOR = '444444444444';
const GRANTEE = '555555555555';
const OTHER_GRANTEE = '333333333333';

const ORGANIZATION: OrganizationDefinition = {
  ...EXAMPLE_ORGANIZATION,
  linked: true,
  trustedServices: ['license-management.marketplace.amazonaws.com'],
  delegatedAdministrators: { 'license-manager.amazonaws.com': GRANTOR },
};

const ASSUMING_ROLE = GrantAcceptance.assumingRole({ roleName: EntitlementsMemberRole.DEFAULT_ROLE_NAME });

let stacks: RehearsedStacks;

afterEach(async () => {
  await stacks.stop();
});

async function start(options: RehearsedStacksOptions = {}): Promise<void> {
  stacks = await RehearsedStacks.start({ organization: ORGANIZATION, ...options });
}

async function deployMember(props: Partial<EntitlementsMemberRoleProps> = {}): Promise<void> {
  const member = await stacks.deploy('Member', (stack) => {
    const grantorRole = Role.fromRoleArn(stack, 'Grantor', `arn:aws:iam::${GRANTOR}:role/license-grantor`);
    new EntitlementsMemberRole(stack, 'Role', { grantorRole, organizationId: 'o-exampleorg1', ...props });
    new ManagedEntitlementsMemberSetup(stack, 'Setup');
  }, { account: GRANTEE, region: 'eu-central-1' });
  expect(member.status).toBe('CREATE_COMPLETE');
}

type MakeGrant = (id: string, account: string, acceptance: GrantAcceptance) => MarketplaceLicenseGrant;

async function deployGrants(
  define: (grant: MakeGrant) => void, completion = GrantCompletion.required({ within: Duration.minutes(8) }),
): Promise<StackResult> {
  return stacks.deploy('Grants', (stack) => {
    const role = new Role(stack, 'Role', { roleName: 'license-grantor', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const provider = new ManagedEntitlementsProvider(stack, 'Provider', { role });
    const license = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU, { provider });
    define((id, account, acceptance) => new MarketplaceLicenseGrant(stack, id, {
      license, grantee: Grantee.account(account), acceptance, provider, completion,
    }));
  }, { account: GRANTOR, region: 'us-east-1' });
}

/** The grants of the grantor that still count, as `account: status`. */
function grants(): string[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === GRANTOR && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ ownerAccountId, status }) => `${ownerAccountId}: ${status}`).sort();
}

function failures(): string[] {
  return stacks.events.filter(({ status }) => status === 'CREATE_FAILED').map(({ reason = '' }) => reason);
}

describe('however AWS behaves where nobody knows', () => {
  test.each<Partial<Variants>>([
    {},
    { acceptance: 'by-workflow' },
    { acceptanceOfAcceptedGrant: 'no-change' },
    { statusDuringDistribution: 'PENDING_ACCEPT' },
    { grantsOfDelegatedAdministrator: 'accepted' },
  ])('with %j, each grant is accepted by whom it says', async (variants) => {
    await start({ variants });
    await deployMember();
    const acceptedByService = variants.grantsOfDelegatedAdministrator === 'accepted';

    const { status } = await deployGrants((grant) => {
      grant('Assuming', GRANTEE, ASSUMING_ROLE);
      grant('ByGrantee', OTHER_GRANTEE, GrantAcceptance.byGrantee());
    });
    expect(status).toBe('CREATE_COMPLETE');
    expect(grants()).toEqual([`${OTHER_GRANTEE}: ${acceptedByService ? 'ACTIVE' : 'PENDING_ACCEPT'}`, `${GRANTEE}: ACTIVE`]);

    const automatic = await deployGrants((grant) => grant('Automatic', '222222222222', GrantAcceptance.automatic()));
    expect(automatic.status).toBe(acceptedByService ? 'UPDATE_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE');
    expect(failures()).toEqual(acceptedByService ? [] : [expect.stringMatching(/444444444444 is not the management account.*GrantAcceptance\.assumingRole/)]);

    await stacks.destroy('Grants');
    expect(grants()).toEqual([]);
    expect(stacks.rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
  });
});

describe('a grant that its deployment does not see distributed', () => {
  const HOUR = 60 * 60 * 1000;

  function executions(): string[] {
    return stacks.rehearsal.aws.stateMachines.allExecutions.map(({ status }) => status);
  }

  function expectAccepted(): void {
    expect(executions()).toEqual(['SUCCEEDED']);
    expect(grants()).toEqual([`${GRANTEE}: ACTIVE`]);
    expect(stacks.changingCalls().filter((call) => call === 'AcceptGrant')).toHaveLength(1);
    expect(stacks.rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
  }

  test('is accepted in the background, also if the stack of the role is made anew meanwhile', async () => {
    await start({ workflow: { accountDistribution: 6 * HOUR } });
    await deployMember();
    const { status } = await deployGrants((grant) => grant('Assuming', GRANTEE, ASSUMING_ROLE), GrantCompletion.background());
    expect(status).toBe('CREATE_COMPLETE');
    expect(executions()).toEqual(['RUNNING']);
    expect((await stacks.destroy('Member')).status).toBe('DELETE_COMPLETE');
    await stacks.rehearsal.pass(HOUR);
    await deployMember();
    await stacks.rehearsal.pass(8 * HOUR);
    expectAccepted();
  });

  test('is made and accepted after the stack of the role, not before', async () => {
    await start({ workflow: { accountDistribution: 6 * HOUR } });
    const deploy = async () => deployGrants((grant) => grant('Assuming', GRANTEE, ASSUMING_ROLE), GrantCompletion.background());
    expect((await deploy()).status).toBe('ROLLBACK_COMPLETE');
    expect(failures()).toEqual([expect.stringContaining('check that the role exists')]);
    expect(stacks.changingCalls()).not.toContain('CreateGrant');
    await stacks.destroy('Grants');

    await deployMember();
    expect((await deploy()).status).toBe('CREATE_COMPLETE');
    await stacks.rehearsal.pass(8 * HOUR);
    expect(executions()).toEqual(['SUCCEEDED']);
    expect(grants()).toEqual([`${GRANTEE}: ACTIVE`]);
  });

  test('is accepted while the deployment waits for the workflow', async () => {
    await start({ workflow: { accountDistribution: HOUR / 2 } });
    await deployMember();
    const completion = GrantCompletion.required({ within: Duration.minutes(45) });
    expect((await deployGrants((grant) => grant('Assuming', GRANTEE, ASSUMING_ROLE), completion)).status).toBe('CREATE_COMPLETE');
    await stacks.rehearsal.pass(60 * 1000);
    expectAccepted();
  });
});

describe('no grant is left', () => {
  test('if another resource of the stack fails', async () => {
    await start();
    await deployMember();
    const { status } = await deployGrants((grant) => failAfter(grant('Assuming', GRANTEE, ASSUMING_ROLE)));
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(stacks.changingCalls()).toContain('AcceptGrant');
    expect(grants()).toEqual([]);
  });

  test.each<[string, () => Promise<void>, RegExp]>([
    ['there is no role in the account of the grantee', async () => undefined, /role\/EntitlementsMember, which accepts the grant failed: AccessDenied.*check that the role exists/],
    ['the role asks for an external id', async () => deployMember({ externalId: 'licenses' }), /asks for no external id/],
    ['the role is for another organization', async () => deployMember({ organizationId: 'o-otherorg0001' }), /names the role of this function and the organization/],
    ['the role is for another grantor', async () => stacks.deploy('Elsewhere', (stack) => {
      const grantorRole = Role.fromRoleArn(stack, 'Grantor', 'arn:aws:iam::444444444444:role/another');
      new EntitlementsMemberRole(stack, 'Role', { grantorRole, organizationId: 'o-exampleorg1' });
    }, { account: GRANTEE, region: 'us-east-1' }).then(() => undefined), /names the role of this function/],
  ])('if %s: none is made', async (_, prepare, reason) => {
    await start();
    await prepare();
    const { status } = await deployGrants((grant) => grant('Assuming', GRANTEE, ASSUMING_ROLE));
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures()).toEqual([expect.stringMatching(reason)]);
    expect(stacks.changingCalls()).not.toContain('CreateGrant');
  });
});

test.each([
  ['connection-reset-after@AcceptGrant,1'], ['function-killed-after@AcceptGrant,1'], ['throttling@sts,1-2', 'throttling@AcceptGrant,1-3'], ['stale-reads@30s'],
  ['permissions-delay'],
])('a grant is accepted on a bad day with %s', async (...faults) => {
  await start({ faults: faults.map(parseFault) });
  await deployMember();
  expect(await deployGrants((grant) => grant('Assuming', GRANTEE, ASSUMING_ROLE))).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(grants()).toEqual([`${GRANTEE}: ACTIVE`]);
  await stacks.destroy('Grants');
  expect(grants()).toEqual([]);
});

test('a grantor that may not activate does so with the role, and the role has no permission that it does not need for that', async () => {
  const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'license-manager:CreateGrantVersion', Resource: '*' }] };
  const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  await start({ organization: { ...ORGANIZATION, serviceControlPolicies: { [GRANTOR]: [allow, deny] } } as unknown as OrganizationDefinition });
  await deployMember();
  expect(await deployGrants((grant) => grant('Assuming', GRANTEE, ASSUMING_ROLE))).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(grants()).toEqual([`${GRANTEE}: ACTIVE`]);

  const { unused } = stacks.rehearsal.aws.permissions!;
  expect((await unused()).filter(({ roleArn, action }) => roleArn.endsWith('/EntitlementsMember') || action === 'sts:AssumeRole')).toEqual([]);
});
