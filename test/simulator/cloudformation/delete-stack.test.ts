import { CloudFormationFixture, customResource, provider, stackOf } from './cloudformation-fixture';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

const FAILS_TWICE_IF_ASKED = `async (event) => {
  globalThis.deletes ??= 0;
  const fails = event.RequestType === 'Delete' && event.ResourceProperties.Fails && ++globalThis.deletes <= 2;
  return { Status: fails ? 'FAILED' : 'SUCCESS', Reason: 'not yet', PhysicalResourceId: 'id of ' + event.LogicalResourceId };
}`;

describe('deleting a stack', () => {
  test('deletes in the reverse order of the dependencies, and the stack is gone', async () => {
    await fixture.cloudFormation.deploy(stackOf({
      Two: customResource({}, { DependsOn: 'One' }), One: customResource(), ...provider(FAILS_TWICE_IF_ASKED),
    }));
    fixture.takeEvents();
    const result = await fixture.cloudFormation.destroy('Stack');
    expect(result).toMatchObject({ operation: 'DELETE', status: 'DELETE_COMPLETE', outputs: {} });
    expect(fixture.takeEvents().filter((event) => event.endsWith('COMPLETE'))).toEqual([
      'Two DELETE_COMPLETE', 'One DELETE_COMPLETE', 'Function DELETE_COMPLETE', 'Role DELETE_COMPLETE', 'Stack DELETE_COMPLETE',
    ]);
    expect(result.resources.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'Two DELETE_COMPLETE', 'One DELETE_COMPLETE', 'Function DELETE_COMPLETE', 'Role DELETE_COMPLETE',
    ]);
    expect(fixture.roles.list('111111111111')).toEqual([]);
    expect(fixture.cloudFormation.stackNames).toEqual([]);
    await expect(fixture.cloudFormation.destroy('Stack')).rejects.toThrow('Stack with id Stack does not exist');
  });

  test('sends no Delete for what is retained', async () => {
    await fixture.cloudFormation.deploy(stackOf({ One: customResource({}, { DeletionPolicy: 'Retain' }), ...provider(FAILS_TWICE_IF_ASKED) }));
    fixture.takeRequests();
    const result = await fixture.cloudFormation.destroy('Stack');
    expect(result.status).toBe('DELETE_COMPLETE');
    expect(result.resources[0]).toMatchObject({ logicalId: 'One', status: 'DELETE_SKIPPED' });
    expect(fixture.takeRequests()).toEqual([]);
  });

  test('keeps what a resource needs that could not be deleted, and can be tried again', async () => {
    await fixture.cloudFormation.deploy(stackOf({
      Stuck: customResource({ Fails: true }), Free: customResource(), ...provider(FAILS_TWICE_IF_ASKED),
    }));
    fixture.takeEvents();
    const result = await fixture.cloudFormation.destroy('Stack');
    expect(result).toMatchObject({ status: 'DELETE_FAILED', reason: 'The following resource(s) failed to delete: [Stuck].' });
    const events = fixture.takeEvents();
    expect(events).toContain('Free DELETE_COMPLETE');
    expect(events).toContain('Stack DELETE_FAILED: The following resource(s) failed to delete: [Stuck]. ');
    expect(result.resources.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'Role CREATE_COMPLETE', 'Function CREATE_COMPLETE', 'Stuck DELETE_FAILED', 'Free DELETE_COMPLETE',
    ]);
    expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_FAILED');
    expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  });
});
