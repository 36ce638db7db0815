import { Roles } from '../../../../simulator/services/iam/roles';

const TRUST = { Version: '2012-10-17', Statement: [] };

test('a role that is put again keeps its id and the time of its creation', () => {
  const roles = new Roles();
  const first = roles.put({ accountId: '222222222222', roleName: 'Handler', trustPolicy: TRUST }, new Date(1));
  const second = roles.put({ accountId: '222222222222', roleName: 'Handler', trustPolicy: TRUST, description: 'new' }, new Date(2));
  expect(second).toEqual({ ...first, description: 'new' });
  expect(roles.list('222222222222')).toEqual([second]);
});

test('names belong to their account', () => {
  const roles = new Roles();
  roles.put({ accountId: '222222222222', roleName: 'Handler', path: '/team/', trustPolicy: TRUST }, new Date(1));
  expect(roles.get('222222222222', 'handler')?.arn).toBe('arn:aws:iam::222222222222:role/team/Handler');
  expect(roles.get('333333333333', 'Handler')).toBeUndefined();
});
