import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnRole, Effect, PolicyDocument as Policy, PolicyStatement as Statement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnGrant } from 'aws-cdk-lib/aws-licensemanager';
import {
  GrantActivation, GrantActivationMixin, GrantCompletion, Grantee, GrantRemoval, ManagedEntitlementsMemberSetup, ManagedEntitlementsProvider,
  ManagedEntitlementsSetup, ManagedEntitlementsSetupProps, MarketplaceLicense, MarketplaceLicenseGrant, MarketplaceLicenseGrantProps,
  ReceivedGrantResponse, ReceivedLicenseGrant,
} from '../../lib';
import { DeniedPermission } from '../../simulator/authorization/permission-ledger';
import { listOf, PolicyDocument, PolicyStatement, statementsOf } from '../../simulator/authorization/policy-document';
import { PolicyQuestion } from '../../simulator/authorization/policy-evaluator';
import { unusedActions } from '../../simulator/authorization/unused-permissions';
import { failBeside } from '../support/failing-resource';
import { LicenseAdministrator } from '../support/license-administrator';
import { RecordingEvaluator } from '../support/recording-evaluator';
import { LINUX_LICENSE, LINUX_SKU, RehearsedStacks, SCANNER_LICENSE } from '../support/rehearsed-stacks';

const HOUR_MILLISECONDS = 3_600_000;
const MEMBER = { account: '222222222222', region: 'eu-central-1' };

