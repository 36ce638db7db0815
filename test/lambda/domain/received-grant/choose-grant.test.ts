import { accountGrantsBelow, chooseGrant } from '../../../../lambda/domain/received-grant/choose-grant';
import { ACCOUNT_ARN, LICENSE_ARN, UNIT_ARN, grant } from '../../support/grants';

const own = grant({ arn: 'own', status: 'DISABLED' });
const second = grant({ arn: 'second', status: 'ACTIVE' });
const rejected = grant({ arn: 'rejected', status: 'REJECTED' });
const deleted = grant({ arn: 'deleted', status: 'DELETED' });
const leaving = grant({ arn: 'leaving', status: 'PENDING_DELETE' });
const ofUnit = grant({ arn: 'unit', granteePrincipalArn: UNIT_ARN, status: 'WORKFLOW_COMPLETED' });

describe('the grant that an account can answer', () => {
  test.each([
    ['is its only one', [own, ofUnit], false, { kind: 'found', grant: own }],
    ['is its only live one', [rejected, deleted, own, leaving], false, { kind: 'found', grant: own }],
    ['is its only live one, also to be rejected', [rejected, own], true, { kind: 'found', grant: own }],
    ['is one that is rejected already, if it is to be rejected', [deleted, rejected], true, { kind: 'found', grant: rejected }],
    ['is not one of several', [own, second], false, { kind: 'several', grants: [own, second] }],
    ['is none that is dead', [rejected, deleted, ofUnit], false, { kind: 'dead', grants: [rejected, deleted] }],
    ['is not that of its organizational unit', [ofUnit], false, { kind: 'none', toGroups: [ofUnit] }],
    ['may not be there at all', [], true, { kind: 'none', toGroups: [] }],
  ])('%s', (_, listed, toBeRejected, expected) => {
    expect(chooseGrant(ACCOUNT_ARN, listed, toBeRejected)).toEqual(expected);
  });
});

describe('below the grant of an organizational unit', () => {
  const child = grant({ arn: 'child', parentArn: 'unit' });
  const direct = grant({ arn: 'direct', parentArn: LICENSE_ARN });
  const otherChild = grant({ arn: 'other', parentArn: 'other-unit' });
  const ofOtherAccount = grant({ arn: 'foreign', parentArn: 'unit', granteePrincipalArn: 'arn:aws:iam::333333333333:root' });

  test('is the grant that names it as its parent', () => {
    expect(accountGrantsBelow(ofUnit, ACCOUNT_ARN, [direct, child, otherChild, ofOtherAccount])).toEqual([child]);
  });

  test('may be one that names the license, where License Manager names no parent', () => {
    expect(accountGrantsBelow(ofUnit, ACCOUNT_ARN, [direct, otherChild])).toEqual([direct]);
  });

  test('is none while it is still being distributed', () => {
    expect(accountGrantsBelow({ ...ofUnit, status: 'PENDING_WORKFLOW' }, ACCOUNT_ARN, [direct])).toEqual([]);
  });
});
