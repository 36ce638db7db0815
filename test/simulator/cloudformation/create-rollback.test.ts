import { CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

const FAILS_IF_ASKED = `async (event) => event.ResourceProperties.Fail === event.RequestType
  ? { Status: 'FAILED', Reason: 'no way', PhysicalResourceId: 'half of ' + event.LogicalResourceId }
  : { PhysicalResourceId: event.PhysicalResourceId ?? 'id of ' + event.LogicalResourceId }`;

describe('a stack whose creation fails', () => {
  test('is rolled back: what was created is deleted in reverse order, the failed resource by the id it answered', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf({
      Good: customResource(),
      Bad: customResource({ Fail: 'Create' }, { DependsOn: 'Good' }),
      Never: customResource({}, { DependsOn: 'Bad' }),
      ...provider(FAILS_IF_ASKED),
    }));
    const requests = fixture.takeRequests();
    const failure = `Received response status [FAILED] from custom resource. Message returned: no way (RequestId: ${requests[1].RequestId})`;
    expect(result).toMatchObject({ operation: 'CREATE', status: 'ROLLBACK_COMPLETE', reason: 'The following resource(s) failed to create: [Bad].' });
    expect(fixture.takeEvents().slice(5)).toEqual([
      'Good CREATE_IN_PROGRESS',
      'Good CREATE_COMPLETE',
      'Bad CREATE_IN_PROGRESS',
      `Bad CREATE_FAILED: ${failure}`,
      'Stack ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad]. Rollback requested by user.',
      'Bad DELETE_IN_PROGRESS',
      'Bad DELETE_COMPLETE',
      'Good DELETE_IN_PROGRESS',
      'Good DELETE_COMPLETE',
      'Function DELETE_IN_PROGRESS',
      'Function DELETE_COMPLETE',
      'Role DELETE_IN_PROGRESS',
      'Role DELETE_COMPLETE',
      'Stack ROLLBACK_COMPLETE',
    ]);
    expect(requests.map((request) => [request.RequestType, request.LogicalResourceId, request.PhysicalResourceId])).toEqual([
      ['Create', 'Good', undefined],
      ['Create', 'Bad', undefined],
      ['Delete', 'Bad', 'half of Bad'],
      ['Delete', 'Good', 'id of Good'],
    ]);
  });

  test('gets a Delete with an invented id when a resource never answered one', async () => {
    await fixture.cloudFormation.deploy(stackOf({
      Silent: customResource({ ServiceTimeout: 30 }),
      ...provider('async (event) => event.RequestType === "Create" ? undefined : { PhysicalResourceId: event.PhysicalResourceId }'),
    }));
    const [create, remove] = fixture.takeRequests();
    expect(create).not.toHaveProperty('PhysicalResourceId');
    expect(remove).toMatchObject({ RequestType: 'Delete', PhysicalResourceId: expect.stringMatching(/^Stack-Silent-[0-9A-F]{12}$/) });
  });

  test('cancels what is under way, and sends its Delete while its Create still runs', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf({
      Slow: customResource({ Seconds: 600 }),
      Bad: customResource({ Seconds: 10, Fail: true }),
      ...provider(`async (event, { sleep }) => {
        if (event.RequestType === 'Create') await sleep(event.ResourceProperties.Seconds);
        const Status = event.RequestType === 'Create' && event.ResourceProperties.Fail ? 'FAILED' : 'SUCCESS';
        return { Status, Reason: 'no', PhysicalResourceId: event.PhysicalResourceId ?? 'id of ' + event.LogicalResourceId };
      }`),
    }));
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(result.reason).toBe('The following resource(s) failed to create: [Bad, Slow].');
    expect(fixture.takeEvents()).toContain('Slow CREATE_FAILED: Resource creation cancelled');
    expect(fixture.takeRequests().find(({ RequestType, LogicalResourceId }) => RequestType === 'Delete' && LogicalResourceId === 'Slow'))
      .toMatchObject({ PhysicalResourceId: expect.stringMatching(/^Stack-Slow-[0-9A-F]{12}$/) });
    expect(fixture.secondsPassed).toBe(10);
  });

  test('keeps what has the deletion policy Retain, but not what is retained except on creation', async () => {
    await fixture.cloudFormation.deploy(stackOf({
      Retained: customResource({}, { DeletionPolicy: 'Retain' }),
      RetainedLater: customResource({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
      Bad: customResource({ Fail: 'Create' }, { DependsOn: ['Retained', 'RetainedLater'] }),
      ...provider(FAILS_IF_ASKED),
    }));
    const events = fixture.takeEvents();
    expect(events).toContain('Retained DELETE_SKIPPED');
    expect(events).toContain('RetainedLater DELETE_COMPLETE');
    expect(fixture.takeRequests().filter(({ RequestType }) => RequestType === 'Delete').map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Bad', 'RetainedLater']);
  });

  test('is rolled back when an output cannot be had', async () => {
    const result = await fixture.cloudFormation.deploy(stackOf(
      { Thing: customResource(), ...provider(FAILS_IF_ASKED) },
      { Outputs: { Out: { Value: { 'Fn::GetAtt': ['Thing', 'Missing'] } } } },
    ));
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(result.reason).toMatch(/^CustomResource attribute error: Vendor response doesn't contain Missing attribute in object arn:aws:cloudformation:/);
  });

  test('stays ROLLBACK_FAILED when something cannot be deleted, until it is deleted', async () => {
    const stack = stackOf({
      Bad: customResource({ Fail: 'Create', FailDelete: 'yes' }),
      ...provider(`async (event) => {
      const attempts = globalThis.attempts = (globalThis.attempts ?? 0) + 1;
      return { Status: attempts < 3 ? 'FAILED' : 'SUCCESS', Reason: 'attempt ' + attempts, PhysicalResourceId: 'x' };
    }`),
    });
    const result = await fixture.cloudFormation.deploy(stack);
    expect(result.status).toBe('ROLLBACK_FAILED');
    expect(fixture.takeEvents()).toContain('Stack ROLLBACK_FAILED: The following resource(s) failed to delete: [Bad]. ');
    expect((await fixture.cloudFormation.destroy(stack)).status).toBe('DELETE_COMPLETE');
  });

  test('can only be deleted afterwards, then created anew', async () => {
    const stack = stackOf({ Bad: customResource({ Fail: 'Create' }), ...provider(FAILS_IF_ASKED) });
    const { stackId } = await fixture.cloudFormation.deploy(stack);
    expect(await fixture.cloudFormation.deploy(stack))
      .toMatchObject({ operation: 'UPDATE', status: 'ROLLBACK_COMPLETE', reason: `Stack:${stackId} is in ROLLBACK_COMPLETE state and can not be updated.` });
    expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_COMPLETE');
    const again = await fixture.cloudFormation.deploy(stack);
    expect(again.operation).toBe('CREATE');
    expect(again.stackId).not.toBe(stackId);
  });
});
