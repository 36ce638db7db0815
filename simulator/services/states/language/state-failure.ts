/**
 * An error of a state, under the name by which retriers and catchers know it.
 * Guess: the reasons of the language's own errors, where no source is named.
 */
export class StateFailure extends Error {
  constructor(readonly error: string | undefined, readonly reason: string | undefined) {
    super(`${error}: ${reason}`);
  }
}

/** What the language itself names: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const ERRORS = {
  all: 'States.ALL',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  noChoiceMatched: 'States.NoChoiceMatched',
  parameterPathFailure: 'States.ParameterPathFailure',
  resultPathMatchFailure: 'States.ResultPathMatchFailure',
  runtime: 'States.Runtime',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
} as const;

/**
 * Whether a retrier or catcher is there for the error. All errors but those of the execution itself are `States.ALL`; all but timeouts are
 * `States.TaskFailed`; a missing heartbeat is a timeout, too.
 */
export function isNamedBy(names: readonly string[], error: string | undefined): boolean {
  // What the execution itself breaks on nothing can catch, not even by name.
  if (error === undefined || error === ERRORS.runtime) return false;
  const isTimeout = error === ERRORS.timeout || error === ERRORS.heartbeatTimeout;
  return names.includes(error) || names.includes(ERRORS.all) || names.includes(isTimeout ? ERRORS.timeout : ERRORS.taskFailed);
}
