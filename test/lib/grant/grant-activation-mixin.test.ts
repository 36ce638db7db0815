import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { CfnGrant, CfnGrantProps } from 'aws-cdk-lib/aws-licensemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ConflictHandling, GrantActivation, GrantActivationMixin, GrantActivationMixinProps } from '../../../lib';
import { LICENSE_ARN, propertiesOf, resourceOf, resourceTypesOf, stackIn } from '../synthesis';

const TYPE = 'Custom::MarketplaceLicenseGrantActivation';
const ACCOUNT = 'arn:aws:iam::222222222222:root';
const UNIT = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

function formedGrant(stack: Stack, props: CfnGrantProps = {}): CfnGrant {
  return new CfnGrant(stack, 'Linux', { grantName: 'linux', licenseArn: LICENSE_ARN, homeRegion: 'us-east-1', principals: [ACCOUNT], ...props });
}

function activatedIn(stack: Stack, props: GrantActivationMixinProps = {}, grant: CfnGrantProps = {}): Record<string, unknown> {
  formedGrant(stack, grant).with(new GrantActivationMixin(props));
  return propertiesOf(stack, TYPE);
}

/** As with `activatedIn()`, where the grant is changed afterwards. */
function changedIn(stack: Stack, grant: CfnGrantProps, change: CfnGrantProps): Record<string, unknown> {
  const formed = formedGrant(stack, grant);
  formed.with(new GrantActivationMixin());
  Object.assign(formed, change);
  return propertiesOf(stack, TYPE);
}

