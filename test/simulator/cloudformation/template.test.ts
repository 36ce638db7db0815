import { CloudFormationFixture, ROLE, stackOf } from './cloudformation-fixture';
import { SimulatedCloudFormation } from '../../../simulator/cloudformation/simulated-cloudformation';
import { Template, TemplateParameter } from '../../../simulator/cloudformation/template/template';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

const KEY = { Type: 'AWS::KMS::Key' };

/** What the value stands for, in a stack with the resource Role. */
async function evaluated(value: unknown, sections: Omit<Template, 'Resources'> = {}, parameters: Record<string, string> = {}): Promise<string> {
  const stack = stackOf({ Role: { ...ROLE, Properties: { ...ROLE.Properties, RoleName: 'the-role' } } }, { ...sections, Outputs: { Out: { Value: value } } });
  return (await fixture.cloudFormation.deploy(stack, { parameters })).outputs.Out;
}

async function rejection(resources: Record<string, unknown>, sections: Omit<Template, 'Resources'> = {}, cloudFormation: SimulatedCloudFormation = fixture.cloudFormation) {
  const error = await cloudFormation.deploy(stackOf(resources, sections)).then(() => undefined, (reason: Error) => reason);
  expect(fixture.takeEvents()).toEqual([]);
  return error?.message;
}

describe('intrinsic functions', () => {
  test.each<[string, unknown, string]>([
    ['Ref of a resource', { Ref: 'Role' }, 'the-role'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111111111111:role/the-role'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Role.Arn' }, 'arn:aws:iam::111111111111:role/the-role'],
    ['Fn::Sub with resources, attributes, pseudo parameters and literals', { 'Fn::Sub': '${Role} ${Role.Arn} ${AWS::Region} ${!Literal}' }, 'the-role arn:aws:iam::111111111111:role/the-role eu-west-1 ${Literal}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}-${AWS::AccountId}', { A: { Ref: 'Role' } }] }, 'the-role-111111111111'],
    ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Partition' }, { Ref: 'AWS::NoValue' }, 1]] }, 'a/aws/1'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'Key'] }, 'found'],
    ['Fn::FindInMap without such a key', { 'Fn::FindInMap': ['Map', 'eu-west-2', 'Key', { DefaultValue: 'default' }] }, 'default'],
    ['Fn::Cidr', { 'Fn::Join': [' ', { 'Fn::Cidr': ['10.0.0.0/16', 3, '8'] }] }, '10.0.0.0/24 10.0.1.0/24 10.0.2.0/24'],
    ['Fn::If', { 'Fn::If': ['InIreland', { 'Fn::Join': ['', ['y', 'es']] }, { Ref: 'Nowhere' }] }, 'yes'],
    ['conditions', { 'Fn::If': ['Both', 'both', 'not both'] }, 'not both'],
    ['Fn::Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['Fn::Length', { 'Fn::Length': ['a', 'b'] }, '2'],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { A: { Ref: 'Role' }, B: [1] } }, '{"A":"the-role","B":[1]}'],
    ['Fn::RefAll', { 'Fn::Join': [' ', { 'Fn::RefAll': 'AWS::EC2::VPC::Id' }] }, 'vpc-1 vpc-2'],
    ['Fn::GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'eu-west-1a'],
    ['AWS::StackName', { Ref: 'AWS::StackName' }, 'Stack'],
    ['AWS::URLSuffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ])('%s', async (_name, value, expected) => {
    expect(await evaluated(value, {
      Transform: 'AWS::LanguageExtensions',
      Parameters: {
        Inner: { Type: 'AWS::EC2::VPC::Id', Default: 'vpc-1' },
        Outer: { Type: 'AWS::EC2::VPC::Id', Default: 'vpc-2' },
        Size: { Type: 'Number', Default: 3 },
      },
      Mappings: { Map: { 'eu-west-1': { Key: 'found' } } },
      Conditions: {
        InIreland: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
        Both: { 'Fn::And': [{ Condition: 'InIreland' }, { 'Fn::Not': [{ 'Fn::Or': [{ 'Fn::Equals': ['a', 'a'] }, { Condition: 'InIreland' }] }] }] },
      },
    })).toBe(expected);
  });

  test('are taken from other stacks by Fn::ImportValue, and the export stays as long as it is used', async () => {
    await fixture.cloudFormation.deploy(stackOf({ Key: KEY }, { stackName: 'Exporter', Outputs: { Out: { Value: 'shared', Export: { Name: 'the-name' } } } }));
    const importer = await fixture.cloudFormation.deploy(stackOf({ Key: KEY }, { stackName: 'Importer', Outputs: { Out: { Value: { 'Fn::ImportValue': 'the-name' } } } }));
    expect(importer.outputs.Out).toBe('shared');
    expect(await fixture.cloudFormation.destroy('Exporter'))
      .toMatchObject({ operation: 'DELETE', status: 'CREATE_COMPLETE', reason: 'Export the-name cannot be deleted as it is in use by Importer' });
    for (const [change, outputs] of [['updated', { Out: { Value: 'changed', Export: { Name: 'the-name' } } }], ['deleted', { Out: { Value: 'shared' } }]] as const) {
      const refused = await fixture.cloudFormation.deploy(stackOf({ Key: KEY }, { stackName: 'Exporter', Outputs: outputs }));
      expect(refused).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', reason: `Export the-name cannot be ${change} as it is in use by Importer` });
    }
    await fixture.cloudFormation.deploy(stackOf({ Key: KEY }, { stackName: 'Importer' }));
    expect((await fixture.cloudFormation.destroy('Exporter')).status).toBe('DELETE_COMPLETE');
  });

  test('are taken by Fn::GetStackOutput from stacks that do not know of it, also of other Regions and accounts', async () => {
    const place = { stackName: 'Source', region: 'us-east-1', accountId: '222222222222' };
    await fixture.cloudFormation.deploy(stackOf({ Key: KEY }, { ...place, Outputs: { Out: { Value: 'weakly shared' } } }));
    const output = { StackName: 'Source', OutputName: 'Out', Region: 'us-east-1', RoleArn: 'arn:aws:iam::222222222222:role/reader' };
    expect(await evaluated({ 'Fn::GetStackOutput': output })).toBe('weakly shared');
    expect((await fixture.cloudFormation.destroy('Source')).status).toBe('DELETE_COMPLETE');
  });

  test('leave policies of stacks and updates aside', async () => {
    const policies = { UpdatePolicy: { AutoScalingReplacingUpdate: { WillReplace: true } }, CreationPolicy: { StartFleet: true }, Metadata: { Note: 'x' } };
    expect((await fixture.cloudFormation.deploy(stackOf({ Key: { ...KEY, ...policies } }))).status).toBe('CREATE_COMPLETE');
  });

  test('fail the resource that imports what nobody exports', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf({ Key: { ...KEY, Properties: { Description: { 'Fn::ImportValue': 'nobody' } } } }));
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(fixture.takeEvents()).toContain('Key CREATE_FAILED: No export named nobody found.');
  });
});

