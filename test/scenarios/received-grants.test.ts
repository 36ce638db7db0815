import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import {
  ActivationOverride, MarketplaceLicense, ReceivedGrantRemoval, ReceivedGrantResponse, ReceivedLicenseGrant, ReceivedLicenseGrantProps,
} from '../../lib';
import { withoutPolicies } from '../../simulator/authorization/without-policies';
import { SimulatedClock } from '../../simulator/clock/simulated-clock';
import { readCloudAssembly } from '../../simulator/cloudformation/assembly/read-cloud-assembly';
import { ReplacementRollback } from '../../simulator/cloudformation/resources/resource-type';
import { SimulatedCloudFormation } from '../../simulator/cloudformation/simulated-cloudformation';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { parseFault } from '../../simulator/faults/parse-fault';
import { OrganizationDefinition } from '../../simulator/organization/organization-definition';
import { Rehearsal } from '../../simulator/rehearsal';
import { SWITCHES, Variants } from '../../simulator/services/variants';
import { GrantReport, SimulatedAws } from '../../simulator/simulated-aws';
import { failAfter } from '../support/failing-resource';
import { InProcessLambda } from '../support/in-process-lambda';
import { LicenseAdministrator } from '../support/license-administrator';
import { EXAMPLE_ORGANIZATION, LINUX_LICENSE, LINUX_SKU, MANAGEMENT_ACCOUNT, SCANNER_LICENSE } from '../support/rehearsed-stacks';
import { RENEWAL, RENEWED_LICENSE } from '../support/renewed-license';
import { watched } from '../support/watched';

const PAYMENTS = '222222222222';
const TO_PAYMENTS = `arn:aws:iam::${PAYMENTS}:root`;
const TO_WORKLOADS = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

/** Activation works, and nothing is accepted automatically. */
const NOT_LINKED: OrganizationDefinition = {
  ...EXAMPLE_ORGANIZATION,
  trustedServices: ['license-manager.amazonaws.com', 'license-management.marketplace.amazonaws.com'],
};
const LINKED: OrganizationDefinition = { ...NOT_LINKED, linked: true };

/** What an account meets that answers grants: of every grant, of those that it accepts, and of its parts of greater grants. */
const OF_EVERY_GRANT: readonly (keyof Variants)[] = [
  'statusDuringDistribution', 'rejectionOfActiveGrant', 'versionDuringWorkflow', 'activationWithoutEffect', 'versionWithoutStatus', 'omittedOverride',
  'overrideLifetime', 'newVersions', 'statusReason', 'override', 'notFound',
];
const OF_ACCEPTANCE: readonly (keyof Variants)[] = ['acceptanceOfAcceptedGrant', 'acceptance', 'statusDuringDistribution', 'newVersions'];
const OF_ORGANIZATION_GRANTS: readonly (keyof Variants)[] = [
  'organizationGrantStatus', 'parentOfAccountGrants', 'organizationGrantRevision', 'newVersions',
];

/** All switches in their first positions, and each of these in each of its others. */
function positionsOf(switches: readonly (keyof Variants)[]): { name: string; variants: Partial<Variants> }[] {
  const others = switches.flatMap((name) => SWITCHES[name].slice(1).map((position) => ({ name: `${name}: ${position}`, variants: { [name]: position } })));
  return [{ name: 'every switch in its first position', variants: {} }, ...others];
}

interface Step {
  readonly title: string;
  /** Absent: the stack is destroyed. */
  readonly assembly?: string;
  readonly ends: string;
  readonly linux: string;
  readonly scanner: string;
}

