import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import { GRANT_TYPE, LINUX, PAYMENTS, SETUP } from '../support/requests';
import { silentLog } from '../support/silent-log';
import { EXAMPLE, SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

const NOTHING_MADE = 'cdk-managed-entitlements:nothing-made';
const UNIT = { Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-workload' } };

silentLog();

let stack: SimulatedStack;

afterEach(async () => {
  await stack.stop();
});

async function start(changes: Partial<OrganizationDefinition> = {}, accountId?: string): Promise<void> {
  stack = await SimulatedStack.start({ organization: { ...EXAMPLE, ...changes }, accountId });
}

async function startSetUp(changes: Partial<OrganizationDefinition> = {}): Promise<void> {
  await start(changes);
  expect(await stack.create(SETUP)).toMatchObject({ Status: 'SUCCESS' });
}

async function createGrant(changes: object = {}): Promise<Answer> {
  return stack.create({ type: GRANT_TYPE, properties: { ...PAYMENTS, ...changes } });
}

function withFirstSubscription(changes: object): Partial<OrganizationDefinition> {
  const [first, ...others] = EXAMPLE.subscriptions;
  return { subscriptions: [{ ...first, ...changes }, ...others] };
}

const CONSOLIDATED_BILLING = { organization: { ...EXAMPLE.organization!, featureSet: 'CONSOLIDATED_BILLING' as const } };

describe('what cannot work is refused before anything is changed', () => {
  test.each<[string, Partial<OrganizationDefinition>, object, RegExp[]]>([
    ['a license that the account does not have', {}, { LicenseArn: LINUX.replace(/1$/, '9') }, [/received no such license in us-east-1/, /subscribed/]],
    ['a license ARN with a Region and a slash', {}, { LicenseArn: 'arn:aws:license-manager:us-east-1:294406891311:license/l-1' }, [/not the ARN of a license/]],
    ['a license that has expired', withFirstSubscription({ licenseStatus: 'EXPIRED' }), {}, [/EXPIRED/, /to 2027-01-01/, /renew/]],
    ['a license that may not be granted on', withFirstSubscription({ allowedOperations: ['CheckoutLicense'] }), {}, [/lack CreateGrant/]],
    ['an operation that the license does not allow', withFirstSubscription({ allowedOperations: ['CreateGrant', 'CheckoutLicense'] }), { AllowedOperations: ['CreateToken'] }, [/CreateToken/, /among CheckoutLicense/]],
    ['another Region than the home Region of the license', {}, { HomeRegion: 'eu-west-1' }, [/home Region of the license is us-east-1, not eu-west-1/]],
    ['passing on CreateGrant', {}, { AllowedOperations: ['CreateGrant'] }, [/does not allow CreateGrant to be passed on/]],
    ['a malformed account', {}, { Grantee: { Kind: 'ACCOUNT', Identifier: '2222' } }, [/'2222'/, /12-digit/]],
    ['a malformed unit', {}, { Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'r-ex01' } }, [/'r-ex01'/, /ou-/]],
    ['another organization', {}, { Grantee: { Kind: 'ORGANIZATION', Identifier: 'o-otherorg0000' } }, [/o-otherorg0000/, /o-exampleorg1/]],
    ['a reason that is too long', {}, { Activation: { Mode: 'ACTIVE', Reason: 'x'.repeat(401) } }, [/401 characters/, /400/]],
    ['an empty reason', {}, { Activation: { Mode: 'ACTIVE', Reason: '' } }, [/0 characters/, /leave an empty one out/]],
    ['an empty name', {}, { GrantName: ' ' }, [/its name is empty/]],
    ['a unit of an organization with consolidated billing', CONSOLIDATED_BILLING, UNIT, [/CONSOLIDATED_BILLING/, /Grantee.account/]],
    ['a unit without trusted access', {}, UNIT, [/trusted access for license-manager.amazonaws.com/, /ManagedEntitlementsSetup/]],
    ['a unit without linking', { trustedServices: ['license-manager.amazonaws.com'] }, UNIT, [/not linked/, /ManagedEntitlementsSetup/]],
    ['an account without linking', {}, {}, [/not linked/, /accept the grant by hand/, /ManagedEntitlementsSetup/]],
  ])('%s', async (_, organization, changes, reasons) => {
    await start(organization);
    const answer = await createGrant(changes);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NOTHING_MADE });
    for (const reason of reasons) {
      expect(answer.Reason).toMatch(reason);
    }
    expect(stack.changingCalls()).toEqual([]);

    const deleted = await stack.delete({ type: GRANT_TYPE, physicalId: NOTHING_MADE, properties: { ...PAYMENTS, ...changes } });
    expect(deleted).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: NOTHING_MADE });
    expect(stack.changingCalls()).toEqual([]);
  });

  test('a grantee that has a grant of the license from somebody else', async () => {
    await startSetUp();
    const { PhysicalResourceId: foreign } = await stack.create({ type: GRANT_TYPE, logicalId: 'Foreign', properties: PAYMENTS });
    const before = stack.aws.calls.length;
    const answer = await createGrant();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NOTHING_MADE, Reason: expect.stringContaining(foreign) });
    expect(stack.changingCalls(before)).toEqual([]);
  });

  test('an account outside of an organization', async () => {
    await start({ organization: null, organizationalUnits: [], accounts: EXAMPLE.accounts.map(({ parentId: _, ...account }) => account) });
    const answer = await createGrant(UNIT);
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('not in an organization') });
    expect(stack.changingCalls()).toEqual([]);
  });
});

