import { answeringFunction, CloudFormationFixture, customResource, provider, ROLE, stackOf } from './cloudformation-fixture';
import { CustomResourceEvent } from '../../../simulator/cloudformation/custom-resource/custom-resource-event';

let fixture: CloudFormationFixture;

beforeEach(() => {
  fixture = new CloudFormationFixture();
});

afterEach(() => fixture.stop());

/** Its name is its identity: another name is another physical resource. `Fail` names the request type that fails. */
const NAMED_THINGS = `async (event) => {
  const { Name, Fail } = event.ResourceProperties;
  const PhysicalResourceId = event.RequestType === 'Delete' ? event.PhysicalResourceId : 'id of ' + Name;
  return Fail === event.RequestType ? { Status: 'FAILED', Reason: 'no way', PhysicalResourceId } : { PhysicalResourceId, Data: { Name } };
}`;

async function deploy(resources: Record<string, unknown>, others: Parameters<typeof stackOf>[1] = {}) {
  return fixture.cloudFormation.deploy(stackOf({ ...provider(NAMED_THINGS), ...resources }, others));
}

/** The stack as it is before the update that a test is about. */
async function deployed(resources: Record<string, unknown>) {
  const result = await deploy(resources);
  expect(result.status).toBe('CREATE_COMPLETE');
  fixture.takeEvents();
  fixture.takeRequests();
  return result;
}

function asLine({ RequestType, PhysicalResourceId, ResourceProperties: { Name } }: CustomResourceEvent): string {
  return `${RequestType} ${PhysicalResourceId}: ${Name}`;
}