/** What becomes of the account's two grants while its stack is deployed and changed. */
function lifeFrom(beginning: string): readonly Step[] {
  return [
    { title: 'take up the first grant', assembly: 'linux', ends: 'CREATE_COMPLETE', linux: 'ACTIVE', scanner: beginning },
    { title: 'leave its activation to others', assembly: 'accepted-only', ends: 'UPDATE_COMPLETE', linux: 'ACTIVE', scanner: beginning },
    { title: 'deactivate it', assembly: 'deactivated', ends: 'UPDATE_COMPLETE', linux: 'DISABLED', scanner: beginning },
    { title: 'activate it, and fail elsewhere', assembly: 'linux-and-failure', ends: 'UPDATE_ROLLBACK_COMPLETE', linux: 'DISABLED', scanner: beginning },
    { title: 'change to the second grant', assembly: 'scanner', ends: 'UPDATE_COMPLETE', linux: 'DISABLED', scanner: 'ACTIVE' },
    { title: 'change back, and fail elsewhere', assembly: 'linux-and-failure', ends: 'UPDATE_ROLLBACK_COMPLETE', linux: 'DISABLED', scanner: 'ACTIVE' },
    { title: 'destroy', ends: 'DELETE_COMPLETE', linux: 'DISABLED', scanner: 'DISABLED' },
    { title: 'fail elsewhere at once', assembly: 'linux-and-failure', ends: 'ROLLBACK_COMPLETE', linux: 'DISABLED', scanner: 'DISABLED' },
    { title: 'destroy what failed', ends: 'DELETE_COMPLETE', linux: 'DISABLED', scanner: 'DISABLED' },
    { title: 'take up the first grant again', assembly: 'linux', ends: 'CREATE_COMPLETE', linux: 'ACTIVE', scanner: 'DISABLED' },
    { title: 'reject it', assembly: 'rejected', ends: 'UPDATE_COMPLETE', linux: 'REJECTED', scanner: 'DISABLED' },
    { title: 'destroy after rejection', ends: 'DELETE_COMPLETE', linux: 'REJECTED', scanner: 'DISABLED' },
  ];
}

let folder: string;

