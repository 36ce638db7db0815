import { Stack } from 'aws-cdk-lib';
import { ExistingGrant, Grantee, GrantRemoval, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant, MarketplaceLicenseGrantProps } from '../../lib';
import { parseFault } from '../../simulator/faults/parse-fault';
import { Variants } from '../../simulator/services/variants';
import { failAfter } from '../support/failing-resource';
import { LicenseAdministrator } from '../support/license-administrator';
import { LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions } from '../support/rehearsed-stacks';

/** Longer than anything that is still going on after an operation: repeated invocations with their timeouts. */
const AFTERMATH_MILLISECONDS = 60 * 60 * 1000;

const TO_PAYMENTS = 'arn:aws:iam::222222222222:root';

let stacks: RehearsedStacks;
let people: LicenseAdministrator;

async function start(options: RehearsedStacksOptions = {}): Promise<void> {
  stacks = await RehearsedStacks.start(options);
  people = new LicenseAdministrator(stacks.rehearsal.aws.endpoint, { pass: (milliseconds) => stacks.rehearsal.pass(milliseconds) });
  expect(await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'))).toMatchObject({ status: 'CREATE_COMPLETE' });
}

afterEach(async () => {
  await stacks.stop();
});

function adoptingGrant(stack: Stack, props: Partial<MarketplaceLicenseGrantProps> = {}): MarketplaceLicenseGrant {
  return new MarketplaceLicenseGrant(stack, 'Linux', {
    license: MarketplaceLicense.fromLicenseArn(stack, 'License', LINUX_LICENSE),
    grantee: Grantee.account('222222222222'),
    existingGrant: ExistingGrant.adopt(),
    grantName: 'adopted',
    ...props,
  });
}

async function deploy(stackName: string, props: Partial<MarketplaceLicenseGrantProps> = {}): Promise<string> {
  const { status } = await stacks.deploy(stackName, (stack) => adoptingGrant(stack, props));
  await stacks.rehearsal.pass(AFTERMATH_MILLISECONDS);
  return status;
}

async function destroy(stackName: string): Promise<string> {
  const { status } = await stacks.destroy(stackName);
  await stacks.rehearsal.pass(AFTERMATH_MILLISECONDS);
  return status;
}

/** The grants of the account that still count, as `name, status`. */
function grants(): string[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ ownerAccountId, status }) => ownerAccountId === '222222222222' && !['DELETED', 'PENDING_DELETE', 'REJECTED'].includes(status))
    .map(({ name, status }) => `${name}, ${status}`);
}

const SWITCHED: readonly Partial<Variants>[] = [
  {},
  { duplicateGrant: 'InvalidParameterValueException' },
  { duplicateGrant: 'ConflictException' },
  { duplicateGrant: 'allowed' },
  { tagsAtCreation: 'TagResource-too' },
  { notFound: 'InvalidParameterValueException' },
  { notFound: 'ResourceNotFoundException' },
  { versionWithoutStatus: 'disables' },
  { versionDuringWorkflow: 'queued' },
  { statusReason: 'hidden', override: 'hidden' },
  { duplicateOfGrantInDeletion: 'refused', clientTokenOfDeadGrant: 'refused' },
  { newVersions: 'every-change' },
];

const FAULTS = [
  'function-killed-before@TagResource,1',
  'function-killed-after@TagResource,1',
  'function-killed-before@CreateGrantVersion,1',
  'function-killed-after@CreateGrantVersion,1',
  'function-killed-after@UntagResource,1',
  'connection-reset-after@TagResource,1',
  'throttling',
  'stale-reads',
  'stale-reads@60s',
  'duplicate-event',
  'response-error@1-8',
];

