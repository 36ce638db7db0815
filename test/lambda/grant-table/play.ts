import type { GrantEvent } from './events';
import { GrantWorld } from './grant-world';
import type { GrantState } from './grant-world';
import type { Situation } from './situations';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { ApiCall } from '../../../simulator/wire/call-log';
import { GRANT_TYPE } from '../support/requests';
import type { Answer } from '../support/simulated-stack';

/** A request and everything that came of it. */
export interface Step {
  readonly type: GrantEvent['type'];
  readonly properties: GrantProperties;
  readonly physicalId: string | undefined;
  /** What the stack is doing meanwhile. @default - what such a request is usually part of */
  readonly stackStatus?: StackStatus;
  readonly before: readonly GrantState[];
  readonly calls: readonly ApiCall[];
  readonly after: readonly GrantState[];
  /** How many workflows run afterwards. */
  readonly runningWorkflows: number;
  /** All that CloudFormation was told: one, if all is well. */
  readonly answers: readonly Answer[];
  readonly answer: Answer;
}

/** What CloudFormation asks for because of an event, in one situation. */
export interface Played {
  readonly event: GrantEvent;
  readonly situation: Situation;
  /** By ARN: what the table calls a grant. */
  readonly names: ReadonlyMap<string, string>;
  readonly steps: readonly Step[];
}

/** The event alone and its rollback; for a Delete, that it is sent again. */
export async function playAndRollBack(event: GrantEvent, situation: Situation): Promise<Played> {
  return inWorld(event, situation, async (world) => {
    const first = await sendEvent(event, situation, world);
    return [first, ...await rollBack(event, first, world)];
  });
}

/** The event, and the Delete of the grant that it has replaced. */
export async function playAndComplete(event: GrantEvent, situation: Situation): Promise<Played> {
  return inWorld(event, situation, async (world) => {
    const first = await sendEvent(event, situation, world);
    const stackStatus = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    return [first, await send(world, { type: 'Delete', properties: event.oldProperties!, physicalId: first.physicalId, stackStatus })];
  });
}

export function isReplacement({ type, answer, physicalId }: Step): boolean {
  return type === 'Update' && answer.Status === 'SUCCESS' && answer.PhysicalResourceId !== physicalId;
}

async function inWorld(event: GrantEvent, situation: Situation, playIn: (world: GrantWorld) => Promise<Step[]>): Promise<Played> {
  const world = await GrantWorld.start(situation.grants);
  try {
    return { event, situation, steps: await playIn(world), names: world.names };
  } finally {
    await world.stop();
  }
}

async function sendEvent({ type, properties, oldProperties }: GrantEvent, { physicalId }: Situation, world: GrantWorld): Promise<Step> {
  return send(world, { type, properties, physicalId: world.idOf(physicalId), oldProperties });
}

async function rollBack({ type, properties, oldProperties }: GrantEvent, { answer }: Step, world: GrantWorld): Promise<Step[]> {
  const deletion = { type: 'Delete' as const, properties, physicalId: answer.PhysicalResourceId };
  if (type !== 'Update') {
    return [await send(world, { ...deletion, stackStatus: type === 'Create' ? 'ROLLBACK_IN_PROGRESS' : 'DELETE_IN_PROGRESS' })];
  }
  const back = await send(world, {
    type, properties: oldProperties!, oldProperties: properties, physicalId: deletion.physicalId, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
  });
  // What the rollback has replaced goes once all is as before.
  return isReplacement(back) ? [back, await send(world, { ...deletion, stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' })] : [back];
}

interface TableRequest {
  readonly type: GrantEvent['type'];
  readonly properties: GrantProperties;
  readonly oldProperties?: GrantProperties;
  readonly physicalId: string | undefined;
  readonly stackStatus?: StackStatus;
}

async function send(world: GrantWorld, request: TableRequest): Promise<Step> {
  const { type, properties, physicalId, stackStatus } = request;
  const before = world.grants();
  const { calls, answers } = await world.record(async (stack) => stack.send(type, { ...request, type: GRANT_TYPE }));
  const after = world.grants();
  const asked = { type, properties, physicalId, stackStatus };
  return { ...asked, before, calls, after, runningWorkflows: world.runningWorkflows(), answers, answer: answers.at(-1)! };
}
