import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  ActivationOverride, GrantAcceptance, GrantActivation, GrantCompletion, Grantee, ManagedEntitlementsSetup,
  MarketplaceLicense, MarketplaceLicenseGrant,
} from '../../lib';
import { SimulatedClock } from '../../simulator/clock/simulated-clock';
import { readCloudAssembly } from '../../simulator/cloudformation/assembly/read-cloud-assembly';
import { SimulatedCloudFormation } from '../../simulator/cloudformation/simulated-cloudformation';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { OrganizationDefinition } from '../../simulator/organization/organization-definition';
import { SWITCHES, Variants } from '../../simulator/services/variants';
import { GrantReport, SimulatedAws } from '../../simulator/simulated-aws';
import { InProcessLambda } from '../support/in-process-lambda';
import { EXAMPLE_ORGANIZATION, LINUX_SKU, MANAGEMENT_ACCOUNT, RehearsedStacks, SCANNER_LICENSE } from '../support/rehearsed-stacks';
import { watched } from '../support/watched';

interface Played {
  readonly name: string;
  readonly variants: Partial<Variants>;
}

/** All switches in their first positions, and each switch in each of its others. */
const EVERY_POSITION: readonly Played[] = [
  { name: 'every switch in its first position', variants: {} },
  ...Object.entries(SWITCHES).flatMap(([name, [, ...others]]) => others.map((position) => ({ name: `${name}: ${position}`, variants: { [name]: position } }))),
];

interface Step {
  readonly title: string;
  /** Absent: the stack is destroyed. */
  readonly stack?: { readonly grantee: string; readonly name?: string; readonly activation?: GrantActivation };
  readonly ends: string;
  /** The Linux grants to accounts that are left, and what the grant to the Sandbox unit is in its accounts. */
  readonly linux: readonly string[];
  readonly scanner?: 'ACTIVE' | 'DISABLED';
}

const PAYMENTS = '222222222222';
const SHARED = '333333333333';
/** Has a subscription of its own to the Linux product. */
const SANDBOX = '444444444444';
const WEB = '555555555555';

const MEMBER_ROLE = 'EntitlementsMember';

const ACTIVE = GrantActivation.active();
const DISABLED = GrantActivation.disabled({ reason: 'audit' });
/** Without an override nobody knows whether the own subscription would be replaced. */
const REPLACING_NOTHING = GrantActivation.active({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY });

/** What examples/quick-start lives through, with a grant to an organizational unit beside it. */
const LIFE: readonly Step[] = [
  { title: 'deploy', stack: { grantee: PAYMENTS }, ends: 'CREATE_COMPLETE', linux: [`${PAYMENTS}: first, ACTIVE`], scanner: 'ACTIVE' },
  { title: 'rename', stack: { grantee: PAYMENTS, name: 'Linux' }, ends: 'UPDATE_COMPLETE', linux: [`${PAYMENTS}: Linux, ACTIVE`], scanner: 'ACTIVE' },
  {
    title: 'deactivate',
    stack: { grantee: PAYMENTS, name: 'Linux', activation: DISABLED },
    ends: 'UPDATE_COMPLETE',
    linux: [`${PAYMENTS}: Linux, DISABLED`],
    scanner: 'DISABLED',
  },
  { title: 'activate again', stack: { grantee: PAYMENTS, name: 'Linux' }, ends: 'UPDATE_COMPLETE', linux: [`${PAYMENTS}: Linux, ACTIVE`], scanner: 'ACTIVE' },
  { title: 'change the grantee', stack: { grantee: SHARED, name: 'Linux' }, ends: 'UPDATE_COMPLETE', linux: [`${SHARED}: Linux, ACTIVE`], scanner: 'ACTIVE' },
  {
    title: 'change it to one that cannot have it',
    stack: { grantee: SANDBOX, name: 'Linux', activation: REPLACING_NOTHING },
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    linux: [`${SHARED}: Linux, ACTIVE`],
    scanner: 'ACTIVE',
  },
  { title: 'destroy', ends: 'DELETE_COMPLETE', linux: [] },
  { title: 'deploy again, at once', stack: { grantee: SHARED }, ends: 'CREATE_COMPLETE', linux: [`${SHARED}: first, ACTIVE`], scanner: 'ACTIVE' },
  { title: 'destroy again', ends: 'DELETE_COMPLETE', linux: [] },
];

/** The sandbox's own, which no step of the next life may touch, not even for a moment. */
const LICENSE_OF_SANDBOX = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000003';
const REPLACING = ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER;
const KEEPING = ActivationOverride.DISTRIBUTED_GRANTS_ONLY;

