import { Duration } from 'aws-cdk-lib';
import {
  ActivationOverride, ExistingGrant, GrantActivation, GrantCompletion, Grantee, MarketplaceLicense, MarketplaceLicenseGrant,
  MarketplaceLicenseGrantProps,
} from '../../lib';
import { withoutPolicies } from '../../simulator/authorization/without-policies';
import { parseFault } from '../../simulator/faults/parse-fault';
import { OrganizationDefinition } from '../../simulator/organization/organization-definition';
import { StackStatus } from '../../simulator/services/cloudformation/stack-status';
import { SWITCHES, Variants } from '../../simulator/services/variants';
import { GrantReport } from '../../simulator/simulated-aws';
import { drawFault, drawNumber } from '../support/drawn-faults';
import { failAfter } from '../support/failing-resource';
import { LINUX_LICENSE, RehearsedStacks, RehearsedStacksOptions, SCANNER_LICENSE } from '../support/rehearsed-stacks';
import { ORGANIZATION_WITH_RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';

/** The same one each time, so that a change is blamed for nothing else. Any other plays other combinations; the names of the tests have it. */
const SEED = Number(process.env.COMBINATION_SEED ?? 1);
/** Each plays three lives, in some seconds. */
const COMBINATIONS = 8;

/** Longer than anything that is still going on after an operation: deletions, and repeated invocations with their timeouts. */
const AFTERMATH_MILLISECONDS = 60 * 60 * 1000;

/** Where a workflow goes on after deployments, longer than that. */
const DISTRIBUTION_MILLISECONDS = 3 * AFTERMATH_MILLISECONDS;

/** What went wrong for a while is over in one of so many attempts to delete a stack. */
const MOST_DELETIONS = 3;

const PAYMENTS = '222222222222';
const SHARED = '333333333333';
const OF_PEOPLE = { team: 'platform' };

/** Everything is set up, and people have made a grant. */
const ORGANIZATION: OrganizationDefinition = {
  ...ORGANIZATION_WITH_RENEWAL,
  linked: true,
  trustedServices: ['license-manager.amazonaws.com', 'license-management.marketplace.amazonaws.com'],
  grants: [
    { licenseArn: LINUX_LICENSE, granteePrincipalArn: `arn:aws:iam::${SHARED}:root`, name: 'of people', status: 'DISABLED', tags: OF_PEOPLE },
  ],
};

/** The stack has what the last operation asked for, or what it had before; otherwise it can only be deleted. */
const ENDS: Readonly<Record<string, 'as asked for' | 'as before' | 'broken'>> = {
  CREATE_COMPLETE: 'as asked for',
  UPDATE_COMPLETE: 'as asked for',
  UPDATE_ROLLBACK_COMPLETE: 'as before',
  ROLLBACK_COMPLETE: 'broken',
  ROLLBACK_FAILED: 'broken',
  UPDATE_ROLLBACK_FAILED: 'broken',
};

interface Wish extends Omit<MarketplaceLicenseGrantProps, 'license'> {
  readonly licenseArn: string;
  readonly fails?: boolean;
  /** @default - the one after which nothing goes on that is not handed over to a workflow */
  readonly aftermathMilliseconds?: number;
}

let stacks: RehearsedStacks;

afterEach(async () => {
  await stacks.stop();
});

async function deploy(
  stackName: string, { licenseArn, fails = false, aftermathMilliseconds = AFTERMATH_MILLISECONDS, ...props }: Wish,
): Promise<StackStatus> {
  const { status } = await stacks.deploy(stackName, (stack) => {
    const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, ...props });
    if (fails) {
      failAfter(grant);
    }
  });
  await stacks.rehearsal.pass(aftermathMilliseconds);
  return status;
}

/** What is left behind, and what became of others' grants, is looked at with every deletion. */
async function destroy(stackName: string): Promise<void> {
  for (let deletion = 1; deletion <= MOST_DELETIONS; deletion += 1) {
    const { status } = await stacks.destroy(stackName);
    await stacks.rehearsal.pass(AFTERMATH_MILLISECONDS);
    if (status === 'DELETE_COMPLETE') {
      return;
    }
  }
  throw new Error(`${stackName} could not be deleted: ${stacks.events.at(-1)?.reason}`);
}

/** Plays the wishes for as long as the stack takes them, and looks after each at whether the one that holds is met. */
async function live(stackName: string, wishes: readonly Wish[], isMet: (wish: Wish) => boolean): Promise<void> {
  let before: Wish | undefined;
  for (const wish of wishes) {
    const status = await deploy(stackName, wish);
    expect(Object.keys(ENDS)).toContain(status);
    if (ENDS[status] === 'broken') {
      break;
    }
    const holds = ENDS[status] === 'as before' ? before! : wish;
    const wished = { stackName, status, wish: wishes.indexOf(holds) };
    expect({ ...wished, met: isMet(holds) }).toEqual({ ...wished, met: true });
    before = holds;
  }
  await destroy(stackName);
}

function grantsOf(accountId: string): GrantReport[] {
  return stacks.rehearsal.aws.grants()
    .filter(({ ownerAccountId, status }) => ownerAccountId === accountId && !['DELETED', 'PENDING_DELETE'].includes(status));
}

