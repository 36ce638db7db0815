import { LicenseManagerClient, UpdateServiceSettingsCommand } from '@aws-sdk/client-license-manager';
import { ownershipTags } from '../../../lambda/domain/grant/ownership';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import type { TrustStatement } from '../../../simulator/services/iam/roles';
import type { Variants } from '../../../simulator/services/variants';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import { LicenseAdministrator } from '../../support/license-administrator';
import { CONSOLIDATED_BILLING } from '../support/consolidated-billing';
import { OWNER, UNIT_ARN } from '../support/grants';
import { MEMBER_ROLE_ARN, memberRole } from '../support/member-role';
import { GRANT_TYPE, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';
import type { Answer, SimulatedStackOptions } from '../support/simulated-stack';

const NOTHING_MADE = 'cdk-managed-entitlements:nothing-made';
const GRANTOR = '111111111111';
const GRANTEE = '222222222222';

const SET_UP = { linked: true, trustedServices: ['license-manager.amazonaws.com'] };

const ASSUMING_ROLE = { Mode: 'ASSUMING_ROLE', RoleArn: MEMBER_ROLE_ARN };
const BY_GRANTEE = { Mode: 'BY_GRANTEE' };
const SELF_SERVICE = { Acceptance: { Mode: 'AUTOMATIC' }, Activation: BY_GRANTEE };

silentLog();

let stack: SimulatedStack;

afterEach(async () => {
  await stack.stop();
});

async function start(changes: Partial<OrganizationDefinition> = {}, options: Omit<SimulatedStackOptions, 'organization'> = {}): Promise<void> {
  stack = await SimulatedStack.start({ organization: { ...EXAMPLE, ...changes }, ...options });
}

function putMemberRole(condition?: TrustStatement['Condition'], grantor?: string): void {
  stack.aws.roles.put(memberRole(condition, grantor));
}

async function create(changes: object = {}): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties: { ...PAYMENTS, ...changes } });
}

async function update({ PhysicalResourceId: physicalId }: Answer, before: object, after: object): Promise<Answer> {
  return stack.update({ type: GRANT_TYPE, physicalId, oldProperties: { ...PAYMENTS, ...before }, properties: { ...PAYMENTS, ...after } });
}

async function unlink(): Promise<void> {
  const licenseManager = new LicenseManagerClient({
    region: 'us-east-1', endpoint: stack.aws.endpoint, credentials: { accessKeyId: GRANTOR, secretAccessKey: 'any' },
  });
  await licenseManager.send(new UpdateServiceSettingsCommand({ OrganizationConfiguration: { EnableIntegration: false } }));
}

