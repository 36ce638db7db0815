import { listOf, PolicyDocument, statementsOf } from './policy-document';
import { PolicyEvaluator } from './policy-evaluator';

export interface UnusedPermission {
  readonly roleArn: string;
  /** `service:Action`; as written in the policy where it cannot be told what it stands for: `*`, `NotAction: …`, an unknown service. */
  readonly action: string;
}

/**
 * The actions that policies allow and that were never used. A wildcard stands for every action that the service publishes; one for all
 * services, and a statement about everything but some actions, are always more than was used.
 */
export async function unusedActions(
  documents: Iterable<PolicyDocument>, used: ReadonlySet<string>, evaluator: PolicyEvaluator,
): Promise<string[]> {
  const allowed = new Set<string>();
  for (const written of writtenActions(documents)) {
    const actions = isUnlimited(written) ? [] : await evaluator.actionsLike(written);
    (actions.length > 0 ? actions : [written]).forEach((action) => allowed.add(action));
  }
  // Names of actions have no case.
  const usedInLowerCase = new Set([...used].map((action) => action.toLowerCase()));
  return [...allowed].filter((action) => !usedInLowerCase.has(action.toLowerCase())).sort();
}

function writtenActions(documents: Iterable<PolicyDocument>): Set<string> {
  const statements = [...documents].flatMap(statementsOf).filter(({ Effect }) => Effect === 'Allow');
  return new Set(statements.flatMap(({ Action, NotAction }) =>
    NotAction === undefined ? listOf(Action) : [`NotAction: ${listOf(NotAction).join(', ')}`]));
}

function isUnlimited(written: string): boolean {
  return written === '*' || written.startsWith('NotAction:');
}
