import type { GrantStatus } from '../../../../lambda/domain/grant/grant-status';
import type { Goal, GoalMode } from '../../../../lambda/domain/received-grant/goal';
import { planReceivedGrant } from '../../../../lambda/domain/received-grant/plan-received-grant';
import { NOTHING_DONE } from '../../../../lambda/domain/received-grant/received-step';
import type { ReceivedProgress, ReceivedStep } from '../../../../lambda/domain/received-grant/received-step';
import { grant } from '../../support/grants';

/** What to do about a grant that nothing was done about yet. */
const TRANSITIONS: Record<GrantStatus, Record<GoalMode, string>> = {
  PENDING_WORKFLOW: { ACCEPTED: 'wait', ACTIVE: 'wait', DISABLED: 'wait', INACTIVE: 'wait', REJECTED: 'wait', AT_REST: 'wait' },
  PENDING_ACCEPT: { ACCEPTED: 'accept', ACTIVE: 'accept', DISABLED: 'accept', INACTIVE: 'settled', REJECTED: 'reject', AT_REST: 'settled' },
  DISABLED: { ACCEPTED: 'settled', ACTIVE: 'change to ACTIVE', DISABLED: 'settled', INACTIVE: 'settled', REJECTED: 'reject', AT_REST: 'settled' },
  ACTIVE: { ACCEPTED: 'settled', ACTIVE: 'settled', DISABLED: 'change to DISABLED', INACTIVE: 'change to DISABLED', REJECTED: 'change to DISABLED', AT_REST: 'settled' },
  FAILED_WORKFLOW: { ACCEPTED: 'failed', ACTIVE: 'failed', DISABLED: 'failed', INACTIVE: 'settled', REJECTED: 'settled', AT_REST: 'settled' },
  REJECTED: { ACCEPTED: 'failed', ACTIVE: 'failed', DISABLED: 'failed', INACTIVE: 'settled', REJECTED: 'settled', AT_REST: 'settled' },
  PENDING_DELETE: { ACCEPTED: 'failed', ACTIVE: 'failed', DISABLED: 'failed', INACTIVE: 'settled', REJECTED: 'settled', AT_REST: 'settled' },
  DELETED: { ACCEPTED: 'failed', ACTIVE: 'failed', DISABLED: 'failed', INACTIVE: 'settled', REJECTED: 'settled', AT_REST: 'settled' },
  // Documented for grants to organizations and organizational units only.
  WORKFLOW_COMPLETED: { ACCEPTED: 'wait', ACTIVE: 'wait', DISABLED: 'wait', INACTIVE: 'wait', REJECTED: 'wait', AT_REST: 'settled' },
};

const ROWS = Object.entries(TRANSITIONS).flatMap(([status, byMode]) =>
  Object.entries(byMode).map(([mode, expected]) => [status as GrantStatus, mode as GoalMode, expected] as const));

function plan(goal: Goal, changes: Parameters<typeof grant>[0], progress: Partial<ReceivedProgress> = {}): ReceivedStep {
  return planReceivedGrant(goal, grant({ version: '2', ...changes }), { ...NOTHING_DONE, ...progress });
}

function summarize(step: ReceivedStep): string {
  return step.kind === 'change' ? `change to ${step.changes.status}` : step.kind;
}