describe('a role in the account of the grantee', () => {
  const SWITCHES: Partial<Variants>[] = [
    {},
    { acceptance: 'by-workflow' },
    { acceptanceOfAcceptedGrant: 'no-change' },
    { statusDuringDistribution: 'PENDING_ACCEPT' },
    { statusDuringDistribution: 'PENDING_ACCEPT', acceptance: 'by-workflow' },
    { newVersions: 'every-change' },
  ];

  test.each(SWITCHES)('accepts the grant, and the grantor activates it, with %j', async (variants) => {
    await start(CONSOLIDATED_BILLING, { variants });
    putMemberRole();
    expect(await create({ Acceptance: ASSUMING_ROLE })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(stack.changingCalls()).toEqual(['AssumeRole', 'CreateGrant', 'AcceptGrant', 'CreateGrantVersion']);
    expect(callersOf('CreateGrantVersion')).toEqual([GRANTOR]);
    expect(stack.lastRequest('AssumeRole')).toEqual({ RoleArn: MEMBER_ROLE_ARN, RoleSessionName: 'stack-quick-start' });
  });

  test.each(SWITCHES)('does not accept what License Manager has accepted, with %j', async (variants) => {
    await start({}, { variants });
    await stack.create(SETUP);
    putMemberRole();
    const before = stack.aws.calls.length;
    expect(await create({ Acceptance: ASSUMING_ROLE })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    // While such a grant shows as pending acceptance, nobody can tell that License Manager is going to accept it.
    const accepts = variants.statusDuringDistribution === 'PENDING_ACCEPT' ? ['AcceptGrant'] : [];
    expect(stack.changingCalls(before)).toEqual(['AssumeRole', 'CreateGrant', ...accepts, 'CreateGrantVersion']);
  });

  test('is used for a grant that is there already, if it is still pending, and not again after that', async () => {
    await start(CONSOLIDATED_BILLING);
    const pending = await create({ Acceptance: BY_GRANTEE });
    expect(pending).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING_ACCEPT' } });
    putMemberRole();

    const accepted = await update(pending, { Acceptance: BY_GRANTEE }, { Acceptance: ASSUMING_ROLE });
    expect(accepted).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: pending.PhysicalResourceId, Data: { Status: 'ACTIVE' } });
    const before = stack.aws.calls.length;
    expect(await update(accepted, { Acceptance: ASSUMING_ROLE }, { Acceptance: ASSUMING_ROLE, GrantName: 'Renamed' }))
      .toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE', GrantName: 'Renamed' } });
    expect(stack.changingCalls(before)).toEqual(['CreateGrantVersion']);
  });

  test('is told the external id', async () => {
    await start(CONSOLIDATED_BILLING);
    putMemberRole({ StringEquals: { 'sts:ExternalId': 'licenses' } });
    expect(await create({ Acceptance: { ...ASSUMING_ROLE, ExternalId: 'licenses' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.lastRequest('AssumeRole')).toMatchObject({ ExternalId: 'licenses' });
  });

  test('leaves the activation to the grantee if that is wanted', async () => {
    await start(CONSOLIDATED_BILLING);
    putMemberRole();
    expect(await create({ Acceptance: ASSUMING_ROLE, Activation: { Mode: 'BY_GRANTEE' } })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'DISABLED' } });
    expect(stack.changingCalls()).toEqual(['AssumeRole', 'CreateGrant', 'AcceptGrant']);
  });

  test.each<[string, () => void, object, RegExp[]]>([
    ['is not there', () => undefined, {}, [/exists/, /asks for no external id/]],
    ['trusts somebody else', () => putMemberRole(undefined, '333333333333'), {}, [/trust policy names the role of this function/]],
    ['asks for another external id', () => putMemberRole({ StringEquals: { 'sts:ExternalId': 'licenses' } }), { ExternalId: 'other' }, [/the external id 'other'/]],
    ['asks for an external id that is not sent', () => putMemberRole({ StringEquals: { 'sts:ExternalId': 'licenses' } }), {}, [/no external id/]],
    ['is in another account', () => undefined, { RoleArn: 'arn:aws:iam::333333333333:role/EntitlementsMember' }, [/in the account 333333333333/, /in the account 222222222222/]],
    ['is no role', () => undefined, { RoleArn: 'EntitlementsMember' }, [/not the ARN of a role/]],
  ])('that %s fails before there is a grant', async (_, prepare, changes, reasons) => {
    await start(CONSOLIDATED_BILLING);
    prepare();
    const answer = await create({ Acceptance: { ...ASSUMING_ROLE, ...changes } });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NOTHING_MADE });
    reasons.forEach((reason) => expect(answer.Reason).toMatch(reason));
    expect(stack.changingCalls().filter((call) => !call.startsWith('AssumeRole'))).toEqual([]);
  });

  test('is refused for a grant to many accounts', async () => {
    await start(SET_UP);
    const answer = await create({ Acceptance: ASSUMING_ROLE, Grantee: { Kind: 'ORGANIZATION' } });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/needs no acceptance.*leave GrantAcceptance\.assumingRole\(\) out/) });
    expect(stack.changingCalls()).toEqual([]);
  });

  test('that is new is given a minute until it can be assumed', async () => {
    await start(CONSOLIDATED_BILLING, { authorizer: denying((request) => request.action === 'sts:AssumeRole' && stack.clock.now() - began < 20_000) });
    const began = stack.clock.now();
    putMemberRole();
    expect(await create({ Acceptance: ASSUMING_ROLE })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('that may not accept is named with what it lacks', async () => {
    await start(CONSOLIDATED_BILLING, { authorizer: denying(({ action }) => action === 'license-manager:AcceptGrant') });
    putMemberRole();
    const answer = await create({ Acceptance: ASSUMING_ROLE });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/:grant:g-/) });
    expect(answer.Reason).toMatch(new RegExp(`license-manager:AcceptGrant on ${answer.PhysicalResourceId} with the role ${MEMBER_ROLE_ARN} failed.*EntitlementsMemberRole`));
  });

  test('activates the grant if the grantor may not', async () => {
    await start(CONSOLIDATED_BILLING, {
      authorizer: denying(({ action, principal }) => action === 'license-manager:CreateGrantVersion' && principal.accountId === GRANTOR),
    });
    putMemberRole();
    expect(await create({ Acceptance: ASSUMING_ROLE, Activation: { Mode: 'ACTIVE', Reason: 'baseline' } }))
      .toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(callersOf('CreateGrantVersion').at(-1)).toBe(GRANTEE);
    expect(stack.lastRequest('CreateGrantVersion')).toMatchObject({ Status: 'ACTIVE', StatusReason: 'baseline' });
  });

  test('does not help a grant that cannot be activated', async () => {
    await start({ ...CONSOLIDATED_BILLING, subscriptions: withSubscriptionOf(GRANTEE) }, { variants: { activationWithoutEffect: 'refused' } });
    putMemberRole();
    const answer = await create({ Acceptance: ASSUMING_ROLE, Activation: { Mode: 'ACTIVE', Override: 'DISTRIBUTED_GRANTS_ONLY' } });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/refused to activate it.*another active grant/) });
  });
});