function isActiveIn(accountId: string): (wish: Wish) => boolean {
  return ({ licenseArn, grantName }) => grantsOf(accountId).some((grant) =>
    grant.licenseArn === licenseArn && grant.status === 'ACTIVE' && (grantName === undefined || grant.name === grantName));
}

async function start([combination, variants, faults]: Combination, workflow?: RehearsedStacksOptions['workflow']): Promise<void> {
  stacks = await RehearsedStacks.start({
    organization: ORGANIZATION,
    authorizer: withoutPolicies,
    variants,
    workflow,
    faults: faults.split(' ').map(parseFault),
    seed: SEED,
    customResourceReplacementRollback: drawNumber(2, SEED, combination, 'rollback') === 1 ? 'reversed-update' : 'restore',
  });
}

function drawActivation([combination]: Combination): GrantActivation {
  return GrantActivation.active({
    override: drawNumber(2, SEED, combination, 'override') === 1 ? ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER : ActivationOverride.DISTRIBUTED_GRANTS_ONLY,
  });
}

test.each(combinations(SEED))(`keeps what holds of every stack: COMBINATION_SEED=${SEED}, combination %i: %j, %s`, async (...combination) => {
  await start(combination);
  const renewed = { grantee: Grantee.account(PAYMENTS), activation: drawActivation(combination) };
  await live('Renewed', [
    { ...renewed, licenseArn: LINUX_LICENSE },
    { ...renewed, licenseArn: RENEWED_LICENSE, fails: true },
    { ...renewed, licenseArn: RENEWED_LICENSE },
  ], isActiveIn(PAYMENTS));
  expect(grantsOf(PAYMENTS)).toEqual([]);

  const adopted = { licenseArn: LINUX_LICENSE, grantee: Grantee.account(SHARED), existingGrant: ExistingGrant.adopt() };
  await live('Adopted', [{ ...adopted, grantName: 'adopted' }, { ...adopted, grantName: 'renamed' }], isActiveIn(SHARED));
  expect(grantsOf(SHARED)).toEqual([expect.objectContaining({ tags: OF_PEOPLE, licenseArn: LINUX_LICENSE })]);

  const wide = { licenseArn: SCANNER_LICENSE, grantee: Grantee.organization() };
  await live('Organization', [wide, { ...wide, activation: GrantActivation.active({ reason: 'audit' }) }], isActiveIn(PAYMENTS));
  expect(stacks.grants().filter((grant) => grant.includes('Scanner'))).toEqual([]);
});

test.each(combinations(SEED))(`keeps it where updates meet workflows: COMBINATION_SEED=${SEED}, combination %i: %j, %s`, async (...combination) => {
  const [which] = combination;
  await start(combination, { accountDistribution: DISTRIBUTION_MILLISECONDS, accountChange: 0 });
  const wish = {
    grantee: Grantee.account(PAYMENTS),
    activation: drawActivation(combination),
    completion: GrantCompletion.background({ giveUpAfter: Duration.hours(20) }),
    aftermathMilliseconds: 4 * DISTRIBUTION_MILLISECONDS,
  };
  const renewed = { ...wish, licenseArn: RENEWED_LICENSE };
  // The renewal is under way when an update that leads away from it fails.
  const interruptions = [
    { ...renewed, grantee: Grantee.account(SHARED) },
    { ...wish, licenseArn: LINUX_LICENSE },
    { ...wish, licenseArn: SCANNER_LICENSE },
  ];
  const aftermathMilliseconds = (drawNumber(3, SEED, which, 'aftermath') - 1) * AFTERMATH_MILLISECONDS;
  await live('Renewed', [
    { ...wish, licenseArn: LINUX_LICENSE },
    { ...renewed, aftermathMilliseconds },
    { ...interruptions[drawNumber(interruptions.length, SEED, which, 'interruption') - 1], fails: true },
    { ...renewed, repairTrigger: 'again' },
  ], (wished) => wished.aftermathMilliseconds === aftermathMilliseconds || isActiveIn(PAYMENTS)(wished));
  expect(grantsOf(PAYMENTS)).toEqual([]);
});

type Combination = [combination: number, variants: Partial<Variants>, faults: string];

/** One or two switches in other positions than their first, and one or two faults. */
function combinations(seed: number): Combination[] {
  return Array.from({ length: COMBINATIONS }, (_, index) => {
    const combination = index + 1;
    const oneOrTwo = (what: string) => Array.from({ length: drawNumber(2, seed, combination, what) }, (__, which) => which);
    const faults = oneOrTwo('faults').map((which) => drawFault(seed, combination, which));
    return [combination, Object.fromEntries(oneOrTwo('switches').map((which) => drawPosition(seed, combination, which))), faults.join(' ')];
  });
}

function drawPosition(seed: number, ...purpose: readonly number[]): [string, string] {
  const choose = <T>(among: readonly T[], what: string) => among[drawNumber(among.length, seed, ...purpose, what) - 1];
  const [name, [, ...others]] = choose<[string, readonly string[]]>(Object.entries(SWITCHES), 'switch');
  return [name, choose(others, 'position')];
}