/** A grant to the organization that is activated in some of its accounts. */
const LIFE_WITH_EXCEPTIONS: readonly { title: string; activation: GrantActivation; name?: string; active: string[] }[] = [
  { title: 'created', activation: GrantActivation.active({ override: REPLACING, except: [SANDBOX] }), active: [PAYMENTS, SHARED, WEB] },
  { title: 'renamed', activation: GrantActivation.active({ override: REPLACING, except: [SANDBOX] }), name: 'renamed', active: [PAYMENTS, SHARED, WEB] },
  { title: 'another one excepted', activation: GrantActivation.active({ override: REPLACING, except: [SANDBOX, WEB] }), active: [PAYMENTS, SHARED] },
  { title: 'activated as a whole', activation: GrantActivation.active({ override: KEEPING }), active: [PAYMENTS, SHARED, WEB] },
  { title: 'excepted from the whole', activation: GrantActivation.active({ override: KEEPING, except: [WEB] }), active: [PAYMENTS, SHARED] },
  { title: 'one alone', activation: GrantActivation.active({ override: KEEPING, only: [PAYMENTS] }), active: [PAYMENTS] },
  { title: 'disabled', activation: GrantActivation.disabled(), active: [] },
];

/** All but that in which exceptions are refused, and those that are about other things than grants to organizations and their changes. */
const FOR_GRANTS_WITH_EXCEPTIONS = EVERY_POSITION.filter(({ variants }) => [
  'inactiveAccounts', 'versionDuringWorkflow', 'activationWithoutEffect', 'versionWithoutStatus', 'omittedOverride', 'overrideLifetime', 'newVersions',
  'organizationGrantStatus', 'accountGrantsAmongDistributed', 'organizationGrantRevision', 'deletionOfActiveOrganizationGrant',
  'statusDuringDistribution', 'readersOfOrganizationGrants', 'statusReason', 'override', undefined,
].includes(Object.keys(variants)[0]));

let folder: string;
let aws: SimulatedAws;
let lambda: InProcessLambda;
let cloudFormation: SimulatedCloudFormation;
/** Why resources could not be created. */
let failures: string[];

async function start(variants: Partial<Variants>, organization: OrganizationDefinition = EXAMPLE_ORGANIZATION): Promise<void> {
  const clock = new SimulatedClock();
  aws = await SimulatedAws.start({ organization, clock, variants });
  lambda = new InProcessLambda({ aws, clock });
  aws.functions.areRunBy(lambda);
  failures = [];
  cloudFormation = new SimulatedCloudFormation({
    aws, lambda, clock, onEvent: ({ status, reason = '' }) => status === 'CREATE_FAILED' && failures.push(reason),
  });
}

