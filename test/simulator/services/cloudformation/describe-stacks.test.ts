import { DescribeStacksCommand, DescribeStacksCommandInput, Stack } from '@aws-sdk/client-cloudformation';
import { parseFault } from '../../../../simulator/faults/parse-fault';
import { AuthorizationRequest } from '../../../../simulator/wire/authorizer';
import { BARE, MANAGEMENT, PAYMENTS, SimulatedOrganization } from '../simulated-organization';

const SECOND_MILLISECONDS = 1000;

let organization: SimulatedOrganization;

async function start(options: Parameters<typeof SimulatedOrganization.start>[1] = {}): Promise<void> {
  organization = await SimulatedOrganization.start(BARE, options);
}

afterEach(() => organization.stop());

interface Where {
  readonly account?: string;
  readonly region?: string;
}

function idOf(stackName: string, { account = MANAGEMENT, region = 'us-east-1' }: Where = {}, generation = 1): string {
  return `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-4000-8000-00000000000${generation}`;
}

async function describeStacks(input: DescribeStacksCommandInput = {}, { account = MANAGEMENT, region = 'us-east-1' }: Where = {}) {
  const client = organization.cloudFormation(account, region);
  return client.send(new DescribeStacksCommand(input));
}

async function described(stackName: string, where?: Where): Promise<Stack> {
  const { Stacks: stacks } = await describeStacks({ StackName: stackName }, where);
  expect(stacks).toHaveLength(1);
  return stacks![0];
}

function doesNotExist(stackName: string) {
  return {
    name: 'ValidationError', message: `Stack with id ${stackName} does not exist`, $metadata: expect.objectContaining({ httpStatusCode: 400 }),
  };
}

describe('a stack', () => {
  beforeEach(() => start());

  test('is found by its name and by its ARN', async () => {
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'CREATE_IN_PROGRESS', statusReason: 'User Initiated' });
    const expected = {
      StackId: idOf('Grants'),
      StackName: 'Grants',
      StackStatus: 'CREATE_IN_PROGRESS',
      StackStatusReason: 'User Initiated',
      CreationTime: new Date('2026-07-01T00:00:00Z'),
    };
    expect(await described('Grants')).toEqual(expected);
    expect(await described(idOf('Grants'))).toEqual(expected);
  });

  test('keeps the time of its creation, and has those of its last update and of its deletion', async () => {
    const { stacks } = organization.aws;
    stacks.put({ stackId: idOf('Grants'), status: 'CREATE_IN_PROGRESS' });
    await organization.pass(SECOND_MILLISECONDS);
    stacks.put({ stackId: idOf('Grants'), status: 'CREATE_COMPLETE' });
    expect(await described('Grants')).toMatchObject({ CreationTime: new Date('2026-07-01T00:00:00Z') });
    expect(await described('Grants')).not.toHaveProperty('LastUpdatedTime');
    stacks.put({ stackId: idOf('Grants'), status: 'UPDATE_IN_PROGRESS' });
    await organization.pass(SECOND_MILLISECONDS);
    stacks.put({ stackId: idOf('Grants'), status: 'UPDATE_COMPLETE' });
    expect(await described('Grants')).toMatchObject({ LastUpdatedTime: new Date('2026-07-01T00:00:01Z') });
    expect(await described('Grants')).not.toHaveProperty('DeletionTime');
    stacks.put({ stackId: idOf('Grants'), status: 'DELETE_IN_PROGRESS' });
    expect(await described('Grants')).toMatchObject({
      CreationTime: new Date('2026-07-01T00:00:00Z'), DeletionTime: new Date('2026-07-01T00:00:02Z'),
    });
  });

  test('whose creation is rolled back has a time of deletion', async () => {
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'ROLLBACK_IN_PROGRESS' });
    expect(await described('Grants')).toMatchObject({ DeletionTime: new Date('2026-07-01T00:00:00Z') });
  });

  test('says nothing of why it had an earlier status', async () => {
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'ROLLBACK_FAILED', statusReason: 'no way' });
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'DELETE_IN_PROGRESS' });
    expect(await described('Grants')).not.toHaveProperty('StackStatusReason');
  });

  test('that is gone is found by its ARN alone', async () => {
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'DELETE_COMPLETE' });
    expect(await described(idOf('Grants'))).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
    await expect(described('Grants')).rejects.toMatchObject(doesNotExist('Grants'));
  });

  test('has the name of one that is gone', async () => {
    organization.aws.stacks.put({ stackId: idOf('Grants', {}, 1), status: 'DELETE_COMPLETE' });
    organization.aws.stacks.put({ stackId: idOf('Grants', {}, 2), status: 'CREATE_COMPLETE' });
    expect(await described('Grants')).toMatchObject({ StackId: idOf('Grants', {}, 2) });
  });

  test('within others names its parent and the outermost one', async () => {
    const { stacks } = organization.aws;
    stacks.put({ stackId: idOf('Root'), status: 'CREATE_IN_PROGRESS' });
    stacks.put({ stackId: idOf('Middle'), parentId: idOf('Root'), status: 'CREATE_IN_PROGRESS' });
    stacks.put({ stackId: idOf('Leaf'), parentId: idOf('Middle'), status: 'CREATE_IN_PROGRESS' });
    expect(await described('Leaf')).toMatchObject({ ParentId: idOf('Middle'), RootId: idOf('Root') });
    expect(await described('Middle')).toMatchObject({ ParentId: idOf('Root'), RootId: idOf('Root') });
    expect(await described('Root')).not.toHaveProperty('RootId');
  });

  test.each([
    ['another account', { account: PAYMENTS }],
    ['another Region', { region: 'eu-central-1' }],
  ])('is not there for %s', async (_, where) => {
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'CREATE_COMPLETE' });
    await expect(described('Grants', where)).rejects.toMatchObject(doesNotExist('Grants'));
    await expect(described(idOf('Grants'), where)).rejects.toMatchObject(doesNotExist(idOf('Grants')));
    expect((await describeStacks({}, where)).Stacks).toEqual([]);
  });

  test('that nobody made is not there', async () => {
    await expect(described('Grants')).rejects.toMatchObject(doesNotExist('Grants'));
    await expect(described(idOf('Grants'))).rejects.toMatchObject(doesNotExist(idOf('Grants')));
  });
});

