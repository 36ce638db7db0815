/**
 * The ARN of an execution, which follows from its state machine and its name:
 * https://docs.aws.amazon.com/step-functions/latest/dg/concept-state-machine-executions.html
 */
export function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