/** Together these take every path of every handler. */
const SCENARIOS: Readonly<Record<string, (stacks: RehearsedStacks) => Promise<unknown>>> = {
  'the life of a grant to an account': async (stacks) => {
    const deploy = (props: Partial<MarketplaceLicenseGrantProps>) => stacks.deploy('Grants', (stack) => {
      const license = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
      const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account('222222222222'), ...props });
      grant.node.addDependency(new ManagedEntitlementsSetup(stack, 'Setup'));
    });
    await deploy({ tags: { owner: 'platform', cost: '1' } });
    await deploy({ tags: { owner: 'payments' }, grantName: 'Renamed' });
    await deploy({ activation: GrantActivation.disabled({ reason: 'audit' }) });
    await deploy({ grantee: Grantee.account('333333333333') });
    // The account has a subscription of its own: the update fails, and its rollback brings the grant of before back.
    await deploy({ grantee: Grantee.account('444444444444') });
    // What stays at the end of the stack goes in a rollback, so the handler has to know which of the two it is.
    await deploy({ grantee: Grantee.account('333333333333'), removal: GrantRemoval.leave() });
    await stacks.destroy('Grants');
  },
  'grants to an organizational unit and to the organization': async (stacks) => {
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    const deploy = (grantee: Grantee, activation: GrantActivation, tags?: Record<string, string>) =>
      stacks.deploy('Grants', (stack) => scanner(stack, { grantee, activation, tags }));
    await deploy(Grantee.organizationalUnit('ou-ex01-sandbox1'), GrantActivation.active(), { owner: 'platform', cost: '1' });
    await deploy(Grantee.organizationalUnit('ou-ex01-sandbox1'), GrantActivation.active(), { owner: 'payments' });
    await deploy(Grantee.organizationalUnit('ou-ex01-sandbox1'), GrantActivation.disabled({ reason: 'audit' }));
    await deploy(Grantee.organization(), GrantActivation.active());
    await deploy(Grantee.organization(), GrantActivation.active({ except: ['222222222222'] }));
    await deploy(Grantee.account('222222222222'), GrantActivation.active());
    await stacks.destroy('Grants');
  },
  'a grant that one account of the organization cannot have, and that stays': async (stacks) => {
    await stacks.deploy('Grants', (stack) => {
      const license = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
      const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.organization(), removal: GrantRemoval.deactivate() });
      grant.node.addDependency(new ManagedEntitlementsSetup(stack, 'Setup'));
    });
    await stacks.destroy('Grants');
  },
  'a creation that is cancelled before its answer: the Delete comes with an invented id': async (stacks) => {
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    // The function stays, and with it the role: what was cancelled goes on with reading for a while.
    await stacks.deploy('Grants', (stack) => MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU));
    await stacks.deploy('Grants', (stack) => {
      MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
      failBeside(scanner(stack), Duration.seconds(0));
    });
  },
  'a grant that needs a setup which is not there': async (stacks) => {
    await stacks.deploy('Grants', (stack) => scanner(stack, { grantee: Grantee.organization() }));
  },
  'a grant of a member account, which its grantee has to accept': async (stacks) => {
    await stacks.deploy('Grants', (stack) => {
      const license = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
      new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account('555555555555') });
    }, { account: '444444444444', region: 'us-east-1' });
  },
  'setups that stay': async (stacks) => {
    await stacks.deploy('First', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    await stacks.deploy('Second', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    await stacks.destroy('Second');
  },
  'a setup with a delegated administrator, and later another one': async (stacks) => {
    for (const delegatedAdministrator of ['333333333333', '222222222222']) await deploySetup(stacks, { delegatedAdministrator });
  },
  'a setup that goes with its stack': async (stacks) => {
    await deploySetup(stacks, { removalPolicy: RemovalPolicy.DESTROY });
    await stacks.destroy('Setup');
  },
  'a setup with a delegated administrator that goes with its stack': async (stacks) => {
    for (const delegatedAdministrator of ['333333333333', '222222222222']) {
      await deploySetup(stacks, { delegatedAdministrator, removalPolicy: RemovalPolicy.DESTROY });
    }
    await stacks.destroy('Setup');
  },
  'the setup of a member account': async (stacks) => {
    await stacks.deploy('Member', (stack) => new ManagedEntitlementsMemberSetup(stack, 'Setup'), MEMBER);
    await stacks.destroy('Member');
  },
  'grants that a member account has received, one taken up and the other rejected': async (stacks) => {
    const grantor = new LicenseAdministrator(stacks.rehearsal.aws.endpoint);
    for (const license of [LINUX_LICENSE, SCANNER_LICENSE]) await grantor.grant('arn:aws:iam::222222222222:root', { license });
    await stacks.deploy('Received', (stack) => {
      new ReceivedLicenseGrant(stack, 'Linux', { productSku: LINUX_SKU });
      const license = MarketplaceLicense.fromLicenseArn(stack, 'License', SCANNER_LICENSE);
      new ReceivedLicenseGrant(stack, 'Scanner', { license, response: ReceivedGrantResponse.reject() });
    }, MEMBER);
    // The second one goes alone: its removal needs what the role had before.
    await stacks.deploy('Received', (stack) => new ReceivedLicenseGrant(stack, 'Linux', { productSku: LINUX_SKU }), MEMBER);
    await stacks.destroy('Received');
  },
  'the activation of grants that CloudFormation makes': async (stacks) => {
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    await stacks.deploy('ToAccounts', (stack) => ['222222222222', '333333333333'].forEach((account) =>
      formedGrant(stack, account, `arn:aws:iam::${account}:root`).with(new GrantActivationMixin())));
    // One of its accounts has a subscription of its own to this product.
    const unit = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-sandbox1';
    await stacks.deploy('ToUnit', (stack) => formedGrant(stack, 'Unit', unit, LINUX_LICENSE).with(new GrantActivationMixin()));
    for (const stackName of ['ToAccounts', 'ToUnit']) await stacks.destroy(stackName);
  },
  'a grant that a workflow settles, and one of which a later update takes over': async (stacks) => {
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    const completion = GrantCompletion.background({ wait: Duration.seconds(0) });
    await stacks.deploy('Grants', (stack) => scanner(stack, { completion }));
    await stacks.rehearsal.pass(HOUR_MILLISECONDS);
    await stacks.deploy('Grants', (stack) => scanner(stack, { completion, grantName: 'Renamed' }));
    await stacks.deploy('Grants', (stack) => scanner(stack, { completion, grantName: 'Renamed again' }));
    await stacks.destroy('Grants');
  },
  'functions in a VPC': async (stacks) => {
    await stacks.deploy('Member', (stack) => new ManagedEntitlementsMemberSetup(stack, 'Setup', { provider: providerInVpc(stack) }), MEMBER);
  },
};

/**
 * What a role may do without ever doing it. Trusted access matters to grants to organizations and units alone; every role of the concern has
 * the permission to read it, so that those of stacks which only grant to accounts are what they were.
 */
const UNUSED_BY_GRANTS_TO_ACCOUNTS = 'organizations:ListAWSServiceAccessForOrganization';

/** What a role of ours may do, and what it did with that, in whichever scenario. */
interface Permissions {
  readonly role: string;
  readonly actions: readonly string[];
  readonly questions: readonly PolicyQuestion[];
}

describe('the permissions of our functions, over all scenarios', () => {
  const evaluator = new RecordingEvaluator();
  const denied: (DeniedPermission & { scenario: string })[] = [];
  const unchecked: unknown[] = [];
  let permissions: Permissions[];

  beforeAll(async () => {
    for (const [scenario, play] of Object.entries(SCENARIOS)) {
      const stacks = await RehearsedStacks.start({ policyEvaluator: evaluator });
      try {
        await play(stacks);
        const report = stacks.rehearsal.aws.permissions!;
        denied.push(...report.denied.map((denial) => ({ ...denial, scenario })));
        unchecked.push(...report.unchecked);
      } finally {
        await stacks.stop();
      }
    }
    const beside = [isByHand, isOfWorkflow, isOfFailure];
    permissions = permissionsIn(evaluator.questions.filter(({ principalArn }) => !beside.some((isBeside) => isBeside(principalArn))));
  });

  test('are known in full', () => {
    expect(unchecked).toEqual([]);
    expect(permissions.map(({ role }) => role).sort()).toEqual([
      'Entitlements', 'Entitlements', 'GrantActivation', 'GrantActivation', 'MemberSetup', 'MemberSetup',
      'OrganizationSetup', 'OrganizationSetup', 'OrganizationSetup', 'OrganizationSetup', 'ReceivedGrants',
    ]);
  });

  test('are enough: no call was denied', () => {
    expect(denied).toEqual([]);
  });

  test('are all used, by every form that a role takes', async () => {
    const unused = await Promise.all(permissions.map(async ({ role, questions }) => ({ role, actions: await unusedIn(questions) })));
    expect(unused.filter(({ actions }) => actions.length > 0)).toEqual([{ role: 'Entitlements', actions: [UNUSED_BY_GRANTS_TO_ACCOUNTS] }]);
  });

  // A replay goes as the recording went up to the first call that is answered otherwise. So a call of the recording that the changed
  // policies deny is denied in the replay.
  test('would be missed: without any one of their actions, a call of some scenario is denied', async () => {
    const notMissed: string[] = [];
    for (const { role, actions, questions } of permissions) {
      for (const action of actions) {
        const without = questions.filter((question) => question.action === action).map((question) => changed(question, (each) => each !== action));
        const answers = await Promise.all(without.map(async (question) => evaluator.answerTo(question)));
        if (!answers.some(({ decision }) => decision === 'denied')) notMissed.push(`${role}: ${action}`);
      }
    }
    expect(notMissed).toEqual([`Entitlements: ${UNUSED_BY_GRANTS_TO_ACCOUNTS}`]);
  });

  test('cannot grow unnoticed: an action more is reported as unused', async () => {
    const candidates = ['license-manager:AcceptGrant', 'organizations:ListRoots', 'iam:CreateRole', 'license-manager:List*', '*'];
    const unnoticed: string[] = [];
    for (const { role, actions, questions } of permissions) {
      for (const action of candidates.filter((candidate) => !actions.includes(candidate))) {
        const unused = await unusedIn(questions, { Effect: 'Allow', Action: action, Resource: '*' });
        if (unused.length === 0) unnoticed.push(`${role}: ${action}`);
      }
    }
    expect(unnoticed).toEqual([]);
  });

  async function unusedIn(questions: readonly PolicyQuestion[], ...more: PolicyStatement[]): Promise<string[]> {
    const documents = [...questions.flatMap(documentsOf), { Statement: more }];
    return unusedActions(documents, new Set(questions.map(({ action }) => action)), evaluator);
  }
});

describe('a changed template', () => {
  let stacks: RehearsedStacks;

  beforeEach(async () => {
    stacks = await RehearsedStacks.start();
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
  });

  afterEach(async () => {
    await stacks.stop();
  });

  test('without one action fails, and the report names it', async () => {
    const result = await stacks.deploy('Grants', (stack) => {
      scanner(stack);
      changeActions(stack, (actions) => actions.filter((action) => action !== 'license-manager:CreateGrantVersion'));
    });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(stacks.rehearsal.aws.permissions!.denied).toMatchObject([{
      caller: expect.stringMatching(/^Grants-/),
      action: 'license-manager:CreateGrantVersion',
      resource: expect.stringMatching(/^arn:aws:license-manager::111111111111:grant:g-/),
      reason: 'because no identity-based policy allows the license-manager:CreateGrantVersion action',
    }]);
  });

  test('with one action more works, and the report names it', async () => {
    const result = await stacks.deploy('Grants', (stack) => {
      scanner(stack);
      changeActions(stack, (actions) => actions.includes('license-manager:GetGrant') ? [...actions, 'license-manager:AcceptGrant'] : actions);
    });

    expect(result.status).toBe('CREATE_COMPLETE');
    const unused = await stacks.rehearsal.aws.permissions!.unused();
    expect(unused.filter(({ roleArn }) => roleArn.includes('Grants-')).map(({ action }) => action)).toContain('license-manager:AcceptGrant');
  });
});

describe('a role that the user brings', () => {
  let stacks: RehearsedStacks;

  beforeEach(async () => {
    stacks = await RehearsedStacks.start();
  });

  afterEach(async () => {
    await stacks.stop();
  });

  test('gets what the functions need by a policy of its own', async () => {
    const result = await stacks.deploy('Grants', (stack) => {
      const provider = new ManagedEntitlementsProvider(stack, 'Provider', { role: lambdaRole(stack) });
      const setup = new ManagedEntitlementsSetup(stack, 'Setup', { provider });
      scanner(stack, { provider }).node.addDependency(setup);
    });

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(stacks.rehearsal.aws.permissions!).toMatchObject({ denied: [], unchecked: [] });
  });

  test('and that lacks license-manager:CreateGrant makes the stack fail with the action and the cure, and leaves nothing behind', async () => {
    await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup'));
    const result = await stacks.deploy('Grants', (stack) => {
      const role = lambdaRole(stack, ['license-manager:Get*', 'license-manager:List*', 'organizations:Describe*', 'organizations:List*', 'logs:*']);
      scanner(stack, { provider: new ManagedEntitlementsProvider(stack, 'Provider', { role: role.withoutPolicyUpdates() }) });
    });

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const { reason } = stacks.events.find(({ status, type }) => status === 'CREATE_FAILED' && type === 'Custom::MarketplaceLicenseGrant')!;
    expect(reason).toContain('is not authorized to perform: license-manager:CreateGrant');
    expect(reason).toContain(`allow license-manager:CreateGrant on ${SCANNER_LICENSE} to the role of this function`);
    expect(stacks.grants()).toEqual([]);
    expect(result.resources.filter(({ status }) => status !== 'DELETE_COMPLETE')).toEqual([]);
  });

  test('and that may not write logs leaves its functions without logs, and is reported', async () => {
    const result = await stacks.deploy('Member', (stack) => {
      const role = lambdaRole(stack, ['iam:GetRole', 'iam:CreateServiceLinkedRole']);
      new ManagedEntitlementsMemberSetup(stack, 'Setup', { provider: new ManagedEntitlementsProvider(stack, 'Provider', { role: role.withoutPolicyUpdates() }) });
    }, MEMBER);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(stacks.log(/./)).toEqual([]);
    expect(stacks.rehearsal.aws.permissions!.denied.map(({ action }) => action)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('and that may not make network interfaces lets no function into a VPC', async () => {
    const result = await stacks.deploy('Member', (stack) => {
      const provider = providerInVpc(stack, lambdaRole(stack, ['iam:*', 'logs:*']).withoutPolicyUpdates());
      new ManagedEntitlementsMemberSetup(stack, 'Setup', { provider });
    }, MEMBER);

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(stacks.events.find(({ status }) => status === 'CREATE_FAILED')).toMatchObject({
      type: 'AWS::Lambda::Function',
      reason: 'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    });
  });
});

function scanner(stack: Stack, props: Partial<MarketplaceLicenseGrantProps> = {}): MarketplaceLicenseGrant {
  const license = MarketplaceLicense.fromLicenseArn(stack, 'License', SCANNER_LICENSE);
  return new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account('222222222222'), ...props });
}

/** Made by CloudFormation itself. */
function formedGrant(stack: Stack, id: string, principal: string, licenseArn = SCANNER_LICENSE): CfnGrant {
  return new CfnGrant(stack, `Grant${id}`, {
    grantName: id, licenseArn, homeRegion: 'us-east-1', principals: [principal], allowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'],
  });
}

async function deploySetup(stacks: RehearsedStacks, props: ManagedEntitlementsSetupProps): Promise<void> {
  await stacks.deploy('Setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup', props));
}

function lambdaRole(stack: Stack, actions: string[] = []): Role {
  const statements = actions.length > 0 ? [new Statement({ effect: Effect.ALLOW, actions, resources: ['*'] })] : [];
  return new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: statements.length > 0 ? { Own: new Policy({ statements }) } : undefined,
  });
}

function providerInVpc(stack: Stack, role?: Role | ReturnType<Role['withoutPolicyUpdates']>): ManagedEntitlementsProvider {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'], privateSubnetIds: ['subnet-1'] });
  const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1', { mutable: false })];
  return new ManagedEntitlementsProvider(stack, 'Provider', { vpc, securityGroups, role });
}

/** Changes the actions of every statement of every role. */
function changeActions(stack: Stack, change: (actions: string[]) => string[]): void {
  stack.node.findAll().filter((construct): construct is CfnRole => construct instanceof CfnRole).forEach((role) => {
    const [policy] = stack.resolve(role.policies) as { policyName: string; policyDocument: { Statement: { Action: string | string[] }[] } }[];
    const statements = policy.policyDocument.Statement.map((statement) => ({ ...statement, Action: change([statement.Action].flat()) }));
    role.policies = [{ policyName: policy.policyName, policyDocument: { Version: '2012-10-17', Statement: statements.filter(({ Action }) => Action.length > 0) } }];
  });
}

/** Roles of the same function with the same actions are one; what differs between stacks are names and accounts. */
function permissionsIn(questions: readonly PolicyQuestion[]): Permissions[] {
  const groups = new Map<string, PolicyQuestion[]>();
  for (const question of questions) {
    // What a workflow takes is a policy beside the role's own, so a role with one is of the form that it has without.
    const key = `${functionOf(question)} ${actionsOf([question]).filter((action) => !action.startsWith('states:')).join()}`;
    groups.set(key, [...groups.get(key) ?? [], question]);
  }
  return [...groups.values()].map((group) => ({ role: functionOf(group[0]), actions: actionsOf(group), questions: group }));
}

/** Beside ours there is the function that lets a stack fail. */
function isOfFailure(principalArn: string): boolean {
  return principalArn.includes('-RefusingServiceRole');
}

/** Half of what the role of a workflow may do is for its logs and traces, which are not played. */
function isOfWorkflow(principalArn: string): boolean {
  return principalArn.includes('ProviderSet');
}

/** What scenarios do beside their stacks, they do as the root user of an account. */
function isByHand(principalArn: string): boolean {
  return principalArn.endsWith(':root');
}

/** Names of roles and functions hold their logical ids, as far as there is room. */
function functionOf({ principalArn }: PolicyQuestion): string {
  const [, start] = /Provider(Ent|Gra|Org|Mem|Rec)/.exec(principalArn) ?? [];
  return ['Entitlements', 'GrantActivation', 'OrganizationSetup', 'MemberSetup', 'ReceivedGrants']
    .find((name) => start !== undefined && name.startsWith(start)) ?? principalArn;
}

function actionsOf(questions: readonly PolicyQuestion[]): string[] {
  return [...new Set(questions.flatMap(documentsOf).flatMap(statementsOf).flatMap(({ Action }) => listOf(Action)))].sort();
}

function documentsOf({ identityPolicies }: PolicyQuestion): PolicyDocument[] {
  return identityPolicies.map(({ document }) => document);
}

/** The same question under policies that keep only some of their actions. */
function changed(question: PolicyQuestion, keeps: (action: string) => boolean): PolicyQuestion {
  const change = (statement: PolicyStatement) => ({ ...statement, Action: listOf(statement.Action).filter(keeps) });
  return {
    ...question,
    identityPolicies: question.identityPolicies.map(({ name, document }) => (
      { name, document: { ...document, Statement: statementsOf(document).map(change).filter(({ Action }) => Action.length > 0) } })),
  };
}