describe('the activation of a grant that CloudFormation makes', () => {
  test('says what the grant is to be, for how long to wait, and what makes it be looked at again', () => {
    expect(activatedIn(stackIn())).toEqual({
      GrantArn: { 'Fn::GetAtt': ['Linux', 'GrantArn'] },
      HomeRegion: 'us-east-1',
      GrantVersion: { 'Fn::GetAtt': ['Linux', 'Version'] },
      Activation: { Mode: 'ACTIVE' },
      SettleWithinSeconds: '600',
    });
  });

  test('says everything that was asked for', () => {
    expect(activatedIn(stackIn(), { activation: GrantActivation.disabled({ reason: 'audit' }), within: Duration.minutes(14) }))
      .toMatchObject({ Activation: { Mode: 'DISABLED', Reason: 'audit' }, SettleWithinSeconds: '840' });
  });

  test('takes the home Region for that of the stack, in which CloudFormation makes the grant', () => {
    expect(activatedIn(stackIn({ account: '111111111111', region: 'us-east-1' }), {}, { homeRegion: undefined })).toMatchObject({ HomeRegion: 'us-east-1' });
  });

  test('adds itself, a function, its role and its log group, once for all grants', () => {
    const stack = stackIn();
    ['Linux', 'Scanner'].forEach((id) => new CfnGrant(stack, id, { principals: [ACCOUNT] }).with(new GrantActivationMixin()));
    expect(resourceTypesOf(stack)).toEqual([
      'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::LicenseManager::Grant', 'AWS::LicenseManager::Grant', 'AWS::Logs::LogGroup', TYPE, TYPE,
    ]);
    expect(statementsOf(stack).filter(({ Sid }) => Sid !== 'WriteLogs')).toEqual([{
      Sid: 'ReadStack',
      Effect: 'Allow',
      Action: 'cloudformation:DescribeStacks',
      Resource: { Ref: 'AWS::StackId' },
    }, {
      Sid: 'ActivateGrants',
      Effect: 'Allow',
      Action: ['license-manager:CreateGrantVersion', 'license-manager:GetGrant'],
      Resource: [{ 'Fn::GetAtt': ['Linux', 'GrantArn'] }, { 'Fn::GetAtt': ['Scanner', 'GrantArn'] }],
    }]);
  });

  test.each<[string, CfnGrantProps, boolean]>([
    ['not for an account', {}, false],
    ['for an organizational unit', { principals: [UNIT] }, true],
    ['for whom only the deployment knows', { principals: [Fn.importValue('Grantee')] }, true],
    ['for whom only the deployment knows, as a list', { principals: Fn.split(',', Fn.importValue('Grantees')) }, true],
  ])('may read the grants of single accounts, and which accounts are active: %s', (_, grant, expected) => {
    const stack = stackIn();
    activatedIn(stack, {}, grant);
    const sids = statementsOf(stack).map(({ Sid }) => Sid);
    expect(['ReadAccountGrants', 'ReadAccounts'].map((sid) => sids.includes(sid))).toEqual([expected, expected]);
  });

  test('fits to nothing but a grant', () => {
    const stack = stackIn();
    const mixin = new GrantActivationMixin();
    expect(mixin.supports(formedGrant(stack))).toBe(true);
    const bucket = new Bucket(stack, 'Bucket');
    expect(mixin.supports(bucket)).toBe(false);
    mixin.applyTo(bucket);
    expect(resourceTypesOf(stack)).not.toContain(TYPE);
  });

  describe.each<[string, CfnGrantProps, RegExp]>([
    ['its status as well', { status: 'ACTIVE' }, /`status` is 'ACTIVE', and GrantActivationMixin sets it as well; leave `status` out/],
    [
      'another Region than that of the stack', { homeRegion: 'us-east-1' },
      /`homeRegion` must be the Region of the stack, eu-west-1, .*got 'us-east-1'; make the grant in a stack in us-east-1, or use MarketplaceLicenseGrant/,
    ],
  ])('is not for a grant that says %s', (_, props, message) => {
    const elsewhere = () => stackIn({ account: '111111111111', region: 'eu-west-1' });

    test('before', () => {
      expect(() => activatedIn(elsewhere(), {}, { homeRegion: undefined, ...props })).toThrow(message);
    });

    test('after', () => {
      expect(() => changedIn(elsewhere(), { homeRegion: undefined }, props)).toThrow(message);
    });
  });

  test('is not for accounts that are named after an account was', () => {
    expect(() => changedIn(stackIn(), {}, { principals: [UNIT] }))
      .toThrow(/`principals` must be set before GrantActivationMixin is applied: .*got others later; apply the mixin last/);
  });

  test('is for an account that is named after others were', () => {
    expect(() => changedIn(stackIn(), { principals: [UNIT] }, { principals: [ACCOUNT] })).not.toThrow();
  });

  test('has no conflict to handle in a grant to one account', () => {
    const activation = GrantActivation.active({ onConflict: ConflictHandling.FAIL });
    expect(() => activatedIn(stackIn(), { activation })).toThrow(/`activation.onConflict` is for grants to an organization or .*; leave it out/);
    expect(activatedIn(stackIn(), { activation }, { principals: [UNIT] })).toMatchObject({ Activation: { OnConflict: 'FAIL' } });
  });

  test('is applied once', () => {
    const grant = formedGrant(stackIn()).with(new GrantActivationMixin());
    expect(() => grant.with(new GrantActivationMixin())).toThrow("the CfnGrant 'Entitlements/Linux' has a GrantActivationMixin already, got a second one; apply it once");
  });

  test('decides whether the grant is active', () => {
    expect(() => new GrantActivationMixin({ activation: GrantActivation.byGrantee() }))
      .toThrow('`activation` of GrantActivationMixin must say whether the grant is active, got GrantActivation.byGrantee(); leave the mixin out');
  });

  test.each([{ except: ['222222222222'] }, { only: ['222222222222'] }])('holds for the whole grant: not with %j', (accounts) => {
    expect(() => new GrantActivationMixin({ activation: GrantActivation.active(accounts) })).toThrow(/holds for the whole grant.*use MarketplaceLicenseGrant/);
  });

  test.each([Duration.seconds(0), Duration.minutes(15)])('cannot wait for %s', (within) => {
    expect(() => new GrantActivationMixin({ within })).toThrow(/`within` must be 1 second to 14 minutes/);
  });
});

function statementsOf(stack: Stack): { Sid: string; Resource: unknown }[] {
  return resourceOf(stack, 'AWS::IAM::Role').Properties.Policies[0].PolicyDocument.Statement;
}