describe('without a name', () => {
  beforeEach(() => start());

  test('all stacks that are there are described, the newest one first', async () => {
    const { stacks } = organization.aws;
    stacks.put({ stackId: idOf('First'), status: 'CREATE_COMPLETE' });
    stacks.put({ stackId: idOf('Gone'), status: 'DELETE_COMPLETE' });
    stacks.put({ stackId: idOf('Second'), status: 'ROLLBACK_COMPLETE' });
    stacks.put({ stackId: idOf('First'), status: 'UPDATE_COMPLETE' });
    expect((await describeStacks()).Stacks!.map(({ StackName: name }) => name)).toEqual(['Second', 'First']);
  });

  test('they come in pages', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `Stack-${index}`);
    names.forEach((name) => organization.aws.stacks.put({ stackId: idOf(name), status: 'CREATE_COMPLETE' }));
    const first = await describeStacks();
    expect(first.Stacks).toHaveLength(100);
    const second = await describeStacks({ NextToken: first.NextToken });
    expect(second.Stacks!.map(({ StackName: name }) => name)).toEqual(['Stack-0']);
    expect(second.NextToken).toBeUndefined();
    await expect(describeStacks({ NextToken: 'another' })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});

describe('IAM is asked', () => {
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    const authorize = async ({ action, resourceArns }: AuthorizationRequest) => {
      asked.push(`${action} ${resourceArns.join()}`);
      return { allowed: false } as const;
    };
    await start({ authorizer: { authorize } });
    organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'CREATE_COMPLETE' });
  });

  test.each([
    ['a stack by its name', 'Grants', idOf('Grants')],
    ['a stack by its ARN', idOf('Grants'), idOf('Grants')],
    ['a stack that is not there', 'Nothing', `arn:aws:cloudformation:us-east-1:${MANAGEMENT}:stack/Nothing/*`],
    ['all stacks', undefined, `arn:aws:cloudformation:us-east-1:${MANAGEMENT}:stack/*/*`],
  ])('about %s, before anything is told', async (_, stackName, resourceArn) => {
    await expect(describeStacks({ StackName: stackName })).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    expect(asked).toEqual([`cloudformation:DescribeStacks ${resourceArn}`]);
  });
});

test('who asks for all stacks has to be permitted to list them as well', async () => {
  await start({ authorizer: { authorize: async ({ action }) => ({ allowed: action !== 'cloudformation:ListStacks' }) } });
  organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'CREATE_COMPLETE' });
  await expect(describeStacks()).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining('cloudformation:ListStacks') });
  expect(await described('Grants')).toMatchObject({ StackName: 'Grants' });
});

test.each([
  ['throttling@DescribeStacks', 'Throttling', 400],
  ['server-error@cloudformation', 'InternalFailure', 500],
])('the fault %s shows', async (fault, name, httpStatusCode) => {
  await start({ faults: [parseFault(`${fault},1`)] });
  organization.aws.stacks.put({ stackId: idOf('Grants'), status: 'CREATE_COMPLETE' });
  await expect(described('Grants')).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  expect(await described('Grants')).toMatchObject({ StackName: 'Grants' });
});
