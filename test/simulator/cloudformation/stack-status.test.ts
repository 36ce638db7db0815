import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ACCOUNT, customResource, provider, stackOf } from './cloudformation-fixture';
import { withoutPolicies } from '../../../simulator/authorization/without-policies';
import { Template } from '../../../simulator/cloudformation/template/template';
import { Rehearsal } from '../../../simulator/rehearsal';
import { BARE } from '../services/simulated-organization';

let rehearsal: Rehearsal;
let folder: string;
let heard: string[];

beforeEach(async () => {
  heard = [];
  folder = mkdtempSync(join(tmpdir(), 'statuses-'));
  rehearsal = await Rehearsal.start({
    organization: BARE,
    authorizer: withoutPolicies,
    onLogEvent: ({ message }) => { if (message.startsWith('heard ')) heard.push(message.slice('heard '.length).trimEnd()); },
  });
});

afterEach(async () => {
  await rehearsal.stop();
  rmSync(folder, { recursive: true });
});

/** Asks CloudFormation, as each request arrives, what its stack is doing, and the stack above it if there is one. `Fail` names the request types that fail. */
const ASKING = `async ({ RequestType, LogicalResourceId, PhysicalResourceId, StackId, ResourceProperties: { Fail = '' } }) => {
  const { CloudFormationClient, DescribeStacksCommand } = require('@aws-sdk/client-cloudformation');
  const describe = async (StackName) => (await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName }))).Stacks[0];
  const stack = await describe(StackId);
  const parent = stack.ParentId && await describe(stack.ParentId);
  console.log('heard ' + RequestType + ' ' + LogicalResourceId + ': ' + stack.StackStatus + (parent ? ' in ' + parent.StackStatus : ''));
  const answer = { PhysicalResourceId: PhysicalResourceId || 'id of ' + LogicalResourceId };
  return Fail.split(' ').includes(RequestType) ? { ...answer, Status: 'FAILED', Reason: 'no way' } : answer;
}`;

type Things = Record<string, { readonly size?: number; readonly fail?: string; readonly after?: string }>;

function customResources(things: Things): Record<string, unknown> {
  return Object.fromEntries(Object.entries(things).map(([logicalId, { size = 1, fail, after }]) =>
    [logicalId, customResource({ Size: size, Fail: fail }, after === undefined ? {} : { DependsOn: after })]));
}

async function deploy(things: Things): Promise<string> {
  const { stackId } = await rehearsal.cloudFormation.deploy(stackOf({ ...provider(ASKING), ...customResources(things) }));
  return stackId;
}

/** The stack as it is before what the test is about. */
async function deployed(things: Things): Promise<string> {
  const stackId = await deploy(things);
  expect(await statusOf(stackId)).toBe('CREATE_COMPLETE');
  heard = [];
  return stackId;
}

async function statusOf(stackId: string): Promise<string> {
  const client = new CloudFormationClient({
    endpoint: rehearsal.aws.endpoint, region: 'eu-west-1', credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'any' },
  });
  const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
  client.destroy();
  return stacks![0].StackStatus!;
}

