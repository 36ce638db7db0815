import { STATE_MACHINE_ARN } from './handed-over';
import type { SimulatedStack } from './simulated-stack';
import type { LastTask, PassResult, SettlementTask } from '../../../lambda/cloudformation/settlement/settlement';
import { GrantCompletion } from '../../../lib';
import type { FunctionOutcome } from '../../../simulator/services/lambda/functions';
import type { Execution } from '../../../simulator/services/states/execution';
import type { StateMachineDefinition } from '../../../simulator/services/states/language/definition';
import { parseDefinition } from '../../../simulator/services/states/language/parse-definition';
import { grantIn, resourceOf, stackIn } from '../../lib/synthesis';

const FUNCTION = {
  functionArn: 'arn:aws:lambda:eu-central-1:111111111111:function:Entitlements',
  functionName: 'Entitlements',
  roleArn: 'arn:aws:iam::111111111111:role/Entitlements',
  runtime: 'nodejs22.x',
  handler: 'index.handler',
  timeoutSeconds: 900,
  memorySizeInMegabytes: 256,
};

/** What Lambda tells of an invocation that it ended. */
const TIMED_OUT = { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 900.00 seconds' };

/** And of one that broke down before it could return anything. */
const KILLED = { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: 1 Error: Runtime exited with error: signal: killed' };

/** As long as a pass takes, so that a function that dies leaves as little time as it can. */
const DYING_MILLISECONDS = 30_000;

/** A call of the workflow's function. */
export interface Pass {
  readonly task: SettlementTask;
  readonly result: PassResult;
}

/** The workflow as its construct defines it, with the handlers of a stack in this process as its function. */
export class SettlementWorkflow {
  readonly passes: Pass[] = [];
  /** How many of the next passes do all that they do, and then nobody hears of it. */
  passesToLose = 0;
  deaths = 0;
  /** Whether the function dies of a task before it does anything. */
  diesOf: (task: SettlementTask | LastTask) => boolean;

  constructor(private readonly stack: SimulatedStack) {
    this.diesOf = () => false;
    stack.aws.functions.areRunBy({
      find: (functionArn) => (functionArn === FUNCTION.functionArn ? FUNCTION : undefined),
      invoke: () => { throw new Error('a workflow waits for what its function returns'); },
      call: (_, task) => this.call(task as SettlementTask | LastTask),
    });
    stack.aws.stateMachines.put({ stateMachineArn: STATE_MACHINE_ARN, roleArn: FUNCTION.roleArn, definition: DEFINITION });
  }

  /** In the order in which they started, with the error of those that have one. */
  get executions(): string[] {
    return this.stack.aws.stateMachines.allExecutions.map(({ status, error }) => (error === undefined ? status : `${status} ${error}`));
  }

  get lastExecution(): Execution {
    return this.stack.aws.stateMachines.allExecutions.at(-1)!;
  }

  /** What the last execution was started with. */
  get handedOver(): SettlementTask {
    return JSON.parse(this.lastExecution.input) as SettlementTask;
  }

  private async call(task: SettlementTask | LastTask): Promise<FunctionOutcome> {
    if (this.diesOf(task)) {
      this.deaths += 1;
      await this.stack.whileWorking((clock) => clock.sleep(DYING_MILLISECONDS));
      return { error: KILLED, payload: JSON.stringify(KILLED) };
    }
    return 'abandonedAfter' in task ? { payload: JSON.stringify(await this.stack.goOn(task)) } : this.pass(task);
  }

  private async pass(task: SettlementTask): Promise<FunctionOutcome> {
    const result = await this.stack.goOn(task);
    this.passes.push({ task, result });
    if (this.passesToLose > 0) {
      this.passesToLose -= 1;
      return { error: TIMED_OUT, payload: JSON.stringify(TIMED_OUT) };
    }
    return { payload: JSON.stringify(result) };
  }
}

const DEFINITION = synthesizeDefinition();

function synthesizeDefinition(): StateMachineDefinition {
  const stack = stackIn();
  grantIn(stack, { completion: GrantCompletion.background() });
  const [separator, parts] = resourceOf(stack, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString['Fn::Join'] as [string, unknown[]];
  return parseDefinition(parts.map((part) => (typeof part === 'string' ? part : FUNCTION.functionArn)).join(separator));
}
