import { isWildcardOnlyAction } from '@cloud-copilot/iam-simulate';
import { loadPolicyEvaluator } from '../../../simulator/authorization/load-policy-evaluator';
import { ALLOW_EVERYTHING } from '../../../simulator/authorization/policy-document';
import cloudFormation from '../../../simulator/models/cloudformation.json';
import iam from '../../../simulator/models/iam.json';
import licenseManager from '../../../simulator/models/license-manager.json';
import marketplaceAgreement from '../../../simulator/models/marketplace-agreement.json';
import organizations from '../../../simulator/models/organizations.json';
import ssm from '../../../simulator/models/ssm.json';
import states from '../../../simulator/models/states.json';
import sts from '../../../simulator/models/sts.json';
import { AuthorizationRequest } from '../../../simulator/wire/authorizer';
import { LINUX, MANAGEMENT, PAYMENTS, READY, SimulatedOrganization } from '../services/simulated-organization';

const GRANT = `arn:aws:license-manager::${MANAGEMENT}:grant:g-00000000000000000000000000000001`;
const PARAMETER = { ResourceType: 'Parameter', ResourceId: '/app/size' };
const UNIT = 'ou-ex01-workload';
const PRINCIPAL = { ServicePrincipal: 'license-manager.amazonaws.com' };
const ROLE_NAME = 'AWSServiceRoleForAWSLicenseManagerRole';
const SERVICE_LINKED = `role/aws-service-role/license-manager.amazonaws.com/${ROLE_NAME}`;

/** By service, a request for every operation that it answers. Lambda, whose protocol names no operations, is left to the apps that use it. */
const REQUESTS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'license-manager': {
    AcceptGrant: { GrantArn: GRANT },
    CreateGrant: {
      ClientToken: 't',
      GrantName: 'n',
      LicenseArn: LINUX,
      Principals: [`arn:aws:iam::${PAYMENTS}:root`],
      HomeRegion: 'us-east-1',
      AllowedOperations: ['CheckoutLicense'],
      Tags: [{ Key: 'owner', Value: 'x' }],
    },
    CreateGrantVersion: { ClientToken: 't', GrantArn: GRANT },
    DeleteGrant: { GrantArn: GRANT, Version: '1' },
    GetGrant: { GrantArn: GRANT },
    GetLicense: { LicenseArn: LINUX },
    GetServiceSettings: {},
    ListDistributedGrants: {},
    ListReceivedGrants: {},
    ListReceivedGrantsForOrganization: { LicenseArn: LINUX },
    ListReceivedLicenses: {},
    ListReceivedLicensesForOrganization: {},
    ListTagsForResource: { ResourceArn: GRANT },
    RejectGrant: { GrantArn: GRANT },
    TagResource: { ResourceArn: GRANT, Tags: [{ Key: 'owner', Value: 'x' }] },
    UntagResource: { ResourceArn: GRANT, TagKeys: ['owner'] },
    UpdateServiceSettings: {},
  },
  'organizations': {
    DeregisterDelegatedAdministrator: { AccountId: PAYMENTS, ...PRINCIPAL },
    DescribeAccount: { AccountId: PAYMENTS },
    DescribeOrganization: {},
    DescribeOrganizationalUnit: { OrganizationalUnitId: UNIT },
    DisableAWSServiceAccess: PRINCIPAL,
    EnableAWSServiceAccess: PRINCIPAL,
    ListAWSServiceAccessForOrganization: {},
    ListAccounts: {},
    ListAccountsForParent: { ParentId: UNIT },
    ListChildren: { ParentId: 'r-ex01', ChildType: 'ACCOUNT' },
    ListDelegatedAdministrators: PRINCIPAL,
    ListOrganizationalUnitsForParent: { ParentId: 'r-ex01' },
    ListParents: { ChildId: PAYMENTS },
    ListRoots: {},
    ListTagsForResource: { ResourceId: PAYMENTS },
    RegisterDelegatedAdministrator: { AccountId: PAYMENTS, ...PRINCIPAL },
  },
  'aws-marketplace': {
    DescribeAgreement: { agreementId: 'agmt-exlinux0000000000000001' },
    GetAgreementEntitlements: { agreementId: 'agmt-exlinux0000000000000001' },
    GetAgreementTerms: { agreementId: 'agmt-exlinux0000000000000001' },
    SearchAgreements: { filters: [{ name: 'PartyType', values: ['Acceptor'] }, { name: 'AgreementType', values: ['PurchaseAgreement'] }] },
  },
  'ssm': {
    AddTagsToResource: { ...PARAMETER, Tags: [{ Key: 'owner', Value: 'x' }] },
    DeleteParameter: { Name: '/app/size' },
    DeleteParameters: { Names: ['/app/size', 'size'] },
    GetParameter: { Name: '/app/size:1' },
    GetParameters: { Names: ['/app/size', 'size'] },
    GetParametersByPath: { Path: '/app', Recursive: true },
    ListTagsForResource: PARAMETER,
    PutParameter: { Name: '/app/size', Value: 'x', Type: 'String', Overwrite: true },
    RemoveTagsFromResource: { ...PARAMETER, TagKeys: ['owner'] },
  },
  'states': {
    DescribeExecution: { executionArn: `arn:aws:states:us-east-1:${MANAGEMENT}:execution:Waiter:first` },
    ListExecutions: { stateMachineArn: `arn:aws:states:us-east-1:${MANAGEMENT}:stateMachine:Waiter` },
    StartExecution: { stateMachineArn: `arn:aws:states:us-east-1:${MANAGEMENT}:stateMachine:Waiter` },
    StopExecution: { executionArn: `arn:aws:states:us-east-1:${MANAGEMENT}:execution:Waiter:first` },
  },
  'cloudformation': {
    DescribeStacks: { StackName: 'Stack' },
  },
  'iam': {
    CreateServiceLinkedRole: { AWSServiceName: 'license-manager.amazonaws.com' },
    DeleteServiceLinkedRole: { RoleName: ROLE_NAME },
    GetRole: { RoleName: ROLE_NAME },
    GetServiceLinkedRoleDeletionStatus: { DeletionTaskId: `task/${SERVICE_LINKED.replace('role/', '')}/00000000-0000-4000-8000-000000000001` },
  },
  'sts': {
    AssumeRole: { RoleArn: `arn:aws:iam::${PAYMENTS}:role/Grantee`, RoleSessionName: 'session' },
    GetCallerIdentity: {},
  },
};