async function liveAdopted(): Promise<void> {
  const console = await people.grant(TO_PAYMENTS, { tags: { team: 'platform' } });
  expect([await deploy('First'), grants()]).toEqual(['CREATE_COMPLETE', ['adopted, ACTIVE']]);
  expect([await deploy('First', { grantName: 'renamed' }), grants()]).toEqual(['UPDATE_COMPLETE', ['renamed, ACTIVE']]);
  await people.switch(console, 'DISABLED');
  expect([await deploy('First', { grantName: 'renamed', repairTrigger: 'again' }), grants()]).toEqual(['UPDATE_COMPLETE', ['renamed, ACTIVE']]);
  expect([await destroy('First'), grants()]).toEqual(['DELETE_COMPLETE', ['renamed, ACTIVE']]);
  expect(await people.tagsOf(console)).toEqual({ team: 'platform' });

  expect(await deploy('Second', { removal: GrantRemoval.deactivate() })).toBe('CREATE_COMPLETE');
  expect([await destroy('Second'), grants()]).toEqual(['DELETE_COMPLETE', ['adopted, DISABLED']]);
  expect(await deploy('Third', { removal: GrantRemoval.delete() })).toBe('CREATE_COMPLETE');
  expect([await destroy('Third'), grants()]).toEqual(['DELETE_COMPLETE', []]);
  expect(stacks.changingCalls().filter((call) => call === 'CreateGrant')).toHaveLength(1);
}

test.each(SWITCHED)('an adopted grant lives the same, whatever AWS does where nobody knows: %j', async (variants) => {
  await start({ variants });
  await liveAdopted();
  expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
});

test.each(FAULTS)('an adopted grant lives the same with %s', async (fault) => {
  await start({ faults: [parseFault(fault)] });
  await liveAdopted();
});

test('a creation that is rolled back because of another resource leaves an adopted grant as it was, for others to adopt', async () => {
  await start();
  const console = await people.grant(TO_PAYMENTS);
  const result = await stacks.deploy('First', (stack) => {
    failAfter(adoptingGrant(stack));
  });
  expect([result.status, grants()]).toEqual(['ROLLBACK_COMPLETE', ['by hand, DISABLED']]);
  expect(await people.tagsOf(console)).toEqual({});
  expect(await deploy('Second')).toBe('CREATE_COMPLETE');
});

test('an adoption whose function dies and then hangs is taken back, though nobody answered which grant it was', async () => {
  await start({ faults: ['function-killed-before@CreateGrantVersion,1', 'function-timeout@GetGrant,3'].map(parseFault) });
  const console = await people.grant(TO_PAYMENTS, { tags: { team: 'platform' } });
  expect([await deploy('First'), grants()]).toEqual(['ROLLBACK_COMPLETE', ['by hand, DISABLED']]);
  expect(await people.tagsOf(console)).toEqual({ team: 'platform' });
});

test('a grant that was adopted and then replaced by one of another grantee stays, and so does the one that a stack of its own has', async () => {
  await start();
  await people.grant(TO_PAYMENTS);
  await deploy('First');
  expect(await deploy('First', { grantee: Grantee.account('333333333333') })).toBe('UPDATE_COMPLETE');
  expect(stacks.grants().filter((grant) => grant.includes('Linux'))).toEqual(expect.arrayContaining([
    '222222222222: Example Hardened Linux, ACTIVE', '333333333333: Example Hardened Linux, ACTIVE',
  ]));
  expect(await destroy('First')).toBe('DELETE_COMPLETE');
  expect(grants()).toEqual(['adopted, ACTIVE']);
});

test('a rejected grant is made again by an update that asks for it, and comes back with it when that is rolled back', async () => {
  await start();
  const create = (props: Partial<MarketplaceLicenseGrantProps> = {}) => stacks.deploy('First', (stack) => adoptingGrant(stack, props));
  const { status } = await create();
  expect(status).toBe('CREATE_COMPLETE');
  const rejected = stacks.rehearsal.aws.grants().find(({ ownerAccountId }) => ownerAccountId === '222222222222')!.grantArn;
  await new LicenseAdministrator(stacks.rehearsal.aws.endpoint, { accountId: '222222222222' }).reject(rejected);

  const failing = await stacks.deploy('First', (stack) => {
    failAfter(adoptingGrant(stack, { recreateIfRejected: true }));
  });
  expect(failing.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  await stacks.rehearsal.pass(AFTERMATH_MILLISECONDS);
  expect(await create({ recreateIfRejected: true })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(grants()).toEqual(['adopted, ACTIVE']);
  expect([await destroy('First'), grants()]).toEqual(['DELETE_COMPLETE', []]);
});