describe('a grant that is left to its grantee', () => {
  test('is settled while it is pending, with its name and operations as declared', async () => {
    await start(CONSOLIDATED_BILLING);
    const declared = { Acceptance: BY_GRANTEE, Activation: { Mode: 'ACTIVE', Reason: 'baseline', Override: 'DISTRIBUTED_GRANTS_ONLY' } };
    const pending = await create(declared);
    expect(pending).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING_ACCEPT' } });
    expect(await update(pending, declared, { ...declared, GrantName: 'Renamed' })).toMatchObject({ Status: 'SUCCESS', Data: { GrantName: 'Renamed' } });
    expect(stack.lastRequest('CreateGrantVersion')).not.toHaveProperty('Status');
  });

  test('is activated by the next change after it was accepted', async () => {
    await start(CONSOLIDATED_BILLING);
    const pending = await create({ Acceptance: BY_GRANTEE });
    await new LicenseAdministrator(stack.aws.endpoint, { accountId: GRANTEE }).accept(pending.PhysicalResourceId);
    const reason = { Activation: { Mode: 'ACTIVE', Reason: 'accepted' }, Acceptance: BY_GRANTEE };
    expect(await update(pending, { Acceptance: BY_GRANTEE }, reason)).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(stack.changingCalls()).toEqual(['CreateGrant', 'AcceptGrant', 'CreateGrantVersion']);
  });

  test('needs no linked organization', async () => {
    await start();
    expect(await create({ Acceptance: BY_GRANTEE })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING_ACCEPT' } });
  });
});

describe('a grant that License Manager has to accept', () => {
  test.each<[string, Partial<OrganizationDefinition>, string, object, RegExp[]]>([
    ['all features', CONSOLIDATED_BILLING, GRANTOR, {}, [/feature set CONSOLIDATED_BILLING/, /assumingRole/, /byGrantee/, /all features/]],
    [
      'the management account as grantor', SET_UP, '444444444444', { LicenseArn: PAYMENTS.LicenseArn.replace(/1$/, '3') },
      [/444444444444 is not the management account 111111111111.*delegated administrator.*not documented/, /assumingRole/],
    ],
  ])('fails for want of %s when the time is up', async (_, organization, grantor, changes, reasons) => {
    await start(organization, { accountId: grantor });
    const answer = await create({ ...changes, SettleWithinSeconds: '300' });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(new RegExp(`${grantor}:grant:g-`)) });
    expect(answer.Reason).toContain(`${answer.PhysicalResourceId} to arn:aws:iam::222222222222:root (PENDING_ACCEPT`);
    reasons.forEach((reason) => expect(answer.Reason).toMatch(reason));
  });

  test('fails with what to look for, if only the service-linked roles can be missing', async () => {
    await start(SET_UP);
    stack.aws.roles.remove(GRANTEE, 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole');
    expect((await create({ SettleWithinSeconds: '300' })).Reason).toMatch(
      /PENDING_ACCEPT.*either the grantee is not in it, or.*222222222222:root.*MemberAccountRole \(ManagedEntitlementsMemberSetup.*111111111111.*MasterAccountRole \(ManagedEntitlementsSetup/);
  });

  test('fails for want of linking, if that was undone meanwhile', async () => {
    await start(SET_UP, { authorizer: { authorize: onFirst('license-manager:GetGrant', unlink) } });
    expect((await create({ SettleWithinSeconds: '300' })).Reason).toMatch(/PENDING_ACCEPT.*AWS Organizations is not linked.*ManagedEntitlementsSetup/);
  });

  test('fails also if the condition cannot be read', async () => {
    let asked = 0;
    await start(SET_UP, { authorizer: denying(({ action }) => action === 'license-manager:GetServiceSettings' && (asked += 1) > 1) });
    stack.aws.roles.remove(GRANTEE, 'AWSServiceRoleForAWSLicenseManagerMemberAccountRole');
    expect((await create({ SettleWithinSeconds: '300' })).Reason).toMatch(/PENDING_ACCEPT.*cannot be told \(license-manager:GetServiceSettings: AccessDenied.*assumingRole/);
  });

  test('is waited for also if its grantee is to activate it', async () => {
    await start(SET_UP, { variants: { statusDuringDistribution: 'PENDING_ACCEPT' } });
    await stack.create(SETUP);
    expect(await create(SELF_SERVICE)).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'DISABLED' } });
    expect(stack.changingCalls().slice(-1)).toEqual(['CreateGrant']);
  });

  test('fails also if its grantee is to activate it', async () => {
    await start(CONSOLIDATED_BILLING);
    const { Status, Reason } = await create({ ...SELF_SERVICE, SettleWithinSeconds: '300' });
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/PENDING_ACCEPT.*feature set CONSOLIDATED_BILLING/)]);
  });

  test('may be accepted late, by whomever', async () => {
    await start({}, { variants: { statusDuringDistribution: 'PENDING_ACCEPT' } });
    await stack.create(SETUP);
    expect(await create()).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'ACTIVE' } });
    expect(stack.changingCalls()).not.toContain('AcceptGrant');
  });
});

