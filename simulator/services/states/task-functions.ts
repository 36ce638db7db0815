import { StateMachine } from './state-machines';
import { withoutPolicies } from '../../authorization/without-policies';
import { Clock } from '../../clock/clock';
import { whileTimeStandsStill } from '../../clock/while-time-stands-still';
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
    const request = { principal, action, resourceArns: [functionArn], region, context: {} };
    const decision = await whileTimeStandsStill(this.clock, () => this.authorizer.authorize(request));
    if (!decision.allowed) {
      // Guess: the name of the error; it is the one that Step Functions gives to other refusals of Lambda.
      return refused('Lambda.AWSLambdaException', `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${functionArn} ${decision.reason}`);
    }
    if (this.functions.find(functionArn)) return this.functions.call(functionArn, event);
    // Guess: the name of the error; it is Lambda's, with the service before it as in Lambda's other errors.
    const { code, message } = functionNotFound(functionArn);
    return refused(`Lambda.${code}`, message);
  }
}

function refused(errorType: string, errorMessage: string): FunctionOutcome {
  return { error: { errorType, errorMessage }, payload: errorMessage };
}
