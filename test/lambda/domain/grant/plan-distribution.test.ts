import type { Grant } from '../../../../lambda/domain/grant/grant';
import type { GrantStatus } from '../../../../lambda/domain/grant/grant-status';
import { plan } from '../../../../lambda/domain/grant/plan';
import { NOTHING_DONE } from '../../../../lambda/domain/grant/step';
import type { AccountGrants, Progress, Step } from '../../../../lambda/domain/grant/step';
import type { ActivationMode } from '../../../../lib/grant/grant-properties';
import { GRANT_ARN, UNIT_ARN, grant, spec } from '../../support/grants';

const CREATED: Progress = { ...NOTHING_DONE, creations: 1, created: true };
const ACTIVATED: Progress = { ...CREATED, submitted: [{ status: 'ACTIVE' }] };
const DEACTIVATED: Progress = { ...NOTHING_DONE, submitted: [{ status: 'DISABLED' }] };

function desired(mode: ActivationMode, changed = false) {
  return spec({ grantee: { kind: 'ORGANIZATIONAL_UNIT', arn: UNIT_ARN }, activation: { mode, changed } });
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
  return plan(desired(mode, changed), { grant: parent(), accountGrants }, progress);
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
      .toEqual({ kind: 'confirm', otherwise: { kind: 'settled', remarks: [expect.stringContaining('333333333333')] } });
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
    expect(step('ACTIVE', accounts('ACTIVE', 'DELETED', 'PENDING_DELETE', 'REJECTED'), ACTIVATED)).toEqual({ kind: 'settled', remarks: [] });
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

  test('fails when an account grant stays active after the deactivation', () => {
    expect(step('DISABLED', accounts('ACTIVE'), DEACTIVATED)).toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed' } });
  });

  test('leaves the account grants unread if activation is up to the grantees', () => {
    expect(step('BY_GRANTEE', undefined)).toEqual({ kind: 'settled', remarks: [] });
  });

  describe('whose account grants may not be listed', () => {
    test('is activated once, then settled with a remark', () => {
      expect(step('ACTIVE', 'NOT_PERMITTED', CREATED)).toEqual({ kind: 'change', changes: { status: 'ACTIVE' } });
      expect(step('ACTIVE', 'NOT_PERMITTED', ACTIVATED)).toMatchObject({ kind: 'settled', remarks: [expect.stringContaining('not verified')] });
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
