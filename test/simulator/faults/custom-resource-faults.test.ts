import { parseFault } from '../../../simulator/faults/parse-fault';
import { CloudFormationFixture, stackOf } from '../cloudformation/cloudformation-fixture';

/** Puts its answer until it is taken, and logs each attempt. */
const ANSWERING = `
  const https = require('node:https');
  const put = (event) => new Promise((resolve) => {
    const request = https.request(event.ResponseURL, { method: 'PUT' }, (response) => response.resume().on('end', () => resolve(response.statusCode)));
    request.on('error', ({ code }) => resolve(code));
    request.end(JSON.stringify({ ...event, Status: 'SUCCESS', PhysicalResourceId: 'made' }));
  });
  exports.handler = async (event) => {
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const said = await put(event);
      console.log(event.RequestType, said);
      if (said === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
`;

const STACK = stackOf({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: ANSWERING }, Timeout: 60 },
  },
  Custom: { Type: 'Custom::Example', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] } } },
});

let fixture: CloudFormationFixture;

afterEach(() => fixture.stop());

async function live(fault: string): Promise<string[]> {
  fixture = new CloudFormationFixture({ faults: [parseFault(fault)] });
  expect((await fixture.cloudFormation.deploy(STACK)).status).toBe('CREATE_COMPLETE');
  await new Promise<void>((resolve) => fixture.clock.schedule(60_000, resolve));
  expect((await fixture.cloudFormation.destroy(STACK)).status).toBe('DELETE_COMPLETE');
  return fixture.lambda.logEvents().map(({ message, time }) => `${(time.getTime() - Date.parse('2026-07-01T00:00:00Z')) / 1000} ${message}`);
}

test('an answer is refused as often as the fault says, for each request', async () => {
  expect(await live('response-error@1-2')).toEqual([
    '0 Create 503', '1 Create 503', '2 Create 200', '62 Delete 503', '63 Delete 503', '64 Delete 200',
  ]);
});

test('an answer is lost with its connection', async () => {
  expect(await live('response-reset@Delete,1')).toEqual(['0 Create 200', '60 Delete ECONNRESET', '61 Delete 200']);
});

test('an event is delivered again at once', async () => {
  expect(await live('duplicate-event@Create')).toEqual(['0 Create 200', '0 Create 200', '60 Delete 200']);
});

test('an event is delivered again later, when nobody waits for its answer any more', async () => {
  expect(await live('duplicate-event@Create,30s')).toEqual(['0 Create 200', '30 Create 200', '60 Delete 200']);
});

test('an event is not delivered again to a function that is gone', async () => {
  expect(await live('duplicate-event@Delete,30s')).toEqual(['0 Create 200', '60 Delete 200']);
  await new Promise<void>((resolve) => fixture.clock.schedule(60_000, resolve));
});
