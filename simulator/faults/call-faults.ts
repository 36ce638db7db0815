import { CallFaultName, Fault, Where } from './fault';
import { InvalidFault } from './parse-fault';
import { RateLimit } from './rate-limit';
import { failed, throttled } from './service-refusals';
import { Trigger } from './trigger';
import { OrganizationState } from '../organization/organization-state';
import { CallDisturbances, ConnectionLost, DisturbedCall } from '../wire/call-disturbances';

/** What faults about calls need to know of the simulated organization, and do to it. */
export interface FaultyWorld {
  /** Undefined if there is no organization. */
  readonly organization: Pick<OrganizationState, 'account' | 'managementAccountId' | 'leave'> | undefined;
  roleCreatedAt(roleArn: string): Date | undefined;
  /** To be called before anything changes. */
  beforeChange(): void;
}

export interface CallFaultsOptions {
  readonly faults: readonly Fault[];
  readonly seed: number;
  readonly latencyMilliseconds: number;
  /** @default - no limit */
  readonly ratePerSecond?: number;
  readonly world: FaultyWorld;
}

/** When in a call a fault shows. */
type Stage = 'before' | 'after' | 'answer';

interface Effect {
  readonly stage: Stage;
  /** May throw what is to become of the call. */
  readonly happen: (call: DisturbedCall, where: Where, world: FaultyWorld) => void;
}

const EFFECTS: Readonly<Record<CallFaultName, Effect>> = {
  'throttling': { stage: 'before', happen: ({ service }) => { throw throttled(service); } },
  'server-error': { stage: 'before', happen: ({ service }) => { throw failed(service); } },
  'connection-reset-before': { stage: 'before', happen: () => { throw new ConnectionLost('before the call took effect'); } },
  'function-killed-before': {
    stage: 'before',
    happen: ({ caller }) => endExecution(caller.role?.execution?.kill, 'the function was killed before the call took effect'),
  },
  'function-timeout': {
    stage: 'before',
    happen: ({ caller }) => endExecution(caller.role?.execution?.freeze, 'the function hangs before the call took effect'),
  },
  'permissions-delay': {
    stage: 'before',
    happen: (call, { durationMilliseconds }, world) => {
      const createdAt = call.caller.role && world.roleCreatedAt(call.caller.role.arn);
      if (createdAt && call.now.getTime() < createdAt.getTime() + durationMilliseconds!) throw notPermitted(call);
    },
  },
  'account-leaves': {
    stage: 'after',
    happen: (_call, { accountId }, { organization, beforeChange }) => {
      if (!organization?.account(accountId!)) return;
      beforeChange();
      organization.leave(accountId!);
    },
  },
  'function-killed-after': {
    stage: 'after',
    happen: ({ caller }) => endExecution(caller.role?.execution?.kill, 'the function was killed after the call took effect'),
  },
  'connection-reset-after': { stage: 'after', happen: () => { throw new ConnectionLost('after the call took effect'); } },
  'slow-answer': { stage: 'answer', happen: () => {} },
};

/** Lets go wrong with calls what the faults say. */
export class CallFaults implements CallDisturbances {
  private readonly triggers: readonly Trigger[];
  private readonly rateLimit?: RateLimit;

  constructor(private readonly options: CallFaultsOptions) {
    this.triggers = options.faults.filter(({ name }) => name in EFFECTS).map((fault) => new Trigger(fault, options.seed));
    this.rateLimit = options.ratePerSecond === undefined ? undefined : new RateLimit(options.ratePerSecond);
    options.faults.forEach((fault) => this.check(fault));
  }

  before(call: DisturbedCall): void {
    const { caller: { accountId }, service, now } = call;
    if (this.rateLimit?.exceededBy({ service, accountId, now })) throw throttled(service);
    this.strike('before', call);
    if (!/^(Get|List|Describe|Search)/.test(call.operation)) this.options.world.beforeChange();
  }

  after(call: DisturbedCall): void {
    this.strike('after', call);
  }

  answerDelay(call: DisturbedCall): number {
    const delays = this.strike('answer', call).map(({ fault }) => fault.where.durationMilliseconds!);
    return delays.reduce((sum, delay) => sum + delay, this.options.latencyMilliseconds);
  }

  private strike(stage: Stage, call: DisturbedCall): Trigger[] {
    const { caller, service, operation } = call;
    const target = { source: caller.arn, service, operation, functionName: caller.role?.sessionName };
    return this.triggers.filter(({ fault }) => effectOf(fault).stage === stage).filter((trigger) => {
      const hits = trigger.hits(target);
      if (hits) effectOf(trigger.fault).happen(call, trigger.fault.where, this.options.world);
      return hits;
    });
  }

  private check({ name, where: { accountId } }: Fault): void {
    if (name !== 'account-leaves') return;
    const { organization } = this.options.world;
    if (!organization?.account(accountId!)) throw new InvalidFault(`account-leaves: account ${accountId} is not in the organization`);
    if (accountId === organization.managementAccountId) {
      throw new InvalidFault(`account-leaves: account ${accountId} is the management account, which cannot leave its organization`);
    }
  }
}

function effectOf(fault: Fault): Effect {
  return EFFECTS[fault.name as CallFaultName];
}

/** IAM's words for a role that nothing permits it. */
function notPermitted({ caller, service, operation, accessDenied }: DisturbedCall): Error {
  const action = `${service}:${operation}`;
  return accessDenied(`User: ${caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`);
}

/** Nothing happens to callers that are no functions. */
function endExecution(end: (() => void) | undefined, reason: string): void {
  if (!end) return;
  end();
  throw new ConnectionLost(reason);
}
