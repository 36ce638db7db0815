import example from '../../../simulator/example-organization.json';
import { OrganizationState } from '../../../simulator/organization/organization-state';
import { parseOrganization } from '../../../simulator/organization/parse-organization';

const STARTED = new Date('2026-07-01T00:00:00Z');
const NEWCOMER = { id: '777777777777', name: 'newcomer', parentId: 'ou-ex01-workprod', state: 'ACTIVE', tags: {} } as const;

let organization: OrganizationState;
let changes: number;

beforeEach(() => {
  organization = OrganizationState.of(parseOrganization(example), STARTED)!;
  changes = 0;
  organization.onMembershipChange(() => { changes += 1; });
});

test('the accounts under a unit are those of nested units as well', () => {
  expect(organization.accountsUnder('ou-ex01-workload').map(({ id }) => id)).toEqual(['222222222222', '333333333333']);
  expect(organization.accountsUnder('r-ex01')).toHaveLength(6);
});

test('listeners hear of an account that joins, moves, is suspended and leaves', () => {
  organization.join(NEWCOMER, STARTED);
  organization.move(NEWCOMER.id, 'ou-ex01-sandbox1');
  expect(organization.account(NEWCOMER.id)).toMatchObject({ parentId: 'ou-ex01-sandbox1' });
  organization.changeState(NEWCOMER.id, 'SUSPENDED');
  expect(organization.account(NEWCOMER.id)).toMatchObject({ state: 'SUSPENDED' });
  organization.leave(NEWCOMER.id);
  expect(organization.account(NEWCOMER.id)).toBeUndefined();
  expect(changes).toBe(4);
});

test('what cannot be is refused', () => {
  expect(() => organization.join({ ...NEWCOMER, id: '222222222222' }, STARTED)).toThrow('Account 222222222222 is in the organization already');
  expect(() => organization.join({ ...NEWCOMER, parentId: 'ou-ex01-nothing1' }, STARTED)).toThrow('no root or organizational unit ou-ex01-nothing1');
  expect(() => organization.leave('111111111111')).toThrow('The management account cannot leave its organization');
  expect(() => organization.changeState('999999999999', 'CLOSED')).toThrow('Account 999999999999 is not in the organization');
  expect(() => organization.leave('999999999999')).toThrow('Account 999999999999 is not in the organization');
  expect(changes).toBe(0);
});

test('trusted access that is enabled again keeps its time', () => {
  organization.trust('license-manager.amazonaws.com', STARTED);
  organization.trust('license-manager.amazonaws.com', new Date('2026-08-01T00:00:00Z'));
  expect(organization.trustedServices).toEqual([{ servicePrincipal: 'license-manager.amazonaws.com', enabledAt: STARTED }]);
});
