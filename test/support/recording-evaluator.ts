import { loadPolicyEvaluator } from '../../simulator/authorization/load-policy-evaluator';
import { PolicyAnswer, PolicyEvaluator, PolicyQuestion } from '../../simulator/authorization/policy-evaluator';

/** The evaluator that rehearsals use, and everything that it was asked. */
export class RecordingEvaluator implements PolicyEvaluator {
  readonly questions: PolicyQuestion[] = [];
  private readonly evaluator = loadPolicyEvaluator()!;

  evaluate(question: PolicyQuestion): Promise<PolicyAnswer> {
    this.questions.push(question);
    return this.evaluator.evaluate(question);
  }

  /** Asks again, without a record. */
  answerTo(question: PolicyQuestion): Promise<PolicyAnswer> {
    return this.evaluator.evaluate(question);
  }

  actionsLike(pattern: string): Promise<readonly string[]> {
    return this.evaluator.actionsLike(pattern);
  }
}
