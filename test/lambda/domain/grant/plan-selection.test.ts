import type { AccountSelection } from '../../../../lambda/domain/grant/account-selection';
import type { Attempt } from '../../../../lambda/domain/grant/attempts';
import type { Grant } from '../../../../lambda/domain/grant/grant';
import type { Activation } from '../../../../lambda/domain/grant/grant-spec';
import type { GrantStatus } from '../../../../lambda/domain/grant/grant-status';
import { plan } from '../../../../lambda/domain/grant/plan';
import { NOTHING_DONE } from '../../../../lambda/domain/grant/step';
import type { AccountGrants, Observed, Progress, Step } from '../../../../lambda/domain/grant/step';
import { GRANT_ARN, UNIT_ARN, grant, spec } from '../../support/grants';

const CREATED: Progress = { ...NOTHING_DONE, creations: 1, created: true };

const FIRST = '222222222222';
const SECOND = '333333333333';
const THIRD = '444444444444';
const MISSING = '999999999999';

const ACCOUNTS = [FIRST, SECOND, THIRD].map((id) => ({ id, isActive: true }));

function except(...accountIds: string[]): AccountSelection {
  return { kind: 'EXCEPT', accountIds, mayBeMissing: [] };
}

/** The grants of the first accounts, with these statuses. */
function statuses(...all: GrantStatus[]): Grant[] {
  return all.map((status, index) => grant({
    arn: `arn:aws:license-manager::111111111111:grant:g-${index}`,
    parentArn: GRANT_ARN,
    granteePrincipalArn: `arn:aws:iam::${[FIRST, SECOND, THIRD][index]}:root`,
    status,
    version: '2',
  }));
}

interface Seen {
  readonly accountGrants: AccountGrants;
  readonly accounts?: Observed['accounts'];
  readonly attempts?: Readonly<Record<string, Attempt>>;
  readonly progress?: Progress;
  readonly name?: string;
}

function step(activation: Partial<Activation>, { accountGrants, accounts = ACCOUNTS, attempts = {}, progress = CREATED, name }: Seen): Step {
  const parent = grant({ status: 'WORKFLOW_COMPLETED', granteePrincipalArn: UNIT_ARN, ...(name !== undefined && { name }) });
  const byArn = new Map(Object.entries(attempts).map(([accountId, attempt]) => {
    const own = typeof accountGrants === 'string' ? undefined : accountGrants.find(({ granteePrincipalArn }) => granteePrincipalArn.includes(accountId));
    return [own!.arn, attempt];
  }));
  const desired = spec({ grantee: { kind: 'ORGANIZATIONAL_UNIT', arn: UNIT_ARN }, activation });
  return plan(desired, { grant: parent, accountGrants, accounts, attempts: byArn }, progress);
}

/** `account: status` for each change. */
function due(planned: Step): string[] {
  return planned.kind === 'change-account-grants'
    ? planned.due.map(({ grant: own, changes }) => `${own.granteePrincipalArn.split(':')[4]}: ${changes.status}`)
    : [planned.kind];
}

const REFUSED: Attempt = { status: 'ACTIVE', count: 1, refusal: { said: 'another license is active', version: '2', shown: 'DISABLED' } };
const ANSWERED: Attempt = { status: 'ACTIVE', count: 1, answeredVersion: '2' };

