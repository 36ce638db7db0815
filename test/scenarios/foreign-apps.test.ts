import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, PhysicalResourceIdReference, Provider } from 'aws-cdk-lib/custom-resources';
import { LINUX_LICENSE, MANAGEMENT_ACCOUNT, RehearsedStacks } from '../support/rehearsed-stacks';

let stacks: RehearsedStacks;

beforeEach(async () => {
  stacks = await RehearsedStacks.start();
});

afterEach(() => stacks.stop());

function functionOf(stack: Stack, id: string, source: string): Function {
  return new Function(stack, id, { code: Code.fromInline(source), handler: 'index.handler', runtime: Runtime.NODEJS_22_X, timeout: Duration.minutes(5) });
}

function failures(): string[] {
  return stacks.events.filter(({ status, type }) => /FAILED$/.test(status) && type !== 'AWS::CloudFormation::Stack').map(({ reason }) => reason!);
}

describe('an app with a plain custom resource', () => {
  const WITH_MODULE = `
    const response = require('cfn-response');
    exports.handler = (event, context) => {
      console.log(event.RequestType, event.ResourceProperties.Greeting);
      if (event.ResourceProperties.Greeting === 'bad' && event.RequestType !== 'Delete') return response.send(event, context, response.FAILED, {}, 'greeting');
      response.send(event, context, response.SUCCESS, { Said: event.ResourceProperties.Greeting }, 'greeting');
    };`;
  const BY_ITSELF = `
    exports.handler = async (event) => {
      const { StackId, RequestId, LogicalResourceId, ResourceProperties: { Greeting } } = event;
      console.log(event.RequestType, Greeting);
      const Status = Greeting === 'bad' && event.RequestType !== 'Delete' ? 'FAILED' : 'SUCCESS';
      const body = JSON.stringify({ Status, Reason: 'no', PhysicalResourceId: 'greeting', StackId, RequestId, LogicalResourceId, Data: { Said: Greeting } });
      await fetch(event.ResponseURL, { method: 'PUT', body });
    };`;

  const deploy = (source: string, greeting: string) => stacks.deploy('Foreign', (stack) => {
    const greeter = functionOf(stack, 'Greeter', source);
    const resource = new CustomResource(stack, 'Greeting', { serviceToken: greeter.functionArn, properties: { Greeting: greeting } });
    stack.exportValue(resource.getAttString('Said'), { name: 'Said' });
  });

  test.each([['the module cfn-response', WITH_MODULE], ['fetch', BY_ITSELF]])('that answers with %s is created, updated, rolled back and deleted', async (_, source) => {
    const created = await deploy(source, 'hello');
    expect(created.status).toBe('CREATE_COMPLETE');
    expect(Object.values(created.outputs)).toEqual(['hello']);
    expect(Object.values((await deploy(source, 'good day')).outputs)).toEqual(['good day']);
    expect((await deploy(source, 'bad')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures()).toEqual([expect.stringContaining('Received response status [FAILED] from custom resource.')]);
    expect((await stacks.destroy('Foreign')).status).toBe('DELETE_COMPLETE');
    expect(stacks.log(/Greeter/)).toEqual(['Create hello', 'Update good day', 'Update bad', 'Update good day', 'Delete good day']);
  });
});

describe('an app with CDK\'s AwsCustomResource', () => {
  const deploy = (principal: string) => stacks.deploy('Foreign', (stack) => {
    const grant = new AwsCustomResource(stack, 'Grant', {
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
      onUpdate: {
        service: 'license-manager',
        action: 'CreateGrant',
        parameters: {
          ClientToken: principal.replaceAll(':', '-').replaceAll(' ', '-'),
          GrantName: 'by hand',
          LicenseArn: LINUX_LICENSE,
          HomeRegion: 'us-east-1',
          Principals: [principal],
          AllowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'],
        },
        region: 'us-east-1',
        physicalResourceId: PhysicalResourceId.fromResponse('GrantArn'),
      },
      onDelete: {
        service: 'license-manager',
        action: 'DeleteGrant',
        parameters: { GrantArn: new PhysicalResourceIdReference(), Version: '1' },
        region: 'us-east-1',
      },
    });
    stack.exportValue(grant.getResponseField('Status'), { name: 'Status' });
  });

  test('that makes a grant is created, updated, rolled back and deleted', async () => {
    const created = await deploy('arn:aws:iam::222222222222:root');
    expect(created.reason).toBeUndefined();
    expect(Object.values(created.outputs)).toEqual(['PENDING_WORKFLOW']);
    await stacks.rehearsal.pass(60_000);
    expect((await deploy('arn:aws:iam::333333333333:root')).status).toBe('UPDATE_COMPLETE');
    await stacks.rehearsal.pass(60_000);
    expect((await deploy('no principal')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures().join()).toContain('failed to satisfy constraint');
    expect((await stacks.destroy('Foreign')).status).toBe('DELETE_COMPLETE');
    expect(stacks.grants()).toEqual([]);
  });
});

test('CDK\'s AwsCustomResource that wants to install the newest AWS SDK falls back to the one that is there', async () => {
  const created = await stacks.deploy('Foreign', (stack) => {
    const call = { service: 'sts', action: 'GetCallerIdentity', physicalResourceId: PhysicalResourceId.of('identity') };
    const identity = new AwsCustomResource(stack, 'Identity', {
      installLatestAwsSdk: true,
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
      onUpdate: call,
    });
    stack.exportValue(identity.getResponseField('Account'), { name: 'Account' });
  });
  expect(Object.values(created.outputs)).toEqual([MANAGEMENT_ACCOUNT]);
  expect(stacks.log(/AWS679/).join()).toContain('Falling back to pre-installed version');
});

describe('an app with CDK\'s Provider framework', () => {
  const ON_EVENT = `
    exports.handler = async (event) => {
      console.log(event.RequestType, event.ResourceProperties.Speed);
      await new Promise((resolve) => setTimeout(resolve, 60000));
      if (event.ResourceProperties.Speed === 'broken') throw new Error('it broke');
      return { PhysicalResourceId: 'slow thing', Data: { StartedAt: String(Date.now()) } };
    };`;
  const IS_COMPLETE = `
    exports.handler = async (event) => {
      if (event.RequestType === 'Delete') return { IsComplete: true };
      const IsComplete = event.ResourceProperties.Speed !== 'never' && Date.now() - Number(event.Data.StartedAt) >= 20 * 60000;
      return IsComplete ? { IsComplete, Data: { Done: 'yes' } } : { IsComplete };
    };`;

  const deploy = (speed: string) => stacks.deploy('Foreign', (stack) => {
    const provider = new Provider(stack, 'Provider', {
      onEventHandler: functionOf(stack, 'OnEvent', ON_EVENT),
      isCompleteHandler: functionOf(stack, 'IsComplete', IS_COMPLETE),
      queryInterval: Duration.minutes(1),
      totalTimeout: Duration.minutes(30),
    });
    const resource = new CustomResource(stack, 'Thing', { serviceToken: provider.serviceToken, properties: { Speed: speed } });
    stack.exportValue(resource.getAttString('Done'), { name: 'Done' });
  });

  test('that waits for twenty minutes is created, updated, rolled back and deleted, on simulated time', async () => {
    const created = await deploy('slow');
    expect(created.reason).toBeUndefined();
    expect(Object.values(created.outputs)).toEqual(['yes']);
    expect((created.endedAt.getTime() - created.startedAt.getTime()) / 60_000).toBeGreaterThanOrEqual(20);
    expect((await deploy('slower')).status).toBe('UPDATE_COMPLETE');
    expect((await deploy('broken')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures()[0]).toContain('it broke');
    expect((await stacks.destroy('Foreign')).status).toBe('DELETE_COMPLETE');
    expect(stacks.log(/OnEvent/).filter((line) => /^(Create|Update|Delete) /.test(line)))
      .toEqual(['Create slow', 'Update slower', 'Update broken', 'Update slower', 'Delete slower']);
  });

  test('that is never complete times out, and is rolled back', async () => {
    const created = await deploy('never');
    expect(created.status).toBe('ROLLBACK_COMPLETE');
    expect(created.endedAt.getTime() - created.startedAt.getTime()).toBeGreaterThan(30 * 60_000);
    expect(failures()[0]).toContain('Operation timed out');
  });
});
