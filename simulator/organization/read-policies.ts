import { DocumentReader } from './document-reader';
import { PolicyDocument } from '../authorization/policy-document';

const EFFECTS = ['Allow', 'Deny'] as const;
const POLICY_ARN = /^arn:[^:]+:iam::\d{12}:policy\/\S+$/;

/** By target: the policies that are attached there. Which targets there are is not looked at here. */
export function readServiceControlPolicies(file: DocumentReader | undefined): Record<string, PolicyDocument[]> | undefined {
  return file && mapValues(file.listByKey(), (policies, target) => {
    const effects = policies.flatMap(readStatements);
    if (!effects.includes('Allow')) {
      file.problem(target, 'nothing is allowed here, so nothing is below it; Organizations attaches FullAWSAccess by itself '
        + '({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}), add it if nobody took it away');
    }
    return policies.map(asPolicy);
  });
}

export function readManagedPolicies(file: DocumentReader | undefined): Record<string, PolicyDocument> | undefined {
  return file && mapValues(file.recordByKey(), (policy, arn) => {
    if (!POLICY_ARN.test(arn)) file.problem(arn, 'expected the ARN of a policy, like arn:aws:iam::111111111111:policy/Boundary');
    readStatements(policy);
    return asPolicy(policy);
  });
}

/** Returns the effects. As far as everybody who looks into a policy relies on its form; the policy evaluator knows the rest. */
function readStatements(policy: DocumentReader): string[] {
  return policy.listOrRecord('Statement').map((statement) => {
    if (!statement.has('Action') && !statement.has('NotAction')) statement.problem('Action', 'expected an action or a list of actions, got nothing');
    if (!statement.has('Resource') && !statement.has('NotResource')) statement.problem('Resource', 'expected a resource or a list of resources, got nothing');
    return statement.choice('Effect', EFFECTS);
  });
}

function asPolicy(policy: DocumentReader): PolicyDocument {
  return policy.content as unknown as PolicyDocument;
}

function mapValues<Value, Result>(record: Readonly<Record<string, Value>>, map: (value: Value, key: string) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
