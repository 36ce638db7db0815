import { InProcessFunction } from './in-process-function';
import { WorkingClock } from './working-clock';
import type { CustomResourceEvent } from '../../lambda/cloudformation/custom-resource-event';
import type { PassResult, SettlementTask } from '../../lambda/cloudformation/settlement/settlement';
import { InvocationOutcome } from '../../simulator/lambda/function-process';
import { Invocation, SimulatedLambda, SimulatedLambdaProps } from '../../simulator/lambda/simulated-lambda';

/**
 * The library's handlers in this process, with the permissions of their account, whatever code and role a template gives
 * to its functions: an invocation costs no process, so that one life can be played many times.
 */
export class InProcessLambda extends SimulatedLambda {
  private readonly ports = new Map<string, number>();
  private readonly handlers = new Map<string, InProcessFunction>();
  private readonly invocations = new Map<string, Promise<undefined>>();

  constructor(private readonly surroundings: SimulatedLambdaProps) {
    super(surroundings);
  }

  override serveHost(host: string, port: number): void {
    this.ports.set(host, port);
  }

  override invoke(functionArn: string, event: CustomResourceEvent): Invocation {
    const requestId = `${this.invocations.size + 1}`;
    const { host, pathname, search } = new URL(event.ResponseURL);
    const ResponseURL = `http://127.0.0.1:${this.ports.get(host)}${pathname}${search}`;
    const finished = this.runHere(functionArn, { ...event, ResponseURL }).then(() => undefined);
    this.invocations.set(requestId, finished);
    return { requestId, finished };
  }

  override async call(functionArn: string, task: SettlementTask): Promise<InvocationOutcome> {
    return { payload: JSON.stringify(await this.runHere(functionArn, task)) };
  }

  override async pauseOf(requestId: string): Promise<void> {
    await this.invocations.get(requestId);
  }

  private async runHere(functionArn: string, event: CustomResourceEvent | SettlementTask): Promise<PassResult | void> {
    const clock = new WorkingClock(this.surroundings.clock);
    const { accountId, timeoutSeconds } = this.find(functionArn)!;
    const handlers = this.handlers.get(functionArn) ?? new InProcessFunction(this.surroundings.aws.endpoint, accountId);
    this.handlers.set(functionArn, handlers);
    try {
      return await handlers.invoke(event, clock, timeoutSeconds * 1000);
    } finally {
      clock.stopWorking();
    }
  }
}
