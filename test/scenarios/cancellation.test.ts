import { Duration } from 'aws-cdk-lib';
import {
  ActivationOverride, ExistingGrant, GrantActivation, Grantee, GrantCompletion, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant,
  MarketplaceLicenseGrantProps, ReceivedGrantResponse, ReceivedLicenseGrant,
} from '../../lib';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { WorkflowDurations } from '../../simulator/services/workflow-durations';
import { failBeside } from '../support/failing-resource';
import { LicenseAdministrator } from '../support/license-administrator';
import { LINUX_LICENSE, LINUX_SKU, MANAGEMENT_ACCOUNT, RehearsedStacks } from '../support/rehearsed-stacks';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';

const PAYMENTS = '222222222222';
const HOUR_MILLISECONDS = 3_600_000;

/** Before the request would have gone through, and after its first attempts. */
const MEANWHILE = Duration.seconds(5);

let stacks: RehearsedStacks;
let people: LicenseAdministrator;

afterEach(async () => {
  await stacks.stop();
});

async function start(faults: readonly string[] = [], workflow?: Partial<WorkflowDurations>): Promise<void> {
  stacks = await RehearsedStacks.start({ organization: ORGANIZATION_WITH_RENEWAL, faults: faults.map(parseFault), workflow });
  people = new LicenseAdministrator(stacks.rehearsal.aws.endpoint, { pass: async (milliseconds) => stacks.rehearsal.pass(milliseconds) });
  await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
}

/** With a resource beside the grant that fails after that time, if one is given. */
async function deploy(
  { licenseArn = LINUX_LICENSE, ...props }: Partial<MarketplaceLicenseGrantProps> & { readonly licenseArn?: string } = {}, failure?: Duration,
): Promise<StackResult> {
  return stacks.deploy('Licenses', (stack) => {
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', {
      license: MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn), grantee: Grantee.account(PAYMENTS), grantName: 'product', ...props,
    });
    if (failure) {
      failBeside(grant, failure);
    }
  });
}

/** What there is of grants to the account, once all that may still be going on has had time to end. */
async function grantsInTheEnd(): Promise<string[]> {
  await stacks.rehearsal.pass(HOUR_MILLISECONDS);
  return stacks.rehearsal.aws.grants()
    .filter(({ ownerAccountId, grantorAccountId, status }) => ownerAccountId === PAYMENTS && grantorAccountId === MANAGEMENT_ACCOUNT
      && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ name, licenseArn, status }) => `${name} of ${licenseArn.slice(-1)}: ${status}`);
}

/** Successful changes since the stack has turned back, with their times in seconds. */
function changesSince(status: string, stackName = 'Licenses'): { operation: string; after: number }[] {
  const turned = stacks.events.filter((event) => event.logicalId === stackName && event.status === status).at(-1)!.time.getTime();
  return stacks.rehearsal.aws.calls
    .filter(({ time, error, principalArn }) => time.getTime() >= turned && error === undefined && principalArn.includes(':assumed-role/'))
    .filter(({ operation }) => !/^(Get|List|Describe)/.test(operation))
    .map(({ operation, time }) => ({ operation, after: (time.getTime() - turned) / 1000 }));
}

function operationsSince(status: string, stackName?: string): string[] {
  return changesSince(status, stackName).map(({ operation }) => operation);
}

function isCancelled(reason: 'Resource creation cancelled' | 'Resource update cancelled'): boolean {
  return stacks.events.some((event) => event.reason === reason);
}

/** The answer of the cancelled request, which only the log of its function has. */
function cancelledAnswers(): string[] {
  return stacks.log(/Entitlements|ReceivedGrants/).filter((line) => line.includes('"Answer"') && line.includes('has turned back'));
}

test('a grant is not made after its creation was rolled back', async () => {
  await start(['throttling@CreateGrant,1-4']);
  expect((await deploy({}, MEANWHILE)).status).toBe('ROLLBACK_COMPLETE');
  expect(isCancelled('Resource creation cancelled')).toBe(true);
  expect(await grantsInTheEnd()).toEqual([]);
  expect(operationsSince('ROLLBACK_IN_PROGRESS')).toEqual([]);
  expect(cancelledAnswers()).toHaveLength(1);
});

