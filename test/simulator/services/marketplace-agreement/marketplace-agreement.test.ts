import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadPolicyEvaluator } from '../../../../simulator/authorization/load-policy-evaluator';
import { PolicyStatement } from '../../../../simulator/authorization/policy-document';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import { BARE, Credentials, LINUX, MANAGEMENT, PAYMENTS, SANDBOX, SCANNER, SimulatedOrganization } from '../simulated-organization';

const LINUX_AGREEMENT = 'agmt-exlinux0000000000000001';
const SCANNER_AGREEMENT = 'agmt-exscan00000000000000002';
const LINUX_PRODUCT = 'prod-exlinux2abcde';

let organization: SimulatedOrganization;

beforeEach(async () => {
  organization = await SimulatedOrganization.start(BARE);
});

afterEach(() => organization.stop());

/** As a client of the AWS JSON 1.0 protocol writes it; the JavaScript client of this service is not among our dependencies. */
async function call(operation: string, input: object, caller: string | Credentials = MANAGEMENT): Promise<any> {
  const { accessKeyId, sessionToken } = typeof caller === 'string' ? { accessKeyId: caller, sessionToken: undefined } : caller;
  const response = await fetch(organization.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSMPCommerceService_v20200301.${operation}`,
      'authorization': `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260701/us-east-1/aws-marketplace/aws4_request, SignedHeaders=host, Signature=0`,
      ...sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken },
    },
    body: JSON.stringify(input),
  });
  return response.json();
}

function filters(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, values: [value] }));
}

const AS_ACCEPTOR = { PartyType: 'Acceptor', AgreementType: 'PurchaseAgreement' };

/** An acceptor's search with other filters; undefined leaves one out. */
function searchFor(changes: Readonly<Record<string, string | undefined>> = {}) {
  const wanted = Object.entries({ ...AS_ACCEPTOR, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { filters: filters(Object.fromEntries(wanted)) };
}

async function found(more: Readonly<Record<string, string>> = {}, account = MANAGEMENT, input: object = {}): Promise<string[]> {
  const { agreementViewSummaries } = await call('SearchAgreements', { filters: filters({ ...AS_ACCEPTOR, ...more }), ...input }, account);
  return agreementViewSummaries.map(({ agreementId }: { agreementId: string }) => agreementId);
}

async function changed(changes: (index: number) => object): Promise<void> {
  await organization.stop();
  const definition: OrganizationDefinition = {
    ...BARE, subscriptions: BARE.subscriptions.map((subscription, index) => ({ ...subscription, ...changes(index) })),
  };
  organization = await SimulatedOrganization.start(definition);
}

describe('SearchAgreements', () => {
  test('leads an acceptor from a product to the license of its agreement', async () => {
    const { agreementViewSummaries } = await call(
      'SearchAgreements', { catalog: 'AWSMarketplace', filters: filters({ ...AS_ACCEPTOR, ResourceIdentifier: LINUX_PRODUCT, Status: 'ACTIVE' }) });
    expect(agreementViewSummaries).toEqual([{
      agreementId: LINUX_AGREEMENT,
      initialAgreementId: LINUX_AGREEMENT,
      agreementType: 'PurchaseAgreement',
      acceptor: { accountId: MANAGEMENT },
      proposer: { accountId: expect.stringMatching(/^\d{12}$/) },
      acceptanceTime: Date.parse('2026-01-01T00:00:00Z') / 1000,
      startTime: Date.parse('2026-01-01T00:00:00Z') / 1000,
      endTime: Date.parse('2027-01-01T00:00:00Z') / 1000,
      lastUpdateTime: Date.parse('2026-01-01T00:00:00Z') / 1000,
      proposalSummary: { offerId: 'offer-exlinux0000000000000001', resources: [{ id: LINUX_PRODUCT, type: 'AmiProduct' }] },
      status: 'ACTIVE',
      entitlements: [{ licenseArn: LINUX }],
      endTimeBehaviorType: 'EXPIRE',
      endTimeBehaviorReasonCode: 'NO_RENEWAL_TERM',
    }]);
  });

  test('says of an agreement that is over when it ended, and of one without an end nothing about its end', async () => {
    await changed((index) => ({ validity: { begin: '2025-06-01T00:00:00Z', end: index === 0 ? '2026-06-01T00:00:00Z' : undefined } }));
    const { agreementViewSummaries: [linux, scanner] } = await call('SearchAgreements', { filters: filters(AS_ACCEPTOR) });
    expect(linux).toMatchObject({ status: 'EXPIRED', lastUpdateTime: Date.parse('2026-06-01T00:00:00Z') / 1000 });
    expect(scanner).toMatchObject({ status: 'ACTIVE', lastUpdateTime: Date.parse('2025-06-01T00:00:00Z') / 1000 });
    expect(Object.keys(scanner).filter((member) => member.startsWith('end'))).toEqual([]);
  });

  test('finds the agreements of the caller alone', async () => {
    expect(await found()).toEqual([LINUX_AGREEMENT, SCANNER_AGREEMENT]);
    expect(await found({}, SANDBOX)).toEqual(['agmt-exlinux0000000000000003']);
    expect(await found({}, PAYMENTS)).toEqual([]);
    expect(await found({ PartyType: 'Proposer' })).toEqual([]);
  });

  test('selects by each filter of an acceptor', async () => {
    expect(await found({ OfferId: 'offer-exlinux0000000000000001' })).toEqual([LINUX_AGREEMENT]);
    expect(await found({ OfferSetId: 'offerset-any' })).toEqual([]);
    expect(await found({ ResourceType: 'AmiProduct' })).toHaveLength(2);
    expect(await found({ ResourceType: 'SaaSProduct' })).toEqual([]);
    expect(await found({ Status: 'EXPIRED' })).toEqual([]);
    expect(await found({ BeforeEndTime: '2027-02-01T00:00:00Z' })).toEqual([LINUX_AGREEMENT]);
    expect(await found({ AfterEndTime: '2027-02-01T00:00:00Z', Status: 'ACTIVE' })).toEqual([SCANNER_AGREEMENT]);
  });

  test('sorts by the end of agreements, the first one first if not asked otherwise', async () => {
    expect(await found({}, MANAGEMENT, { sort: { sortOrder: 'DESCENDING' } })).toEqual([SCANNER_AGREEMENT, LINUX_AGREEMENT]);
    expect(await found({}, MANAGEMENT, { sort: { sortBy: 'EndTime' } })).toEqual([LINUX_AGREEMENT, SCANNER_AGREEMENT]);
    expect(await found({ PartyType: 'Proposer' }, MANAGEMENT, { sort: { sortBy: 'LastUpdateTime' } })).toEqual([]);
  });

  test('gives its pages in order', async () => {
    const input = { filters: filters(AS_ACCEPTOR), maxResults: 1 };
    const first = await call('SearchAgreements', input);
    const second = await call('SearchAgreements', { ...input, nextToken: first.nextToken });
    expect([first, second].map(({ agreementViewSummaries: [{ agreementId }] }) => agreementId)).toEqual([LINUX_AGREEMENT, SCANNER_AGREEMENT]);
    expect(second.nextToken).toBeUndefined();
    await organization.pass(25 * 60 * 60 * 1000);
    expect(await call('SearchAgreements', { ...input, nextToken: first.nextToken })).toMatchObject({ reason: 'INVALID_NEXT_TOKEN' });
  });

  test.each<[string, object, string, string]>([
    ['no filters', {}, 'MISSING_PARTY_TYPE', 'filters'],
    ['no party', searchFor({ PartyType: undefined }), 'MISSING_PARTY_TYPE', 'filters'],
    ['a party that is spelled otherwise', searchFor({ PartyType: 'acceptor' }), 'INVALID_PARTY_TYPE', 'filters.1.member.values'],
    ['no type of agreement', searchFor({ AgreementType: undefined }), 'UNSUPPORTED_FILTERS', 'filters'],
    ['a type of agreement that there is not', searchFor({ AgreementType: 'Other' }), 'INVALID_AGREEMENT_TYPE', 'filters.2.member.values'],
    ['a filter by license, which a proposer has', searchFor({ LicenseArn: LINUX }), 'UNSUPPORTED_FILTERS', 'filters'],
    ['a filter by chain, which a proposer has', searchFor({ InitialAgreementId: LINUX_AGREEMENT }), 'UNSUPPORTED_FILTERS', 'filters'],
    ['a product together with an offer', searchFor({ ResourceIdentifier: 'prod-1', OfferId: 'offer-1' }), 'UNSUPPORTED_FILTERS', 'filters'],
    ['a type of resource together with a status', searchFor({ ResourceType: 'AmiProduct', Status: 'ACTIVE' }), 'UNSUPPORTED_FILTERS', 'filters'],
    ['a filter that is there twice', { filters: [...filters(AS_ACCEPTOR), ...filters(AS_ACCEPTOR)] }, 'INVALID_FILTERS', 'filters.3.member.name'],
    ['an empty list of filters', { filters: [] }, 'INVALID_FILTERS', 'filters'],
    ['a filter that is spelled otherwise', searchFor({ resourceIdentifier: 'prod-1' }), 'INVALID_FILTER_NAME', 'filters.3.member.name'],
    ['a filter whose name is none', searchFor({ 'Resource Type': 'AmiProduct' }), 'INVALID_FILTER_NAME', 'filters.3.member.name'],
    ['a filter without a name', { filters: [{ values: ['Acceptor'] }] }, 'MISSING_FILTER_NAME', 'filters.1.member.name'],
    ['a status that there is not', searchFor({ Status: 'Active' }), 'INVALID_FILTER_VALUES', 'filters.3.member.values'],
    ['a date that is none', searchFor({ BeforeEndTime: 'tomorrow' }), 'INVALID_FILTER_VALUES', 'filters.3.member.values'],
    ['a value that is none', searchFor({ OfferId: '?' }), 'INVALID_FILTER_VALUES', 'filters.3.member.values.1.member'],
    ['two values', { filters: [{ name: 'Status', values: ['ACTIVE', 'EXPIRED'] }] }, 'INVALID_FILTER_VALUES', 'filters.1.member.values'],
    ['an empty list of values', { filters: [{ name: 'Status', values: [] }] }, 'MISSING_FILTER_VALUES', 'filters.1.member.values'],
    ['a filter without a value', { filters: [{ name: 'PartyType' }] }, 'MISSING_FILTER_VALUES', 'filters.1.member.values'],
    ['another order', { ...searchFor(), sort: { sortBy: 'StartTime' } }, 'INVALID_SORT_BY', 'sort.sortBy'],
    ['another direction', { ...searchFor(), sort: { sortOrder: 'UP' } }, 'INVALID_SORT_ORDER', 'sort.sortOrder'],
    ['another catalog', { ...searchFor(), catalog: 'Elsewhere' }, 'INVALID_CATALOG', 'catalog'],
    ['a catalog whose name is none', { ...searchFor(), catalog: '?' }, 'INVALID_CATALOG', 'catalog'],
    ['a token that it did not give', { ...searchFor(), nextToken: 'made-up' }, 'INVALID_NEXT_TOKEN', 'nextToken'],
    ['a page of more than 50', { ...searchFor(), maxResults: 51 }, 'INVALID_MAX_RESULTS', 'maxResults'],
    ['a sort that is none', { ...searchFor(), sort: 'EndTime' }, 'OTHER', 'sort'],
  ])('refuses %s', async (_what, input, reason, field) => {
    expect(await call('SearchAgreements', input)).toMatchObject({
      __type: 'ValidationException', reason, fields: [{ name: field, message: expect.stringMatching(/./) }],
    });
  });
});

describe('an agreement', () => {
  test('is described with the first one of its chain', async () => {
    await changed((index) => index === 0 ? { initialAgreementId: 'agmt-first' } : {});
    expect(await call('DescribeAgreement', { agreementId: LINUX_AGREEMENT })).toMatchObject({
      agreementId: LINUX_AGREEMENT, initialAgreementId: 'agmt-first', status: 'ACTIVE', endTimeBehavior: { type: 'EXPIRE' },
    });
  });

  test('leads to its licenses', async () => {
    await changed((index) => index === 1 ? { agreementId: LINUX_AGREEMENT } : {});
    expect(await call('GetAgreementEntitlements', { agreementId: LINUX_AGREEMENT })).toEqual({
      agreementEntitlements: [
        { resource: { id: LINUX_PRODUCT, type: 'AmiProduct' }, type: 'AWS::Marketplace::Usage', status: 'PROVISIONED', licenseArn: LINUX },
        { resource: { id: 'prod-exscan7fghijk', type: 'AmiProduct' }, type: 'AWS::Marketplace::Usage', status: 'PROVISIONED', licenseArn: SCANNER },
      ],
    });
    expect((await call('GetAgreementEntitlements', { agreementId: LINUX_AGREEMENT, maxResults: 1 })).nextToken).toEqual(expect.any(String));
  });

  test.each<[string, object, object]>([
    ['that begins later', { validity: { begin: '2026-08-01T00:00:00Z' } }, { status: 'SCHEDULED', statusReasonCode: 'FUTURE_START_DATE' }],
    ['whose license is not there yet', { licenseStatus: 'PENDING_AVAILABLE' }, { status: 'PENDING', statusReasonCode: 'PROVISIONING_IN_PROGRESS' }],
    ['that is suspended', { licenseStatus: 'SUSPENDED' }, { status: 'FAILED', licenseArn: LINUX }],
    ['that is over', { validity: { begin: '2025-06-01T00:00:00Z', end: '2026-06-01T00:00:00Z' } }, { status: 'DEPROVISIONED', licenseArn: LINUX }],
  ])('%s says so in its entitlement', async (_which, changes, expected) => {
    await changed((index) => index === 0 ? changes : {});
    const { agreementEntitlements: [entitlement] } = await call('GetAgreementEntitlements', { agreementId: LINUX_AGREEMENT });
    expect(entitlement).toMatchObject(expected);
    expect('licenseArn' in entitlement).toBe('licenseArn' in expected);
    const { agreementViewSummaries: [{ entitlements }] } = await call('SearchAgreements', searchFor({ ResourceIdentifier: LINUX_PRODUCT }));
    expect(entitlements).toEqual('licenseArn' in expected ? [{ licenseArn: LINUX }] : [{}]);
  });

  test('has the term of its validity', async () => {
    expect(await call('GetAgreementTerms', { agreementId: LINUX_AGREEMENT })).toEqual({
      acceptedTerms: [{
        validityTerm: {
          type: 'ValidityTerm', id: `term-validity-${LINUX_AGREEMENT}`, agreementStartDate: Date.parse('2026-01-01') / 1000, agreementEndDate: Date.parse('2027-01-01') / 1000,
        },
      }],
    });
  });

  test('with a slash in its id has a term, too', async () => {
    await changed((index) => index === 0 ? { agreementId: 'agmt/linux' } : {});
    expect(await call('GetAgreementTerms', { agreementId: 'agmt/linux' })).toMatchObject({ acceptedTerms: [{ validityTerm: { id: 'term-validity-agmt-linux' } }] });
  });

  test('renews at its end if it is continued', async () => {
    const over = { validity: { begin: '2025-08-01T00:00:00Z', end: '2026-08-01T00:00:00Z' } };
    const next = { initialAgreementId: LINUX_AGREEMENT, validity: { begin: '2026-08-01T00:00:00Z' } };
    await changed((index) => index === 0 ? over : next);
    expect(await call('DescribeAgreement', { agreementId: LINUX_AGREEMENT })).toMatchObject({
      endTimeBehavior: { type: 'RENEW', renewalSummary: { offerId: 'offer-exscan00000000000000002' } },
    });
    expect(await call('GetAgreementTerms', { agreementId: LINUX_AGREEMENT })).toMatchObject({
      acceptedTerms: [{ validityTerm: {} }, { renewalTerm: { type: 'RenewalTerm', configuration: { enableAutoRenew: true } } }],
    });
    const { agreementViewSummaries: [summary] } = await call('SearchAgreements', searchFor({ ResourceIdentifier: LINUX_PRODUCT }));
    expect(summary).toMatchObject({ endTimeBehaviorType: 'RENEW' });
    expect(summary).not.toHaveProperty('endTimeBehaviorReasonCode');
  });

  test('is renewed only once the next one of its chain has begun', async () => {
    await changed((index) => index === 0
      ? { validity: { begin: '2025-06-01T00:00:00Z', end: '2026-06-01T00:00:00Z' } }
      : { initialAgreementId: LINUX_AGREEMENT, validity: { begin: '2026-07-02T00:00:00Z' } });
    const status = async () => (await call('DescribeAgreement', { agreementId: LINUX_AGREEMENT })).status;
    expect([await status(), await found({ Status: 'EXPIRED' })]).toEqual(['EXPIRED', [LINUX_AGREEMENT]]);
    await organization.pass(Date.parse('2026-07-02T00:00:00Z') - organization.clock.now().getTime());
    expect([await status(), await found({ Status: 'RENEWED' })]).toEqual(['RENEWED', [LINUX_AGREEMENT]]);
  });

  test('is over at the end of its validity, renewed if the next one of its chain is there', async () => {
    const status = async (agreementId: string) => (await call('DescribeAgreement', { agreementId })).status;
    await changed((index) => index === 0 ? { validity: { begin: '2025-06-01T00:00:00Z', end: '2026-06-01T00:00:00Z' } } : {});
    expect(await status(LINUX_AGREEMENT)).toBe('EXPIRED');
    await changed((index) => index === 0
      ? { validity: { begin: '2025-06-01T00:00:00Z', end: '2026-06-01T00:00:00Z' } }
      : { initialAgreementId: LINUX_AGREEMENT });
    expect([await status(LINUX_AGREEMENT), await status(SCANNER_AGREEMENT)]).toEqual(['RENEWED', 'ACTIVE']);
    await changed(() => ({ licenseStatus: 'DEACTIVATED' }));
    expect(await status(LINUX_AGREEMENT)).toBe('TERMINATED');
  });

  test.each(['DescribeAgreement', 'GetAgreementEntitlements', 'GetAgreementTerms'])('is not there for others, nor without its id: %s', async (operation) => {
    expect(await call(operation, { agreementId: LINUX_AGREEMENT }, PAYMENTS)).toMatchObject({
      __type: 'ResourceNotFoundException', resourceId: LINUX_AGREEMENT, resourceType: 'Agreement',
    });
    expect(await call(operation, {})).toMatchObject({
      __type: 'ValidationException',
      message: expect.stringContaining("'agreementId'"),
      reason: 'MISSING_AGREEMENT_ID',
      fields: [{ name: 'agreementId', message: 'Member must not be null' }],
    });
    expect(await call(operation, { agreementId: 'agmt 1' })).toMatchObject({ reason: 'INVALID_AGREEMENT_ID', fields: [{ name: 'agreementId' }] });
  });

  test('is refused with all that is wrong, for the reason that comes first', async () => {
    expect(await call('GetAgreementTerms', { agreementId: '?', maxResults: 0 })).toMatchObject({
      reason: 'INVALID_AGREEMENT_ID', fields: [{ name: 'agreementId' }, { name: 'maxResults' }],
    });
    expect(await call('GetAgreementTerms', [])).toMatchObject({ reason: 'OTHER', fields: [] });
  });
});

describe('a role whose policy has conditions', () => {
  const AGREEMENT = { agreementId: LINUX_AGREEMENT };

  /** A session of a role that reads agreements under the conditions. */
  async function sessionUnder(condition: object): Promise<Credentials> {
    await organization.stop();
    organization = await SimulatedOrganization.start(BARE, { policyEvaluator: loadPolicyEvaluator() });
    const statement = { Effect: 'Allow', Action: 'aws-marketplace:*', Resource: '*', Condition: condition } as PolicyStatement;
    const { arn } = organization.aws.roles.put({
      accountId: MANAGEMENT,
      roleName: 'Reader',
      trustPolicy: { Version: '2012-10-17', Statement: [] },
      inlinePolicies: [{ name: 'Permissions', document: { Version: '2012-10-17', Statement: [statement] } }],
    });
    return organization.aws.identities.issueCredentials({ accountId: MANAGEMENT, roleArn: arn, sessionName: 'function' });
  }

  const REQUESTS: Readonly<Record<string, object>> = {
    SearchAgreements: searchFor(), DescribeAgreement: AGREEMENT, GetAgreementTerms: AGREEMENT, GetAgreementEntitlements: AGREEMENT,
  };

  async function allowed(session: Credentials): Promise<string[]> {
    const answers = await Promise.all(Object.entries(REQUESTS).map(async ([operation, input]) => (
      { operation, denied: (await call(operation, input, session)).__type === 'AccessDeniedException' })));
    return answers.filter(({ denied }) => !denied).map(({ operation }) => operation);
  }

  test('for the party reads as that party, by the actions that have the key', async () => {
    expect(await allowed(await sessionUnder({ StringEquals: { 'aws-marketplace:PartyType': 'Acceptor' } }))).toEqual(
      ['SearchAgreements', 'DescribeAgreement', 'GetAgreementTerms']);
    expect(await allowed(await sessionUnder({ StringEquals: { 'aws-marketplace:PartyType': 'Proposer' } }))).toEqual([]);
  });

  test('for the type of agreement reads agreements of that type', async () => {
    expect(await allowed(await sessionUnder({ 'ForAnyValue:StringEquals': { 'aws-marketplace:AgreementType': 'PurchaseAgreement' } })))
      .toEqual(Object.keys(REQUESTS));
    expect(await allowed(await sessionUnder({ 'ForAnyValue:StringEquals': { 'aws-marketplace:AgreementType': 'Other' } }))).toEqual([]);
  });
});

describe('the AWS command line', () => {
  /** A machine that has it takes seconds to start it; the test waits for nothing else. */
  const COMMAND_LINE_MILLISECONDS = 60_000;

  test('finds an agreement', async () => {
    const run = promisify(execFile);
    if (!await run('aws', ['--version']).then(() => true, () => false)) {
      process.stdout.write('Skipped: the AWS command line is not installed.\n');
      return;
    }
    const search = JSON.stringify({ filters: filters({ ...AS_ACCEPTOR, ResourceIdentifier: LINUX_PRODUCT }) });
    const { stdout } = await run('aws', ['marketplace-agreement', 'search-agreements', '--cli-input-json', search, '--output', 'json'], {
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL: organization.aws.endpoint,
        AWS_ACCESS_KEY_ID: MANAGEMENT,
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PAGER: '',
      },
    });
    expect(JSON.parse(stdout).agreementViewSummaries).toMatchObject([{ agreementId: LINUX_AGREEMENT, status: 'ACTIVE' }]);
  }, COMMAND_LINE_MILLISECONDS);
});
