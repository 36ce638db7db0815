import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import {
  AcceptGrantCommand, CreateGrantCommand, CreateGrantVersionCommand, DeleteGrantCommand, GetGrantCommand, GetServiceSettingsCommand,
  ListDistributedGrantsCommand, ListReceivedGrantsForOrganizationCommand, RejectGrantCommand, UpdateServiceSettingsCommand,
} from '@aws-sdk/client-license-manager';
import { EnableAWSServiceAccessCommand, ListAWSServiceAccessForOrganizationCommand } from '@aws-sdk/client-organizations';
import { account, children, createGrant, distributedGrant, grantInput, ORGANIZATION_ARN, read, revise, token, unit } from './license-manager/granting';
import {
  BARE, CLOSED, LINUX, MANAGEMENT, PAYMENTS, READY, SANDBOX, SANDBOX_LINUX, SCANNER, SHARED, SimulatedOrganization, WEB,
} from './simulated-organization';
import { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import { DEFAULT_VARIANTS, SWITCHES, Variants } from '../../../simulator/services/variants';

/** What a client sees of a switch, by its position. */
interface Observation<Position extends string> {
  /** @default READY */
  readonly organization?: OrganizationDefinition;
  /** @default - everything */
  readonly mayDo?: (action: string) => boolean;
  readonly see: (organization: SimulatedOrganization) => Promise<unknown>;
  readonly shown: Readonly<Record<Position, unknown>>;
}

const README = readFileSync(join(__dirname, '../../../simulator/README.md'), 'utf8');

const WORKLOADS = unit('ou-ex01-workload');
const DELEGATED: OrganizationDefinition = { ...READY, delegatedAdministrators: { 'license-manager.amazonaws.com': SANDBOX } };
/** Linux is granted from the own subscription of Sandbox, so that nothing stands in the way of an activation. */
const BY_SANDBOX = { LicenseArn: SANDBOX_LINUX };
const NO_SUCH_GRANT = `arn:aws:license-manager::${MANAGEMENT}:grant:g-${'0'.repeat(32)}`;
const LINKED = { OrganizationConfiguration: { EnableIntegration: true } };
const OVERRIDE = { ActivationOverrideBehavior: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } as const;

const OBSERVATIONS: { readonly [Name in keyof Variants]: Observation<Variants[Name]> } = {
  duplicateGrant: {
    see: async (organization) => {
      await createGrant(organization, account(PAYMENTS));
      return outcome(createGrant(organization, account(PAYMENTS)));
    },
    shown: {
      ValidationException: 'ValidationException',
      InvalidParameterValueException: 'InvalidParameterValueException',
      ConflictException: 'ConflictException',
      allowed: 'success',
    },
  },
  duplicateOfGrantInDeletion: {
    see: async (organization) => {
      await remove(organization, await distributedGrant(organization, account(SHARED)));
      await organization.settle();
      await remove(organization, await distributedGrant(organization, account(PAYMENTS)));
      return [await outcome(createGrant(organization, account(PAYMENTS))), await outcome(createGrant(organization, account(SHARED)))];
    },
    shown: { allowed: ['success', 'success'], refused: ['ValidationException', 'success'] },
  },
  clientTokenOfDeadGrant: {
    see: async (organization) => {
      const input = grantInput(account(PAYMENTS));
      const create = () => organization.licenseManager(MANAGEMENT).send(new CreateGrantCommand(input));
      const first = await create();
      await remove(organization, first.GrantArn!);
      await organization.settle();
      return create().then(({ GrantArn, Status }) => `${GrantArn === first.GrantArn ? 'the same' : 'another'}, ${Status}`, ({ name }: Error) => name);
    },
    shown: {
      'first-answer': 'the same, PENDING_WORKFLOW',
      'dead-grant': 'the same, DELETED',
      'new-grant': 'another, PENDING_WORKFLOW',
      'refused': 'InvalidParameterValueException',
    },
  },
  statusDuringDistribution: {
    see: async (organization) => {
      const arn = await createGrant(organization, account(PAYMENTS));
      const first = await read(organization, arn);
      const revision = await outcome(change(organization, arn, { GrantName: 'other' }));
      await organization.settle();
      return [first.GrantStatus, revision, (await read(organization, arn)).GrantStatus];
    },
    shown: {
      PENDING_WORKFLOW: ['PENDING_WORKFLOW', 'ValidationException', 'DISABLED'],
      PENDING_ACCEPT: ['PENDING_ACCEPT', 'ValidationException', 'DISABLED'],
    },
  },
  grantsOfDelegatedAdministrator: {
    organization: DELEGATED,
    see: async (organization) =>
      (await read(organization, await distributedGrant(organization, account(PAYMENTS), BY_SANDBOX, SANDBOX), SANDBOX)).GrantStatus,
    shown: { 'wait-for-acceptance': 'PENDING_ACCEPT', 'accepted': 'DISABLED' },
  },
  nestedOrganizationalUnits: {
    see: async (organization) => [
      await outcome(createGrant(organization, unit('ou-ex01-workprod'))), await outcome(createGrant(organization, WORKLOADS)),
    ],
    shown: { accepted: ['success', 'success'], refused: ['ValidationException', 'success'] },
  },
  linkingForOrganizationGrants: {
    organization: { ...BARE, trustedServices: ['license-manager.amazonaws.com'] },
    see: (organization) => outcome(createGrant(organization, ORGANIZATION_ARN)),
    shown: { 'required': 'ValidationException', 'not-required': 'success' },
  },
  inactiveAccounts: {
    see: async (organization) =>
      (await children(organization, await distributedGrant(organization, unit('ou-ex01-sandbox1'))))[CLOSED]?.GrantStatus,
    shown: { 'left-out': undefined, 'failed-grants': 'FAILED_WORKFLOW' },
  },
  tagsAtCreation: {
    see: async (organization) => {
      const Tags = [{ Key: 'owner', Value: 'platform' }];
      return [await outcome(createGrant(organization, account(PAYMENTS))), await outcome(createGrant(organization, account(SHARED), { Tags }))];
    },
    mayDo: (action) => action !== 'license-manager:TagResource',
    shown: { 'CreateGrant': ['success', 'success'], 'TagResource-too': ['success', 'AccessDeniedException'] },
  },
  acceptanceOfAcceptedGrant: {
    see: async (organization) => outcome(accept(organization, await distributedGrant(organization, account(PAYMENTS)))),
    shown: { 'refused': 'ValidationException', 'no-change': 'success' },
  },
  acceptance: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, account(PAYMENTS), BY_SANDBOX, SANDBOX);
      const { Status } = await accept(organization, arn);
      await organization.settle();
      return [Status, (await read(organization, arn, SANDBOX)).GrantStatus];
    },
    shown: { 'at-once': ['DISABLED', 'DISABLED'], 'by-workflow': ['PENDING_WORKFLOW', 'DISABLED'] },
  },
  rejectionOfActiveGrant: {
    see: async (organization) =>
      outcome(organization.licenseManager(PAYMENTS).send(new RejectGrantCommand({ GrantArn: await activeGrant(organization) }))),
    shown: { possible: 'success', refused: 'ValidationException' },
  },
  versionDuringWorkflow: {
    see: async (organization) => {
      const arn = await createGrant(organization, account(PAYMENTS));
      const activation = await outcome(change(organization, arn, { Status: 'ACTIVE' }));
      const during = await read(organization, arn);
      await organization.settle();
      const after = await read(organization, arn);
      return [activation, `${during.Version} ${during.GrantStatus}`, `${after.Version} ${after.GrantStatus}`];
    },
    shown: {
      refused: ['ValidationException', '1 PENDING_WORKFLOW', '1 DISABLED'],
      queued: ['success', '2 PENDING_WORKFLOW', '2 ACTIVE'],
    },
  },
  activationWithoutEffect: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, account(SANDBOX));
      const activation = await outcome(change(organization, arn, { Status: 'ACTIVE' }));
      await organization.settle();
      const { GrantStatus, StatusReason } = await read(organization, arn);
      return [activation, GrantStatus, StatusReason];
    },
    shown: {
      DISABLED: ['success', 'DISABLED', 'Another license of the same product is active in the grantee account.'],
      FAILED_WORKFLOW: ['success', 'FAILED_WORKFLOW', 'Another license of the same product is active in the grantee account.'],
      refused: ['ValidationException', 'DISABLED', undefined],
    },
  },
  versionWithoutStatus: {
    see: async (organization) => {
      const arn = await activeGrant(organization);
      await revise(organization, arn, { GrantName: 'other' });
      return (await read(organization, arn)).GrantStatus;
    },
    shown: { 'keeps-status': 'ACTIVE', 'disables': 'DISABLED' },
  },
  omittedOverride: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, account(SANDBOX));
      await revise(organization, arn, { Status: 'ACTIVE' });
      return (await read(organization, arn)).GrantStatus;
    },
    shown: { DISTRIBUTED_GRANTS_ONLY: 'DISABLED', ALL_GRANTS_PERMITTED_BY_ISSUER: 'ACTIVE' },
  },
  overrideLifetime: {
    see: async (organization) => {
      const arn = await activeGrant(organization, { Options: OVERRIDE });
      await revise(organization, arn, { Status: 'DISABLED' });
      return (await read(organization, arn)).Options;
    },
    shown: { 'one-version': undefined, 'until-replaced': OVERRIDE },
  },
  newVersions: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, account(PAYMENTS), BY_SANDBOX, SANDBOX);
      const distributed = await read(organization, arn, SANDBOX);
      await accept(organization, arn);
      return [distributed.Version, (await read(organization, arn, SANDBOX)).Version];
    },
    shown: { 'CreateGrantVersion': ['1', '1'], 'every-change': ['2', '3'] },
  },
  organizationGrantStatus: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, WORKLOADS);
      const statuses = [(await read(organization, arn)).GrantStatus];
      for (const Status of ['ACTIVE', undefined, 'DISABLED'] as const) {
        await revise(organization, arn, { Status, GrantName: 'other' });
        statuses.push((await read(organization, arn)).GrantStatus);
      }
      return statuses;
    },
    shown: {
      'WORKFLOW_COMPLETED': ['WORKFLOW_COMPLETED', 'WORKFLOW_COMPLETED', 'WORKFLOW_COMPLETED', 'WORKFLOW_COMPLETED'],
      'as-asked-for': ['DISABLED', 'ACTIVE', 'ACTIVE', 'DISABLED'],
    },
  },
  parentOfAccountGrants: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, WORKLOADS);
      const { Grants } = await organization.licenseManager(MANAGEMENT).send(new ListReceivedGrantsForOrganizationCommand({
        LicenseArn: LINUX, Filters: [{ Name: 'GranteePrincipalArn', Values: [account(PAYMENTS)] }],
      }));
      const parents = Grants!.map(({ ParentArn }) => ParentArn === arn ? 'the grant' : ParentArn);
      return [parents, Object.keys(await children(organization, arn))];
    },
    shown: { 'organization-grant': [['the grant'], [PAYMENTS, SHARED]], 'license': [[LINUX], []] },
  },
  accountGrantsAmongDistributed: {
    see: async (organization) => {
      await distributedGrant(organization, WORKLOADS);
      const { Grants } = await organization.licenseManager(MANAGEMENT).send(new ListDistributedGrantsCommand({}));
      return Grants!.map(({ GranteePrincipalArn }) => GranteePrincipalArn);
    },
    shown: { 'listed': [WORKLOADS, account(PAYMENTS), account(SHARED)], 'left-out': [WORKLOADS] },
  },
  organizationGrantRevision: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, WORKLOADS, { GrantName: 'first' });
      await revise(organization, arn, { GrantName: 'second' });
      await revise(organization, arn, { GrantName: 'third', Status: 'ACTIVE' });
      const { GrantName, GrantStatus, Version } = (await children(organization, arn))[PAYMENTS];
      return [GrantName, GrantStatus, Version];
    },
    shown: { 'passed-on': ['third', 'ACTIVE', '3'], 'status-alone': ['first', 'ACTIVE', '2'] },
  },
  deletionOfActiveOrganizationGrant: {
    see: async (organization) => {
      const arn = await distributedGrant(organization, WORKLOADS);
      await revise(organization, arn, { Status: 'ACTIVE' });
      const active = await outcome(remove(organization, arn));
      const toAnAccount = await outcome(remove(organization, await activeGrant(organization, {}, WEB)));
      return [active, toAnAccount];
    },
    shown: { possible: ['success', 'success'], refused: ['ValidationException', 'success'] },
  },
  readersOfOrganizationGrants: {
    organization: DELEGATED,
    see: (organization) => Promise.all([SANDBOX, MANAGEMENT].map((reader) =>
      outcome(organization.licenseManager(reader).send(new ListReceivedGrantsForOrganizationCommand({ LicenseArn: LINUX }))))),
    shown: { 'delegated-administrator-too': ['success', 'success'], 'management-account-alone': ['AccessDeniedException', 'success'] },
  },
  deletionDuringWorkflow: {
    see: async (organization) => {
      const arn = await createGrant(organization, account(PAYMENTS));
      const during = await outcome(remove(organization, arn));
      await organization.settle();
      return [during, (await read(organization, arn)).GrantStatus];
    },
    shown: { possible: ['success', 'DELETED'], refused: ['ValidationException', 'DISABLED'] },
  },
  statusReason: {
    see: async (organization) => (await read(organization, await activeGrant(organization, { StatusReason: 'audit' }))).StatusReason,
    shown: { shown: 'audit', hidden: undefined },
  },
  override: {
    see: async (organization) => (await read(organization, await activeGrant(organization, { Options: OVERRIDE }))).Options,
    shown: { shown: OVERRIDE, hidden: undefined },
  },
  notFound: {
    see: (organization) => outcome(organization.licenseManager(MANAGEMENT).send(new GetGrantCommand({ GrantArn: NO_SUCH_GRANT }))),
    shown: {
      ValidationException: 'ValidationException',
      InvalidParameterValueException: 'InvalidParameterValueException',
      ResourceNotFoundException: 'ResourceNotFoundException',
    },
  },
  trustedAccessByLinking: {
    organization: BARE,
    see: async (organization) => {
      await organization.licenseManager(MANAGEMENT).send(new UpdateServiceSettingsCommand(LINKED));
      const { EnabledServicePrincipals } = await organization.organizations(MANAGEMENT).send(new ListAWSServiceAccessForOrganizationCommand({}));
      return EnabledServicePrincipals!.map(({ ServicePrincipal }) => ServicePrincipal);
    },
    shown: { 'enabled': ['license-manager.amazonaws.com', 'license-manager.member-account.amazonaws.com'], 'left-alone': [] },
  },
  rolesByTrustedAccess: {
    organization: BARE,
    see: async (organization) => {
      const AWSServiceName = 'license-management.marketplace.amazonaws.com';
      await organization.organizations(MANAGEMENT).send(new EnableAWSServiceAccessCommand({ ServicePrincipal: AWSServiceName }));
      return Promise.all([MANAGEMENT, PAYMENTS].map((id) =>
        outcome(organization.iam(id).send(new CreateServiceLinkedRoleCommand({ AWSServiceName })))));
    },
    shown: {
      'none': ['success', 'success'],
      'management-account': ['InvalidInputException', 'success'],
      'all-accounts': ['InvalidInputException', 'InvalidInputException'],
    },
  },
  repeatedTrustedAccess: {
    organization: BARE,
    see: async (organization) => {
      const enable = () => outcome(organization.organizations(MANAGEMENT).send(
        new EnableAWSServiceAccessCommand({ ServicePrincipal: 'license-manager.amazonaws.com' })));
      return [await enable(), await enable()];
    },
    shown: { harmless: ['success', 'success'], refused: ['success', 'ConstraintViolationException'] },
  },
  settingsLeftOut: {
    see: async (organization) => {
      const client = organization.licenseManager(MANAGEMENT);
      await client.send(new UpdateServiceSettingsCommand({ S3BucketArn: 'arn:aws:s3:::licenses' }));
      await client.send(new UpdateServiceSettingsCommand(LINKED));
      return (await client.send(new GetServiceSettingsCommand({}))).S3BucketArn;
    },
    shown: { kept: 'arn:aws:s3:::licenses', cleared: undefined },
  },
};