describe('a grant to an organizational unit of which an account is kept out', () => {
  test('is activated in the others one by one, and never as a whole', () => {
    expect(due(step({ accounts: except(SECOND) }, { accountGrants: statuses('DISABLED', 'DISABLED', 'DISABLED') }))).toEqual([`${FIRST}: ACTIVE`, `${THIRD}: ACTIVE`]);
  });

  test('is deactivated in it first', () => {
    expect(due(step({ accounts: except(THIRD) }, { accountGrants: statuses('DISABLED', 'ACTIVE', 'ACTIVE') }))).toEqual([`${THIRD}: DISABLED`, `${FIRST}: ACTIVE`]);
  });

  test('states reason and override where it activates, and neither where it deactivates', () => {
    const planned = step({ accounts: except(SECOND), reason: 'baseline', override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' }, { accountGrants: statuses('DISABLED', 'ACTIVE') });
    expect(planned).toMatchObject({
      due: [{ changes: { status: 'DISABLED' } }, { changes: { status: 'ACTIVE', statusReason: 'baseline', override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } }],
    });
    expect(planned).not.toHaveProperty('due.0.changes.statusReason');
  });

  test('is settled when every account is as wanted, whatever was newly asked for', () => {
    expect(step({ accounts: except(SECOND), changed: true, reason: 'new', override: 'DISTRIBUTED_GRANTS_ONLY' }, { accountGrants: statuses('ACTIVE', 'DISABLED') }))
      .toEqual({ kind: 'settled', remarks: [] });
  });

  test.each<GrantStatus>(['FAILED_WORKFLOW', 'DISABLED'])('leaves it as it is if it is %s', (status) => {
    expect(step({ accounts: except(SECOND) }, { accountGrants: statuses('ACTIVE', status) })).toMatchObject({ kind: 'settled' });
  });

  test('goes on with accounts at rest while License Manager works on another', () => {
    expect(due(step({ accounts: except(SECOND) }, { accountGrants: statuses('PENDING_WORKFLOW', 'DISABLED', 'DISABLED') }))).toEqual([`${THIRD}: ACTIVE`]);
    expect(step({ accounts: except(SECOND) }, { accountGrants: statuses('PENDING_WORKFLOW', 'DISABLED', 'ACTIVE') }))
      .toMatchObject({ kind: 'wait', why: expect.stringContaining(FIRST) });
  });

  test('does not ask which accounts are active while it waits for what it asked for itself', () => {
    const accountGrants = statuses('PENDING_WORKFLOW', 'DISABLED');
    const see = (attempts: Record<string, Attempt>) => planWithoutAccounts(accountGrants, attempts).kind;
    expect(see({ [FIRST]: ANSWERED })).toBe('wait');
    expect(see({})).toBe('read-accounts');
  });

  test('waits for an account grant that still shows the version before the answer', () => {
    const attempts = { [FIRST]: { ...ANSWERED, answeredVersion: '3' } };
    expect(step({ accounts: except(SECOND) }, { accountGrants: statuses('DISABLED', 'DISABLED'), attempts })).toMatchObject({ kind: 'wait' });
  });

  test.each<[string, Attempt, string]>([
    ['that was answered and not followed', ANSWERED, 'DISABLED'],
    ['that was refused', REFUSED, 'DISABLED (another license is active)'],
  ])('reports an activation %s', (_, attempt, described) => {
    const seen = { accountGrants: statuses('ACTIVE', 'DISABLED', 'DISABLED'), attempts: { [THIRD]: attempt } };
    expect(step({ accounts: except(SECOND) }, seen))
      .toMatchObject({ kind: 'confirm', otherwise: { kind: 'settled', conflicts: [{ accountId: THIRD, status: 'DISABLED' }] } });
    expect(step({ accounts: except(SECOND), onConflict: 'FAIL' }, seen))
      .toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed', why: expect.stringContaining(`${THIRD} ${described}`) } });
  });

  test('asks again for what was refused in a state that has changed since, three times at most', () => {
    const overtaken = { ...REFUSED, refusal: { ...REFUSED.refusal!, version: '1' } };
    const see = (attempt: Attempt) => due(step({ accounts: except(SECOND) }, { accountGrants: statuses('DISABLED', 'DISABLED'), attempts: { [FIRST]: attempt } }));
    expect(see(overtaken)).toEqual([`${FIRST}: ACTIVE`]);
    expect(see({ ...overtaken, count: 4 })).toEqual(['confirm']);
  });

  test('fails if the account stays active, even if conflicts are only reported', () => {
    const attempts = { [SECOND]: { status: 'DISABLED' as const, count: 1, answeredVersion: '2' } };
    expect(step({ accounts: except(SECOND) }, { accountGrants: statuses('ACTIVE', 'ACTIVE'), attempts }))
      .toMatchObject({ kind: 'confirm', otherwise: { kind: 'failed', why: expect.stringContaining(`stay active after the deactivation was submitted: ${SECOND}`) } });
  });

  test('is renamed as a whole, without a status, before any account is switched', () => {
    expect(step({ accounts: except(SECOND), changed: true, override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' }, { accountGrants: statuses('DISABLED', 'ACTIVE'), name: 'old' }))
      .toEqual({ kind: 'change', changes: { name: 'payments' } });
  });

  test.each<[string, AccountSelection, Observed['accounts'], string]>([
    ['is unknown to Organizations', except(MISSING), ACCOUNTS, 'confirm'],
    ['is active elsewhere', except(MISSING), [...ACCOUNTS, { id: MISSING, isActive: true }], 'confirm'],
    ['cannot be looked up', except(MISSING), 'NOT_PERMITTED', 'confirm'],
    ['is not active', except(MISSING), [...ACCOUNTS, { id: MISSING, isActive: false }], 'change-account-grants'],
    ['may be missing', { ...except(MISSING), mayBeMissing: [MISSING] }, ACCOUNTS, 'change-account-grants'],
  ])('that has no grant and %s leads to: %4$s', (_, accounts, known, expected) => {
    const planned = step({ accounts }, { accountGrants: statuses('DISABLED'), accounts: known, name: 'old', progress: NOTHING_DONE });
    expect(planned.kind).toBe(expected === 'confirm' ? 'confirm' : 'change');
    expect(step({ accounts }, { accountGrants: statuses('DISABLED'), accounts: known }).kind).toBe(expected);
  });

  test.each(['NOT_PERMITTED', 'NOT_SHOWN'] as const)('fails before anything is changed if the account grants are out of sight (%s)', (accountGrants) => {
    expect(step({ accounts: except(SECOND), changed: true }, { accountGrants })).toMatchObject({ kind: 'failed', cure: expect.stringContaining('except') });
  });
});

test('a grant of which only some accounts are activated is deactivated in all others', () => {
  const accounts: AccountSelection = { kind: 'ONLY', accountIds: [FIRST], mayBeMissing: [] };
  expect(due(step({ accounts }, { accountGrants: statuses('DISABLED', 'ACTIVE', 'DISABLED') }))).toEqual([`${SECOND}: DISABLED`, `${FIRST}: ACTIVE`]);
});

function planWithoutAccounts(accountGrants: readonly Grant[], attempts: Readonly<Record<string, Attempt>>): Step {
  const byArn = new Map(Object.values(attempts).map((attempt) => [accountGrants[0].arn, attempt]));
  const desired = spec({ grantee: { kind: 'ORGANIZATIONAL_UNIT', arn: UNIT_ARN }, activation: { accounts: except(SECOND) } });
  return plan(desired, { grant: grant({ status: 'WORKFLOW_COMPLETED', granteePrincipalArn: UNIT_ARN }), accountGrants, attempts: byArn }, CREATED);
}
