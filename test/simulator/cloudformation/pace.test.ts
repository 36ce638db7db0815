import { CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

function many(count: number, properties: (index: number) => Record<string, unknown> = () => ({})): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`Thing${index}`, customResource(properties(index))]));
}

test('eight resources of a stack are in work at once, the others wait for their turn', async () => {
  const sleeps = 'async ({ LogicalResourceId }, { sleep }) => { await sleep(10); return { PhysicalResourceId: LogicalResourceId }; }';
  expect((await fixture.cloudFormation.deploy(stackOf({ ...provider(sleeps), ...many(17) }))).status).toBe('CREATE_COMPLETE');
  expect(fixture.secondsPassed).toBe(30);
  expect(fixture.takeRequests()).toHaveLength(17);
  expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  expect(fixture.secondsPassed).toBe(60);
});

test('what waits for its turn when another resource fails is neither created nor deleted', async () => {
  const fails = `async ({ RequestType, LogicalResourceId, ResourceProperties: { Fails } }, { sleep }) => {
    if (Fails === 'true' && RequestType === 'Create') return { Status: 'FAILED', Reason: 'no', PhysicalResourceId: LogicalResourceId };
    await sleep(10);
    return { PhysicalResourceId: LogicalResourceId };
  }`;
  const result = await fixture.cloudFormation.deploy(stackOf({ ...provider(fails), ...many(12, (index) => ({ Fails: index === 0 })) }));
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  const requests = fixture.takeRequests();
  const asked = (type: string) => requests.filter(({ RequestType }) => RequestType === type).map(({ LogicalResourceId }) => LogicalResourceId).sort();
  expect(asked('Create')).toHaveLength(8);
  expect(asked('Delete')).toEqual(asked('Create'));
  expect(fixture.takeEvents().filter((event) => event.endsWith('CREATE_FAILED: Resource creation cancelled'))).toHaveLength(7);
});