describe('a received grant', () => {
  test.each(ROWS)('that is %s while %s is wanted leads to: %s', (status, mode, expected) => {
    expect(summarize(plan({ mode }, { status }))).toBe(expected);
  });

  test('that is shown in an older version than was answered is waited for', () => {
    expect(plan({ mode: 'ACTIVE' }, { status: 'DISABLED', version: '9' }, { answeredVersion: '10' }))
      .toMatchObject({ kind: 'wait', why: expect.stringContaining('version 9') });
  });

  test.each(['ACCEPTED', 'ACTIVE', 'DISABLED'] as const)('that was accepted is not accepted again while that does not show, when %s is wanted', (mode) => {
    expect(plan({ mode }, { status: 'PENDING_ACCEPT' }, { accepted: true }).kind).toBe('wait');
  });

  test.each(['PENDING_ACCEPT', 'DISABLED', 'ACTIVE'] as const)('that was rejected is not rejected again while it still shows %s', (status) => {
    expect(plan({ mode: 'REJECTED' }, { status }, { rejected: true }).kind).toBe('wait');
  });

  test.each(['INACTIVE', 'AT_REST'] as const)('that is on its way in its first version was never active: there is nothing to wait for when %s is wanted', (mode) => {
    expect(plan({ mode }, { status: 'PENDING_WORKFLOW', version: '1' })).toEqual({ kind: 'settled' });
  });

  test('is activated and deactivated with the reason', () => {
    expect(plan({ mode: 'ACTIVE', reason: 'needed' }, { status: 'DISABLED' })).toEqual({ kind: 'change', changes: { status: 'ACTIVE', statusReason: 'needed' } });
    expect(plan({ mode: 'INACTIVE', reason: 'moved' }, { status: 'ACTIVE' })).toEqual({ kind: 'change', changes: { status: 'DISABLED', statusReason: 'moved' } });
  });

  test.each(['DISABLED', 'FAILED_WORKFLOW'] as const)('whose activation ends as %s was not activated, whatever was in its way', (status) => {
    const step = plan({ mode: 'ACTIVE' }, { status, statusReason: 'another one is active' }, { submitted: [{ status: 'ACTIVE' }] });
    const outcome = { kind: 'not-activated', why: expect.stringContaining('another one is active') };
    expect(step).toEqual(status === 'DISABLED' ? { kind: 'confirm', otherwise: outcome } : outcome);
  });

  test('whose deactivation ends as FAILED_WORKFLOW did reach its account', () => {
    expect(plan({ mode: 'DISABLED' }, { status: 'FAILED_WORKFLOW' }, { submitted: [{ status: 'DISABLED' }] }))
      .toMatchObject({ kind: 'failed', why: 'its deactivation ended in FAILED_WORKFLOW' });
  });

  test.each(['DISABLED', 'INACTIVE', 'REJECTED'] as const)('that stays active after its deactivation fails once confirmed, when %s is wanted', (mode) => {
    expect(plan({ mode }, { status: 'ACTIVE' }, { submitted: [{ status: 'DISABLED' }] }))
      .toEqual({ kind: 'confirm', otherwise: { kind: 'failed', why: expect.stringContaining('stays ACTIVE'), cure: expect.any(String) } });
  });
});

describe('the override', () => {
  const ALL = 'ALL_GRANTS_PERMITTED_BY_ISSUER';
  const NONE = 'DISTRIBUTED_GRANTS_ONLY';

  test.each([
    ['is sent if the grant shows none', { override: ALL }, undefined, false, { status: 'ACTIVE', override: ALL }],
    ['is sent if the grant shows the same, which need not last', { override: NONE }, NONE, false, { status: 'ACTIVE', override: NONE }],
    ['is sent if the grant shows what the stack asked for before', { override: ALL, previousOverride: NONE }, NONE, false, { status: 'ACTIVE', override: ALL }],
    ['is not sent if the grant shows another one: that is the choice of the grantor', { override: ALL }, NONE, false, { status: 'ACTIVE' }],
    ['is not sent again after it was refused', { override: ALL }, undefined, true, { status: 'ACTIVE' }],
    ['is not sent again after it was refused, if the choice of the grantor is the same', { override: NONE }, NONE, true, { status: 'ACTIVE' }],
    ['is left out if none is asked for', {}, ALL, false, { status: 'ACTIVE' }],
  ] as const)('%s', (_, goal, override, overrideRefused, changes) => {
    expect(plan({ mode: 'ACTIVE', ...goal }, { status: 'DISABLED', override }, { overrideRefused })).toEqual({ kind: 'change', changes });
  });

  test.each([[ALL, false], [undefined, true], [ALL, true]] as const)(
    'that leaves others alone is not given up for the choice of the grantor, shown as %s or refused: %s', (override, overrideRefused) => {
      expect(plan({ mode: 'ACTIVE', override: NONE }, { status: 'DISABLED', override }, { overrideRefused }))
        .toMatchObject({ kind: 'failed', cure: expect.stringContaining('leave `override` out') });
    });
});
