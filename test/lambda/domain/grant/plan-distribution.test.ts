import type { Grant } from '../../../../lambda/domain/grant/grant';
import type { GrantStatus } from '../../../../lambda/domain/grant/grant-status';
import { plan } from '../../../../lambda/domain/grant/plan';
import { NOTHING_DONE } from '../../../../lambda/domain/grant/step';
import type { AccountGrants, Observed, Progress, Step } from '../../../../lambda/domain/grant/step';
import type { ActivationMode } from '../../../../lib/grant/grant-properties';
import { GRANT_ARN, UNIT_ARN, grant, spec } from '../../support/grants';

const CREATED: Progress = { ...NOTHING_DONE, creations: 1, created: true };
const ACTIVATED: Progress = { ...CREATED, submitted: [{ status: 'ACTIVE' }] };
const DEACTIVATED: Progress = { ...NOTHING_DONE, submitted: [{ status: 'DISABLED' }] };

/** Every account is active. */
const ACCOUNTS: Observed['accounts'] = ['222222222222', '333333333333', '444444444444', '555555555555'].map((id) => ({ id, isActive: true }));

function desired(mode: ActivationMode, changed = false, onConflict?: 'REPORT' | 'FAIL') {
  return spec({ grantee: { kind: 'ORGANIZATIONAL_UNIT', arn: UNIT_ARN }, activation: { mode, changed, onConflict } });
}

function parent(status: GrantStatus = 'WORKFLOW_COMPLETED'): Grant {
  return grant({ status, granteePrincipalArn: UNIT_ARN });
}

function accounts(...statuses: GrantStatus[]): Grant[] {
  return statuses.map((status, index) => grant({
    arn: `arn:aws:license-manager::111111111111:grant:g-${index}`,
    parentArn: GRANT_ARN,
    granteePrincipalArn: `arn:aws:iam::${String(index + 2).repeat(12)}:root`,
    status,
  }));
}

function step(mode: ActivationMode, accountGrants: AccountGrants | undefined, progress: Progress = NOTHING_DONE, changed = false): Step {
  return plan(desired(mode, changed), { grant: parent(), accountGrants, accounts: ACCOUNTS }, progress);
}

