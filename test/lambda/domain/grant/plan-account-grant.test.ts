import type { AcceptanceMode } from '../../../../lambda/domain/grant/grant-spec';
import type { GrantStatus } from '../../../../lambda/domain/grant/grant-status';
import { plan } from '../../../../lambda/domain/grant/plan';
import { NOTHING_DONE } from '../../../../lambda/domain/grant/step';
import type { Progress, Step } from '../../../../lambda/domain/grant/step';
import type { ActivationMode } from '../../../../lib/grant/grant-properties';
import { grant, spec } from '../../support/grants';

/** What to do about a grant that is as wanted but for its status. */
const TRANSITIONS: Record<GrantStatus, Record<ActivationMode, string>> = {
  PENDING_WORKFLOW: { ACTIVE: 'wait', DISABLED: 'wait', BY_GRANTEE: 'wait' },
  PENDING_ACCEPT: { ACTIVE: 'wait-for-acceptance', DISABLED: 'wait-for-acceptance', BY_GRANTEE: 'settled' },
  DISABLED: { ACTIVE: 'change to ACTIVE', DISABLED: 'settled', BY_GRANTEE: 'settled' },
  ACTIVE: { ACTIVE: 'settled', DISABLED: 'change to DISABLED', BY_GRANTEE: 'settled' },
  // Documented for grants to organizations and organizational units only.
  WORKFLOW_COMPLETED: { ACTIVE: 'wait', DISABLED: 'wait', BY_GRANTEE: 'wait' },
  FAILED_WORKFLOW: { ACTIVE: 'failed', DISABLED: 'failed', BY_GRANTEE: 'failed' },
  REJECTED: { ACTIVE: 'failed', DISABLED: 'failed', BY_GRANTEE: 'failed' },
  PENDING_DELETE: { ACTIVE: 'create', DISABLED: 'create', BY_GRANTEE: 'create' },
  DELETED: { ACTIVE: 'create', DISABLED: 'create', BY_GRANTEE: 'create' },
};

const MODES: ActivationMode[] = ['ACTIVE', 'DISABLED', 'BY_GRANTEE'];

const ROWS = Object.entries(TRANSITIONS).flatMap(([status, byMode]) =>
  MODES.map((mode) => [status as GrantStatus, mode, byMode[mode]] as const));

function summarize(step: Step): string {
  return step.kind === 'change' ? `change to ${step.changes.status}` : step.kind;
}

function submitted(...changes: Progress['submitted']): Progress {
  return { ...NOTHING_DONE, submitted: changes, answeredVersion: '2' };
}