const POSITIONS = Object.entries(OBSERVATIONS).flatMap(([name, observation]) =>
  Object.entries(observation.shown).map(([position, shown]) => ({ name: name as keyof Variants, position, shown, observation })));

describe('the switch', () => {
  let organization: SimulatedOrganization;

  afterEach(() => organization.stop());

  test.each(POSITIONS)('$name is $position', async ({ name, position, shown, observation }) => {
    organization = await startFor(observation, { [name]: position });
    expect(await observation.see(organization)).toEqual(shown);
  });

  test.each(Object.entries(SWITCHES))('%s is in its first position if nothing else is said', async (name, [first]) => {
    const observation: Observation<string> = OBSERVATIONS[name as keyof Variants];
    expect(DEFAULT_VARIANTS[name as keyof Variants]).toBe(first);
    organization = await startFor(observation);
    expect(await observation.see(organization)).toEqual(observation.shown[first]);
  });
});

test.each(Object.entries(SWITCHES))('%s is described in the README with all its positions', (name, positions) => {
  const row = README.split('\n').find((line) => line.startsWith('| ') && line.split('|')[1].includes(`\`${name}\``));
  expect(row).toBeDefined();
  positions.forEach((position) => expect(row).toContain(`\`${position}\``));
});

function startFor(
  { organization = READY, mayDo = () => true }: Observation<string>, variants?: Partial<Variants>,
): Promise<SimulatedOrganization> {
  return SimulatedOrganization.start(organization, { variants, authorizer: { authorize: async ({ action }) => ({ allowed: mayDo(action) }) } });
}

async function activeGrant(
  inOrganization: SimulatedOrganization, activation: Parameters<typeof revise>[2] = {}, grantee = PAYMENTS,
): Promise<string> {
  const arn = await distributedGrant(inOrganization, account(grantee), { LicenseArn: SCANNER });
  await revise(inOrganization, arn, { Status: 'ACTIVE', ...activation });
  return arn;
}

function change(inOrganization: SimulatedOrganization, arn: string, changes: Parameters<typeof revise>[2]) {
  return inOrganization.licenseManager(MANAGEMENT).send(new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, ...changes }));
}

function accept(inOrganization: SimulatedOrganization, arn: string) {
  return inOrganization.licenseManager(PAYMENTS).send(new AcceptGrantCommand({ GrantArn: arn }));
}

async function remove(inOrganization: SimulatedOrganization, arn: string) {
  const { Version } = await read(inOrganization, arn);
  return inOrganization.licenseManager(MANAGEMENT).send(new DeleteGrantCommand({ GrantArn: arn, Version: Version! }));
}

/** `success`, or the name of the error. */
function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(() => 'success', ({ name }: Error) => name);
}
