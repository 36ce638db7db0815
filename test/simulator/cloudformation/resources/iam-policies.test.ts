import { SimulatedClock } from '../../../../simulator/clock/simulated-clock';
import { StackRecords } from '../../../../simulator/services/cloudformation/stack-records';
import { EventRules } from '../../../../simulator/services/events/event-rules';
import { AttachedPolicy } from '../../../../simulator/services/iam/policies';
import { RoleDefinition, Roles } from '../../../../simulator/services/iam/roles';
import { Functions } from '../../../../simulator/services/lambda/functions';
import { ParameterStore } from '../../../../simulator/services/ssm/parameter-store';
import { StateMachines } from '../../../../simulator/services/states/state-machines';
import { TaskFunctions } from '../../../../simulator/services/states/task-functions';
import { StackRoles } from '../../../../simulator/simulated-aws';
import { ACCOUNT, CloudFormationFixture, NO_GRANTS, ROLE, stackOf } from '../cloudformation-fixture';

const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }] };

let cloudFormation: CloudFormationFixture;
let definitions: RoleDefinition[];
let policies: Map<string, AttachedPolicy>;

beforeEach(() => {
  const roles = new Roles();
  definitions = [];
  policies = new Map();
  const recording: StackRoles = {
    put: (definition) => {
      definitions.push(definition);
      return roles.put(definition, new Date(0));
    },
    remove: (accountId, roleName) => roles.remove(accountId, roleName),
    putPolicy: (id, policy) => policies.set(id, policy),
    removePolicy: (id) => policies.delete(id),
  };
  const functions = new Functions();
  const clock = new SimulatedClock();
  const stateMachines = new StateMachines({ functions: new TaskFunctions(functions, clock), clock });
  cloudFormation = new CloudFormationFixture({
    aws: {
      roles: recording,
      functions,
      stateMachines,
      eventRules: new EventRules(functions, stateMachines),
      parameterStore: new ParameterStore(clock),
      stacks: new StackRecords(clock),
      stackGrants: NO_GRANTS,
    },
  });
});

afterEach(() => cloudFormation.stop());

async function deploy(resources: Record<string, unknown>): Promise<void> {
  expect(await cloudFormation.cloudFormation.deploy(stackOf(resources))).toMatchObject({ status: expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/) });
}

test('a role has the policies of its definition', async () => {
  await deploy({
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'Boundary', PolicyDocument: DOCUMENT } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        ...ROLE.Properties,
        Policies: [{ PolicyName: 'Own', PolicyDocument: DOCUMENT }],
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        PermissionsBoundary: { Ref: 'Boundary' },
      },
    },
  });
  expect(definitions).toMatchObject([{
    inlinePolicies: [{ name: 'Own', document: DOCUMENT }],
    managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/Boundary`,
  }]);
  expect([...policies]).toMatchObject([[`arn:aws:iam::${ACCOUNT}:policy/Boundary`, { document: DOCUMENT, accountId: ACCOUNT, roleNames: [] }]]);
});

test('a policy belongs to the roles that it names, as long as it is there', async () => {
  const policy = (roleName: unknown) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'Default', PolicyDocument: DOCUMENT, Roles: [roleName] } });
  await deploy({ Role: ROLE, Policy: policy({ Ref: 'Role' }) });
  expect([...policies.values()]).toMatchObject([{ name: 'Default', document: DOCUMENT, roleNames: [definitions[0].roleName] }]);

  await deploy({ Role: ROLE, Policy: policy('Another') });
  expect([...policies.values()]).toMatchObject([{ roleNames: ['Another'] }]);

  await deploy({ Role: ROLE });
  expect([...policies]).toEqual([]);
});
