import example from '../../../simulator/example-organization.json';
import { InvalidOrganizationFile, parseOrganization } from '../../../simulator/organization/parse-organization';

type Example = typeof example;

function problems(change: (file: any) => void): readonly string[] {
  const file = structuredClone(example) as Example;
  change(file);
  try {
    parseOrganization(file);
  } catch (error) {
    if (error instanceof InvalidOrganizationFile) return error.problems;
    throw error;
  }
  return [];
}

test('the example organization is valid', () => {
  expect(parseOrganization(example)).toMatchObject(example);
});

test('accounts without an organization are valid', () => {
  expect(problems((file) => {
    file.organization = null;
    file.organizationalUnits = [];
    file.accounts.forEach((account: any) => delete account.parentId);
  })).toEqual([]);
});

test('several licenses of one agreement are valid', () => {
  expect(problems((file) => { file.subscriptions[1].agreementId = file.subscriptions[0].agreementId; })).toEqual([]);
});

test.each<[string, (file: any) => void, string[]]>([
  ['an account id', (file) => { file.accounts[2].id = '33'; }, ["accounts[2].id: expected a text like '12 digits', got \"33\""]],
  ['a state', (file) => { file.accounts[1].state = 'active'; }, [
    'accounts[1].state: expected one of PENDING_ACTIVATION, ACTIVE, SUSPENDED, PENDING_CLOSURE, CLOSED, got "active"',
  ]],
  ['a missing list', (file) => { delete file.products; }, ['products: expected a list, got nothing']],
  ['a misspelled member', (file) => { file.accounts[0].parentID = 'r-ex01'; }, ['accounts[0].parentID: unknown member']],
  ['a license ARN with a Region', (file) => { file.subscriptions[0].licenseArn = 'arn:aws:license-manager:us-east-1:294406891311:license:l-1'; }, [
    expect.stringMatching(/^subscriptions\[0\]\.licenseArn: expected a text like/),
  ]],
  ['an instant', (file) => { file.subscriptions[0].validity.end = 'soon'; }, [
    "subscriptions[0].validity.end: expected a text like '2026-01-01T00:00:00Z', got \"soon\"",
  ]],
  ['an operation', (file) => { file.subscriptions[0].allowedOperations = ['CreateGrant', 'Checkout']; }, [
    expect.stringMatching(/^subscriptions\[0\]\.allowedOperations\[1\]: expected one of CreateGrant, .*got "Checkout"$/),
  ]],
  ['a grant of an unknown license to nobody in the file', (file) => {
    file.grants = [{
      licenseArn: 'arn:aws:license-manager::294406891311:license:l-0000000000000000000000000000000f',
      granteePrincipalArn: 'arn:aws:iam::999999999999:root',
      name: 'console',
      status: 'ACTIVE',
    }];
  }, [
    "grants[0].licenseArn: 'arn:aws:license-manager::294406891311:license:l-0000000000000000000000000000000f' is not the license of a subscription of this file",
    "grants[0].granteePrincipalArn: 'arn:aws:iam::999999999999:root' is not the ARN of an account, an organizational unit or the organization of this file",
  ]],
  ['a status of a grant', (file) => {
    file.grants = [{ licenseArn: file.subscriptions[0].licenseArn, granteePrincipalArn: 'arn:aws:iam::222222222222:root', name: 'console', status: 'active' }];
  }, [expect.stringMatching(/^grants\[0\]\.status: expected one of PENDING_WORKFLOW, .*, got "active"$/)]],
  ['a switch', (file) => { file.linked = 'no'; }, ['linked: expected true or false, got "no"']],
  ['a parent that is not there', (file) => { file.accounts[1].parentId = 'ou-ex01-nothing1'; }, [
    "accounts[1].parentId: 'ou-ex01-nothing1' is not the root or an organizational unit of this file",
  ]],
  ['a unit below itself', (file) => { file.organizationalUnits[0].parentId = 'ou-ex01-workprod'; }, [
    "organizationalUnits[0].parentId: 'ou-ex01-workprod' is below 'ou-ex01-workload' itself",
    "organizationalUnits[1].parentId: 'ou-ex01-workload' is below 'ou-ex01-workprod' itself",
  ]],
  ['an account that is there twice', (file) => { file.accounts[1].id = '111111111111'; }, ["accounts[1].id: '111111111111' is there already, at accounts[0]"]],
  ['a management account outside', (file) => { file.organization.managementAccountId = '999999999999'; }, [
    "organization.managementAccountId: '999999999999' is not an account with a parentId of this file",
  ]],
  ['a product that is not there', (file) => { file.subscriptions[1].productId = 'prod-x'; }, ["subscriptions[1].productId: 'prod-x' is not a product of this file"]],
  ['a validity that ends before it begins', (file) => { file.subscriptions[0].validity.end = '2025-01-01T00:00:00Z'; }, [
    "subscriptions[0].validity.end: '2025-01-01T00:00:00Z' is not after its begin '2026-01-01T00:00:00Z'",
  ]],
  ['an agreement of two accounts', (file) => { file.subscriptions[2].agreementId = file.subscriptions[0].agreementId; }, [
    "subscriptions[2].accountId: '444444444444' is not '111111111111', who accepted 'agmt-exlinux0000000000000001' at subscriptions[0].accountId",
  ]],
  ['a role of an unknown service', (file) => { file.serviceLinkedRoles = { 111111111111: ['example.amazonaws.com'] }; }, [
    expect.stringMatching(/^serviceLinkedRoles\.111111111111: 'example\.amazonaws\.com' is not one of license-manager\.amazonaws\.com/),
  ]],
  ['what consolidated billing cannot have', (file) => { file.organization.featureSet = 'CONSOLIDATED_BILLING'; file.linked = true; }, [
    'linked: an organization with consolidated billing only cannot have it',
  ]],
  ['a file that is no object', (file) => { Object.keys(file).forEach((key) => delete file[key]); file.nothing = []; }, expect.arrayContaining([
    'organization: expected an object, got nothing', 'nothing: unknown member',
  ])],
])('%s is refused with its path', (_what, change, expected) => {
  expect(problems(change)).toEqual(expected);
});

test('everything that is wrong is said at once', () => {
  expect(() => parseOrganization({ ...example, accounts: 'none', linked: 1 })).toThrow(
    'The organization file is not valid:\n  accounts: expected a list, got "none"\n  linked: expected true or false, got 1');
});
