import { Stack } from 'aws-cdk-lib';
import { CfnGrant, CfnGrantProps } from 'aws-cdk-lib/aws-licensemanager';
import { ActivationOverride, GrantActivation, GrantActivationMixin, ManagedEntitlementsSetup } from '../../lib';
import { Variants } from '../../simulator/services/variants';
import { failAfter } from '../support/failing-resource';
import { LINUX_LICENSE, RehearsedStacks } from '../support/rehearsed-stacks';

const PAYMENTS = 'arn:aws:iam::222222222222:root';
/** Has a subscription of its own to the product. */
const SANDBOX = 'arn:aws:iam::444444444444:root';
const WORKLOADS = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

let stacks: RehearsedStacks;

async function start(variants: Partial<Variants> = {}): Promise<void> {
  stacks = await RehearsedStacks.start({ variants });
  expect(await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'))).toMatchObject({ status: 'CREATE_COMPLETE' });
}

afterEach(async () => {
  expect(stacks.rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
  await stacks.stop();
});

function formedGrant(stack: Stack, props: CfnGrantProps = {}): CfnGrant {
  return new CfnGrant(stack, 'Linux', {
    grantName: 'linux',
    licenseArn: LINUX_LICENSE,
    homeRegion: 'us-east-1',
    principals: [PAYMENTS],
    allowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'],
    ...props,
  });
}

async function deploy(activation?: GrantActivation, props?: CfnGrantProps, more: (stack: Stack) => void = () => {}) {
  return stacks.deploy('Grants', (stack) => {
    const grant = formedGrant(stack, props);
    if (activation) grant.with(new GrantActivationMixin({ activation }));
    more(stack);
  });
}

function linux(): string[] {
  return stacks.grants().filter((grant) => grant.includes('Linux') && !grant.startsWith('111111111111'));
}

test('without the mixin, CloudFormation is done with a grant that nobody can use', async () => {
  await start();
  expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
  await stacks.rehearsal.pass(600_000);
  expect(linux()).toEqual(['222222222222: Example Hardened Linux, DISABLED']);
});

test.each<Partial<Variants>>([{}, { versionWithoutStatus: 'disables' }, { statusReason: 'hidden', override: 'hidden' }, { notFound: 'ResourceNotFoundException' }])(
  'a grant lives from its activation to its end (%j)', async (variants) => {
    await start(variants);
    expect(await deploy(GrantActivation.active())).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(linux()).toEqual(['222222222222: Example Hardened Linux, ACTIVE']);
    expect(await deploy(GrantActivation.active(), { grantName: 'renamed' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(linux()).toEqual(['222222222222: Example Hardened Linux, ACTIVE']);
    expect(await deploy(GrantActivation.disabled({ reason: 'audit' }), { grantName: 'renamed' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(linux()).toEqual(['222222222222: Example Hardened Linux, DISABLED']);
    expect(await deploy(GrantActivation.active(), { grantName: 'renamed' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await stacks.destroy('Grants')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(linux()).toEqual([]);
    expect(stacks.changingCalls().filter((call) => call === 'CreateGrant')).toHaveLength(1);
  });

test('an organizational unit\'s grant is active in every account when the deployment ends', async () => {
  await start();
  expect(await deploy(GrantActivation.active(), { principals: [WORKLOADS] })).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(linux().slice(0, 2)).toEqual(['222222222222: Example Hardened Linux, ACTIVE', '333333333333: Example Hardened Linux, ACTIVE']);
});

test('what cannot be activated fails the stack, which leaves no grant', async () => {
  await start();
  const replacing = GrantActivation.active({ override: ActivationOverride.DISTRIBUTED_GRANTS_ONLY });
  expect(await deploy(replacing, { principals: [SANDBOX] })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  await stacks.rehearsal.pass(600_000);
  expect(stacks.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(/stays DISABLED.*ALL_GRANTS_PERMITTED_BY_ISSUER/);
  expect(linux()).toEqual([]);
});

test('an override replaces what the account has', async () => {
  await start();
  const replacing = GrantActivation.active({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER });
  expect(await deploy(replacing, { principals: [SANDBOX] })).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(linux()).toEqual(['444444444444: Example Hardened Linux, ACTIVE']);
});

test('a failed update goes back to the activation before', async () => {
  await start();
  await deploy(GrantActivation.active());
  const result = await deploy(GrantActivation.disabled(), {}, (stack) => failAfter(stack.node.findChild('Linux')));
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(linux()).toEqual(['222222222222: Example Hardened Linux, ACTIVE']);
});

test('taken away, the mixin leaves the grant as it is', async () => {
  await start();
  await deploy(GrantActivation.active());
  expect(await deploy()).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(linux()).toEqual(['222222222222: Example Hardened Linux, ACTIVE']);
});

test('a stack outside of the home Region fails with what License Manager says', async () => {
  await start();
  const result = await stacks.deploy('Elsewhere', (stack) => formedGrant(stack), { account: '111111111111', region: 'eu-central-1' });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(stacks.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toContain('home AWS region: us-east-1');
});
