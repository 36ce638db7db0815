import { CloudFormationFixture, ROLE, stackOf } from './cloudformation-fixture';
import { listAttributes } from '../../../scripts/list-attributes/list-attributes';
import known from '../../../simulator/cloudformation/resources/list-attributes.json';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

test('resources of types that the simulator does not play are kept as state, with names and attributes that look like theirs', async () => {
  const result = await fixture.cloudFormation.deploy(stackOf(
    { Bucket: { Type: 'AWS::S3::Bucket' }, Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } }, Role: ROLE },
    {
      Outputs: {
        Name: { Value: { Ref: 'Bucket' } },
        Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
        Domain: { Value: { 'Fn::GetAtt': ['Queue', 'DomainName'] } },
        Url: { Value: { 'Fn::GetAtt': ['Queue', 'QueueUrl'] } },
        Other: { Value: { 'Fn::GetAtt': ['Queue', 'Nested.Thing'] } },
      },
    },
  ));
  expect(result).toMatchObject({
    status: 'CREATE_COMPLETE',
    inertTypes: ['AWS::S3::Bucket', 'AWS::SQS::Queue'],
    outputs: {
      Name: expect.stringMatching(/^Stack-Bucket-[0-9A-F]{12}$/),
      Arn: 'arn:aws:sqs:eu-west-1:111111111111:queue/jobs',
      Domain: 'jobs.sqs.eu-west-1.amazonaws.com',
      Url: 'https://jobs.sqs.eu-west-1.amazonaws.com',
      Other: 'jobs-Nested-Thing',
    },
  });
});

test('their attributes that are lists are lists, and those that are properties have the property\'s value', async () => {
  const { status, outputs } = await fixture.cloudFormation.deploy(stackOf(
    {
      Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
      Subnet: {
        Type: 'AWS::EC2::Subnet',
        Properties: { Ipv6CidrBlock: { 'Fn::Select': [1, { 'Fn::Cidr': [{ 'Fn::Select': [0, { 'Fn::GetAtt': ['Network', 'Ipv6CidrBlocks'] }] }, 2, '64'] }] } },
      },
      Endpoint: { Type: 'AWS::EC2::VPCEndpoint' },
      Zone: { Type: 'AWS::Route53::HostedZone' },
    },
    {
      Outputs: {
        NameServers: { Value: { 'Fn::Join': [' ', { 'Fn::GetAtt': ['Zone', 'NameServers'] }] } },
        SubnetBlock: { Value: { 'Fn::Select': [0, { 'Fn::GetAtt': ['Subnet', 'Ipv6CidrBlocks'] }] } },
        EndpointName: { Value: { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, { 'Fn::GetAtt': ['Endpoint', 'DnsEntries'] }] }] }] } },
        NetworkBlock: { Value: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Network', 'CidrBlock'] }, 1, '8'] }] } },
      },
    },
  ));
  expect(status).toBe('CREATE_COMPLETE');
  expect(outputs).toEqual({
    NameServers: expect.stringMatching(/^Stack-Zone-\w+-NameServers-1( Stack-Zone-\w+-NameServers-\d){3}$/),
    SubnetBlock: expect.stringMatching(/^2001:db8:[\da-f]+:[\da-f]+::\/64$/),
    EndpointName: expect.stringMatching(/^stack-endpoint-\w+-1\.vpce\.eu-west-1\.vpce\.amazonaws\.com$/),
    NetworkBlock: '10.1.0.0/24',
  });
});

test('the list of attributes that are lists is what CDK knows', () => {
  // If CDK knows others now: npx tsx scripts/list-attributes/write.ts
  expect(known).toEqual(listAttributes('aws-cdk-lib-newest'));
});

test('their names stay when they are updated, and they go with the stack', async () => {
  const deploy = (size: number) => fixture.cloudFormation.deploy(stackOf({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { Size: size } } }));
  const created = await deploy(1);
  const updated = await deploy(2);
  expect(updated.resources).toEqual([{ ...created.resources[0], status: 'UPDATE_COMPLETE' }]);
  expect((await fixture.cloudFormation.destroy('Stack')).resources[0].status).toBe('DELETE_COMPLETE');
});

test('functions that the simulator cannot run are kept as state, until a custom resource needs them', async () => {
  const python = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13', Code: { ZipFile: 'pass' }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
  expect((await fixture.cloudFormation.deploy(stackOf({ Role: ROLE, Python: python }))).status).toBe('CREATE_COMPLETE');
  const thing = { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Python', 'Arn'] } } };
  expect((await fixture.cloudFormation.deploy(stackOf({ Role: ROLE, Python: python, Thing: thing }))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(fixture.takeEvents().find((event) => event.startsWith('Thing CREATE_FAILED'))).toMatch(/Node\.js runtimes only.*python3\.13/);
});
