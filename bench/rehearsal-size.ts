import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { Grantee, MarketplaceLicense, MarketplaceLicenseGrant } from '../lib';
import exampleOrganization from '../simulator/example-organization.json';
import { OrganizationDefinition } from '../simulator/organization/organization-definition';
import { parseOrganization } from '../simulator/organization/parse-organization';
import { Rehearsal } from '../simulator/rehearsal';

/*
 * How long a rehearsal of many grants in one stack takes, and how much memory: the simulator's process and those of the
 * functions together, at the worst moment. All sizes run one after the other, so that their ratios mean something on any machine.
 *
 * usage: tsx bench/rehearsal-size.ts [NUMBER OF GRANTS]...
 */

const MANAGEMENT_ACCOUNT = exampleOrganization.organization.managementAccountId;
const LICENSE = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000002';
const MARKETPLACE = 'license-management.marketplace.amazonaws.com';
/** Seldom enough that looking does not cost what it looks at. */
const SAMPLES_EVERY_MILLISECONDS = 1000;

interface Measurement {
  readonly grants: number;
  readonly status: string;
  readonly createSeconds: number;
  readonly destroySeconds: number;
  readonly peakMegabytes: number;
}

async function measure(grants: number): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-size-'));
  const assembly = synthesize(folder, grants);
  const rehearsal = await Rehearsal.start({ organization: organizationOf(grants) });
  const memory = watchMemory();
  try {
    const [created, createSeconds] = await timed(() => rehearsal.deploy(assembly));
    const [destroyed, destroySeconds] = await timed(() => rehearsal.destroy(assembly));
    const status = [...created, ...destroyed].map((result) => result.reason ?? result.status).join(', ');
    return { grants, status, createSeconds, destroySeconds, peakMegabytes: memory.peakMegabytes() };
  } finally {
    memory.stop();
    await rehearsal.stop();
    rmSync(folder, { recursive: true });
  }
}

function synthesize(folder: string, grants: number): string {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Grants', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
  const license = MarketplaceLicense.fromLicenseArn(stack, 'License', LICENSE);
  for (const account of memberAccounts(grants)) {
    new MarketplaceLicenseGrant(stack, `Grant${account}`, { license, grantee: Grantee.account(account) });
  }
  return app.synth().directory;
}

function organizationOf(grants: number): OrganizationDefinition {
  const { organization, accounts, subscriptions } = exampleOrganization;
  const members = memberAccounts(grants);
  return parseOrganization({
    ...exampleOrganization,
    organizationalUnits: [],
    accounts: [
      ...accounts.filter(({ id }) => id === MANAGEMENT_ACCOUNT),
      ...members.map((id) => ({ id, name: `member ${id}`, parentId: organization.rootId, state: 'ACTIVE', tags: {} })),
    ],
    subscriptions: subscriptions.filter(({ accountId }) => accountId === MANAGEMENT_ACCOUNT),
    trustedServices: ['license-manager.amazonaws.com', 'license-manager.member-account.amazonaws.com', MARKETPLACE],
    linked: true,
    serviceLinkedRoles: Object.fromEntries([MANAGEMENT_ACCOUNT, ...members].map((id) => [id, [MARKETPLACE]])),
  });
}

function memberAccounts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(600_000_000_000 + index));
}

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

function watchMemory(): { peakMegabytes(): number; stop(): void } {
  let peak = 0;
  const sample = async () => { peak = Math.max(peak, await residentMegabytes()); };
  const sampling = setInterval(() => void sample(), SAMPLES_EVERY_MILLISECONDS);
  return { peakMegabytes: () => peak, stop: () => clearInterval(sampling) };
}

/** Of this process and its children. What they share, above all Node.js itself, counts once where the system tells (Linux). */
async function residentMegabytes(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const processes = stdout.trim().split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const ours = processes.filter(([id, parentId]) => id === process.pid || parentId === process.pid);
  return ours.reduce((sum, [id, , residentKilobytes]) => sum + (proportionalKilobytes(id) ?? residentKilobytes), 0) / 1024;
}

/** The proportional set size: private memory, and a share of what is shared. https://docs.kernel.org/filesystems/proc.html */
function proportionalKilobytes(processId: number): number | undefined {
  const file = `/proc/${processId}/smaps_rollup`;
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf-8'))?.[1]);
  } catch {
    return undefined;
  }
}

async function main(sizes: number[]): Promise<void> {
  const measurements = [];
  for (const size of sizes) measurements.push(await measure(size));
  const [smallest] = measurements;
  console.table(measurements.map((measurement) => ({
    ...measurement,
    'createSeconds': measurement.createSeconds.toFixed(1),
    'destroySeconds': measurement.destroySeconds.toFixed(1),
    'peakMegabytes': measurement.peakMegabytes.toFixed(0),
    'time, smallest = 1': ((measurement.createSeconds + measurement.destroySeconds) / (smallest.createSeconds + smallest.destroySeconds)).toFixed(1),
    'grants, smallest = 1': (measurement.grants / smallest.grants).toFixed(1),
  })));
}

const sizes = process.argv.slice(2).map(Number);
void main(sizes.length > 0 ? sizes : [50, 100, 200, 400]);
