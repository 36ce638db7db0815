import { DocumentReader } from './document-reader';
import { organizationalUnitArn, organizationArn } from './organization-arns';
import {
  AccountDefinition,
  GrantDefinition,
  OrganizationalUnitDefinition,
  OrganizationDefinition,
  OrganizationHeader,
  ProductDefinition,
  SubscriptionDefinition,
} from './organization-definition';
import { readManagedPolicies, readServiceControlPolicies } from './read-policies';
import { SERVICE_LINKED_ROLE_NAMES } from '../services/iam/service-linked-role-names';
import { accountPrincipalArn } from '../services/license-manager/grants/grantee-principal';

// The forms of ids are those of the Organizations and License Manager models.
const ACCOUNT_ID = { form: /^\d{12}$/, example: '12 digits' };
const ORGANIZATION_ID = { form: /^o-[a-z0-9]{10,32}$/, example: 'o-exampleorg1' };
const ROOT_ID = { form: /^r-[0-9a-z]{4,32}$/, example: 'r-ex01' };
const UNIT_ID = { form: /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/, example: 'ou-ex01-workload' };
const LICENSE_ARN = { form: /^arn:aws:license-manager::\d{12}:license:l-[0-9a-f]{32}$/, example: 'arn:aws:license-manager::294406891311:license:l-…' };
// What AWS Marketplace takes for the id of an agreement or a product.
const MARKETPLACE_ID = { form: /^[A-Za-z0-9_/-]{1,64}$/, example: 'agmt-exlinux0000000000000001' };
const GRANTEE_ARN = { form: /^arn:aws:(iam|organizations)::\d{12}:\S+$/, example: 'arn:aws:iam::222222222222:root' };
const ANY_TEXT = { form: /\S/, example: 'a text' };
const INSTANT = { form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, example: '2026-01-01T00:00:00Z' };

const FEATURE_SETS = ['ALL', 'CONSOLIDATED_BILLING'] as const;
const ACCOUNT_STATES = ['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'] as const;
const LICENSE_STATUSES = ['AVAILABLE', 'PENDING_AVAILABLE', 'DEACTIVATED', 'SUSPENDED', 'EXPIRED', 'PENDING_DELETE', 'DELETED'] as const;
const GRANT_STATUSES = [
  'PENDING_WORKFLOW', 'PENDING_ACCEPT', 'REJECTED', 'ACTIVE', 'FAILED_WORKFLOW', 'DELETED', 'PENDING_DELETE', 'DISABLED', 'WORKFLOW_COMPLETED',
] as const;
const OPERATIONS = [
  'CreateGrant', 'CheckoutLicense', 'CheckoutBorrowLicense', 'CheckInLicense', 'ExtendConsumptionLicense', 'ListPurchasedLicenses', 'CreateToken',
] as const;

/** An organization file with everything that is wrong with it, each with its path in the file. */
export class InvalidOrganizationFile extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The organization file is not valid:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.name = 'InvalidOrganizationFile';
  }
}

/** Reads a parsed JSON document as an organization file. */
export function parseOrganization(document: unknown): OrganizationDefinition {
  const problems: string[] = [];
  const file = new DocumentReader(document, '', problems);
  const definition: OrganizationDefinition = {
    organization: file.isNull('organization') ? null : readHeader(file.record('organization')),
    organizationalUnits: file.list('organizationalUnits').map(readUnit),
    accounts: file.list('accounts').map(readAccount),
    products: file.list('products').map(readProduct),
    subscriptions: file.list('subscriptions').map(readSubscription),
    trustedServices: file.texts('trustedServices'),
    linked: file.flag('linked'),
    serviceLinkedRoles: file.textsByKey('serviceLinkedRoles'),
    delegatedAdministrators: file.optional('delegatedAdministrators')?.textByKey(),
    serviceControlPolicies: readServiceControlPolicies(file.optional('serviceControlPolicies')),
    managedPolicies: readManagedPolicies(file.optional('managedPolicies')),
    grants: file.has('grants') ? file.list('grants').map(readGrant) : undefined,
  };
  file.refuseUnread();
  // Relations between parts make sense only if the parts do.
  if (problems.length === 0) problems.push(...brokenRelations(definition));
  if (problems.length > 0) throw new InvalidOrganizationFile(problems);
  return definition;
}

function readHeader(reader: DocumentReader): OrganizationHeader {
  const header = {
    id: reader.text('id', ORGANIZATION_ID),
    rootId: reader.text('rootId', ROOT_ID),
    managementAccountId: reader.text('managementAccountId', ACCOUNT_ID),
    featureSet: reader.choice('featureSet', FEATURE_SETS),
  };
  reader.refuseUnread();
  return header;
}

