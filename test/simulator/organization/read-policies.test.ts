import example from '../../../simulator/example-organization.json';
import { InvalidOrganizationFile, parseOrganization } from '../../../simulator/organization/parse-organization';

const FULL_ACCESS = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const DENY = { Statement: { Effect: 'Deny', Action: 'license-manager:*', Resource: '*' } };
const BOUNDARY = 'arn:aws:iam::111111111111:policy/Boundary';

function problemsOf(changes: object): readonly string[] {
  try {
    parseOrganization({ ...example, ...changes });
  } catch (error) {
    return (error as InvalidOrganizationFile).problems;
  }
  return [];
}

test('an organization file may have policies, as they are in AWS', () => {
  const policies = {
    serviceControlPolicies: { 'r-ex01': [FULL_ACCESS], 'ou-ex01-workload': [FULL_ACCESS, DENY], '222222222222': [FULL_ACCESS] },
    managedPolicies: { [BOUNDARY]: FULL_ACCESS },
  };
  expect(parseOrganization({ ...example, ...policies })).toMatchObject(policies);
});

test('they are optional', () => {
  expect(parseOrganization(example)).toMatchObject({ serviceControlPolicies: undefined, managedPolicies: undefined });
});

test('what is wrong with them is named with its path', () => {
  expect(problemsOf({
    serviceControlPolicies: { 'r-ex01': [FULL_ACCESS, { Statement: [{ Effect: 'Permit' }] }], 'ou-ex01-workload': FULL_ACCESS },
    managedPolicies: { Boundary: FULL_ACCESS, [BOUNDARY]: { Statement: 'all' } },
  })).toEqual([
    'serviceControlPolicies.ou-ex01-workload: expected a list, got {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    'serviceControlPolicies.r-ex01[1].Statement[0].Action: expected an action or a list of actions, got nothing',
    'serviceControlPolicies.r-ex01[1].Statement[0].Resource: expected a resource or a list of resources, got nothing',
    'serviceControlPolicies.r-ex01[1].Statement[0].Effect: expected one of Allow, Deny, got "Permit"',
    expect.stringContaining('serviceControlPolicies.ou-ex01-workload: nothing is allowed here'),
    'managedPolicies.Boundary: expected the ARN of a policy, like arn:aws:iam::111111111111:policy/Boundary',
    `managedPolicies.${BOUNDARY}.Statement: expected a list, got "all"`,
  ]);
});

test('a target without any policy that allows something is asked about FullAWSAccess', () => {
  expect(problemsOf({ serviceControlPolicies: { 222222222222: [DENY] } })).toEqual([
    'serviceControlPolicies.222222222222: nothing is allowed here, so nothing is below it; Organizations attaches FullAWSAccess by itself '
      + '({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}), add it if nobody took it away',
  ]);
});

test('targets have to be in the organization, and the organization has to have all features', () => {
  expect(problemsOf({ serviceControlPolicies: { 999999999999: [FULL_ACCESS] } })).toEqual([
    "serviceControlPolicies.999999999999: '999999999999' is not the root, an organizational unit or an account with a parentId of this file",
  ]);
  expect(problemsOf({
    organization: { ...example.organization, featureSet: 'CONSOLIDATED_BILLING' }, serviceControlPolicies: { 'r-ex01': [FULL_ACCESS] },
  })).toEqual(['serviceControlPolicies: an organization with consolidated billing only cannot have it']);
});
