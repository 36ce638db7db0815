import type { FunctionFailure, Settlement } from './settlement';
import { Failure } from '../../domain/failure';

/** What there is to say of a grant whose workflow could not go on, since its function died again and again. */
export function functionFailed({ grantArn }: Settlement, failure: FunctionFailure): Failure {
  return new Failure(
    `Settling the grant ${grantArn} after its deployment`,
    `the function that does it failed again and again, at last with ${describe(failure)}`,
    'look into the log of the function, and whether Lambda could start it (concurrency, KMS key, network); then deploy again, with another '
    + '`repairTrigger` if nothing else changes',
  );
}

/** Lambda's cause is JSON with a message and a stack trace; that of Step Functions itself is a text, or empty. */
function describe({ Error: name, Cause: cause }: FunctionFailure): string {
  const said = messageIn(cause);
  return said === '' ? name : `${name} (${said})`;
}

function messageIn(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
