import { PolicyAnswer, PolicyEvaluator, PolicyQuestion } from '../../../simulator/authorization/policy-evaluator';
import { RememberingEvaluator } from '../../../simulator/authorization/remembering-evaluator';

const OWNED = { Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/Owner': 'platform' } } } };

const QUESTION: PolicyQuestion = {
  principalArn: 'arn:aws:sts::111111111111:assumed-role/Handler/function',
  action: 'license-manager:GetGrant',
  resourceArn: 'arn:aws:license-manager::111111111111:grant:g-1',
  resourceAccountId: '111111111111',
  context: { 'aws:CurrentTime': '2026-07-01T00:00:00Z', 'aws:resourcetag/owner': 'platform' },
  identityPolicies: [{ name: 'Permissions', document: OWNED }],
  serviceControlPolicies: [],
};

let asked: PolicyQuestion[];
let evaluator: RememberingEvaluator;

beforeEach(() => {
  asked = [];
  evaluator = new RememberingEvaluator({
    evaluate: async (question): Promise<PolicyAnswer> => {
      asked.push(question);
      return { decision: 'allowed' };
    },
  } as PolicyEvaluator);
});

async function questionsAskedAfter(changes: Partial<PolicyQuestion>): Promise<number> {
  await evaluator.evaluate(QUESTION);
  expect(await evaluator.evaluate({ ...QUESTION, ...changes })).toEqual({ decision: 'allowed' });
  return asked.length;
}

test('the same question is asked once', async () => {
  expect(await questionsAskedAfter({})).toBe(1);
});

test('what no policy speaks of makes no other question, and is not asked for', async () => {
  expect(await questionsAskedAfter({ context: { ...QUESTION.context, 'aws:CurrentTime': '2026-07-02T00:00:00Z' } })).toBe(1);
  expect(asked[0].context).toEqual({ 'aws:resourcetag/owner': 'platform' });
});

test.each<[string, Partial<PolicyQuestion>]>([
  ['principal', { principalArn: 'arn:aws:sts::111111111111:assumed-role/Handler/other' }],
  ['action', { action: 'license-manager:DeleteGrant' }],
  ['resource', { resourceArn: 'arn:aws:license-manager::111111111111:grant:g-2' }],
  ['account of the resource', { resourceAccountId: '222222222222' }],
  ['value of a key that a policy speaks of', { context: { 'aws:resourcetag/owner': 'payments' } }],
  ['policy of the role', { identityPolicies: [{ name: 'Permissions', document: { ...OWNED } }] }],
  ['permissions boundary', { permissionsBoundary: { name: 'Boundary', document: OWNED } }],
  ['service control policy', { serviceControlPolicies: [{ targetId: 'r-ex01', policies: [{ name: 'Deny', document: OWNED }] }] }],
  ['policy of the resource', { resourcePolicy: OWNED }],
])('another %s makes another question', async (_, changes) => {
  expect(await questionsAskedAfter(changes)).toBe(2);
});
