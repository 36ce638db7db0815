import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { MANAGEMENT_ACCOUNT, RehearsedStacks } from '../support/rehearsed-stacks';

const CLIENT = '@aws-sdk/client-ssm';
const PRODUCER: StackProps = { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' }, crossRegionReferences: true };
const CONSUMER: StackProps = { env: { account: MANAGEMENT_ACCOUNT, region: 'eu-west-1' }, crossRegionReferences: true };

let stacks: RehearsedStacks;
let folder: string;
let assemblies = 0;

beforeEach(async () => {
  stacks = await RehearsedStacks.start();
  folder = mkdtempSync(join(tmpdir(), 'cross-region-'));
});

afterEach(async () => {
  await stacks.stop();
  rmSync(folder, { recursive: true });
});

/** The framework's functions need a part of the AWS SDK that this library does not. */
function clientIsInstalled(): boolean {
  try {
    require.resolve(CLIENT, { paths: [process.cwd(), __dirname] });
    return true;
  } catch {
    return false;
  }
}

/** An app whose stack in eu-west-1 shows the names of the log groups of the stack in us-east-1. */
function app(...logGroupNames: string[]): string {
  assemblies += 1;
  const synthesized = new App({ outdir: join(folder, `${assemblies}`) });
  const [producer, consumer] = [new Stack(synthesized, 'Producer', PRODUCER), new Stack(synthesized, 'Consumer', CONSUMER)];
  logGroupNames.forEach((logGroupName, index) => {
    new CfnOutput(consumer, `Name${index}`, { value: new CfnLogGroup(producer, `Group${index}`, { logGroupName }).ref });
  });
  return synthesized.synth().directory;
}

function exported(region: string): string[] {
  return stacks.rehearsal.aws.parameterStore.in({ accountId: MANAGEMENT_ACCOUNT, region }).map(({ versions }) => versions.at(-1)!.value);
}

test('an app with CDK\'s references across Regions is created, updated, fails when an export in use is changed, and is deleted, with no more than its permissions', async () => {
  if (!clientIsInstalled()) {
    process.stdout.write(`Skipped: ${CLIENT} is not installed, so references across Regions were not played.\n`);
    return;
  }
  const { rehearsal } = stacks;
  const created = await rehearsal.deploy(app('/first'));
  expect(created.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
  expect(created[1].outputs).toEqual({ Name0: '/first' });
  expect([exported('us-east-1'), exported('eu-west-1')]).toEqual([[], ['/first']]);

  const updated = await rehearsal.deploy(app('/first', '/second'));
  expect(updated.map(({ status }) => status)).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
  expect(updated[1].outputs).toEqual({ Name0: '/first', Name1: '/second' });

  const [changed] = await rehearsal.deploy(app('/other', '/second'));
  // The framework's function refuses the way back as well, as people saw: https://github.com/aws/aws-cdk/issues/24464
  expect(changed.status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(stacks.events.map(({ reason }) => reason).join('\n')).toContain('Some exports have changed!');
  expect(exported('eu-west-1').sort()).toEqual(['/first', '/second']);

  const deleted = await rehearsal.destroy(app('/first', '/second'));
  expect(deleted.map(({ stackName, status }) => `${stackName} ${status}`)).toEqual(['Consumer DELETE_COMPLETE', 'Producer DELETE_COMPLETE']);
  expect(exported('eu-west-1')).toEqual([]);
  expect(rehearsal.aws.permissions!.denied).toEqual([]);
});