test('a deletion policy may be a function with the language extensions', async () => {
  const template = (policy: string) => stackOf(
    { One: { ...KEY, DeletionPolicy: { Ref: 'Policy' } } },
    { Transform: 'AWS::LanguageExtensions', Parameters: { Policy: { Type: 'String', Default: policy } } },
  );
  await fixture.cloudFormation.deploy(template('Retain'));
  expect((await fixture.cloudFormation.destroy('Stack')).resources).toMatchObject([{ status: 'DELETE_SKIPPED' }]);
});

test.each<[string, string, readonly string[]]>([
  ['AWS::Lambda::Function', 'Function', ['Code', 'Role']],
  ['AWS::IAM::Role', 'Role', ['AssumeRolePolicyDocument']],
  ['AWS::Lambda::Permission', 'Permission', ['Action', 'FunctionName', 'Principal']],
])('a resource of the type %s fails without what it requires', async (Type, logicalId, required) => {
  const { status } = await fixture.cloudFormation.deploy(stackOf({ [logicalId]: { Type, Properties: { [required[0]]: { Ref: 'AWS::NoValue' } } } }));
  expect(status).toBe('ROLLBACK_COMPLETE');
  const lines = required.map((name) => `\n#: required key [${name}] not found`).join('');
  expect(fixture.takeEvents()).toContain(`${logicalId} CREATE_FAILED: Properties validation failed for resource ${logicalId} with message:${lines}`);
});

