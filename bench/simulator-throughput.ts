import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { SimulatedClock } from '../simulator/clock/simulated-clock';
import exampleOrganization from '../simulator/example-organization.json';
import { OrganizationDefinition } from '../simulator/organization/organization-definition';
import { parseOrganization } from '../simulator/organization/parse-organization';
import { SimulatedAws } from '../simulator/simulated-aws';

/*
 * How many License Manager calls the simulator answers in a second, for one client and for eight, while grants become more and
 * more, and how much memory every thousand grants takes. Everything runs in one process, one after the other: compare the
 * numbers of one run with each other, not those of two machines. The client shares the process, so its own work is in the numbers.
 *
 * usage: node --expose-gc --import tsx bench/simulator-throughput.ts
 */

const MANAGEMENT_ACCOUNT = exampleOrganization.organization.managementAccountId;
const CALLS = 2000;
/** As many grants as one license takes (Service Quotas, L-55F04DE6). */
const GRANTS_PER_LICENSE = 2000;
const SIZES = [0, 1000, 2000, 4000, 8000];

interface Measurement {
  readonly grants: number;
  readonly reads: Readonly<Record<1 | 8, number>>;
  readonly lists: number;
  readonly creations?: number;
  readonly megabytes: number;
}

/** A client without the work that an SDK does: signature, retries, typed answers. */
class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly endpoint: string) {}

  call(operation: string, input: object): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.endpoint, { method: 'POST', agent: this.agent, headers: headersFor(operation) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(JSON.parse(text) as Record<string, unknown>);
          else reject(new Error(text));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(JSON.stringify(input));
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function headersFor(operation: string): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSLicenseManager.${operation}`,
    'authorization': `AWS4-HMAC-SHA256 Credential=${MANAGEMENT_ACCOUNT}/20260701/us-east-1/license-manager/aws4_request, SignedHeaders=host, Signature=0`,
  };
}

async function main(): Promise<void> {
  // Time stands still: what is measured are calls, not what workflows do later.
  const clock = new SimulatedClock();
  const release = clock.hold();
  const aws = await SimulatedAws.start({ organization: organizationOf(SIZES[SIZES.length - 1]), clock });
  const clients = Array.from({ length: 8 }, () => new Client(aws.endpoint));
  try {
    // The first calls compile the code.
    await rate(CALLS, clients.slice(0, 1), () => ['GetServiceSettings', {}]);
    const measurements: Measurement[] = [];
    for (const [index, grants] of SIZES.entries()) {
      measurements.push(await measure(clients, grants, SIZES[index - 1] ?? 0));
    }
    print(measurements);
  } finally {
    clients.forEach((client) => client.close());
    release();
    await aws.stop();
  }
}

/** Makes grants until there are that many, and measures then. */
async function measure(clients: readonly Client[], grants: number, before: number): Promise<Measurement> {
  const [first] = clients;
  let lastArn = '';
  const create = (index: number): [string, object] => ['CreateGrant', creation(before + index)];
  const creations = grants === before ? undefined : await rate(grants - before, [first], create, ({ GrantArn }) => {
    lastArn = GrantArn as string;
  });
  const read = (): [string, object] => lastArn === '' ? ['ListDistributedGrants', {}] : ['GetGrant', { GrantArn: lastArn }];
  const one = await rate(CALLS, [first], read);
  const eight = await rate(CALLS, clients, read);
  const lists = await rate(CALLS / 4, [first], (index) => ['ListDistributedGrants', {
    Filters: [{ Name: 'LicenseArn', Values: [licenseArn(0)] }, { Name: 'GranteePrincipalARN', Values: [principal(index)] }],
  }]);
  return { grants, reads: { 1: one, 8: eight }, lists, creations, megabytes: usedMegabytes() };
}

/** Calls a second. */
async function rate(
  calls: number,
  clients: readonly Client[],
  ask: (index: number) => [string, object],
  onAnswer: (answer: Record<string, unknown>) => void = () => undefined,
): Promise<number> {
  const start = performance.now();
  let asked = 0;
  await Promise.all(clients.map(async (client) => {
    while (asked < calls) {
      asked += 1;
      onAnswer(await client.call(...ask(asked - 1)));
    }
  }));
  return calls / (performance.now() - start) * 1000;
}

function creation(index: number): object {
  return {
    ClientToken: `grant-${index}`,
    GrantName: `grant ${index}`,
    LicenseArn: licenseArn(Math.floor(index / GRANTS_PER_LICENSE)),
    HomeRegion: 'us-east-1',
    Principals: [principal(index)],
    AllowedOperations: ['CheckoutLicense', 'CreateToken'],
  };
}

/** The example organization with that many more accounts, and a license for every 2,000 of them. */
function organizationOf(grants: number): OrganizationDefinition {
  const example = parseOrganization(exampleOrganization);
  const licenses = Array.from({ length: Math.ceil(grants / GRANTS_PER_LICENSE) }, (_value, index) => ({
    ...example.subscriptions[0], agreementId: `agmt-${index}`, licenseArn: licenseArn(index), validity: { begin: '2026-01-01T00:00:00Z' },
  }));
  const accounts = Array.from({ length: grants }, (_value, index) => ({
    id: accountId(index), name: `account-${index}`, parentId: 'ou-ex01-sandbox1', state: 'ACTIVE', tags: {},
  } as const));
  return { ...example, accounts: [...example.accounts, ...accounts], subscriptions: licenses };
}

function licenseArn(index: number): string {
  return `arn:aws:license-manager::294406891311:license:l-${String(index).padStart(32, '0')}`;
}

function principal(index: number): string {
  return `arn:aws:iam::${accountId(index)}:root`;
}

function accountId(index: number): string {
  return String(700_000_000_000 + index);
}

function usedMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function print(measurements: readonly Measurement[]): void {
  const [empty] = measurements;
  const rows = measurements.map(({ grants, reads, lists, creations, megabytes }) => [
    grants.toLocaleString('en-US'),
    creations === undefined ? '' : creations.toFixed(0),
    reads[1].toFixed(0),
    reads[8].toFixed(0),
    lists.toFixed(0),
    grants === 0 ? '' : ((megabytes - empty.megabytes) / grants * 1000).toFixed(2),
  ]);
  const head = ['grants', 'creations/s', 'reads/s, 1 client', 'reads/s, 8 clients', 'filtered lists/s', 'MB per 1,000 grants'];
  process.stdout.write(`${[head, ...rows].map((row) => row.map((cell, index) => cell.padStart(head[index].length)).join('  ')).join('\n')}\n`);
  if (!globalThis.gc) process.stdout.write('Without --expose-gc the memory holds what nobody uses any more.\n');
}

void main();
