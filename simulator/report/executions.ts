import { Execution } from '../services/states/execution';

/** A line for each execution that still runs, or did not succeed. */
export function executionLines(executions: readonly Execution[]): string[] {
  return executions.filter(({ status }) => status !== 'SUCCEEDED').map(line);
}

function line({ name, stateMachineArn, status, error, cause }: Execution): string {
  const reason = [error, cause].filter((text) => text !== undefined).map((text) => `: ${text}`).join('');
  return `Execution ${status === 'RUNNING' ? 'still running' : status}: ${name} of ${stateMachineArn}${reason}`;
}