describe('accounts whose part of a grant License Manager has to accept', () => {
  const TO_UNIT = { Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' }, SettleWithinSeconds: '300' };
  const SHARED = '333333333333';

  /** A grant to the unit that was made before; one of its two accounts has accepted its part. */
  async function startPending(changes: Partial<OrganizationDefinition>, options?: Omit<SimulatedStackOptions, 'organization'>): Promise<void> {
    const tags = Object.fromEntries(ownershipTags(OWNER).map(({ key, value }) => [key, value]));
    const pending = { licenseArn: PAYMENTS.LicenseArn, granteePrincipalArn: UNIT_ARN, name: PAYMENTS.GrantName, status: 'PENDING_ACCEPT', tags } as const;
    await start({ ...changes, grants: [pending] }, options);
    const { grantArn } = stack.aws.grants().find(({ ownerAccountId }) => ownerAccountId === SHARED)!;
    await new LicenseAdministrator(stack.aws.endpoint, { accountId: SHARED }).accept(grantArn);
  }

  test.each([
    ['as a whole', { Mode: 'ACTIVE' }],
    ['in some of its accounts', { Mode: 'ACTIVE', Except: [SHARED] }],
    ['in none', { Mode: 'DISABLED' }],
  ])('fail a grant that is to be active %s, with what to look for, if only the service-linked roles can be missing', async (_, Activation) => {
    await startPending(SET_UP);
    const { Status, Reason } = await create({ ...TO_UNIT, Activation });
    expect([Status, Reason]).toEqual(['FAILED', expect.stringContaining(
      `${GRANTEE} PENDING_ACCEPT of 2 account grants still pending; accounts have not accepted their part of the grant, and License Manager did not do it: `
      + 'the organization has all features and is linked, so a service-linked role is missing. Next: check that each of these accounts has the roles')]);
    expect(Reason).toMatch(/MemberAccountRole \(ManagedEntitlementsMemberSetup.*111111111111 has.*MasterAccountRole \(ManagedEntitlementsSetup.*ReceivedLicenseGrant/);
    expect(Reason).not.toMatch(/more time|assumingRole|byGrantee/);
  });

  test.each<[string, Partial<OrganizationDefinition>, RegExp]>([
    ['all features', CONSOLIDATED_BILLING, /feature set CONSOLIDATED_BILLING.*Next: let each of these accounts accept its grant with ReceivedLicenseGrant; or enable all features/],
    ['linking', {}, /AWS Organizations is not linked in License Manager. Next: deploy ManagedEntitlementsSetup/],
  ])('fail it for want of %s', async (_, organization, reason) => {
    await startPending(organization);
    expect((await create(TO_UNIT)).Reason).toMatch(reason);
  });

  test('may accept it late', async () => {
    await startPending(SET_UP);
    const { grantArn, parentArn } = stack.aws.grants().find(({ ownerAccountId }) => ownerAccountId === GRANTEE)!;
    stack.aws.clock.schedule(60_000, () => {
      const goOn = stack.aws.clock.hold();
      void new LicenseAdministrator(stack.aws.endpoint, { accountId: GRANTEE }).accept(grantArn).then(goOn);
    });
    const properties = { ...PAYMENTS, ...TO_UNIT, Activation: { Mode: 'DISABLED' } };
    expect(await stack.update({ type: GRANT_TYPE, physicalId: parentArn, properties, oldProperties: properties })).toMatchObject({ Status: 'SUCCESS' });
  });
});

/** Who made the calls for that operation, in order. */
function callersOf(operation: string): string[] {
  return stack.callsOf(operation).map(({ accountId }) => accountId);
}

/** Does something as soon as that call is made, before it takes effect. */
function onFirst(action: string, act: () => Promise<void>): Authorizer['authorize'] {
  let acted = false;
  return async (request) => {
    if (request.action === action && !acted) {
      acted = true;
      await act();
    }
    return { allowed: true };
  };
}

function denying(denies: (request: Parameters<Authorizer['authorize']>[0]) => boolean): Authorizer {
  return { authorize: async (request) => (denies(request) ? { allowed: false, reason: 'because no identity-based policy allows it' } : { allowed: true }) };
}

function withSubscriptionOf(accountId: string): OrganizationDefinition['subscriptions'] {
  const [first, second, third] = EXAMPLE.subscriptions;
  return [first, second, { ...third, accountId }];
}
