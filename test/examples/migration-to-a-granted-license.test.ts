import { MigrationStack } from '../../examples/migration-to-a-granted-license/migration-stack';
import { watchActivity } from '../support/activity';
import { MANAGEMENT_ACCOUNT, RehearsedStacks } from '../support/rehearsed-stacks';

const ACCOUNT = '444444444444';

let stacks: RehearsedStacks;

beforeEach(async () => {
  stacks = await RehearsedStacks.start();
});

afterEach(async () => {
  await stacks.stop();
});

async function deploy(switched: boolean): Promise<string> {
  const env = { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' };
  const { status } = await stacks.deployApp('Migration', (app) => new MigrationStack(app, 'Migration', { env, account: ACCOUNT, switched }));
  return status;
}

/** The licenses of the account, whoever granted them. */
function licenses(): string[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ ownerAccountId, status }) => ownerAccountId === ACCOUNT && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ grantorAccountId, status }) => `${grantorAccountId === MANAGEMENT_ACCOUNT ? 'granted' : 'subscribed'}: ${status}`)
    .sort();
}

test('the account moves from its own subscription to the granted license without an instant in between', async () => {
  expect(await deploy(false)).toBe('CREATE_COMPLETE');
  expect(licenses()).toEqual(['granted: DISABLED', 'subscribed: ACTIVE']);

  const activity = watchActivity(stacks.rehearsal, ACCOUNT, 'Example Hardened Linux');
  expect(await deploy(true)).toBe('UPDATE_COMPLETE');
  expect(licenses()).toEqual(['granted: ACTIVE', 'subscribed: DISABLED']);
  expect(activity.stop().longestGapMilliseconds).toBe(0);

  expect((await stacks.destroy('Migration')).status).toBe('DELETE_COMPLETE');
  expect(licenses()).toEqual(['subscribed: DISABLED']);
  expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
});
