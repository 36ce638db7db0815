import { executionDoesNotExist, invalidArn, invalidExecutionInput, invalidName, stateMachineDoesNotExist } from './errors';
import { Execution } from './execution';
import { StateMachine, StateMachines } from './state-machines';

/**
 * White space, brackets, wildcards, special and control characters, surrogates, and what is no character.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_RequestSyntax
 */
const NOT_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;

export function checkName(name: string | undefined): void {
  if (name !== undefined && NOT_IN_NAMES.test(name)) throw invalidName(name);
}

export function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch (error) {
    throw invalidExecutionInput((error as Error).message);
  }
}

export function existingStateMachine(stateMachines: StateMachines, stateMachineArn: string): StateMachine {
  checkArn(stateMachineArn, 'stateMachine');
  const stateMachine = stateMachines.find(stateMachineArn);
  if (!stateMachine) throw stateMachineDoesNotExist(stateMachineArn);
  return stateMachine;
}

export function existingExecution(stateMachines: StateMachines, executionArn: string): Execution {
  checkArn(executionArn, 'execution');
  const execution = stateMachines.execution(executionArn);
  if (!execution) throw executionDoesNotExist(executionArn);
  return execution;
}

function checkArn(arn: string, type: 'stateMachine' | 'execution'): void {
  if (!new RegExp(`^arn:[^:]+:states:[^:]+:\\d{12}:${type}:[^:]+`).test(arn)) throw invalidArn(arn);
}