describe('a custom resource hears of its stack', () => {
  test('a creation, and a deletion', async () => {
    const stackId = await deploy({ One: {} });
    expect(await statusOf(stackId)).toBe('CREATE_COMPLETE');
    await rehearsal.cloudFormation.destroy('Stack');
    expect(heard).toEqual(['Create One: CREATE_IN_PROGRESS', 'Delete One: DELETE_IN_PROGRESS']);
    expect(await statusOf(stackId)).toBe('DELETE_COMPLETE');
  });

  test('a deletion that fails', async () => {
    const stackId = await deployed({ One: { fail: 'Delete' } });
    await rehearsal.cloudFormation.destroy('Stack');
    expect(heard).toEqual(['Delete One: DELETE_IN_PROGRESS']);
    expect(await statusOf(stackId)).toBe('DELETE_FAILED');
  });

  test('the rollback of a creation', async () => {
    const stackId = await deploy({ One: {}, Two: { fail: 'Create', after: 'One' } });
    expect(heard).toEqual([
      'Create One: CREATE_IN_PROGRESS', 'Create Two: CREATE_IN_PROGRESS', 'Delete Two: ROLLBACK_IN_PROGRESS', 'Delete One: ROLLBACK_IN_PROGRESS',
    ]);
    expect(await statusOf(stackId)).toBe('ROLLBACK_COMPLETE');
    heard = [];
    await rehearsal.cloudFormation.destroy('Stack');
    expect(heard).toEqual([]);
    expect(await statusOf(stackId)).toBe('DELETE_COMPLETE');
  });

  test('the rollback of a creation that fails, and the deletion after it', async () => {
    const stackId = await deploy({ One: { fail: 'Delete' }, Two: { fail: 'Create', after: 'One' } });
    expect(await statusOf(stackId)).toBe('ROLLBACK_FAILED');
    heard = [];
    await rehearsal.cloudFormation.destroy('Stack');
    expect(heard).toEqual(['Delete One: DELETE_IN_PROGRESS']);
  });

  test('an update, and its clean-up', async () => {
    const stackId = await deployed({ One: {}, Old: {} });
    await deploy({ One: { size: 2 }, New: { after: 'One' } });
    expect(heard).toEqual(['Update One: UPDATE_IN_PROGRESS', 'Create New: UPDATE_IN_PROGRESS', 'Delete Old: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']);
    expect(await statusOf(stackId)).toBe('UPDATE_COMPLETE');
  });

  test('the rollback of an update, and its clean-up', async () => {
    const stackId = await deployed({ One: {} });
    await deploy({ One: { size: 2 }, New: { after: 'One' }, Failing: { fail: 'Create', after: 'New' } });
    expect(heard).toEqual([
      'Update One: UPDATE_IN_PROGRESS',
      'Create New: UPDATE_IN_PROGRESS',
      'Create Failing: UPDATE_IN_PROGRESS',
      'Update One: UPDATE_ROLLBACK_IN_PROGRESS',
      'Delete Failing: UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Delete New: UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    ]);
    expect(await statusOf(stackId)).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('the rollback of an update that fails', async () => {
    const stackId = await deployed({ One: { fail: 'Update' } });
    await deploy({ One: { size: 2, fail: 'Update' } });
    expect(heard).toEqual(['Update One: UPDATE_IN_PROGRESS', 'Update One: UPDATE_ROLLBACK_IN_PROGRESS']);
    expect(await statusOf(stackId)).toBe('UPDATE_ROLLBACK_FAILED');
  });
});

describe('a custom resource of a nested stack hears of that, and of the stack above', () => {
  /** The parent has a nested stack with one custom resource; what fails in the parent fails after it. */
  async function deployParent(size: number, things: Things = {}): Promise<void> {
    const nested: Template = { Resources: { ...provider(ASKING), ...customResources({ Inner: { size } }) } as Template['Resources'] };
    const key = `nested-${size}.json`;
    writeFileSync(join(folder, key), JSON.stringify(nested));
    await rehearsal.cloudFormation.deploy(stackOf({
      ...provider(ASKING),
      ...customResources(things),
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://s3.eu-west-1.amazonaws.com/assets/${key}` } },
    }, { assets: new Map([[key, { path: join(folder, key), packaging: 'file' }]]) }));
  }

  function innerHeard(): string[] {
    return heard.splice(0).filter((line) => line.includes(' Inner: '));
  }

  test('a creation, an update and a deletion', async () => {
    await deployParent(1);
    await deployParent(2);
    await rehearsal.cloudFormation.destroy('Stack');
    expect(innerHeard()).toEqual([
      'Create Inner: CREATE_IN_PROGRESS in CREATE_IN_PROGRESS',
      'Update Inner: UPDATE_IN_PROGRESS in UPDATE_IN_PROGRESS',
      'Delete Inner: DELETE_IN_PROGRESS in DELETE_IN_PROGRESS',
    ]);
  });

  test('a deletion of its own when the creation of the parent is rolled back', async () => {
    await deployParent(1, { Failing: { fail: 'Create', after: 'Nested' } });
    expect(innerHeard()).toEqual(['Create Inner: CREATE_IN_PROGRESS in CREATE_IN_PROGRESS', 'Delete Inner: DELETE_IN_PROGRESS in ROLLBACK_IN_PROGRESS']);
  });

  test('a rollback when the update of the parent is rolled back', async () => {
    await deployParent(1);
    innerHeard();
    await deployParent(2, { Failing: { fail: 'Create', after: 'Nested' } });
    expect(innerHeard()).toEqual([
      'Update Inner: UPDATE_IN_PROGRESS in UPDATE_IN_PROGRESS', 'Update Inner: UPDATE_ROLLBACK_IN_PROGRESS in UPDATE_ROLLBACK_IN_PROGRESS',
    ]);
  });
});
