import { isDeepStrictEqual } from 'node:util';
import { isLive } from '../../lambda/domain/grant/grant-status';
import type { GrantStatus } from '../../lambda/domain/grant/grant-status';
import { isAdopted, ownerIn } from '../../lambda/domain/grant/ownership';
import { StackResult, StackResourceSummary } from '../../simulator/cloudformation/stack-result';
import { GrantReport, SimulatedAws } from '../../simulator/simulated-aws';
import { ApiCall } from '../../simulator/wire/call-log';

/** Longer than a function can go on with a request that was cancelled. */
const AFTERMATH_MILLISECONDS = 20 * 60 * 1000;

/** The operation with its results, after which what holds for every stack was found to hold. */
export async function watched(aws: SimulatedAws, operation: () => Promise<StackResult[]>): Promise<StackResult[]> {
  const since = aws.calls.length;
  const before = aws.grants();
  const results = await operation();
  const stacks = results.flatMap(withNestedStacks);
  const gone = stacks.filter(isGone);
  const leftAtOnce = leftBy(gone, aws);
  if (gone.length > 0) {
    await new Promise<void>((resolve) => aws.clock.schedule(AFTERMATH_MILLISECONDS, resolve));
  }
  expect([
    ...leftAtOnce,
    ...leftBy(gone, aws),
    ...grantsOfOthersChanged(stacks, before, aws.grants(), aws.calls.slice(since)),
  ]).toEqual([]);
  return results;
}

function leftBy(stacks: readonly StackResult[], aws: SimulatedAws): string[] {
  return stacks.flatMap((stack) => [...grantsLeft(stack, aws), ...workflowsLeft(stack, aws)]);
}

function withNestedStacks(stack: StackResult): StackResult[] {
  return [stack, ...stack.nestedStacks.flatMap(withNestedStacks)];
}

function isGone({ status }: StackResult): boolean {
  return status === 'DELETE_COMPLETE' || status === 'ROLLBACK_COMPLETE';
}

/** A grant that the stack's author retains goes on to say who made it. */
function grantsLeft({ stackId, resources }: StackResult, aws: SimulatedAws): string[] {
  const retained = physicalIds(resources.filter(({ status }) => status === 'DELETE_SKIPPED'));
  return aws.grants()
    .filter((grant) => ownerOf(grant) === stackId && isLive(grant.status as GrantStatus) && !retained.has(grant.grantArn))
    .map(({ grantArn, status }) => `${stackId} is gone, and its grant ${grantArn} is ${status}`);
}

/** Apps of others may have state machines that go on; what ours works on is a settlement. */
function workflowsLeft({ stackId, resources }: StackResult, aws: SimulatedAws): string[] {
  const stateMachines = physicalIds(resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine'));
  return aws.stateMachines.allExecutions
    .filter(({ status, stateMachineArn, input }) => status === 'RUNNING' && stateMachines.has(stateMachineArn) && 'settlement' in JSON.parse(input))
    .map(({ executionArn }) => `${stackId} is gone, and ${executionArn} goes on`);
}

/**
 * What functions of the grantor change about grants that were there before and belong to nobody or to somebody else, unless a resource of the
 * stacks stands for them: then it adopted them or was made for them. A resource whose request was never answered stands for nothing, and what it
 * had adopted by then has to be again as it was.
 */
function grantsOfOthersChanged(
  stacks: readonly StackResult[], before: readonly GrantReport[], after: readonly GrantReport[], calls: readonly ApiCall[],
): string[] {
  const owners = new Set(stacks.map(({ stackId }) => stackId));
  const known = physicalIds(stacks.flatMap(({ resources }) => resources));
  const adopted = new Set(calls.filter((call) => isAdoptionBy(owners, call)).map(grantIn));
  const own = new Set(before
    .filter((grant) => owners.has(ownerOf(grant) ?? '') || known.has(grant.grantArn)
      || (adopted.has(grant.grantArn) && isAsBefore(grant, after.find(({ grantArn }) => grantArn === grant.grantArn))))
    .map(({ grantArn }) => grantArn));
  const others = new Map(before
    .filter(({ grantArn, parentArn }) => !own.has(grantArn) && !own.has(parentArn))
    .map(({ grantArn, grantorAccountId }) => [grantArn, grantorAccountId]));
  return calls
    .filter(({ principalArn, operation, error }) => principalArn.includes(':assumed-role/') && !isRefused(error) && !/^(Get|List|Describe)/.test(operation))
    .map((call) => ({ ...call, grantArn: grantIn(call) }))
    .filter(({ accountId, grantArn }) => others.get(grantArn) === accountId)
    .map(({ operation, grantArn }) => `${operation} of ${grantArn}, which belongs to others`);
}

function isAdoptionBy(owners: ReadonlySet<string>, { operation, request }: ApiCall): boolean {
  const { Tags: tags = [] } = request as { readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] };
  const written = tags.map(({ Key: key, Value: value }) => ({ key, value }));
  return operation === 'TagResource' && isAdopted(written) && owners.has(ownerIn(written)?.stackId ?? '');
}

/** Each change makes a version and leaves its reason, so those are others. */
function isAsBefore(before: GrantReport, after: GrantReport | undefined): boolean {
  const visible = ({ name, status, operations, tags }: GrantReport) => ({ name, status, operations: [...operations].sort(), tags });
  return after !== undefined && isDeepStrictEqual(visible(after), visible(before));
}

/** A connection that was lost after the call had taken effect is an error as well. */
function isRefused(error: string | undefined): boolean {
  return error !== undefined && !error.startsWith('ConnectionLost');
}

function ownerOf({ tags }: GrantReport): string | undefined {
  return ownerIn(Object.entries(tags).map(([key, value]) => ({ key, value })))?.stackId;
}

function grantIn({ request }: ApiCall): string {
  const { GrantArn, ResourceArn } = request as { readonly GrantArn?: string; readonly ResourceArn?: string };
  return GrantArn ?? ResourceArn ?? '';
}

function physicalIds(resources: readonly StackResourceSummary[]): Set<string> {
  return new Set(resources.flatMap(({ physicalId }) => physicalId ?? []));
}
