import { ActivationOverride, ConflictHandling, GrantActivation, Grantee } from '../../../lib';
import { GRANT_TYPE, grantIn, propertiesOf, stackIn } from '../synthesis';

describe('a grant can be', () => {
  test.each([
    ['active', GrantActivation.active(), { Mode: 'ACTIVE' }],
    [
      'active without touching other grants',
      GrantActivation.active({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY }),
      { Mode: 'ACTIVE', Override: 'DISTRIBUTED_GRANTS_ONLY' },
    ],
    [
      'active instead of other grants, for a reason',
      GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER, reason: 'renewal' }),
      { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER', Reason: 'renewal' },
    ],
    ['disabled', GrantActivation.disabled(), { Mode: 'DISABLED' }],
    ['disabled for a reason', GrantActivation.disabled({ reason: 'audit' }), { Mode: 'DISABLED', Reason: 'audit' }],
    ['left to its grantee', GrantActivation.byGrantee(), { Mode: 'BY_GRANTEE' }],
  ])('%s', (_, activation, expected) => {
    const stack = stackIn();
    grantIn(stack, { activation });
    expect(propertiesOf(stack, GRANT_TYPE).Activation).toEqual(expected);
  });
});

test.each([
  [() => GrantActivation.active({ reason: 'x'.repeat(401) }), 401],
  [() => GrantActivation.disabled({ reason: 'x'.repeat(401) }), 401],
  [() => GrantActivation.active({ reason: '' }), 0],
])('a reason has 1 to 400 characters', (make, length) => {
  expect(make).toThrow(`\`activation.reason\` must have 1 to 400 characters, got ${length}; shorten it or leave it out`);
});

test('only an active grant has an override, also for those who get it past the compiler', () => {
  expect(() => GrantActivation.disabled({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY } as object)).toThrow(
    "`override` says what the activation of a grant does to others, got 'DISTRIBUTED_GRANTS_ONLY' for a grant that is not activated; "
    + 'pass it to GrantActivation.active()',
  );
});

describe('a grant to an organization can be', () => {
  test.each([
    ['active except in some accounts', GrantActivation.active({ except: ['222222222222', '333333333333'] }), { Mode: 'ACTIVE', Except: ['222222222222', '333333333333'] }],
    ['active in some accounts only', GrantActivation.active({ only: ['222222222222'] }), { Mode: 'ACTIVE', Only: ['222222222222'] }],
    ['active as a whole, if no account is kept out', GrantActivation.active({ except: [] }), { Mode: 'ACTIVE' }],
    ['active without conflicts', GrantActivation.active({ onConflict: ConflictHandling.FAIL }), { Mode: 'ACTIVE', OnConflict: 'FAIL' }],
  ])('%s', (_, activation, expected) => {
    const stack = stackIn();
    grantIn(stack, { activation, grantee: Grantee.organization() });
    expect(propertiesOf(stack, GRANT_TYPE).Activation).toEqual(expected);
  });
});

test.each([
  [() => GrantActivation.active({ except: ['2222'] }), "`activation.except` must be an account id of 12 digits, got '2222'"],
  [() => GrantActivation.active({ only: ['222222222222', 'sandbox'] }), "`activation.only` must be an account id of 12 digits, got 'sandbox'"],
  [() => GrantActivation.active({ only: [] }), '`only` must name at least one account, got an empty list; GrantActivation.disabled() activates none'],
  [
    () => GrantActivation.active({ except: ['222222222222'], only: ['333333333333'] }),
    '`except` and `only` exclude each other, got both; name the accounts to keep out in `except`, or those to activate in `only`',
  ],
])('accounts are kept out, or activated alone, by their ids', (make, message) => {
  expect(make).toThrow(message);
});

test.each([
  ['except', GrantActivation.active({ except: ['222222222222'] })],
  ['only', GrantActivation.active({ only: ['222222222222'] })],
  ['onConflict', GrantActivation.active({ onConflict: ConflictHandling.REPORT })],
])('`%s` is refused for a grant to one account', (option, activation) => {
  expect(() => grantIn(stackIn(), { activation })).toThrow(
    `\`activation.${option}\` is for grants to an organization or an organizational unit, got it for a grant to one account; leave it out`,
  );
});
