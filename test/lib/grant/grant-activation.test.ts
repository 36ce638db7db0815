import { ActivationOverride, GrantActivation } from '../../../lib';
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
