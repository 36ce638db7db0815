import { CloudFormationFixture, ROLE, stackOf } from './cloudformation-fixture';

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