describe('what does not settle fails with the ARN of the grant', () => {
  test('at the deadline, with the status and the next step', async () => {
    await startSetUp();
    const answer = await createGrant({ SettleWithinSeconds: '30' });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/:grant:g-/) });
    expect(answer.Reason).toContain(answer.PhysicalResourceId);
    expect(answer.Reason).toMatch(/PENDING_WORKFLOW, version 1.*not settled in time.*Next: deploy again with more time: GrantCompletion\.required\(\{ within \}\).*rollback deletes/);
    expect(await stack.delete({ type: GRANT_TYPE, physicalId: answer.PhysicalResourceId, properties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('with the conditions of acceptance, if the grantee has to accept', async () => {
    await start(CONSOLIDATED_BILLING);
    const answer = await createGrant();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/:grant:g-/) });
    expect(answer.Reason).toMatch(/PENDING_ACCEPT.*222222222222:root has not accepted.*CONSOLIDATED_BILLING.*GrantAcceptance.assumingRole/);
  });

  test('with what to do, if the account has another active license of the product', async () => {
    await startSetUp();
    const grantee = { Grantee: { Kind: 'ACCOUNT', Identifier: '444444444444' } };
    const answer = await createGrant(grantee);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/:grant:g-/) });
    expect(answer.Reason).toMatch(/another active grant or subscription.*ALL_GRANTS_PERMITTED_BY_ISSUER/);

    const replacing = { ...PAYMENTS, ...grantee, Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
    const physicalId = answer.PhysicalResourceId;
    expect(await stack.update({ type: GRANT_TYPE, physicalId, properties: replacing, oldProperties: { ...PAYMENTS, ...grantee } }))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: { Status: 'ACTIVE' } });
  });

  test('a grant that waits for its grantee is settled if that is wanted', async () => {
    await start(CONSOLIDATED_BILLING);
    expect(await createGrant({ Activation: { Mode: 'BY_GRANTEE' } })).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING_ACCEPT' } });
  });
});

describe('a missing permission', () => {
  async function startWithout(action: string): Promise<void> {
    stack = await SimulatedStack.start({
      organization: { ...EXAMPLE, linked: true, trustedServices: ['license-manager.amazonaws.com'] },
      authorizer: {
        authorize: async (request) => (request.action === action ? { allowed: false, reason: 'because no identity-based policy allows it' } : { allowed: true }),
      },
    });
  }

  test('is named with the action and the resource, after IAM had a minute to spread it', async () => {
    await startWithout('license-manager:CreateGrant');
    const began = stack.clock.now();
    const answer = await createGrant();
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: NOTHING_MADE });
    expect(answer.Reason).toMatch(new RegExp(`^license-manager:CreateGrant on ${LINUX} failed: AccessDenied.*allow license-manager:CreateGrant on ${LINUX}`));
    expect(stack.clock.now() - began).toBeGreaterThan(30_000);
    expect(stack.clock.now() - began).toBeLessThan(60_000);
  });

  test('to search for grants does not keep the stack from going: such a role has made none', async () => {
    await startWithout('license-manager:ListDistributedGrants');
    expect(await createGrant()).toMatchObject({ Status: 'FAILED' });
    expect(await stack.delete({ type: GRANT_TYPE, physicalId: NOTHING_MADE, properties: PAYMENTS })).toMatchObject({ Status: 'SUCCESS' });
    expect(stack.changingCalls()).toEqual([]);
  });

  test('to see the trusted services leaves the decision to License Manager', async () => {
    await startWithout('organizations:ListAWSServiceAccessForOrganization');
    expect(await createGrant({ ...UNIT, Activation: { Mode: 'BY_GRANTEE' } })).toMatchObject({ Status: 'SUCCESS' });
  });
});