describe('conditions', () => {
  test('leave resources, outputs and dependencies out', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf(
      { Never: { ...KEY, Condition: 'No' }, Key: { ...KEY, DependsOn: 'Never' } },
      { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Outputs: { Out: { Value: { Ref: 'Never' }, Condition: 'No' } } },
    ));
    expect(result.resources.map(({ logicalId }) => logicalId)).toEqual(['Key']);
    expect(result.outputs).toEqual({});
  });
});

describe('parameters', () => {
  test('have what is given, or their default, or what they had before', async () => {
    const sections = { Parameters: { Name: { Type: 'String', Default: 'default' }, List: { Type: 'CommaDelimitedList', Default: 'a, b' } } };
    const value = { 'Fn::Join': ['+', [{ Ref: 'Name' }, { 'Fn::Select': [1, { Ref: 'List' }] }]] };
    expect(await evaluated(value, sections)).toBe('default+b');
    expect(await evaluated(value, sections, { Name: 'given' })).toBe('given+b');
    expect(await evaluated({ 'Fn::Sub': '${Name}!' }, sections)).toBe('given!');
  });

  test('know the version of the CDK\'s bootstrap stack, which the CDK\'s rule accepts', async () => {
    expect(Number(await evaluated({ Ref: 'BootstrapVersion' }, {
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
      Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }] } }] } },
    }))).toBeGreaterThan(5);
  });

  test.each<[string, Record<string, string>, string]>([
    ['is missing', {}, 'Parameters: [Size] must have values'],
    ['is not declared', { Size: 'S', Color: 'red' }, 'Parameters: [Color] do not exist in the template'],
    ['has a value that is not allowed', { Size: 'XL' }, "Parameter 'Size' must be one of AllowedValues: S, M; it is 'XL'"],
  ])('are refused when one %s', async (_case, parameters, message) => {
    await expect(evaluated('x', { Parameters: { Size: { Type: 'String', AllowedValues: ['S', 'M'] } } }, parameters)).rejects.toThrow(message);
  });
});

