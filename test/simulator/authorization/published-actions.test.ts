import { isWildcardOnlyAction } from '@cloud-copilot/iam-simulate';
import { loadPolicyEvaluator } from '../../../simulator/authorization/load-policy-evaluator';
import { ALLOW_EVERYTHING } from '../../../simulator/authorization/policy-document';
import { AuthorizationRequest } from '../../../simulator/wire/authorizer';
import { LINUX, MANAGEMENT, PAYMENTS, READY, SimulatedOrganization } from '../services/simulated-organization';

const GRANT = `arn:aws:license-manager::${MANAGEMENT}:grant:g-00000000000000000000000000000001`;
const UNIT = 'ou-ex01-workload';
const PRINCIPAL = { ServicePrincipal: 'license-manager.amazonaws.com' };
const ROLE_NAME = 'AWSServiceRoleForAWSLicenseManagerRole';
const SERVICE_LINKED = `role/aws-service-role/license-manager.amazonaws.com/${ROLE_NAME}`;

/** By service, a request for every operation that it answers. */
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

const JSON_TARGETS: Readonly<Record<string, string>> = { 'license-manager': 'AWSLicenseManager', 'organizations': 'AWSOrganizationsV20161128' };
const QUERY_VERSIONS: Readonly<Record<string, string>> = { iam: '2010-05-08', sts: '2011-06-15' };

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

async function post(service: string, operation: string, input: object): Promise<void> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${MANAGEMENT}/20260701/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
  const isJson = Object.hasOwn(JSON_TARGETS, service);
  const query = new URLSearchParams({ Action: operation, Version: QUERY_VERSIONS[service], ...input as Record<string, string> });
  await fetch(organization.aws.endpoint, {
    method: 'POST',
    headers: isJson ? { authorization, 'x-amz-target': `${JSON_TARGETS[service]}.${operation}` } : { authorization },
    body: isJson ? JSON.stringify(input) : query.toString(),
  });
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