function readUnit(reader: DocumentReader): OrganizationalUnitDefinition {
  const unit = { id: reader.text('id', UNIT_ID), name: reader.text('name', ANY_TEXT), parentId: reader.text('parentId', ANY_TEXT) };
  reader.refuseUnread();
  return unit;
}

function readAccount(reader: DocumentReader): AccountDefinition {
  const account = {
    id: reader.text('id', ACCOUNT_ID),
    name: reader.text('name', ANY_TEXT),
    parentId: reader.has('parentId') ? reader.text('parentId', ANY_TEXT) : undefined,
    state: reader.choice('state', ACCOUNT_STATES),
    tags: reader.record('tags').textByKey(),
  };
  reader.refuseUnread();
  return account;
}

function readProduct(reader: DocumentReader): ProductDefinition {
  const product = {
    productId: reader.text('productId', MARKETPLACE_ID),
    productSku: reader.text('productSku', ANY_TEXT),
    name: reader.text('name', ANY_TEXT),
    issuer: reader.text('issuer', ANY_TEXT),
  };
  reader.refuseUnread();
  return product;
}

function readSubscription(reader: DocumentReader): SubscriptionDefinition {
  const validity = reader.record('validity');
  const subscription = {
    agreementId: reader.text('agreementId', MARKETPLACE_ID),
    initialAgreementId: reader.has('initialAgreementId') ? reader.text('initialAgreementId', MARKETPLACE_ID) : undefined,
    productId: reader.text('productId', ANY_TEXT),
    accountId: reader.text('accountId', ACCOUNT_ID),
    licenseArn: reader.text('licenseArn', LICENSE_ARN),
    licenseStatus: reader.choice('licenseStatus', LICENSE_STATUSES),
    validity: { begin: validity.text('begin', INSTANT), end: validity.has('end') ? validity.text('end', INSTANT) : undefined },
    allowedOperations: reader.has('allowedOperations') ? reader.choices('allowedOperations', OPERATIONS) : undefined,
    homeRegion: reader.has('homeRegion') ? reader.text('homeRegion', ANY_TEXT) : undefined,
  };
  validity.refuseUnread();
  reader.refuseUnread();
  return subscription;
}

function readGrant(reader: DocumentReader): GrantDefinition {
  const grant = {
    licenseArn: reader.text('licenseArn', LICENSE_ARN),
    granteePrincipalArn: reader.text('granteePrincipalArn', GRANTEE_ARN),
    name: reader.text('name', ANY_TEXT),
    status: reader.choice('status', GRANT_STATUSES),
    allowedOperations: reader.has('allowedOperations') ? reader.choices('allowedOperations', OPERATIONS) : undefined,
    tags: reader.optional('tags')?.textByKey(),
  };
  reader.refuseUnread();
  return grant;
}

