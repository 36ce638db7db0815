import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { FaultOptions } from '../../simulator/faults/fault-options';
import { parseFault } from '../../simulator/faults/parse-fault';
import { Rehearsal } from '../../simulator/rehearsal';
import { EXAMPLE_ORGANIZATION, LINUX_SKU, MANAGEMENT_ACCOUNT } from '../support/rehearsed-stacks';

const GRANTEES = ['222222222222', '333333333333', '555555555555'];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'repeatable-'));
  const app = new App({ outdir: folder });
  const stack = new Stack(app, 'Grants', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
  const setup = new ManagedEntitlementsSetup(stack, 'Setup');
  const license = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
  for (const account of GRANTEES) {
    new MarketplaceLicenseGrant(stack, `Grant${account}`, { license, grantee: Grantee.account(account) }).node.addDependency(setup);
  }
  app.synth();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** All that happens, in order. */
async function rehearse(options: FaultOptions): Promise<unknown[]> {
  const happened: unknown[] = [];
  const rehearsal = await Rehearsal.start({ organization: EXAMPLE_ORGANIZATION, ...options, onEvent: (event) => happened.push(event) });
  try {
    happened.push(await rehearsal.deploy(folder), await rehearsal.destroy(folder));
    return [...happened, ...rehearsal.aws.calls];
  } finally {
    await rehearsal.stop();
  }
}

test.each([
  [['throttling@10%', 'function-killed-after'], {}],
  [['throttling@10%', 'function-killed-before'], { latencyMilliseconds: 50, ratePerSecond: 5 }],
])('grants that are made at once go the same way again with the same seed, under %s', async (faults, options) => {
  const play = () => rehearse({ faults: faults.map(parseFault), seed: 5, ...options });
  expect(await play()).toEqual(await play());
});