test('a grant whose creation takes effect while it is cancelled is found and goes', async () => {
  await start();
  expect((await deploy({}, MEANWHILE)).status).toBe('ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual([]);
  expect(operationsSince('ROLLBACK_IN_PROGRESS')).toEqual(['DeleteGrant']);
});

test('a renewal does not go on after its rollback', async () => {
  await start(['throttling@CreateGrant,2-5']);
  await deploy();
  expect((await deploy({ licenseArn: RENEWED_LICENSE }, MEANWHILE)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(isCancelled('Resource update cancelled')).toBe(true);
  expect(await grantsInTheEnd()).toEqual(['product of 1: ACTIVE']);
  expect(operationsSince('UPDATE_ROLLBACK_IN_PROGRESS')).toEqual([]);
  expect(cancelledAnswers()).toHaveLength(1);
  expect((await stacks.destroy('Licenses')).status).toBe('DELETE_COMPLETE');
  expect(await grantsInTheEnd()).toEqual([]);
});

test('a grant does not become inactive after the rollback of its deactivation', async () => {
  await start(['throttling@CreateGrantVersion,2-5']);
  await deploy();
  expect((await deploy({ activation: GrantActivation.disabled() }, MEANWHILE)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual(['product of 1: ACTIVE']);
  expect(operationsSince('UPDATE_ROLLBACK_IN_PROGRESS')).toEqual([]);
  expect(cancelledAnswers()).toHaveLength(1);
});

test('a deactivation that is under way when it is cancelled is undone, once its function can change nothing any more', async () => {
  await start();
  await deploy();
  expect((await deploy({ activation: GrantActivation.disabled() }, MEANWHILE)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual(['product of 1: ACTIVE']);
  const [{ operation, after }, ...others] = changesSince('UPDATE_ROLLBACK_IN_PROGRESS');
  expect({ operation, others }).toEqual({ operation: 'CreateGrantVersion', others: [] });
  expect(after).toBeGreaterThanOrEqual(30);
});

test('a grant of the console is not adopted after the rollback of its adoption', async () => {
  await start(['throttling@TagResource,1-5']);
  await people.grant(`arn:aws:iam::${PAYMENTS}:root`);
  expect((await deploy({ existingGrant: ExistingGrant.adopt() }, MEANWHILE)).status).toBe('ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual(['by hand of 1: DISABLED']);
  expect(operationsSince('ROLLBACK_IN_PROGRESS')).toEqual([]);
  expect(stacks.rehearsal.aws.grants().find(({ name }) => name === 'by hand')!.tags).toEqual({});
});

test.each([60, 170, 182])('a rejected grant is not made again after the rollback of that, %d seconds after its beginning', async (seconds) => {
  await start();
  await deploy();
  const { grantArn } = stacks.rehearsal.aws.grants().find(({ name, status }) => name === 'product' && status === 'ACTIVE')!;
  const grantee = new LicenseAdministrator(stacks.rehearsal.aws.endpoint, {
    accountId: PAYMENTS, pass: async (milliseconds) => stacks.rehearsal.pass(milliseconds),
  });
  await grantee.reject(grantArn);
  expect((await deploy({ recreateIfRejected: true }, Duration.seconds(seconds))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(isCancelled('Resource update cancelled')).toBe(true);
  expect(await grantsInTheEnd()).toEqual(['product of 1: REJECTED']);
  expect(operationsSince('UPDATE_ROLLBACK_IN_PROGRESS')).toEqual(['DeleteGrant']);
});

test.each([
  ['background', GrantCompletion.background({ wait: Duration.seconds(20) })],
  ['required', GrantCompletion.required({ within: Duration.minutes(30) })],
])('a cancelled request hands nothing over to a workflow: %s completion', async (_, completion) => {
  await start(['throttling@CreateGrant,1-4']);
  expect((await deploy({ completion }, MEANWHILE)).status).toBe('ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual([]);
  expect(operationsSince('ROLLBACK_IN_PROGRESS')).toEqual([]);
  expect(stacks.rehearsal.aws.stateMachines.allExecutions).toEqual([]);
});

test('a workflow that a cancelled deployment has left a grant to is stopped, and changes nothing after that', async () => {
  await start([], { accountDistribution: HOUR_MILLISECONDS });
  const completion = GrantCompletion.required({ within: Duration.minutes(30) });
  expect((await deploy({ completion }, Duration.minutes(13))).status).toBe('ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual([]);
  expect(operationsSince('ROLLBACK_IN_PROGRESS')).toEqual(['StopExecution', 'DeleteGrant']);
});

test('a rollback for another reason than a cancelled request waits for nothing', async () => {
  await start();
  await deploy();
  expect((await deploy({ activation: GrantActivation.disabled() }, Duration.minutes(5))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual(['product of 1: ACTIVE']);
  const [{ operation, after }] = changesSince('UPDATE_ROLLBACK_IN_PROGRESS');
  expect(operation).toBe('CreateGrantVersion');
  expect(after).toBeLessThan(5);
});

test('a grant that an account has received is not taken up after its rollback', async () => {
  await start(['throttling@AcceptGrant,1-4', 'throttling@CreateGrantVersion,1-4']);
  await people.grant(`arn:aws:iam::${PAYMENTS}:root`);
  const { status } = await stacks.deploy('Received', (stack) => {
    failBeside(new ReceivedLicenseGrant(stack, 'Grant', { productSku: LINUX_SKU }), MEANWHILE);
  }, { account: PAYMENTS, region: 'eu-central-1' });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(await grantsInTheEnd()).toEqual(['by hand of 1: DISABLED']);
  expect(operationsSince('ROLLBACK_IN_PROGRESS', 'Received')).toEqual([]);
  expect(cancelledAnswers()).toHaveLength(1);
});

const ACTIVE = ReceivedGrantResponse.activate();
const OVERRIDING = ReceivedGrantResponse.activate({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER });

// A change of a grant takes longer than the rollback waits before it looks.
test.each([
  ['a swap that is under way', OVERRIDING, Duration.seconds(2)],
  ['a swap that is complete', OVERRIDING, Duration.seconds(50)],
  ['an exchange in its second half', ACTIVE, Duration.seconds(70)],
])('a renewed grant that an account has received gives way again to the old one when it is cancelled: %s', async (_, response, failure) => {
  await start([], { accountChange: 40_000 });
  await people.grant(`arn:aws:iam::${PAYMENTS}:root`);
  await people.grant(`arn:aws:iam::${PAYMENTS}:root`, { license: RENEWED_LICENSE });
  expect((await deployReceived(LINUX_LICENSE, ACTIVE)).status).toBe('CREATE_COMPLETE');
  expect((await deployReceived(RENEWED_LICENSE, response, failure)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(isCancelled('Resource update cancelled')).toBe(true);
  expect(await grantsInTheEnd()).toEqual(['by hand of 1: ACTIVE', 'by hand of 4: DISABLED']);
});

async function deployReceived(licenseArn: string, response: ReceivedGrantResponse, failure?: Duration): Promise<StackResult> {
  return stacks.deploy('Received', (stack) => {
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
    const grant = new ReceivedLicenseGrant(stack, 'Grant', { license, response });
    if (failure) {
      failBeside(grant, failure);
    }
  }, { account: PAYMENTS, region: 'us-east-1' });
}