describe('updating a stack', () => {
  test('touches what has changed only', async () => {
    await deployed({ One: customResource({ Name: 'one', Size: 1 }), Other: customResource({ Name: 'other' }) });
    const result = await deploy({ One: customResource({ Name: 'one', Size: 2 }), Other: customResource({ Name: 'other' }) });
    expect(result).toMatchObject({ operation: 'UPDATE', status: 'UPDATE_COMPLETE' });
    expect(fixture.takeEvents()).toEqual([
      'Stack UPDATE_IN_PROGRESS: User Initiated',
      'One UPDATE_IN_PROGRESS',
      'One UPDATE_COMPLETE',
      'Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Stack UPDATE_COMPLETE',
    ]);
    expect(fixture.takeRequests()).toEqual([expect.objectContaining({
      RequestType: 'Update',
      PhysicalResourceId: 'id of one',
      ResourceProperties: expect.objectContaining({ Name: 'one', Size: '2' }),
      OldResourceProperties: expect.objectContaining({ Name: 'one', Size: '1' }),
    })]);
  });

  test('does nothing when nothing has changed', async () => {
    await deployed({ One: customResource({ Name: 'one' }) });
    const result = await deploy({ One: customResource({ Name: 'one' }) });
    expect(result).toMatchObject({ operation: 'UPDATE', status: 'CREATE_COMPLETE', reason: undefined });
    expect(fixture.takeEvents()).toEqual([]);
    expect(fixture.takeRequests()).toEqual([]);
  });

  test('replaces a custom resource that answers another id, and removes the old one at the end', async () => {
    await deployed({ One: customResource({ Name: 'old' }), User: customResource({ Name: 'user', Uses: { Ref: 'One' } }) });
    await deploy({ One: customResource({ Name: 'new' }), User: customResource({ Name: 'user', Uses: { Ref: 'One' } }) });
    expect(fixture.takeEvents()).toEqual([
      'Stack UPDATE_IN_PROGRESS: User Initiated',
      'One UPDATE_IN_PROGRESS',
      'One UPDATE_COMPLETE',
      'User UPDATE_IN_PROGRESS',
      'User UPDATE_COMPLETE',
      'Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'One DELETE_IN_PROGRESS',
      'One DELETE_COMPLETE',
      'Stack UPDATE_COMPLETE',
    ]);
    const requests = fixture.takeRequests();
    expect(requests.map(asLine)).toEqual(['Update id of old: new', 'Update id of user: user', 'Delete id of old: old']);
    expect(requests[1].ResourceProperties.Uses).toBe('id of new');
  });

  test('keeps a replaced resource whose update-replace policy says so', async () => {
    await deployed({ One: customResource({ Name: 'old' }, { UpdateReplacePolicy: 'Retain' }) });
    await deploy({ One: customResource({ Name: 'new' }, { UpdateReplacePolicy: 'Retain' }) });
    expect(fixture.takeEvents()).toContain('One DELETE_SKIPPED');
    expect(fixture.takeRequests().map(({ RequestType }) => RequestType)).toEqual(['Update']);
  });

  test('replaces a resource whose type requires it for that change', async () => {
    const group = (name: string, days: number) => ({ Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name, RetentionInDays: days } } });
    await deployed(group('a', 1));
    await deploy(group('a', 7));
    expect(fixture.takeEvents()).toContain('Logs UPDATE_IN_PROGRESS');
    const result = await deploy(group('b', 7));
    expect(fixture.takeEvents()).toEqual([
      'Stack UPDATE_IN_PROGRESS: User Initiated',
      'Logs UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.',
      'Logs UPDATE_COMPLETE',
      'Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Logs DELETE_IN_PROGRESS',
      'Logs DELETE_COMPLETE',
      'Stack UPDATE_COMPLETE',
    ]);
    expect(result.resources.filter(({ type }) => type === 'AWS::Logs::LogGroup').map(({ physicalId, status }) => [physicalId, status]))
      .toEqual([['b', 'UPDATE_COMPLETE'], ['a', 'DELETE_COMPLETE']]);
  });

  test('removes what the template has no more at the end, those first that others do not need', async () => {
    await deployed({ One: customResource({ Name: 'one' }), Two: customResource({ Name: 'two' }, { DependsOn: 'One' }) });
    await deploy({});
    expect(fixture.takeEvents()).toEqual([
      'Stack UPDATE_IN_PROGRESS: User Initiated',
      'Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Two DELETE_IN_PROGRESS',
      'Two DELETE_COMPLETE',
      'One DELETE_IN_PROGRESS',
      'One DELETE_COMPLETE',
      'Stack UPDATE_COMPLETE',
    ]);
  });

  test('succeeds though something cannot be cleaned up, and says so', async () => {
    await deployed({ One: customResource({ Name: 'one', Fail: 'Delete' }) });
    const result = await deploy({});
    expect(result).toMatchObject({ status: 'UPDATE_COMPLETE', reason: undefined });
    expect(result.resources.find(({ logicalId }) => logicalId === 'One')).toMatchObject({ status: 'DELETE_FAILED', reason: expect.stringContaining('no way') });
    expect((await fixture.cloudFormation.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  });

  test('runs new code in the function that stays', async () => {
    await deployed({ One: customResource({ Name: 'one' }) });
    const functionName = (await deploy({
      Function: answeringFunction('async (event) => ({ PhysicalResourceId: "id of one", Data: { Code: "new" } })'),
      One: customResource({ Name: 'one', Size: 2 }),
    }, { Outputs: { Code: { Value: { 'Fn::GetAtt': ['One', 'Code'] } } } }));
    expect(functionName.outputs).toEqual({ Code: 'new' });
  });

  test('refuses to point a custom resource at another function', async () => {
    await deployed({ One: customResource({ Name: 'one' }) });
    const other = { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Another', 'Arn'] }, Name: 'one' } };
    const result = await deploy({ Another: answeringFunction(NAMED_THINGS), One: other });
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(fixture.takeEvents()).toContain('One UPDATE_FAILED: Modifying service token is not allowed.');
    expect(fixture.takeRequests()).toEqual([]);
  });

  test('refuses to change a resource\'s type', async () => {
    await deployed({ One: customResource({ Name: 'one' }) });
    expect(await deploy({ One: ROLE })).toMatchObject({
      status: 'CREATE_COMPLETE',
      reason: 'Update of resource type is not permitted. The new template modifies resource type of the following resources: [One]',
    });
    expect(fixture.takeRequests()).toEqual([]);
  });
});

describe('an update that fails', () => {
  test('is rolled back: what was updated gets an Update with old and new properties exchanged', async () => {
    await deployed({ One: customResource({ Name: 'one', Size: 1 }), Bad: customResource({ Name: 'bad' }, { DependsOn: 'One' }) });
    const result = await deploy({ One: customResource({ Name: 'one', Size: 2 }), Bad: customResource({ Name: 'bad', Fail: 'Update' }, { DependsOn: 'One' }) });
    const requests = fixture.takeRequests();
    expect(result).toMatchObject({ operation: 'UPDATE', status: 'UPDATE_ROLLBACK_COMPLETE', reason: 'The following resource(s) failed to update: [Bad].' });
    expect(fixture.takeEvents()).toEqual([
      'Stack UPDATE_IN_PROGRESS: User Initiated',
      'One UPDATE_IN_PROGRESS',
      'One UPDATE_COMPLETE',
      'Bad UPDATE_IN_PROGRESS',
      `Bad UPDATE_FAILED: Received response status [FAILED] from custom resource. Message returned: no way (RequestId: ${requests[1].RequestId})`,
      'Stack UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Bad]. ',
      'One UPDATE_IN_PROGRESS',
      'One UPDATE_COMPLETE',
      'Bad UPDATE_IN_PROGRESS',
      'Bad UPDATE_COMPLETE',
      'Stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Stack UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(requests.map(({ LogicalResourceId, ResourceProperties, OldResourceProperties }) => [
      LogicalResourceId, ResourceProperties.Size ?? ResourceProperties.Fail, OldResourceProperties!.Size ?? OldResourceProperties!.Fail,
    ])).toEqual([['One', '2', '1'], ['Bad', 'Update', undefined], ['One', '1', '2'], ['Bad', undefined, 'Update']]);
  });

  test('removes what it has added', async () => {
    await deployed({});
    await deploy({ Added: customResource({ Name: 'added' }), Bad: customResource({ Name: 'bad', Fail: 'Create' }, { DependsOn: 'Added' }) });
    expect(fixture.takeEvents().slice(-6)).toEqual([
      'Stack UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Bad DELETE_IN_PROGRESS',
      'Bad DELETE_COMPLETE',
      'Added DELETE_IN_PROGRESS',
      'Added DELETE_COMPLETE',
      'Stack UPDATE_ROLLBACK_COMPLETE',
    ]);
  });

  const replacedThenFailed = async () => {
    await deployed({ One: customResource({ Name: 'old' }), Bad: customResource({ Name: 'bad' }, { DependsOn: 'One' }) });
    const result = await deploy({ One: customResource({ Name: 'new' }), Bad: customResource({ Name: 'bad', Fail: 'Update' }, { DependsOn: 'One' }) });
    expect(result.resources.find(({ logicalId, status }) => logicalId === 'One' && status === 'UPDATE_COMPLETE')!.physicalId).toBe('id of old');
    return fixture.takeRequests()
      .filter(({ LogicalResourceId }) => LogicalResourceId === 'One')
      .map(asLine);
  };

  test('undoes a replacement by an Update of the new physical resource with the old properties, then deletes the new one', async () => {
    expect(await replacedThenFailed()).toEqual([
      'Update id of old: new',
      'Update id of new: old',
      'Delete id of new: new',
    ]);
  });

  test('undoes a replacement without a word, where so chosen, and deletes the new physical resource', async () => {
    await fixture.stop();
    fixture = new CloudFormationFixture({ customResourceReplacementRollback: 'restore' });
    expect(await replacedThenFailed()).toEqual([
      'Update id of old: new',
      'Delete id of new: new',
    ]);
  });

  test('takes the id that a failed Update answers for the resource\'s, and deletes it in the end', async () => {
    await deployed({ One: customResource({ Name: 'old' }) });
    await deploy({ One: customResource({ Name: 'half', Fail: 'Update' }) });
    expect(fixture.takeRequests().map(asLine)).toEqual([
      'Update id of old: half',
      'Update id of half: old',
      'Delete id of half: half',
    ]);
  });

  test('puts back a replaced resource of another type, and a function\'s code', async () => {
    const group = (name: string) => ({ Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: name } });
    await deployed({ Logs: group('a'), One: customResource({ Name: 'one' }, { DependsOn: 'Logs' }) });
    const result = await deploy({
      Logs: group('b'),
      Function: answeringFunction('async () => ({ Status: "FAILED", Reason: "new code", PhysicalResourceId: "id of one" })'),
      One: customResource({ Name: 'one', Size: 2 }, { DependsOn: 'Logs' }),
    });
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(result.resources.filter(({ logicalId }) => logicalId === 'Logs').map(({ physicalId, status }) => [physicalId, status]))
      .toEqual([['a', 'UPDATE_COMPLETE'], ['b', 'DELETE_COMPLETE']]);
  });

  test('ends in UPDATE_ROLLBACK_FAILED when the way back fails too', async () => {
    await deployed({ One: customResource({ Name: 'one', Fail: 'Update' }) });
    const result = await deploy({ One: customResource({ Name: 'one', Fail: 'Update', Size: 2 }) });
    expect(result.status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await deploy({ One: customResource({ Name: 'one', Size: 3 }) }))
      .toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED', reason: expect.stringContaining('is in UPDATE_ROLLBACK_FAILED state and can not be updated.') });
  });

  test('leaves the stack updatable', async () => {
    await deployed({ One: customResource({ Name: 'one' }) });
    await deploy({ One: customResource({ Name: 'one', Fail: 'Update' }) });
    expect((await deploy({ One: customResource({ Name: 'one', Size: 2 }) })).status).toBe('UPDATE_COMPLETE');
  });

  test('cancels an update under way', async () => {
    const slow = 'async (event, { sleep }) => { await sleep(event.ResourceProperties.Seconds ?? 0); return { Status: event.ResourceProperties.Fail ? "FAILED" : "SUCCESS", Reason: "no", PhysicalResourceId: event.LogicalResourceId }; }';
    const things = (seconds: number, fail: Record<string, unknown>) => stackOf({
      ...provider(slow), Slow: customResource({ Seconds: seconds }), Bad: customResource({ Seconds: 1, ...fail }),
    });
    await fixture.cloudFormation.deploy(things(0, {}));
    const result = await fixture.cloudFormation.deploy(things(500, { Fail: 'yes' }));
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(fixture.takeEvents()).toContain('Slow UPDATE_FAILED: Resource update cancelled');
  });
});
