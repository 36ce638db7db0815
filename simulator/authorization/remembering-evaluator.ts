import { PolicyDocument } from './policy-document';
import { PolicyAnswer, PolicyEvaluator, PolicyQuestion } from './policy-evaluator';
import { ConditionContext } from '../wire/authorizer';

/**
 * Asks each question once. Functions read the same grant again and again while they wait, and an evaluation takes longer than all the
 * rest of a call. Condition keys that no policy speaks of, the time above all, do not make another question.
 */
export class RememberingEvaluator implements PolicyEvaluator {
  private readonly answers = new Map<string, Promise<PolicyAnswer>>();
  private readonly documents = new Map<PolicyDocument, { readonly number: number; readonly text: string }>();

  constructor(private readonly evaluator: PolicyEvaluator) {}

  evaluate(question: PolicyQuestion): Promise<PolicyAnswer> {
    const context = this.relevantContext(question);
    const { principalArn, action, resourceArn, resourceAccountId, serviceControlPolicies } = question;
    const key = JSON.stringify([
      principalArn, action, resourceArn, resourceAccountId, context,
      this.numbersOf(question.identityPolicies), this.numbersOf(question.permissionsBoundary && [question.permissionsBoundary]),
      serviceControlPolicies.map(({ policies }) => this.numbersOf(policies)), question.resourcePolicy && this.known(question.resourcePolicy).number,
    ]);
    const answer = this.answers.get(key) ?? this.evaluator.evaluate({ ...question, context });
    this.answers.set(key, answer);
    return answer;
  }

  actionsLike(pattern: string): Promise<readonly string[]> {
    return this.evaluator.actionsLike(pattern);
  }

  private relevantContext(question: PolicyQuestion): ConditionContext {
    const texts = documentsOf(question).map((document) => this.known(document).text);
    return Object.fromEntries(Object.entries(question.context).filter(([key]) => texts.some((text) => text.includes(key.toLowerCase()))));
  }

  private numbersOf(policies: readonly { readonly document: PolicyDocument }[] | undefined): number[] | undefined {
    return policies?.map(({ document }) => this.known(document).number);
  }

  private known(document: PolicyDocument): { readonly number: number; readonly text: string } {
    const known = this.documents.get(document) ?? { number: this.documents.size, text: JSON.stringify(document).toLowerCase() };
    this.documents.set(document, known);
    return known;
  }
}

function documentsOf({ identityPolicies, permissionsBoundary, serviceControlPolicies, resourcePolicy }: PolicyQuestion): PolicyDocument[] {
  const limits = [...permissionsBoundary ? [permissionsBoundary] : [], ...serviceControlPolicies.flatMap((level) => level.policies)];
  return [...[...identityPolicies, ...limits].map(({ document }) => document), ...resourcePolicy ? [resourcePolicy] : []];
}