describe('the grant to an account', () => {
  test.each(ROWS)('that is %s while %s is wanted leads to: %s', (status, mode, expected) => {
    const step = plan(spec({ activation: { mode } }), { grant: grant({ status }) }, NOTHING_DONE);
    expect(summarize(step)).toBe(expected);
  });

  test('that does not exist is created', () => {
    expect(plan(spec(), {}, NOTHING_DONE)).toEqual({ kind: 'create' });
  });

  test('that was created and is not visible yet is waited for, not created again', () => {
    expect(plan(spec(), {}, { ...NOTHING_DONE, creations: 1, created: true }).kind).toBe('wait');
  });

  test('that is shown in an older version than was answered is waited for', () => {
    const step = plan(spec(), { grant: grant({ status: 'DISABLED', version: '9' }) }, { ...NOTHING_DONE, answeredVersion: '10' });
    expect(step).toMatchObject({ kind: 'wait', why: expect.stringContaining('version 9') });
  });

  test('is activated with everything else that has changed, in one version', () => {
    const desired = spec({
      name: 'renamed',
      operations: ['CheckoutLicense'],
      activation: { mode: 'ACTIVE', override: 'ALL_GRANTS_PERMITTED_BY_ISSUER', reason: 'migration' },
    });
    expect(plan(desired, { grant: grant({ status: 'DISABLED' }) }, NOTHING_DONE)).toEqual({
      kind: 'change',
      changes: {
        name: 'renamed',
        operations: ['CheckoutLicense'],
        status: 'ACTIVE',
        override: 'ALL_GRANTS_PERMITTED_BY_ISSUER',
        statusReason: 'migration',
      },
    });
  });

  test('is deactivated with its reason, and without the override that only activation takes', () => {
    const desired = spec({ activation: { mode: 'DISABLED', reason: 'audit' } });
    expect(plan(desired, { grant: grant({ override: 'DISTRIBUTED_GRANTS_ONLY' }) }, NOTHING_DONE))
      .toEqual({ kind: 'change', changes: { status: 'DISABLED', statusReason: 'audit' } });
  });

  test('that stays DISABLED after its activation was submitted fails once confirmed, with the reason and what to do', () => {
    const observed = { grant: grant({ status: 'DISABLED', version: '2', statusReason: 'another grant is active' }) };
    expect(plan(spec(), observed, submitted({ status: 'ACTIVE' }))).toEqual({
      kind: 'confirm',
      otherwise: {
        kind: 'failed',
        why: expect.stringContaining('another grant is active'),
        cure: expect.stringContaining('ALL_GRANTS_PERMITTED_BY_ISSUER'),
      },
    });
  });

  test('that stays ACTIVE after its deactivation was submitted fails once confirmed', () => {
    const step = plan(spec({ activation: { mode: 'DISABLED' } }), { grant: grant({ version: '2' }) }, submitted({ status: 'DISABLED' }));
    expect(step).toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed' } });
  });

  test('is renamed without a word about its status', () => {
    expect(plan(spec({ name: 'renamed' }), { grant: grant() }, NOTHING_DONE)).toEqual({ kind: 'change', changes: { name: 'renamed' } });
  });

  test('that a rename has dropped to DISABLED is activated again', () => {
    const step = plan(spec({ name: 'renamed' }), { grant: grant({ name: 'renamed', status: 'DISABLED', version: '2' }) }, submitted({ name: 'renamed' }));
    expect(step).toEqual({ kind: 'change', changes: { status: 'ACTIVE' } });
  });

  test('whose rename does not show fails once confirmed, and is not renamed in a loop', () => {
    const step = plan(spec({ name: 'renamed' }), { grant: grant({ version: '2' }) }, submitted({ name: 'renamed' }));
    expect(step).toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed', why: expect.stringContaining('name') } });
  });

  test('left to the grantee keeps its status when it is renamed', () => {
    const desired = spec({ name: 'renamed', activation: { mode: 'BY_GRANTEE' } });
    expect(plan(desired, { grant: grant() }, NOTHING_DONE)).toEqual({ kind: 'change', changes: { name: 'renamed' } });
  });

  test('with the same operations in another order is as wanted', () => {
    const desired = spec({ operations: [...grant().operations].reverse() });
    expect(plan(desired, { grant: grant() }, NOTHING_DONE).kind).toBe('settled');
  });

  test('keeps its operations if none are asked for', () => {
    expect(plan(spec(), { grant: grant({ operations: ['CheckoutLicense'] }) }, NOTHING_DONE).kind).toBe('settled');
  });

  describe('with a reason', () => {
    const desired = (changed: boolean) => spec({ activation: { mode: 'ACTIVE', reason: 'renewed', changed } });
    const observed = { grant: grant({ statusReason: 'what the service says', version: '2' }) };

    test('that was changed is told the service', () => {
      expect(plan(desired(true), observed, NOTHING_DONE)).toEqual({ kind: 'change', changes: { statusReason: 'renewed' } });
    });

    test('that the service does not show is not told again in the same run', () => {
      expect(plan(desired(true), observed, submitted({ statusReason: 'renewed' })).kind).toBe('settled');
    });

    test('that was not changed is not told again, whatever the service shows', () => {
      expect(plan(desired(false), observed, NOTHING_DONE).kind).toBe('settled');
    });
  });

  describe('with an override', () => {
    const desired = (changed: boolean) => spec({ activation: { mode: 'ACTIVE', override: 'ALL_GRANTS_PERMITTED_BY_ISSUER', changed } });

    test('that was changed is activated again with it', () => {
      expect(plan(desired(true), { grant: grant() }, NOTHING_DONE))
        .toEqual({ kind: 'change', changes: { status: 'ACTIVE', override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
    });

    test('other than the one that the service shows is activated again with it', () => {
      expect(plan(desired(false), { grant: grant({ override: 'DISTRIBUTED_GRANTS_ONLY' }) }, NOTHING_DONE))
        .toEqual({ kind: 'change', changes: { status: 'ACTIVE', override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } });
    });

    test('that was not changed and that the service does not show is left alone', () => {
      expect(plan(desired(false), { grant: grant() }, NOTHING_DONE).kind).toBe('settled');
    });
  });

  test('that is gone right after each of three creations fails instead of being created for ever', () => {
    expect(plan(spec(), { grant: grant({ status: 'DELETED' }) }, { ...NOTHING_DONE, creations: 2, created: true }).kind).toBe('create');
    expect(plan(spec(), { grant: grant({ status: 'DELETED' }) }, { ...NOTHING_DONE, creations: 3, created: true }).kind).toBe('failed');
  });

  test('whose distribution failed says why', () => {
    expect(plan(spec(), { grant: grant({ status: 'FAILED_WORKFLOW', statusReason: 'no role' }) }, NOTHING_DONE))
      .toMatchObject({ kind: 'failed', why: expect.stringContaining('no role') });
  });

  test.each<[AcceptanceMode, ActivationMode, string]>([
    ['ASSUMING_ROLE', 'ACTIVE', 'accept'],
    ['ASSUMING_ROLE', 'DISABLED', 'accept'],
    ['ASSUMING_ROLE', 'BY_GRANTEE', 'accept'],
    ['BY_GRANTEE', 'ACTIVE', 'settled'],
    ['BY_GRANTEE', 'DISABLED', 'settled'],
  ])('that is pending acceptance, which is %s, while %s is wanted leads to: %s', (acceptance, mode, expected) => {
    const activation = { mode, reason: 'baseline', changed: true };
    expect(summarize(plan(spec({ acceptance, activation }), { grant: grant({ status: 'PENDING_ACCEPT' }) }, NOTHING_DONE))).toBe(expected);
  });

  test.each<AcceptanceMode>(['AUTOMATIC', 'ASSUMING_ROLE', 'BY_GRANTEE'])('that is accepted is not accepted again, whoever was to do it: %s', (acceptance) => {
    expect(summarize(plan(spec({ acceptance }), { grant: grant({ status: 'DISABLED' }) }, NOTHING_DONE))).toBe('change to ACTIVE');
  });

  test('whose acceptance was answered is waited for while it still shows as pending', () => {
    const step = plan(spec({ acceptance: 'ASSUMING_ROLE' }), { grant: grant({ status: 'PENDING_ACCEPT' }) }, { ...NOTHING_DONE, accepted: true });
    expect(step.kind).toBe('wait');
  });
});
