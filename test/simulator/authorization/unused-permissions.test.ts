import { loadPolicyEvaluator } from '../../../simulator/authorization/load-policy-evaluator';
import { PolicyStatement } from '../../../simulator/authorization/policy-document';
import { unusedActions } from '../../../simulator/authorization/unused-permissions';

const EVALUATOR = loadPolicyEvaluator()!;

async function unused(used: string[], ...statements: PolicyStatement[]): Promise<string[]> {
  return unusedActions([{ Statement: statements }], new Set(used), EVALUATOR);
}

function allow(...Action: string[]): PolicyStatement {
  return { Effect: 'Allow', Action };
}

test('what was used is not reported, however the policy spells it', async () => {
  expect(await unused(['license-manager:GetGrant'], allow('License-Manager:getgrant', 'license-manager:GetLicense'))).toEqual(['license-manager:GetLicense']);
});

test('a wildcard stands for all actions that the service publishes', async () => {
  const actions = await unused(['license-manager:GetGrant'], allow('license-manager:Get*'));
  expect(actions).toEqual(expect.arrayContaining(['license-manager:GetLicense', 'license-manager:GetServiceSettings']));
  expect(actions).not.toContain('license-manager:GetGrant');
  expect(await unused([], allow('license-manager:GetGran?'))).toEqual(['license-manager:GetGrant']);
});

test('what is allowed without limit is reported as it is written', async () => {
  expect(await unused(['license-manager:GetGrant'], allow('*'))).toEqual(['*']);
  expect(await unused(['license-manager:GetGrant'], { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'] })).toEqual(['NotAction: iam:*, sts:*']);
});

test('an action that no service publishes is reported', async () => {
  expect(await unused([], allow('license-manager:NoSuchAction', 'no-such-service:*'))).toEqual(['license-manager:NoSuchAction', 'no-such-service:*']);
});

test('what is denied is no permission', async () => {
  expect(await unused([], { Effect: 'Deny', Action: 'license-manager:GetGrant' })).toEqual([]);
});
