import { AcceptanceFacts, isAcceptedAutomatically } from '../../../../../simulator/services/license-manager/grants/auto-acceptance';

const ALL: AcceptanceFacts = { allFeatures: true, grantorMaySpeakForAccounts: true, linked: true, rolesArePresent: true };

test('a grant is accepted automatically when all conditions hold', () => {
  expect(isAcceptedAutomatically(ALL)).toBe(true);
});

test.each(Object.keys(ALL))('a grant waits for acceptance without %s', (missing) => {
  expect(isAcceptedAutomatically({ ...ALL, [missing]: false })).toBe(false);
});