beforeAll(() => {
  // What the handlers log would bury the results.
  jest.spyOn(console, 'log').mockImplementation();
  folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-variants-'));
  LIFE.forEach(({ stack }, index) => stack && synthesize(MANAGEMENT_ACCOUNT, assemblyOf(`${index}`), (scope) => defineLife(scope, stack)));
  LIFE_WITH_EXCEPTIONS.forEach(({ title, activation, name }) => synthesize(MANAGEMENT_ACCOUNT, assemblyOf(title), (stack) => {
    const license = MarketplaceLicense.fromProductSku(stack, 'LinuxLicense', LINUX_SKU);
    const grant = new MarketplaceLicenseGrant(stack, 'Linux', { license, grantee: Grantee.organization(), grantName: name, activation });
    grant.node.addDependency(new ManagedEntitlementsSetup(stack, 'Setup'));
  }));
  synthesize(SANDBOX, assemblyOf('delegated'), (stack) => defineDelegated(stack, ACTIVE));
  synthesize(SANDBOX, assemblyOf('deactivated'), (stack) => defineDelegated(stack, DISABLED));
  synthesize(SANDBOX, assemblyOf('in the background'), (stack) => defineInBackground(stack, 'first'));
  synthesize(SANDBOX, assemblyOf('renamed in the background'), (stack) => defineInBackground(stack, 'renamed'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

const WITH_DELEGATED_ADMINISTRATOR: OrganizationDefinition = {
  ...EXAMPLE_ORGANIZATION,
  linked: true,
  trustedServices: ['license-management.marketplace.amazonaws.com'],
  delegatedAdministrators: { 'license-manager.amazonaws.com': SANDBOX },
};

/** Those in which a delegated administrator is treated otherwise than the management account. */
const FOR_DELEGATED_ADMINISTRATORS = EVERY_POSITION.filter(({ variants }) =>
  ['grantsOfDelegatedAdministrator', 'readersOfOrganizationGrants', 'parentOfAccountGrants', undefined].includes(Object.keys(variants)[0]));

describe('with the handlers in this process', () => {
  afterEach(async () => {
    await lambda.stop();
    await cloudFormation.stop();
    await aws.stop();
  });

  test.each(EVERY_POSITION)('the life of grants is the same with $name', async ({ variants }) => {
    await start(variants);
    for (const [index, step] of LIFE.entries()) {
      const { status } = await (step.stack ? deploy(`${index}`) : destroy());
      expect({ step: step.title, ends: status, linux: linuxGrants(), scanner: scannerGrants() }).toEqual({
        step: step.title, ends: step.ends, linux: step.linux, scanner: step.scanner ? [`${SANDBOX}: ${step.scanner}`, `${WEB}: ${step.scanner}`] : [],
      });
    }
  });

  test.each(FOR_DELEGATED_ADMINISTRATORS)('the grants of a delegated administrator are the same with $name', async ({ variants }) => {
    await start(variants, WITH_DELEGATED_ADMINISTRATOR);
    const inWorkloads = (status: string) => [PAYMENTS, SHARED].map((account) => `${account}: unit, ${status}`);
    const accepted = variants.grantsOfDelegatedAdministrator === 'accepted';
    const byGrantee = `${WEB}: web, ${accepted ? 'DISABLED' : 'PENDING_ACCEPT'}`;

    expect(await deploy('delegated')).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(linuxGrants(SANDBOX)).toEqual([...inWorkloads('ACTIVE'), byGrantee]);
    expect(await deploy('deactivated')).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(linuxGrants(SANDBOX)).toEqual([...inWorkloads('DISABLED'), byGrantee]);
    expect(await destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(linuxGrants(SANDBOX)).toEqual([]);
  });

  test.each(FOR_GRANTS_WITH_EXCEPTIONS)('a grant with exceptions lives the same with $name', async ({ variants }) => {
    await start(variants);
    for (const { title, active } of LIFE_WITH_EXCEPTIONS) {
      expect(await deploy(title)).toMatchObject({ status: title === 'created' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE' });
      const activeAccounts = grantsToAccounts('Example Hardened Linux', MANAGEMENT_ACCOUNT).filter(({ status }) => status === 'ACTIVE');
      expect({ title, active: activeAccounts.map(({ ownerAccountId }) => ownerAccountId).sort() }).toEqual({ title, active });
      expect(aws.grants().find(({ licenseArn }) => licenseArn === LICENSE_OF_SANDBOX)).toMatchObject({ status: 'ACTIVE', version: '1' });
    }
    expect(await destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(grantsToAccounts('Example Hardened Linux', MANAGEMENT_ACCOUNT)).toEqual([]);
  });

  test.each(EVERY_POSITION)('a grant that a workflow accepts with a role lives the same with $name', async ({ variants }) => {
    await start(variants, WITH_DELEGATED_ADMINISTRATOR);
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${SANDBOX}:root` } } as const;
    aws.roles.put({ accountId: WEB, roleName: MEMBER_ROLE, trustPolicy: { Version: '2012-10-17', Statement: [trust] } });

    expect(await deploy('in the background')).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(aws.stateMachines.allExecutions.map(({ status }) => status)).toEqual(['RUNNING']);
    await pass(Duration.hours(1));
    expect(aws.stateMachines.allExecutions.map(({ status }) => status)).toEqual(['SUCCEEDED']);
    expect(linuxGrants(SANDBOX)).toEqual([`${WEB}: first, ACTIVE`]);

    expect(await deploy('renamed in the background')).toMatchObject({ status: 'UPDATE_COMPLETE' });
    await pass(Duration.hours(1));
    expect(linuxGrants(SANDBOX)).toEqual([`${WEB}: renamed, ACTIVE`]);
    expect(await destroy()).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(linuxGrants(SANDBOX)).toEqual([]);
  });

  test('a unit inside another one fails with what License Manager says, where it refuses such a grant', async () => {
    synthesize(MANAGEMENT_ACCOUNT, assemblyOf('nested'), (stack) => {
      const license = MarketplaceLicense.fromLicenseArn(stack, 'ScannerLicense', SCANNER_LICENSE);
      const grant = new MarketplaceLicenseGrant(stack, 'Scanner', { license, grantee: Grantee.organizationalUnit('ou-ex01-workprod') });
      grant.node.addDependency(new ManagedEntitlementsSetup(stack, 'Setup'));
    });
    await start({ nestedOrganizationalUnits: 'refused' });
    expect(await deploy('nested')).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(failures).toEqual([expect.stringContaining('is an organizational unit inside another one')]);
  });
});

test('the role of a grant\'s function is enough, also where the tags of a new grant have to be permitted by themselves', async () => {
  const stacks = await RehearsedStacks.start({ variants: { tagsAtCreation: 'TagResource-too' } });
  try {
    expect(await stacks.deploy('Licenses', (stack) => defineLife(stack, { grantee: PAYMENTS }))).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(stacks.rehearsal.aws.permissions!.denied).toEqual([]);
  } finally {
    await stacks.stop();
  }
});

async function deploy(assembly: string): Promise<StackResult> {
  const [result] = await watched(aws, async () => [await cloudFormation.deploy(readCloudAssembly(assemblyOf(assembly)).stacks[0])]);
  return result;
}

async function destroy(): Promise<StackResult> {
  const [result] = await watched(aws, async () => [await cloudFormation.destroy('Licenses')]);
  return result;
}

async function pass(time: Duration): Promise<void> {
  await new Promise<void>((resolve) => aws.clock.schedule(time.toMilliseconds(), resolve));
}

function assemblyOf(name: string): string {
  return join(folder, name);
}

function synthesize(account: string, outdir: string, define: (stack: Stack) => void): void {
  const app = new App({ outdir });
  define(new Stack(app, 'Licenses', { env: { account, region: 'us-east-1' } }));
  app.synth();
}

function defineLife(stack: Stack, { grantee, name = 'first', activation = ACTIVE }: NonNullable<Step['stack']>): void {
  const setup = new ManagedEntitlementsSetup(stack, 'Setup');
  const linux = new MarketplaceLicenseGrant(stack, 'Linux', {
    license: MarketplaceLicense.fromProductSku(stack, 'LinuxLicense', LINUX_SKU), grantee: Grantee.account(grantee), grantName: name, activation,
  });
  const scanner = new MarketplaceLicenseGrant(stack, 'Scanner', {
    license: MarketplaceLicense.fromLicenseArn(stack, 'ScannerLicense', SCANNER_LICENSE),
    grantee: Grantee.organizationalUnit('ou-ex01-sandbox1'),
    grantName: name,
    activation: activation === DISABLED ? DISABLED : ACTIVE,
  });
  [linux, scanner].forEach((grant) => grant.node.addDependency(setup));
}

function defineDelegated(stack: Stack, activation: GrantActivation): void {
  const license = MarketplaceLicense.fromProductSku(stack, 'LinuxLicense', LINUX_SKU);
  new MarketplaceLicenseGrant(stack, 'Unit', {
    license, grantee: Grantee.organizationalUnit('ou-ex01-workload'), grantName: 'unit', activation,
  });
  new MarketplaceLicenseGrant(stack, 'Web', { license, grantee: Grantee.account(WEB), grantName: 'web', activation: GrantActivation.byGrantee() });
}

/** The deployment waits for less than the distribution of a grant takes. */
function defineInBackground(stack: Stack, grantName: string): void {
  new MarketplaceLicenseGrant(stack, 'Web', {
    license: MarketplaceLicense.fromProductSku(stack, 'LinuxLicense', LINUX_SKU),
    grantee: Grantee.account(WEB),
    grantName,
    acceptance: GrantAcceptance.assumingRole({ roleName: MEMBER_ROLE }),
    completion: GrantCompletion.background({ wait: Duration.seconds(20) }),
  });
}

/** As `account: name, status`. */
function linuxGrants(grantor = MANAGEMENT_ACCOUNT): string[] {
  return grantsToAccounts('Example Hardened Linux', grantor).map(({ ownerAccountId, name, status }) => `${ownerAccountId}: ${name}, ${status}`).sort();
}

/** As `account: status`, without the account that is suspended, which may have a grant that failed. */
function scannerGrants(): string[] {
  return grantsToAccounts('Example Vulnerability Scanner', MANAGEMENT_ACCOUNT)
    .filter(({ ownerAccountId }) => ownerAccountId !== '666666666666')
    .map(({ ownerAccountId, status }) => `${ownerAccountId}: ${status}`).sort();
}

/** Those that still count, without AWS Marketplace's to the subscriber. */
function grantsToAccounts(productName: string, grantorAccountId: string): GrantReport[] {
  return aws.grants().filter((grant) => grant.productName === productName && grant.ownerAccountId !== undefined
    && grant.grantorAccountId === grantorAccountId && !['DELETED', 'PENDING_DELETE'].includes(grant.status));
}
