import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { ExistingGrant, GrantRemoval, MarketplaceLicenseGrant, MarketplaceLicenseGrantProps } from '../../../lib';
import { GRANT_TYPE, LICENSE_ARN, grantIn, propertiesOf, resourceOf, stackIn } from '../synthesis';

const GRANT_ARN = 'arn:aws:license-manager::111122223333:grant:g-0123456789abcdef0123456789abcdef';

describe('what the template says about grants that are there already, and about the end of a grant', () => {
  test.each<[string, Partial<MarketplaceLicenseGrantProps>, object]>([
    ['nothing', {}, {}],
    ['nothing for what is the standard anyway', { existingGrant: ExistingGrant.fail(), recreateIfRejected: false }, {}],
    ['that they are adopted', { existingGrant: ExistingGrant.adopt() }, { ExistingGrant: 'ADOPT' }],
    ['that it is left', { removal: GrantRemoval.leave() }, { Removal: 'LEAVE' }],
    ['that it is deactivated', { removal: GrantRemoval.deactivate() }, { Removal: 'DEACTIVATE' }],
    ['that it is deleted in any case', { removal: GrantRemoval.delete() }, { Removal: 'DELETE' }],
    ['that it is made again', { recreateIfRejected: true }, { RecreateIfRejected: 'true' }],
    ['that it is looked at again', { repairTrigger: '2026-11-24' }, { RepairTrigger: '2026-11-24' }],
  ])('%s', (_, props, expected) => {
    const { ExistingGrant: existing, Removal, RecreateIfRejected, RepairTrigger } = grantProperties(props);
    expect({ ExistingGrant: existing, Removal, RecreateIfRejected, RepairTrigger }).toEqual(expected);
  });

  test.each([
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'],
  ])('a removal and the policy %s contradict each other, whenever that is applied', (removalPolicy, deletionPolicy) => {
    const contradiction = `\`removal\` says what the stack does with the grant, and the deletion policy ${deletionPolicy} that it does nothing; `
      + 'leave one of them out, or use GrantRemoval.leave() alone for a grant that stays and can be adopted again';
    expect(() => grantProperties({ removal: GrantRemoval.delete(), removalPolicy })).toThrow(contradiction);

    const stack = stackIn();
    grantIn(stack, { removal: GrantRemoval.deactivate() }).applyRemovalPolicy(removalPolicy);
    expect(() => propertiesOf(stack, GRANT_TYPE)).toThrow(contradiction);
  });

  test('a removal goes together with the other policies', () => {
    const stack = stackIn();
    grantIn(stack, { removal: GrantRemoval.leave(), removalPolicy: RemovalPolicy.DESTROY });
    expect(resourceOf(stack, GRANT_TYPE)).toMatchObject({ DeletionPolicy: 'Delete' });
  });
});

describe('a grant that is managed elsewhere', () => {
  const imported = (attributes: object) =>
    MarketplaceLicenseGrant.fromGrantAttributes(stackIn(), 'Imported', { grantArn: GRANT_ARN, ...attributes });

  test('is known by its ARN, and by nothing else', () => {
    const grant = MarketplaceLicenseGrant.fromGrantArn(stackIn(), 'Imported', GRANT_ARN);
    expect([grant.grantArn, grant.grantRef]).toEqual([GRANT_ARN, { grantArn: GRANT_ARN }]);
    expect(() => grant.grantName).toThrow(/`grantName` of the grant 'Entitlements\/Imported' is not known.*fromGrantAttributes/);
    expect(() => grant.licenseArn).toThrow(/`licenseArn` .*is not known/);
  });

  test('is known by its attributes', () => {
    const grant = imported({ grantName: 'linux', licenseArn: LICENSE_ARN });
    expect([grant.grantArn, grant.grantName, grant.licenseArn]).toEqual([GRANT_ARN, 'linux', LICENSE_ARN]);
  });

  test('may be known at deployment only', () => {
    const unknown = Token.asString({ Ref: 'Parameter' });
    expect(imported({ grantArn: unknown, grantName: unknown, licenseArn: unknown }).grantArn).toBe(unknown);
  });

  test.each([
    ['arn:aws:license-manager:us-east-1:111122223333:grant:g-0123456789abcdef', /leave the Region out/],
    ['arn:aws:license-manager::111122223333:grant/g-0123456789abcdef', /write grant:g-…/],
    ['g-0123456789abcdef', /`grantArn` must be the ARN of a grant, like .*got 'g-0123456789abcdef'/],
    [LICENSE_ARN, /must be the ARN of a grant/],
  ])('cannot have the ARN %s', (grantArn, message) => {
    expect(() => MarketplaceLicenseGrant.fromGrantArn(stackIn(), 'Imported', grantArn)).toThrow(message);
    expect(() => imported({ grantArn })).toThrow(message);
  });

  test('cannot have what is not a license or a name', () => {
    expect(() => imported({ licenseArn: GRANT_ARN })).toThrow(/the ARN of a license must look like/);
    expect(() => imported({ grantName: '' })).toThrow(/grantName/);
  });
});

test('a grant knows its license', () => {
  expect(grantIn(stackIn()).licenseArn).toBe(LICENSE_ARN);
});

function grantProperties(props: Partial<MarketplaceLicenseGrantProps>): Record<string, unknown> {
  const stack = stackIn();
  grantIn(stack, props);
  return propertiesOf(stack, GRANT_TYPE);
}
