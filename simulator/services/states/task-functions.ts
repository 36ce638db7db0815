import { StateMachine } from './state-machines';
import { withoutPolicies } from '../../authorization/without-policies';
import { Clock } from '../../clock/clock';
import { Authorizer } from '../../wire/authorizer';
import { roleSession } from '../../wire/identities';
import { functionNotFound } from '../lambda/errors';
import { functionArnOf } from '../lambda/function-arn';
import { FunctionOutcome, Functions } from '../lambda/functions';

/** Invokes functions for state machines, with what their roles may do. */
export class TaskFunctions {
  /** @param authorizer decides what the roles of state machines may do */
  constructor(private readonly functions: Functions, private readonly clock: Clock, private readonly authorizer: Authorizer = withoutPolicies) {}

  async invoke({ stateMachineArn, roleArn }: StateMachine, executionName: string, functionName: string, event: unknown): Promise<FunctionOutcome> {
    const [, , , region, accountId] = stateMachineArn.split(':');
    const principal = roleSession({ accountId, roleArn, sessionName: executionName }, this.clock.now());
    const functionArn = functionArnOf(functionName, undefined, { caller: principal, region });
    const action = 'lambda:InvokeFunction';
    // While policies are evaluated time stands still.
    const release = this.clock.hold();
    const decision = await this.authorizer.authorize({ principal, action, resourceArns: [functionArn], region, context: {} }).finally(release);
    if (!decision.allowed) {
      // Guess: the name of the error; it is the one that Step Functions gives to other refusals of Lambda.
      return refused('Lambda.AWSLambdaException', `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${functionArn} ${decision.reason}`);
    }
    if (this.functions.find(functionArn)) return this.functions.call(functionArn, event);
    const { code, message } = functionNotFound(functionArn);
    return refused(`Lambda.${code}`, message);
  }
}

function refused(errorType: string, errorMessage: string): FunctionOutcome {
  return { error: { errorType, errorMessage }, payload: errorMessage };
}
