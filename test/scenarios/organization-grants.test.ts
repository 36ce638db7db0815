import { Stack } from 'aws-cdk-lib';
import { ActivationOverride, GrantActivation, Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { LINUX_LICENSE, RehearsedStacks, SCANNER_LICENSE } from '../support/rehearsed-stacks';

describe('grants to an organization and to organizational units', () => {
  let stacks: RehearsedStacks;

  beforeEach(async () => {
    stacks = await RehearsedStacks.start();
  });

  afterEach(async () => {
    await stacks.stop();
  });

  test('a grant to the organization is active in every active account, and gone from all of them with the stack', async () => {
    const created = await stacks.deploy('Scanner', (stack) => grant(stack, SCANNER_LICENSE, Grantee.organization()));

    expect(created).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(stacks.grants()).toEqual([
      '222222222222: Example Vulnerability Scanner, ACTIVE',
      '333333333333: Example Vulnerability Scanner, ACTIVE',
      '444444444444: Example Vulnerability Scanner, ACTIVE',
      '555555555555: Example Vulnerability Scanner, ACTIVE',
      'arn:aws:organizations::111111111111:organization/o-exampleorg1: Example Vulnerability Scanner, WORKFLOW_COMPLETED',
    ]);

    const destroyed = await stacks.destroy('Scanner');
    expect(destroyed).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(stacks.grants()).toEqual([]);
  });

  test('a grant to an organizational unit reaches the units below it; an account with a license of its own keeps that one, and is named in the log', async () => {
    const created = await stacks.deploy('Linux', (stack) => {
      grant(stack, LINUX_LICENSE, Grantee.organizationalUnit('ou-ex01-sandbox1'));
    });

    expect(created).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(stacks.grants()).toEqual([
      '444444444444: Example Hardened Linux, DISABLED',
      '555555555555: Example Hardened Linux, ACTIVE',
      'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-sandbox1: Example Hardened Linux, WORKFLOW_COMPLETED',
    ]);
    expect(stacks.log(/Entitlements/).filter((entry) => entry.includes('444444444444'))).not.toEqual([]);
  });

  test('with the override, the license of the organization takes the place of the account\'s own', async () => {
    await stacks.deploy('Linux', (stack) => {
      grant(stack, LINUX_LICENSE, Grantee.organizationalUnit('ou-ex01-sandbox1'),
        GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER }));
    });

    expect(stacks.grants()).toEqual(expect.arrayContaining(['444444444444: Example Hardened Linux, ACTIVE', '555555555555: Example Hardened Linux, ACTIVE']));
  });

  test('it is deactivated and activated again in all accounts by an update in place', async () => {
    const workloads = Grantee.organizationalUnit('arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload');
    const deploy = (activation: GrantActivation) => stacks.deploy('Linux', (stack) => grant(stack, LINUX_LICENSE, workloads, activation));
    const accounts = (status: string) => ['222222222222', '333333333333'].map((account) => `${account}: Example Hardened Linux, ${status}`);

    const created = await deploy(GrantActivation.active());
    expect(stacks.grants()).toEqual(expect.arrayContaining(accounts('ACTIVE')));
    const disabled = await deploy(GrantActivation.disabled({ reason: 'audit' }));
    expect(stacks.grants()).toEqual(expect.arrayContaining(accounts('DISABLED')));
    const activated = await deploy(GrantActivation.active());
    expect(stacks.grants()).toEqual(expect.arrayContaining(accounts('ACTIVE')));

    const grantArns = [created, disabled, activated].map(({ resources }) =>
      resources.find(({ type }) => type === 'Custom::MarketplaceLicenseGrant')!.physicalId);
    expect(new Set(grantArns).size).toBe(1);
  });
});

function grant(stack: Stack, licenseArn: string, grantee: Grantee, activation?: GrantActivation): void {
  const setup = new ManagedEntitlementsSetup(stack, 'Setup');
  const license = MarketplaceLicense.fromLicenseArn(stack, 'License', licenseArn);
  new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee, activation }).node.addDependency(setup);
}
