import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';
import { AssemblyStack } from '../../../simulator/cloudformation/assembly/cloud-assembly';
import { Template } from '../../../simulator/cloudformation/template/template';

const ANSWER = 'async ({ RequestType, ResourceProperties: { Greeting, Fails } }) => (Fails === "yes" && RequestType !== "Delete" ? { Status: "FAILED", Reason: "no", PhysicalResourceId: "thing" } : { PhysicalResourceId: "thing", Data: { Said: Greeting } })';

let fixture: CloudFormationFixture;
let folder: string;

beforeEach(() => {
  fixture = new CloudFormationFixture();
  folder = mkdtempSync(join(tmpdir(), 'nested-'));
});

afterEach(async () => {
  await fixture.stop();
  rmSync(folder, { recursive: true });
});

/** A stack with a nested one that says its parameter; what else the parent has comes after it. */
interface ParentOptions {
  readonly nestedFails?: boolean;
  readonly others?: Record<string, unknown>;
  readonly nested?: Record<string, unknown>;
}

function parentOf(greeting: string, options: ParentOptions = {}): AssemblyStack {
  const nested: Template = {
    Parameters: { Greeting: { Type: 'String' }, Names: { Type: 'CommaDelimitedList', Default: '' } },
    Resources: {
      ...provider(ANSWER),
      Thing: customResource({ Greeting: { Ref: 'Greeting' }, Fails: options.nestedFails ? 'yes' : 'no' }),
      ...options.nested,
    } as Template['Resources'],
    Outputs: { Said: { Value: { 'Fn::GetAtt': ['Thing', 'Said'] } }, Second: { Value: { 'Fn::Select': ['1', { Ref: 'Names' }] } } },
  };
  const key = `${greeting}-${Object.keys(options).join('')}.json`;
  writeFileSync(join(folder, key), JSON.stringify(nested));
  return stackOf({
    Nested: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: { 'Fn::Sub': `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/assets/${key}` },
        Parameters: { Greeting: greeting, Names: ['one', 'two'] },
      },
    },
    ...options.others,
  }, {
    Outputs: { Said: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Said'] } }, Second: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Second'] } } },
    assets: new Map([[key, { path: join(folder, key), packaging: 'file' }]]),
  });
}

function requests(): string[] {
  return fixture.takeRequests().map(({ RequestType, LogicalResourceId, ResourceProperties }) => `${RequestType} ${LogicalResourceId} ${ResourceProperties.Greeting}`);
}

/** In the parent, after the nested stack. */
const FAILURE = {
  ...provider(ANSWER),
  Failure: customResource({ Greeting: 'none', Fails: 'yes' }, { DependsOn: 'Nested' }),
};

test('a nested stack gets its parameters, gives its outputs, is updated and deleted with its parent', async () => {
  const created = await fixture.cloudFormation.deploy(parentOf('hello'));
  expect(created).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Said: 'hello', Second: 'two' } });
  expect(created.resources[0].physicalId).toMatch(/^arn:aws:cloudformation:eu-west-1:111111111111:stack\/Stack-Nested-[0-9A-F]{12}\//);
  const updated = await fixture.cloudFormation.deploy(parentOf('good day'));
  expect(updated).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: { Said: 'good day' } });
  expect(updated.resources[0].physicalId).toBe(created.resources[0].physicalId);
  expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  expect(fixture.cloudFormation.stackNames).toEqual([]);
  expect(requests()).toEqual(['Create Thing hello', 'Update Thing good day', 'Delete Thing good day']);
});

test('a nested stack that cannot be created fails its parent, and goes with it', async () => {
  const created = await fixture.cloudFormation.deploy(parentOf('hello', { nestedFails: true }));
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  expect(fixture.takeEvents().find((event) => event.startsWith('Nested CREATE_FAILED')))
    .toMatch(/^Nested CREATE_FAILED: Embedded stack arn:\S+ was not successfully created: The following resource\(s\) failed to create: \[Thing\]/);
  expect(fixture.cloudFormation.stackNames).toEqual(['Stack']);
});

test('a nested stack whose update fails is rolled back, and its parent with it', async () => {
  await fixture.cloudFormation.deploy(parentOf('hello'));
  const updated = await fixture.cloudFormation.deploy(parentOf('good day', { nestedFails: true }));
  expect(updated).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: { Said: 'hello' } });
  expect(fixture.takeEvents().find((event) => event.startsWith('Nested UPDATE_FAILED')))
    .toMatch(/Embedded stack arn:\S+ was not successfully updated. Currently in UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource\(s\) failed to update: \[Thing\]/);
  expect(requests()).toEqual(['Create Thing hello', 'Update Thing good day', 'Update Thing hello']);
});

test('a nested stack keeps what its update removes until the parent\'s update is complete', async () => {
  const extra = { Extra: customResource({ Greeting: 'extra' }) };
  await fixture.cloudFormation.deploy(parentOf('hello', { nested: extra }));
  expect((await fixture.cloudFormation.deploy(parentOf('good day', { others: FAILURE }))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(requests().filter((request) => request.includes('Extra'))).toEqual(['Create Extra extra']);
  expect((await fixture.cloudFormation.deploy(parentOf('good evening'))).status).toBe('UPDATE_COMPLETE');
  expect(requests().filter((request) => request.includes('Extra'))).toEqual(['Delete Extra extra']);
});

test('a nested stack whose update was made goes back when the parent rolls back', async () => {
  await fixture.cloudFormation.deploy(parentOf('hello'));
  const updated = await fixture.cloudFormation.deploy(parentOf('good day', { others: FAILURE }));
  expect(updated).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: { Said: 'hello' } });
  expect(requests().filter((request) => request.includes('Thing'))).toEqual(['Create Thing hello', 'Update Thing good day', 'Update Thing hello']);
  expect(fixture.takeEvents().filter((event) => /^Stack-Nested-\w+ UPDATE_\w*COMPLETE$/.test(event)).at(-1)).toMatch(/UPDATE_ROLLBACK_COMPLETE$/);
});

test('an output that the nested stack does not have fails who asks for it', async () => {
  const { template, ...stack } = parentOf('hello');
  const created = await fixture.cloudFormation.deploy({
    ...stack, template: { ...template, Outputs: { Missing: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Missing'] } } } },
  });
  expect(created.reason).toMatch(/^Output 'Missing' not found in stack 'arn:/);
});
