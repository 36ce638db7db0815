import { ACCOUNT, CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';
import { AssemblyStack } from '../../../simulator/cloudformation/assembly/cloud-assembly';
import { Template } from '../../../simulator/cloudformation/template/template';

const PLACE = { accountId: ACCOUNT, region: 'eu-west-1' };
const ECHO = 'async ({ ResourceProperties: { Value } }) => ({ PhysicalResourceId: "echo", Data: { Value } })';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

function stored(name: string): string | undefined {
  return fixture.parameterStore.version({ ...PLACE, name })?.value;
}

function put(name: string, value: string, others: { readonly region?: string } = {}): void {
  fixture.parameterStore.put({ ...PLACE, ...others }, { Name: name, Value: value, Type: 'String', Overwrite: true });
}

function parameter(properties: Record<string, unknown>): AssemblyStack {
  return stackOf({ Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', ...properties } } }, {
    Outputs: {
      Name: { Value: { Ref: 'Parameter' } },
      Type: { Value: { 'Fn::GetAtt': ['Parameter', 'Type'] } },
      Value: { Value: { 'Fn::GetAtt': ['Parameter', 'Value'] } },
    },
  });
}

/** A stack whose function is told the value. */
function echoOf(value: unknown, sections: Omit<Template, 'Resources'> = {}): AssemblyStack {
  return stackOf({ ...provider(ECHO), Echo: customResource({ Value: value }) }, { ...sections, Outputs: { Value: { Value: { 'Fn::GetAtt': ['Echo', 'Value'] } } } });
}

function requests(): string[] {
  return fixture.takeRequests().map(({ RequestType, ResourceProperties, OldResourceProperties }) => (
    [RequestType, ...OldResourceProperties ? [OldResourceProperties.Value] : [], ResourceProperties.Value].join(' ')));
}

describe('a parameter of a stack', () => {
  test('is in the store of its account and Region, is changed, replaced and deleted', async () => {
    const { outputs } = await fixture.cloudFormation.deploy(parameter({ Name: '/app/size', Value: 'small' }));
    expect(outputs).toEqual({ Name: '/app/size', Type: 'String', Value: 'small' });
    expect((await fixture.cloudFormation.deploy(parameter({ Name: '/app/size', Value: 'large', Tags: { owner: 'me' } }))).outputs.Value).toBe('large');
    expect(fixture.parameterStore.find({ ...PLACE, name: '/app/size' })).toMatchObject({ tags: new Map([['owner', 'me']]), versions: [{ value: 'small' }, { value: 'large' }] });
    await fixture.cloudFormation.deploy(parameter({ Name: '/app/other', Value: 'large' }));
    expect([stored('/app/size'), stored('/app/other')]).toEqual([undefined, 'large']);
    await fixture.cloudFormation.destroy('Stack');
    expect(fixture.parameterStore.in(PLACE)).toEqual([]);
  });

  test('is named by CloudFormation if it has no name, and may be a list', async () => {
    const { outputs } = await fixture.cloudFormation.deploy(parameter({ Type: 'StringList', Value: 'a,b' }));
    expect(outputs).toEqual({ Name: expect.stringMatching(/^CFN-Parameter-[0-9A-F]{12}$/), Type: 'StringList', Value: 'a,b' });
  });

  test.each([
    ['there already', { Name: '/taken', Value: 'mine' }, 'The parameter already exists.'],
    ['a secret', { Type: 'SecureString', Value: 'psst' }, 'SSM Parameters of type SecureString cannot be created using CloudFormation'],
    ['not what its pattern says', { Value: 'b', AllowedPattern: '^a$' }, 'allowedPattern'],
  ])('that is %s fails, and leaves the others alone', async (_, properties, reason) => {
    put('/taken', 'theirs');
    expect((await fixture.cloudFormation.deploy(parameter(properties))).status).toBe('ROLLBACK_COMPLETE');
    expect(fixture.takeEvents().find((event) => event.startsWith('Parameter CREATE_FAILED'))).toContain(reason);
    expect(fixture.parameterStore.in(PLACE).map(({ name }) => name)).toEqual(['/taken']);
  });

  test('has its value of before when its update is rolled back', async () => {
    await fixture.cloudFormation.deploy(parameter({ Name: '/app/size', Value: 'small' }));
    const { template } = parameter({ Name: '/app/size', Value: 'large' });
    const failure = { Type: 'Custom::Failure', DependsOn: 'Parameter', Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:none' } };
    const updated = await fixture.cloudFormation.deploy(stackOf({ ...template.Resources, Failure: failure }));
    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stored('/app/size')).toBe('small');
  });
});

describe('a template parameter whose type asks for a stored one', () => {
  const typed = (type: string, name: string) => ({ Parameters: { Size: { Type: `AWS::SSM::Parameter::Value<${type}>`, Default: name } } });

  test('has the value of the account and Region, at each deployment', async () => {
    put('/app/size', 'small');
    put('/app/size', 'elsewhere', { region: 'us-east-1' });
    const stack = echoOf({ Ref: 'Size' }, typed('String', '/app/size'));
    await fixture.cloudFormation.deploy(stack);
    await fixture.cloudFormation.deploy(stack);
    put('/app/size', 'large');
    await fixture.cloudFormation.deploy(stack);
    expect(requests()).toEqual(['Create small', 'Update small large']);
  });

  test('may be a list', async () => {
    put('/app/sizes', 'small,large');
    const { outputs } = await fixture.cloudFormation.deploy(echoOf({ 'Fn::Select': ['1', { Ref: 'Size' }] }, typed('List<String>', '/app/sizes')));
    expect(outputs.Value).toBe('large');
  });

  test('fails before anything is made if it is not there', async () => {
    await expect(fixture.cloudFormation.deploy(echoOf({ Ref: 'Size' }, typed('String', '/app/size'))))
      .rejects.toThrow('Unable to fetch parameters [/app/size] from parameter store for this account.');
    expect(fixture.takeEvents()).toEqual([]);
    expect(fixture.cloudFormation.stackNames).toEqual([]);
  });
});

describe('a dynamic reference', () => {
  test('has the value of the newest version, or of the one that it names, inside of texts as well', async () => {
    put('/app/size', 'small');
    put('/app/size', 'large');
    const { outputs } = await fixture.cloudFormation.deploy(echoOf({ 'Fn::Sub': '{{resolve:ssm:/app/size}}, was {{resolve:ssm:/app/size:1}} in ${AWS::Region}' }));
    expect(outputs.Value).toBe('large, was small in eu-west-1');
  });

  test('is looked up when its resource changes, and its resource does not change because of it', async () => {
    put('/app/size', 'small');
    await fixture.cloudFormation.deploy(echoOf('{{resolve:ssm:/app/size}}'));
    put('/app/size', 'large');
    const { template } = echoOf('{{resolve:ssm:/app/size}}');
    await fixture.cloudFormation.deploy(stackOf({ ...template.Resources, Another: { Type: 'AWS::Logs::LogGroup' } }));
    await fixture.cloudFormation.deploy(echoOf('now {{resolve:ssm:/app/size}}'));
    fixture.parameterStore.remove({ ...PLACE, name: '/app/size' });
    await fixture.cloudFormation.destroy('Stack');
    expect(requests()).toEqual(['Create small', 'Update small now large', 'Delete now large']);
  });

  test('fails before anything is made if the parameter is not there', async () => {
    await expect(fixture.cloudFormation.deploy(echoOf('{{resolve:ssm:/app/size:2}}'))).rejects.toThrow('Parameters: [ssm:/app/size:2] cannot be found.');
    expect(fixture.takeEvents()).toEqual([]);
  });

  test('that only shows when the template is resolved fails its resource', async () => {
    const created = await fixture.cloudFormation.deploy(echoOf({ 'Fn::Join': ['', ['{{resolve:ssm:', '/app/size', '}}']] }));
    expect(created.status).toBe('ROLLBACK_COMPLETE');
    expect(fixture.takeEvents()).toContain('Echo CREATE_FAILED: Parameters: [ssm:/app/size] cannot be found.');
  });
});

describe('a value that nobody knows in a rehearsal', () => {
  const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
  const UNKNOWN: readonly [string, AssemblyStack, string][] = [
    ['a secret of Secrets Manager', echoOf('{{resolve:secretsmanager:Database:SecretString:password}}'), 'secretsmanager:Database:SecretString:password'],
    ['a secret parameter', echoOf('{{resolve:ssm-secure:/app/password:1}}'), 'ssm-secure:/app/password:1'],
    ['a parameter of AWS in a reference', echoOf(`{{resolve:ssm:${IMAGE}}}`), `ssm:${IMAGE}`],
    ['a parameter of AWS', echoOf({ Ref: 'Image' }, { Parameters: { Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: IMAGE } } }), `ssm:${IMAGE}`],
  ];

  test.each(UNKNOWN)('%s is a placeholder, and is named', async (_, stack, name) => {
    expect(await fixture.cloudFormation.deploy(stack)).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Value: `placeholder-for-${name}` }, placeholders: [name] });
  });

  test.each(UNKNOWN)('%s is an error for who wants to know all', async (_, stack, name) => {
    const strict = new CloudFormationFixture({ strict: true });
    await expect(strict.cloudFormation.deploy(stack)).rejects.toThrow(`The simulator does not know the value of ${name}.`);
    await strict.stop();
  });

  test('what a macro makes of a part of a resource is a placeholder; beside other members it adds nothing', async () => {
    const include = { Name: 'AWS::Include', Parameters: { Location: 's3://snippets/one.json' } };
    const { outputs, placeholders } = await fixture.cloudFormation.deploy(echoOf({ 'Fn::Transform': include }));
    expect(outputs).toEqual({ Value: 'placeholder-for-Fn::Transform AWS::Include' });
    expect(placeholders).toEqual(['Fn::Transform AWS::Include']);
    await fixture.cloudFormation.deploy(echoOf({ 'Kept': 'yes', 'Fn::Transform': include }));
    expect(fixture.takeRequests().at(-1)?.ResourceProperties.Value).toEqual({ Kept: 'yes' });
  });

  test('a macro fails its resource for who wants to know all', async () => {
    const strict = new CloudFormationFixture({ strict: true });
    const { status } = await strict.cloudFormation.deploy(echoOf({ 'Fn::Transform': { Name: 'Mine' } }));
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(strict.takeEvents()).toContain('Echo CREATE_FAILED: The simulator does not know the value of Fn::Transform Mine.');
    await strict.stop();
  });
});