function brokenRelations(definition: OrganizationDefinition): string[] {
  const { organization, organizationalUnits, accounts, products, subscriptions } = definition;
  const accountIds = new Set(accounts.map(({ id }) => id));
  const memberIds = new Set(accounts.filter(({ parentId }) => parentId !== undefined).map(({ id }) => id));
  const productIds = new Set(products.map(({ productId }) => productId));
  const parents = new Set([...(organization ? [organization.rootId] : []), ...organizationalUnits.map(({ id }) => id)]);
  const problems = [
    ...repeated('organizationalUnits', 'id', organizationalUnits.map(({ id }) => id)),
    ...repeated('accounts', 'id', accounts.map(({ id }) => id)),
    ...repeated('products', 'productId', products.map(({ productId }) => productId)),
    ...repeated('subscriptions', 'licenseArn', subscriptions.map(({ licenseArn }) => licenseArn)),
  ];
  const mustBeOneOf = (path: string, value: string, known: ReadonlySet<string>, what: string) => {
    if (!known.has(value)) problems.push(`${path}: '${value}' is not ${what} of this file`);
  };

  if (organization) mustBeOneOf('organization.managementAccountId', organization.managementAccountId, memberIds, 'an account with a parentId');
  organizationalUnits.forEach(({ id, parentId }, index) => {
    mustBeOneOf(`organizationalUnits[${index}].parentId`, parentId, parents, 'the root or an organizational unit');
    if (isBelowItself(id, organizationalUnits)) problems.push(`organizationalUnits[${index}].parentId: '${parentId}' is below '${id}' itself`);
  });
  accounts.forEach(({ parentId }, index) => {
    if (parentId !== undefined) mustBeOneOf(`accounts[${index}].parentId`, parentId, parents, 'the root or an organizational unit');
  });
  subscriptions.forEach(({ productId, accountId, validity }, index) => {
    mustBeOneOf(`subscriptions[${index}].productId`, productId, productIds, 'a product');
    mustBeOneOf(`subscriptions[${index}].accountId`, accountId, accountIds, 'an account');
    if (validity.end !== undefined && new Date(validity.end) <= new Date(validity.begin)) {
      problems.push(`subscriptions[${index}].validity.end: '${validity.end}' is not after its begin '${validity.begin}'`);
    }
  });
  problems.push(...agreementsOfSeveralAccounts(subscriptions));
  Object.entries(definition.serviceLinkedRoles).forEach(([accountId, services]) => {
    mustBeOneOf(`serviceLinkedRoles.${accountId}`, accountId, accountIds, 'an account');
    services.filter((service) => !Object.hasOwn(SERVICE_LINKED_ROLE_NAMES, service)).forEach((service) => problems.push(
      `serviceLinkedRoles.${accountId}: '${service}' is not one of ${Object.keys(SERVICE_LINKED_ROLE_NAMES).join(', ')}`));
  });
  Object.entries(definition.delegatedAdministrators ?? {}).forEach(([principal, accountId]) =>
    mustBeOneOf(`delegatedAdministrators.${principal}`, accountId, memberIds, 'an account with a parentId'));
  Object.keys(definition.serviceControlPolicies ?? {}).filter((id) => !parents.has(id)).forEach((id) =>
    mustBeOneOf(`serviceControlPolicies.${id}`, id, memberIds, 'the root, an organizational unit or an account with a parentId'));
  const licenseArns = new Set(subscriptions.map(({ licenseArn }) => licenseArn));
  const grantees = granteesOf(definition);
  definition.grants?.forEach(({ licenseArn, granteePrincipalArn }, index) => {
    mustBeOneOf(`grants[${index}].licenseArn`, licenseArn, licenseArns, 'the license of a subscription');
    mustBeOneOf(`grants[${index}].granteePrincipalArn`, granteePrincipalArn, grantees, 'the ARN of an account, an organizational unit or the organization');
  });
  problems.push(...needsOfTheOrganization(definition));
  return problems;
}

/** Whom License Manager takes for a grantee. */
function granteesOf({ organization, organizationalUnits, accounts }: OrganizationDefinition): ReadonlySet<string> {
  const ofOrganization = organization === null ? [] : [
    organizationArn(organization),
    ...organizationalUnits.map(({ id }) => organizationalUnitArn(organization, id)),
  ];
  return new Set([...accounts.map(({ id }) => accountPrincipalArn(id)), ...ofOrganization]);
}

/** An agreement has one acceptor. */
function agreementsOfSeveralAccounts(subscriptions: readonly SubscriptionDefinition[]): string[] {
  return subscriptions.flatMap(({ agreementId, accountId }, index) => {
    const first = subscriptions.findIndex((subscription) => subscription.agreementId === agreementId);
    const acceptor = subscriptions[first].accountId;
    if (accountId === acceptor) return [];
    return [`subscriptions[${index}].accountId: '${accountId}' is not '${acceptor}', who accepted '${agreementId}' at subscriptions[${first}].accountId`];
  });
}

/** What only an organization, or only one with all features, can have. */
function needsOfTheOrganization(definition: OrganizationDefinition): string[] {
  const { organization, trustedServices, linked, delegatedAdministrators, serviceControlPolicies } = definition;
  if (organization?.featureSet === 'ALL') return [];
  const why = organization ? 'an organization with consolidated billing only cannot have it' : 'there is no organization that could have it';
  return [
    ...trustedServices.length > 0 ? [`trustedServices: ${why}`] : [],
    ...linked ? [`linked: ${why}`] : [],
    ...Object.keys(delegatedAdministrators ?? {}).length > 0 ? [`delegatedAdministrators: ${why}`] : [],
    ...Object.keys(serviceControlPolicies ?? {}).length > 0 ? [`serviceControlPolicies: ${why}`] : [],
  ];
}

function repeated(list: string, member: string, values: readonly string[]): string[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [`${list}[${index}].${member}: '${value}' is there already, at ${list}[${values.indexOf(value)}]`] : []);
}

function isBelowItself(unitId: string, units: readonly OrganizationalUnitDefinition[]): boolean {
  const seen = new Set<string>();
  for (let parent = parentOf(unitId, units); parent !== undefined && !seen.has(parent); parent = parentOf(parent, units)) {
    if (parent === unitId) return true;
    seen.add(parent);
  }
  return false;
}

function parentOf(unitId: string, units: readonly OrganizationalUnitDefinition[]): string | undefined {
  return units.find(({ id }) => id === unitId)?.parentId;
}
