import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicyEvaluator, PERMISSIONS_NOT_CHECKED } from '../../../simulator/authorization/load-policy-evaluator';

test('there is an evaluator where the library is installed', async () => {
  expect(await loadPolicyEvaluator()?.actionsLike('sts:AssumeRole')).toEqual(['sts:AssumeRole']);
});

test('without the library there is none, and one line that says what to do', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'without-library-'));
  try {
    expect(loadPolicyEvaluator(join(elsewhere, 'program.js'))).toBeUndefined();
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
  expect(PERMISSIONS_NOT_CHECKED).toBe(
    'Permissions were not checked: @cloud-copilot/iam-simulate is not installed (npm install --save-dev @cloud-copilot/iam-simulate).');
});