describe('a template that CloudFormation would not accept is refused before anything happens', () => {
  test('an unknown resource type, where the simulator is strict', async () => {
    await fixture.stop();
    fixture = new CloudFormationFixture({ strict: true });
    expect(await rejection({ Bucket: { Type: 'AWS::S3::Bucket' } })).toMatch(
      /^The simulator does not know the resource type AWS::S3::Bucket of Bucket in stack Stack\. It knows: AWS::CDK::Metadata, AWS::CloudFormation::CustomResource, .*Custom::\*\.$/,
    );
  });

  test('a circular dependency, naming those in the circle only', async () => {
    expect(await rejection({
      One: { ...KEY, Properties: { Description: { Ref: 'Two' } } },
      Two: { ...KEY, DependsOn: ['One'] },
      Bystander: { ...KEY, DependsOn: 'One' },
    })).toBe('Circular dependency between resources: [One, Two]');
  });

  test('a reference to nothing', async () => {
    expect(await rejection({ One: { ...KEY, Properties: { Description: { 'Fn::Sub': '${Nothing}' } } } }))
      .toBe('Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template');
    expect(await rejection({ One: { ...KEY, DependsOn: 'Nobody' } }))
      .toBe('Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template');
    expect(await rejection({ One: KEY }, { Outputs: { Out: { Value: { Ref: 'Nothing' } } } }))
      .toBe('Template format error: Unresolved resource dependencies [Nothing] in the Outputs block of the template');
  });

  test('an attribute that the type does not have', async () => {
    expect(await rejection({ Role: ROLE }, { Outputs: { Out: { Value: { 'Fn::GetAtt': ['Role', 'Name'] } } } }))
      .toBe('Template error: resource Role does not support attribute type Name in Fn::GetAtt');
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a word for a number', { Type: 'Number', Default: 'abc' }, 'must be a number; it is \'abc\''],
    ['nothing for a number', { Type: 'Number', Default: '' }, 'must be a number; it is \'\''],
    ['a word among numbers', { Type: 'List<Number>', Default: '1, two' }, 'must be a number; it is \'1, two\''],
    ['a number that is too small', { Type: 'Number', Default: 1, MinValue: 2 }, 'must be a number not less than 2; it is \'1\''],
    ['a number that is too large', { Type: 'Number', Default: '11', MaxValue: '9' }, 'must be a number not greater than 9; it is \'11\''],
    ['a text that is too short', { Type: 'String', Default: 'abc', MinLength: 4 }, 'must contain at least 4 characters; it is \'abc\''],
    ['a text that is too long', { Type: 'String', Default: 'abc', MaxLength: '2' }, 'must contain at most 2 characters; it is \'abc\''],
    ['a text that does not fit its pattern', { Type: 'String', Default: 'abc', AllowedPattern: '[A-Z]+' }, 'must match pattern [A-Z]+; it is \'abc\''],
  ])('%s as a parameter', async (_, parameter, words) => {
    expect(await rejection({ One: KEY }, { Parameters: { Given: parameter as unknown as TemplateParameter } })).toBe(`Parameter 'Given' ${words}`);
  });

  test('a condition that refers to a resource, also if nothing uses it', async () => {
    expect(await rejection({ One: KEY }, { Conditions: { Unused: { 'Fn::Equals': [{ Ref: 'One' }, 'x'] } } }))
      .toBe('Template format error: Unresolved dependencies [One]. Cannot reference resources in the Conditions block of the template');
  });

  test('two outputs with the same export name', async () => {
    const output = (name: unknown) => ({ Value: 'x', Export: { Name: name } });
    expect(await rejection({ One: KEY }, { Outputs: { A: output('Stack-name'), B: output({ 'Fn::Sub': '${AWS::StackName}-name' }), C: output('other') } }))
      .toBe('Template format error: The Outputs section contains duplicate Export names: [Stack-name]. Specify a unique name for each export.');
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['that there is not', { DeletionPolicy: 'Wat' }, 'Unrecognized DeletionPolicy Wat for resource One; it takes Delete, Retain, RetainExceptOnCreate, Snapshot'],
    ['for replacements that there is not', { UpdateReplacePolicy: 'RetainExceptOnCreate' }, 'Unrecognized UpdateReplacePolicy RetainExceptOnCreate for resource One; it takes Delete, Retain, Snapshot'],
    ['that is no text', { DeletionPolicy: { Ref: 'AWS::Region' } }, 'Every DeletionPolicy member must be a string.'],
  ])('a deletion policy %s', async (_, policy, words) => {
    expect(await rejection({ One: { ...KEY, ...policy } })).toBe(`Template format error: ${words}`);
  });

  test('macros among the resources', async () => {
    expect(await rejection({ 'One': KEY, 'Fn::Transform': { Name: 'Mine' } })).toBe('The simulator does not run Fn::Transform; the template has [/Resources/Fn::Transform].');
  });

  test('a rule that does not hold', async () => {
    expect(await rejection({ One: KEY }, { Rules: { Never: { Assertions: [{ Assert: { 'Fn::Equals': ['a', 'b'] }, AssertDescription: 'a is not b' }] } } }))
      .toBe('Template error: Rule Never failed: a is not b');
  });

  test('a condition that is not there', async () => {
    expect(await rejection({ One: { ...KEY, Condition: 'Nowhere' } })).toBe('Template error: Condition token Nowhere not found.');
  });

  test('a function that is not known', async () => {
    expect(await rejection({ One: KEY }, { Conditions: { Odd: { 'Fn::Odd': [] } }, Rules: { R: { RuleCondition: { 'Fn::Odd': [] }, Assertions: [] } } }))
      .toBe('The simulator does not know the intrinsic function Fn::Odd.');
  });

  test('transforms', async () => {
    expect(await rejection({ One: KEY }, { Transform: 'AWS::Serverless-2016-10-31' }))
      .toBe('The simulator does not run transforms (macros); the template has ["AWS::Serverless-2016-10-31"].');
  });

  test('no resources', async () => {
    expect(await rejection({})).toBe('Template format error: At least one Resources member must be defined.');
  });

  test('a stack without an account, when none is named', async () => {
    const stack = { ...stackOf({ One: KEY }), accountId: undefined };
    await expect(fixture.cloudFormation.deploy(stack))
      .rejects.toThrow('Stack Stack names no account. Give it an environment, or name the account that it goes to.');
    const placed = new CloudFormationFixture({ environment: { accountId: '222222222222' } });
    try {
      const { stackId } = await placed.cloudFormation.deploy({ ...stack, region: undefined });
      expect(stackId).toMatch(/^arn:aws:cloudformation:us-east-1:222222222222:stack\/Stack\//);
    } finally {
      await placed.stop();
    }
  });
});
