import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OrganizationDefinition } from '../../../../simulator/organization/organization-definition';
import { BARE, LINUX, MANAGEMENT, PAYMENTS, SANDBOX, SCANNER, SimulatedOrganization } from '../simulated-organization';

const LINUX_AGREEMENT = 'agmt-exlinux0000000000000001';
const SCANNER_AGREEMENT = 'agmt-exscan00000000000000002';
const LINUX_PRODUCT = 'prod-exlinux2abcde';

let organization: SimulatedOrganization;

beforeEach(async () => {
  organization = await SimulatedOrganization.start(BARE);
});

afterEach(() => organization.stop());

/** As a client of the AWS JSON 1.0 protocol writes it; the JavaScript client of this service is not among our dependencies. */
async function call(operation: string, input: object, account = MANAGEMENT): Promise<any> {
  const response = await fetch(organization.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSMPCommerceService_v20200301.${operation}`,
      'authorization': `AWS4-HMAC-SHA256 Credential=${account}/20260701/us-east-1/aws-marketplace/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  return response.json();
}

function filters(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, values: [value] }));
}

const AS_ACCEPTOR = { PartyType: 'Acceptor', AgreementType: 'PurchaseAgreement' };

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
      proposalSummary: { offerId: 'offer-exlinux0000000000000001', resources: [{ id: LINUX_PRODUCT, type: 'AmiProduct' }] },
      status: 'ACTIVE',
      entitlements: [{ licenseArn: LINUX }],
    }]);
  });

  test('finds the agreements of the caller alone', async () => {
    expect(await found()).toEqual([SCANNER_AGREEMENT, LINUX_AGREEMENT]);
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

  test('sorts by the end of agreements, the last one first if not asked otherwise', async () => {
    expect(await found({}, MANAGEMENT, { sort: { sortBy: 'EndTime', sortOrder: 'ASCENDING' } })).toEqual([LINUX_AGREEMENT, SCANNER_AGREEMENT]);
  });

  test('gives its pages in order', async () => {
    const input = { filters: filters(AS_ACCEPTOR), maxResults: 1 };
    const first = await call('SearchAgreements', input);
    const second = await call('SearchAgreements', { ...input, nextToken: first.nextToken });
    expect([first, second].map(({ agreementViewSummaries: [{ agreementId }] }) => agreementId)).toEqual([SCANNER_AGREEMENT, LINUX_AGREEMENT]);
    expect(second.nextToken).toBeUndefined();
    await organization.pass(25 * 60 * 60 * 1000);
    expect(await call('SearchAgreements', { ...input, nextToken: first.nextToken })).toMatchObject({ reason: 'INVALID_NEXT_TOKEN' });
  });

  test.each<[string, object, string]>([
    ['a filter by license, which a proposer has', { filters: filters({ ...AS_ACCEPTOR, LicenseArn: LINUX }) }, 'INVALID_FILTERS'],
    ['a filter by chain, which a proposer has', { filters: filters({ ...AS_ACCEPTOR, InitialAgreementId: LINUX_AGREEMENT }) }, 'INVALID_FILTERS'],
    ['a product together with an offer', { filters: filters({ ...AS_ACCEPTOR, ResourceIdentifier: 'prod-1', OfferId: 'offer-1' }) }, 'INVALID_FILTERS'],
    ['a type of resource together with a status', { filters: filters({ ...AS_ACCEPTOR, ResourceType: 'AmiProduct', Status: 'ACTIVE' }) }, 'INVALID_FILTERS'],
    ['no type of agreement', { filters: filters({ PartyType: 'Acceptor' }) }, 'INVALID_FILTERS'],
    ['a filter that is spelled otherwise', { filters: filters({ ...AS_ACCEPTOR, resourceIdentifier: 'prod-1' }) }, 'INVALID_FILTER_NAME'],
    ['a party that is spelled otherwise', { filters: filters({ ...AS_ACCEPTOR, PartyType: 'acceptor' }) }, 'INVALID_FILTER_VALUES'],
    ['a date that is none', { filters: filters({ ...AS_ACCEPTOR, BeforeEndTime: 'tomorrow' }) }, 'INVALID_FILTER_VALUES'],
    ['a filter without a value', { filters: [{ name: 'PartyType' }] }, 'MISSING_FILTER_VALUES'],
    ['two values', { filters: [{ name: 'Status', values: ['ACTIVE', 'EXPIRED'] }] }, 'OTHER'],
    ['another order', { filters: filters(AS_ACCEPTOR), sort: { sortBy: 'StartTime' } }, 'INVALID_SORT_BY'],
    ['another catalog', { catalog: 'Elsewhere', filters: filters(AS_ACCEPTOR) }, 'INVALID_CATALOG'],
    ['a token that it did not give', { filters: filters(AS_ACCEPTOR), nextToken: 'made-up' }, 'INVALID_NEXT_TOKEN'],
    ['a page of more than 50', { filters: filters(AS_ACCEPTOR), maxResults: 51 }, 'OTHER'],
  ])('refuses %s', async (_what, input, reason) => {
    expect(await call('SearchAgreements', input)).toMatchObject({ __type: 'ValidationException', reason });
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
    expect(await call(operation, {})).toMatchObject({ __type: 'ValidationException', message: expect.stringContaining("'agreementId'") });
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