beforeAll(() => {
  // What the handlers log would bury the results.
  jest.spyOn(console, 'log').mockImplementation();
  folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-received-'));
  const linux = { productSku: LINUX_SKU };
  synthesize('linux', linux);
  synthesize('accepted-only', { ...linux, response: ReceivedGrantResponse.acceptOnly() });
  synthesize('deactivated', { ...linux, response: ReceivedGrantResponse.deactivate({ reason: 'audit' }) });
  synthesize('scanner', { productSku: '02e38931-0000-4000-8000-000000000002', grantorAccount: MANAGEMENT_ACCOUNT });
  synthesize('linux-and-failure', linux, true);
  synthesize('rejected', { ...linux, response: ReceivedGrantResponse.reject() });
  synthesize('old', { licenseArn: LINUX_LICENSE });
  synthesize('renewed', { licenseArn: RENEWED_LICENSE });
  synthesize('renewed-and-failure', { licenseArn: RENEWED_LICENSE }, true);
  const response = ReceivedGrantResponse.activate({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER });
  synthesize('overriding-and-failure', { licenseArn: RENEWED_LICENSE, response }, true);
  synthesize('leaving', { ...linux, removal: ReceivedGrantRemoval.leave() });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

function synthesize(assembly: string, props: ReceivedLicenseGrantProps & { readonly licenseArn?: string }, withFailure = false): void {
  const app = new App({ outdir: join(folder, assembly) });
  const stack = new Stack(app, 'Grantee', { env: { account: PAYMENTS, region: 'eu-central-1' } });
  const license = props.licenseArn === undefined ? undefined : MarketplaceLicense.fromLicenseArn(stack, 'License', props.licenseArn);
  const grant = new ReceivedLicenseGrant(stack, 'Grant', { license, ...props });
  if (withFailure) {
    failAfter(grant);
  }
  app.synth();
}

function grantOf(aws: SimulatedAws, productName: string): GrantReport {
  return aws.grants().find((grant) => grant.productName === productName && grant.ownerAccountId === PAYMENTS)!;
}

function statuses(aws: SimulatedAws): { linux: string; scanner: string } {
  return { linux: grantOf(aws, 'Example Hardened Linux').status, scanner: grantOf(aws, 'Example Vulnerability Scanner').status };
}

describe('with the handlers in this process', () => {
  let aws: SimulatedAws;
  let clock: SimulatedClock;
  let lambda: InProcessLambda;
  let cloudFormation: SimulatedCloudFormation;
  let grantor: LicenseAdministrator;

  async function start(
    organization: OrganizationDefinition, variants: Partial<Variants>, customResourceReplacementRollback?: ReplacementRollback,
  ): Promise<void> {
    clock = new SimulatedClock();
    aws = await SimulatedAws.start({ organization, clock, variants });
    lambda = new InProcessLambda({ aws, clock });
    cloudFormation = new SimulatedCloudFormation({ aws, lambda, clock, customResourceReplacementRollback });
    grantor = new LicenseAdministrator(aws.endpoint);
  }

  afterEach(async () => {
    await lambda.stop();
    await cloudFormation.stop();
    await aws.stop();
  });

  async function perform({ assembly }: Step): Promise<StackResult> {
    const [result] = await watched(aws, async () =>
      [await (assembly ? cloudFormation.deploy(readCloudAssembly(join(folder, assembly)).stacks[0]) : cloudFormation.destroy('Grantee'))]);
    return result;
  }

  async function live(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const { status } = await perform(step);
      const { title, ends, linux, scanner } = step;
      expect({ title, ends: status, ...statuses(aws) }).toEqual({ title, ends, linux, scanner });
    }
  }

  async function pass(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => clock.schedule(milliseconds, resolve));
  }

  describe.each([
    ['wait to be accepted', OF_ACCEPTANCE, NOT_LINKED, TO_PAYMENTS, 'PENDING_ACCEPT'],
    ['are accepted automatically', OF_EVERY_GRANT, LINKED, TO_PAYMENTS, 'DISABLED'],
    ['are parts of those of an organizational unit', OF_ORGANIZATION_GRANTS, LINKED, TO_WORKLOADS, 'DISABLED'],
  ])('the life of grants that %s', (_, switches, organization, principal, beginning) => {
    test.each(positionsOf(switches))('is the same with $name', async ({ variants }) => {
      await start(organization, variants);
      await grantor.grant(principal, { license: LINUX_LICENSE });
      await grantor.grant(principal, { license: SCANNER_LICENSE });
      await pass(3_600_000);
      await live(lifeFrom(beginning));
      // The account does what it was told, and its grantor nothing more.
      expect(aws.calls.filter(({ operation }) => operation === 'AcceptGrant' || operation === 'RejectGrant').map(({ operation, error }) => error ?? operation))
        .toEqual([...(beginning === 'PENDING_ACCEPT' ? ['AcceptGrant', 'AcceptGrant'] : []), 'RejectGrant']);
    });
  });

  test('a grant that is left as it is stays active when the stack goes', async () => {
    await start(LINKED, {});
    await grantor.grant(TO_PAYMENTS);
    expect(await perform({ assembly: 'leaving' } as Step)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await perform({} as Step)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(grantOf(aws, 'Example Hardened Linux').status).toBe('ACTIVE');
  });

  test('a stack whose grant never arrives fails, is removed, and has changed nothing', async () => {
    await start(LINKED, {});
    expect(await perform({ assembly: 'linux' } as Step)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(await perform({} as Step)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(aws.calls.filter(({ operation }) => !/^(Get|List)/.test(operation))).toEqual([]);
  });

  test.each(['ACTIVE', 'DISABLED'] as const)('a stack that fails elsewhere leaves a grant that was %s as it was', async (status) => {
    await start(LINKED, {});
    const grantArn = await grantor.grant(TO_PAYMENTS);
    await pass(3_600_000);
    await grantor.switch(grantArn, status);
    await pass(3_600_000);
    const changesBefore = changesOfGrants();
    expect(await perform({ assembly: 'linux-and-failure' } as Step)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(grantOf(aws, 'Example Hardened Linux').status).toBe(status);
    expect(changesOfGrants() - changesBefore).toBe(status === 'ACTIVE' ? 0 : 2);

    function changesOfGrants(): number {
      return aws.calls.filter(({ operation }) => operation === 'CreateGrantVersion').length;
    }
  });

  test.each(['reversed-update', 'restore'] as const)('the grant of a renewed license gives way to the old one again by a rollback of the kind %s', async (replacementRollback) => {
    await start({ ...LINKED, subscriptions: [...LINKED.subscriptions, RENEWAL] }, {}, replacementRollback);
    const old = await grantor.grant(TO_PAYMENTS);
    const renewed = await grantor.grant(TO_PAYMENTS, { license: RENEWED_LICENSE });
    await pass(3_600_000);
    const activeGrants = () => aws.grants().filter(({ grantArn, status }) => [old, renewed].includes(grantArn) && status === 'ACTIVE');
    for (const [assembly, ends, active] of [
      ['old', 'CREATE_COMPLETE', old],
      ['overriding-and-failure', 'UPDATE_ROLLBACK_COMPLETE', old],
      ['renewed-and-failure', 'UPDATE_ROLLBACK_COMPLETE', old],
      ['renewed', 'UPDATE_COMPLETE', renewed],
      ['old', 'UPDATE_COMPLETE', old],
    ] as const) {
      const { status } = await perform({ assembly } as Step);
      expect({ assembly, status, active: activeGrants().map(({ grantArn }) => grantArn) }).toEqual({ assembly, status: ends, active: [active] });
    }
  });

  test('a stack whose grant is deleted by its grantor is deleted', async () => {
    await start(LINKED, {});
    const grantArn = await grantor.grant(TO_PAYMENTS);
    expect(await perform({ assembly: 'linux' } as Step)).toMatchObject({ status: 'CREATE_COMPLETE' });
    await grantor.delete(grantArn);
    expect(await perform({} as Step)).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});

/** Each of them hits the first function that makes such a call, in the middle of an answer. */
const SURVIVED = [
  'throttling',
  'throttling@AcceptGrant,1-5',
  'server-error',
  'connection-reset-before',
  'connection-reset-after@AcceptGrant,1',
  'connection-reset-after@RejectGrant,1',
  'slow-answer',
  'stale-reads@30s',
  'function-killed-after@AcceptGrant,1',
  'function-killed-after@CreateGrantVersion,1',
  'function-killed-after@RejectGrant,1',
  'function-timeout@CreateGrantVersion,1',
  'duplicate-event@30s',
  'response-error@1-8',
  'permissions-delay',
];

describe('with functions as processes', () => {
  test.each(SURVIVED)('a grant is taken up, rejected and let go in spite of %s', async (fault) => {
    const rehearsal = await Rehearsal.start({ organization: NOT_LINKED, authorizer: withoutPolicies, faults: [parseFault(fault)] });
    const grantor = new LicenseAdministrator(rehearsal.aws.endpoint);
    try {
      const grantArn = await grantor.grant(TO_PAYMENTS);
      const status = () => rehearsal.aws.grants().find((grant) => grant.grantArn === grantArn)?.status;
      const deploy = async (assembly: string) => (await watched(rehearsal.aws, async () => rehearsal.deploy(join(folder, assembly))))[0];
      const destroy = async (assembly: string) => (await watched(rehearsal.aws, async () => rehearsal.destroy(join(folder, assembly))))[0];
      expect({ ...await deploy('linux'), grant: status() }).toMatchObject({ status: 'CREATE_COMPLETE', grant: 'ACTIVE' });
      expect({ ...await destroy('linux'), grant: status() }).toMatchObject({ status: 'DELETE_COMPLETE', grant: 'DISABLED' });
      expect({ ...await deploy('rejected'), grant: status() }).toMatchObject({ status: 'CREATE_COMPLETE', grant: 'REJECTED' });
      expect(await destroy('rejected')).toMatchObject({ status: 'DELETE_COMPLETE' });
    } finally {
      await rehearsal.stop();
    }
  });

  // The first activates the old grant, the next two exchange it for the renewed one, and the last two take that back.
  test.each([2, 3, 4, 5].flatMap((nth) => [`function-killed-after@CreateGrantVersion,${nth}`, `connection-reset-after@CreateGrantVersion,${nth}`]))(
    'a grant gives way to a renewed one, and takes its place again in a rollback, in spite of %s', async (fault) => {
      const organization = { ...LINKED, subscriptions: [...LINKED.subscriptions, RENEWAL] };
      const rehearsal = await Rehearsal.start({ organization, authorizer: withoutPolicies, faults: [parseFault(fault)] });
      const grantor = new LicenseAdministrator(rehearsal.aws.endpoint);
      try {
        const grantArns = [await grantor.grant(TO_PAYMENTS), await grantor.grant(TO_PAYMENTS, { license: RENEWED_LICENSE })];
        await rehearsal.pass(3_600_000);
        const deploy = async (assembly: string) => (await watched(rehearsal.aws, async () => rehearsal.deploy(join(folder, assembly))))[0];
        expect(await deploy('old')).toMatchObject({ status: 'CREATE_COMPLETE' });
        expect(await deploy('renewed-and-failure')).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
        expect(grantArns.map((grantArn) => rehearsal.aws.grants().find((grant) => grant.grantArn === grantArn)?.status)).toEqual(['ACTIVE', 'DISABLED']);
        const changes = rehearsal.aws.calls.map(({ request }) => request as { Status?: string; GrantArn?: string });
        const deactivated = changes.filter(({ Status: status }) => status === 'DISABLED').map(({ GrantArn: grantArn }) => grantArn);
        expect([...new Set(deactivated)]).toEqual(grantArns);
      } finally {
        await rehearsal.stop();
      }
    });
});