const JSON_TARGETS: Readonly<Record<string, string>> = {
  'aws-marketplace': 'AWSMPCommerceService_v20200301',
  'license-manager': 'AWSLicenseManager',
  'organizations': 'AWSOrganizationsV20161128',
  'ssm': 'AmazonSSM',
  'states': 'AWSStepFunctions',
};
const QUERY_VERSIONS: Readonly<Record<string, string>> = { cloudformation: '2010-05-15', iam: '2010-05-08', sts: '2011-06-15' };

const OPERATIONS = Object.entries(REQUESTS).flatMap(([service, requests]) =>
  Object.entries(requests).map(([operation, input]): [string, string, object] => [service, operation, input]));

let organization: SimulatedOrganization;
let asked: AuthorizationRequest[];

beforeAll(async () => {
  const authorize = async (request: AuthorizationRequest) => {
    asked.push(request);
    return { allowed: true } as const;
  };
  organization = await SimulatedOrganization.start(READY, { authorizer: { authorize } });
});

beforeEach(() => {
  asked = [];
});

afterAll(() => organization.stop());

async function post(service: string, operation: string, input: object): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${MANAGEMENT}/20260701/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
  const isJson = Object.hasOwn(JSON_TARGETS, service);
  const query = new URLSearchParams({ Action: operation, Version: QUERY_VERSIONS[service], ...input as Record<string, string> });
  const response = await fetch(organization.aws.endpoint, {
    method: 'POST',
    headers: isJson ? { authorization, 'x-amz-target': `${JSON_TARGETS[service]}.${operation}` } : { authorization },
    body: isJson ? JSON.stringify(input) : query.toString(),
  });
  return response.text();
}

test.each(OPERATIONS)('%s:%s asks for a resource of a type that AWS publishes for it', async (service, operation, input) => {
  await post(service, operation, input);
  const [{ action, resourceArns, context }] = asked;
  expect(action).toBe(`${service}:${operation}`);
  expect(resourceArns.every((arn) => arn === '*')).toBe(await isWildcardOnlyAction(service, operation));
  const answers = await Promise.all(resourceArns.map(async (resourceArn) => loadPolicyEvaluator()!.evaluate({
    principalArn: `arn:aws:sts::${MANAGEMENT}:assumed-role/Handler/function`,
    action,
    resourceArn,
    resourceAccountId: MANAGEMENT,
    context,
    identityPolicies: [{ name: 'all', document: ALLOW_EVERYTHING }],
    serviceControlPolicies: [],
  })));
  expect(answers).toEqual(resourceArns.map(() => ({ decision: 'allowed' })));
});

test.each([
  ['aws-marketplace', marketplaceAgreement], ['cloudformation', cloudFormation], ['iam', iam], ['license-manager', licenseManager], ['organizations', organizations], ['ssm', ssm],
  ['states', states], ['sts', sts],
])('no operation of %s is forgotten here', async (service, { operations }) => {
  const forgotten = Object.keys(operations).filter((operation) => !Object.hasOwn(REQUESTS[service], operation));
  const answers = await Promise.all(forgotten.map(async (operation) => post(service, operation, {})));
  expect(answers.filter((answer) => !/UnknownOperation|InvalidAction/.test(answer))).toEqual([]);
});