describe('the grant to an organizational unit', () => {
  test.each<[GrantStatus, ActivationMode, string]>([
    ['PENDING_WORKFLOW', 'ACTIVE', 'wait'],
    ['PENDING_WORKFLOW', 'DISABLED', 'wait'],
    ['PENDING_WORKFLOW', 'BY_GRANTEE', 'wait'],
    ['PENDING_ACCEPT', 'ACTIVE', 'read-account-grants'],
    ['PENDING_ACCEPT', 'DISABLED', 'read-account-grants'],
    ['PENDING_ACCEPT', 'BY_GRANTEE', 'settled'],
    ['WORKFLOW_COMPLETED', 'ACTIVE', 'read-account-grants'],
    ['WORKFLOW_COMPLETED', 'DISABLED', 'read-account-grants'],
    ['WORKFLOW_COMPLETED', 'BY_GRANTEE', 'settled'],
    ['DISABLED', 'ACTIVE', 'read-account-grants'],
    ['DISABLED', 'DISABLED', 'read-account-grants'],
    ['DISABLED', 'BY_GRANTEE', 'settled'],
    ['ACTIVE', 'ACTIVE', 'read-account-grants'],
    ['ACTIVE', 'DISABLED', 'read-account-grants'],
    ['ACTIVE', 'BY_GRANTEE', 'settled'],
    ['FAILED_WORKFLOW', 'ACTIVE', 'failed'],
    ['FAILED_WORKFLOW', 'DISABLED', 'failed'],
    ['FAILED_WORKFLOW', 'BY_GRANTEE', 'failed'],
    ['REJECTED', 'ACTIVE', 'failed'],
    ['REJECTED', 'DISABLED', 'failed'],
    ['REJECTED', 'BY_GRANTEE', 'failed'],
    ['PENDING_DELETE', 'ACTIVE', 'create'],
    ['PENDING_DELETE', 'DISABLED', 'create'],
    ['PENDING_DELETE', 'BY_GRANTEE', 'create'],
    ['DELETED', 'ACTIVE', 'create'],
    ['DELETED', 'DISABLED', 'create'],
    ['DELETED', 'BY_GRANTEE', 'create'],
  ])('that is %s while %s is wanted leads to: %s', (status, mode, expected) => {
    expect(plan(desired(mode), { grant: parent(status) }, NOTHING_DONE).kind).toBe(expected);
  });

  test('is not settled by its own status: the account grants decide', () => {
    expect(step('ACTIVE', accounts('DISABLED', 'DISABLED'), CREATED)).toEqual({ kind: 'change', changes: { status: 'ACTIVE' } });
  });

  test('waits while License Manager works on an account grant, and names the account', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'PENDING_WORKFLOW'), ACTIVATED))
      .toMatchObject({ kind: 'wait', why: expect.stringContaining('333333333333') });
  });

  test('is settled when all account grants are active', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'ACTIVE'), ACTIVATED)).toEqual({ kind: 'settled', remarks: [] });
  });

  test('is settled when some accounts keep another active grant, and names them', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'DISABLED'), ACTIVATED))
      .toEqual({
        kind: 'confirm',
        otherwise: { kind: 'settled', remarks: [expect.stringContaining('333333333333')], conflicts: [{ accountId: '333333333333', status: 'DISABLED' }] },
      });
  });

  test('fails when no account grant became active', () => {
    expect(step('ACTIVE', accounts('DISABLED', 'FAILED_WORKFLOW'), ACTIVATED))
      .toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed', cure: expect.stringContaining('ALL_GRANTS_PERMITTED_BY_ISSUER') } });
  });

  test('is activated once even without accounts, for those that join later', () => {
    expect(step('ACTIVE', [], CREATED)).toEqual({ kind: 'change', changes: { status: 'ACTIVE' } });
    expect(step('ACTIVE', [], ACTIVATED)).toMatchObject({ kind: 'confirm', otherwise: { kind: 'settled' } });
  });

  test('that was activated before is not activated again because some account keeps another grant', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'DISABLED'))).toMatchObject({ kind: 'settled', remarks: [expect.stringContaining('333333333333')] });
  });

  test('that is newly asked to replace other grants is activated again', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'DISABLED'), NOTHING_DONE, true)).toMatchObject({ kind: 'change', changes: { status: 'ACTIVE' } });
  });

  test('does not count account grants that are over', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'DELETED', 'PENDING_DELETE'), ACTIVATED)).toEqual({ kind: 'settled', remarks: [] });
  });

  test('is not activated again for accounts that rejected it', () => {
    expect(step('ACTIVE', accounts('ACTIVE', 'REJECTED'))).toMatchObject({ kind: 'settled', conflicts: [{ accountId: '333333333333', status: 'REJECTED' }] });
    expect(step('ACTIVE', accounts('REJECTED', 'REJECTED'))).toMatchObject({ kind: 'failed', why: expect.stringContaining('rejected by 2 of 2 accounts') });
  });

  test('has nothing to do about a rejected part where it is to be inactive', () => {
    expect(step('DISABLED', accounts('DISABLED', 'REJECTED'))).toEqual({ kind: 'settled', remarks: [] });
  });

  test('is deactivated while any account grant is active', () => {
    expect(step('DISABLED', accounts('DISABLED', 'ACTIVE'))).toEqual({ kind: 'change', changes: { status: 'DISABLED' } });
  });

  test('is deactivated when that is new, even if no account grant is active: accounts that join later follow it', () => {
    expect(step('DISABLED', accounts('DISABLED'), NOTHING_DONE, true)).toEqual({ kind: 'change', changes: { status: 'DISABLED' } });
  });

  test('that was just created is inactive already', () => {
    expect(step('DISABLED', accounts('DISABLED'), CREATED, true)).toEqual({ kind: 'settled', remarks: [] });
  });

  test('is settled when no account grant is active after the deactivation', () => {
    expect(step('DISABLED', accounts('DISABLED', 'DISABLED'), DEACTIVATED, true)).toEqual({ kind: 'settled', remarks: [] });
  });

  test('is deactivated in accounts that do not follow it, one by one, and fails where that does not help either', () => {
    const [own] = accounts('ACTIVE');
    expect(step('DISABLED', [own], DEACTIVATED))
      .toEqual({ kind: 'confirm', otherwise: { kind: 'change-account-grants', due: [{ grant: own, changes: { status: 'DISABLED' } }] } });
    const attempts = new Map([[own.arn, { status: 'DISABLED' as const, count: 1, answeredVersion: '1' }]]);
    expect(plan(desired('DISABLED'), { grant: parent(), accountGrants: [own], accounts: ACCOUNTS, attempts }, DEACTIVATED))
      .toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed', why: expect.stringContaining('222222222222 ACTIVE') } });
  });

  test('asks which accounts are active only when one is in the way', () => {
    const see = (accountGrants: Grant[], progress: Progress) => plan(desired('ACTIVE'), { grant: parent(), accountGrants }, progress).kind;
    expect(see(accounts('DISABLED', 'DISABLED'), CREATED)).toBe('change');
    expect(see(accounts('ACTIVE', 'ACTIVE'), ACTIVATED)).toBe('settled');
    expect(see(accounts('ACTIVE', 'DISABLED'), ACTIVATED)).toBe('read-accounts');
    expect(see(accounts('ACTIVE', 'PENDING_WORKFLOW'), ACTIVATED)).toBe('read-accounts');
  });

  test.each<[GrantStatus, Observed['accounts']]>([
    ['DISABLED', [{ id: '222222222222', isActive: true }, { id: '333333333333', isActive: false }]],
    ['FAILED_WORKFLOW', [{ id: '222222222222', isActive: true }, { id: '333333333333', isActive: false }]],
    ['PENDING_WORKFLOW', [{ id: '222222222222', isActive: true }, { id: '333333333333', isActive: false }]],
    ['DISABLED', [{ id: '222222222222', isActive: true }]],
  ])('does not count an account grant that is %s if its account is not active or has left', (status, accountsNow) => {
    const observed = { grant: parent(), accountGrants: accounts('ACTIVE', status), accounts: accountsNow };
    expect(plan(desired('ACTIVE', false, 'FAIL'), observed, ACTIVATED)).toEqual({ kind: 'settled', remarks: [] });
  });

  test('counts every account if it may not ask which are active', () => {
    const observed: Observed = { grant: parent(), accountGrants: accounts('ACTIVE', 'DISABLED'), accounts: 'NOT_PERMITTED' };
    expect(plan(desired('ACTIVE'), observed, ACTIVATED)).toMatchObject({ otherwise: { kind: 'settled', conflicts: [{ accountId: '333333333333' }] } });
  });

  test('that may have no conflicts is activated once more, and then fails with the accounts', () => {
    const observed: Observed = { grant: parent(), accountGrants: accounts('ACTIVE', 'DISABLED'), accounts: ACCOUNTS };
    expect(plan(desired('ACTIVE', false, 'FAIL'), observed, NOTHING_DONE)).toMatchObject({ kind: 'change', changes: { status: 'ACTIVE' } });
    expect(plan(desired('ACTIVE', false, 'FAIL'), observed, ACTIVATED))
      .toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed', why: expect.stringContaining('in 1 of 2 accounts: 333333333333 DISABLED') } });
  });

  test('leaves the account grants unread if activation is up to the grantees', () => {
    expect(step('BY_GRANTEE', undefined)).toEqual({ kind: 'settled', remarks: [] });
  });

  describe('whose account grants may not be listed', () => {
    test('is activated once, then settled with a remark', () => {
      expect(step('ACTIVE', 'NOT_PERMITTED', CREATED)).toEqual({ kind: 'change', changes: { status: 'ACTIVE' } });
      expect(step('ACTIVE', 'NOT_PERMITTED', ACTIVATED)).toMatchObject({ kind: 'settled', remarks: [expect.stringContaining('not verified')] });
    });

    test.each(['NOT_PERMITTED', 'NOT_SHOWN'] as const)('fails if it may have no conflicts, before anything is changed (%s)', (accountGrants) => {
      expect(plan(desired('ACTIVE', true, 'FAIL'), { grant: parent(), accountGrants }, CREATED)).toMatchObject({ kind: 'failed', cure: expect.stringContaining('FAIL') });
    });

    test('is not changed without a new wish', () => {
      expect(step('ACTIVE', 'NOT_PERMITTED').kind).toBe('settled');
      expect(step('DISABLED', 'NOT_PERMITTED', CREATED).kind).toBe('settled');
    });

    test('is deactivated when that is new', () => {
      expect(step('DISABLED', 'NOT_PERMITTED', NOTHING_DONE, true)).toEqual({ kind: 'change', changes: { status: 'DISABLED' } });
    });
  });
});
