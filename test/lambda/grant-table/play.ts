import type { GrantEvent } from './events';
import { GrantWorld } from './grant-world';
import type { AddWorkflow, GrantState } from './grant-world';
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

/** What CloudFormation asks for after an event. */
export type Ending =
  /** Nothing more, or the Delete of the grant that an Update has replaced. */
  | 'completed'
  /** The Delete of what a Create has answered, or the Update back. */
  | 'rolled back'
  /** The Delete of an id that was made up, since the Create never answered. */
  | 'rolled back without an answer'
  /** The Delete of the new grant and no Update back: the other way in which a replacement may be rolled back. */
  | 'rolled back by a deletion alone'
  /** The same Delete. */
  | 'sent again';

/** What CloudFormation asks for because of an event, in one situation. */
export interface Played {
  readonly event: GrantEvent;
  readonly situation: Situation;
  readonly ending: Ending;
  /** By ARN: what the table calls a grant. */
  readonly names: ReadonlyMap<string, string>;
  /** The event comes first. */
  readonly steps: readonly Step[];
}

/** What CloudFormation invents for a resource whose creation did not answer. */
export const INVENTED_ID = 'quick-start-LinuxForPayments-1A2B3C4D5E6F7';

const ENDINGS: Readonly<Record<GrantEvent['type'], readonly [Ending, ...Ending[]]>> = {
  Create: ['rolled back', 'rolled back without an answer'],
  Update: ['rolled back'],
  Delete: ['sent again'],
};

/** Plays an event in a situation, once for each way in which it may go on. */
export async function playEvent(event: GrantEvent, situation: Situation, addWorkflow?: AddWorkflow): Promise<Played[]> {
  const play = async (ending: Ending) => playTo(ending, event, situation, addWorkflow);
  const [first, ...others] = ENDINGS[event.type];
  const played = await play(first);
  const isReplaced = isReplacement(played.steps[0]);
  const completed: Played = isReplaced ? await play('completed') : { ...played, ending: 'completed', steps: played.steps.slice(0, 1) };
  const endings = isReplaced && event.replaces ? [...others, 'rolled back by a deletion alone' as const] : others;
  const rest: Played[] = [];
  for (const ending of endings) {
    rest.push(await play(ending));
  }
  return [completed, played, ...rest];
}

function isReplacement({ type, answer, physicalId }: Step): boolean {
  return type === 'Update' && answer.Status === 'SUCCESS' && answer.PhysicalResourceId !== physicalId;
}

async function playTo(ending: Ending, event: GrantEvent, situation: Situation, addWorkflow?: AddWorkflow): Promise<Played> {
  const world = await GrantWorld.start(situation.grants, addWorkflow);
  try {
    const { type, properties, oldProperties } = event;
    const first = await send(world, { type, properties, oldProperties, physicalId: world.idOf(situation.physicalId) });
    return { event, situation, ending, steps: [first, ...await goOn(ending, event, first, world)], names: world.names };
  } finally {
    await world.stop();
  }
}

async function goOn(ending: Ending, event: GrantEvent, { answer, physicalId }: Step, world: GrantWorld): Promise<Step[]> {
  const { type, properties, oldProperties } = event;
  const deletion = { type: 'Delete' as const, properties, physicalId: answer.PhysicalResourceId };
  switch (ending) {
    case 'completed':
      return [await send(world, { ...deletion, properties: oldProperties!, physicalId, stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' })];
    case 'rolled back':
      return type === 'Update' ? updateBack(deletion, oldProperties!, world) : [await send(world, { ...deletion, stackStatus: 'ROLLBACK_IN_PROGRESS' })];
    case 'rolled back without an answer':
      return [await send(world, { ...deletion, physicalId: INVENTED_ID, stackStatus: 'ROLLBACK_IN_PROGRESS' })];
    case 'rolled back by a deletion alone':
      return [await send(world, { ...deletion, stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' })];
    default:
      return [await send(world, { ...deletion, stackStatus: 'DELETE_IN_PROGRESS' })];
  }
}

/** What the rollback has replaced goes once all is as before. */
async function updateBack(deletion: TableRequest, properties: GrantProperties, world: GrantWorld): Promise<Step[]> {
  const { properties: oldProperties, physicalId } = deletion;
  const back = await send(world, { type: 'Update', properties, oldProperties, physicalId, stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' });
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
  const { calls, answers } = await world.record(async (stack) => stack.deliver(type, { ...request, type: GRANT_TYPE }));
  const after = world.grants();
  const asked = { type, properties, physicalId, stackStatus };
  return { ...asked, before, calls, after, runningWorkflows: world.runningWorkflows(), answers, answer: answers.at(-1)! };
}
