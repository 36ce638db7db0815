import { GrantChangeAnswer } from '../../../../../simulator/services/license-manager/answers';
import { GrantStore } from '../../../../../simulator/services/license-manager/grants/grant-store';
import { ClientTokens } from '../../../../../simulator/services/license-manager/requests/client-tokens';
import { DEFAULT_VARIANTS } from '../../../../../simulator/services/variants';

let tokens: ClientTokens;
let performed: number;

beforeEach(() => {
  tokens = new ClientTokens(new GrantStore(DEFAULT_VARIANTS), DEFAULT_VARIANTS);
  performed = 0;
});

/** Answers with the number of requests that were performed. */
function once(accountId: string, operation: string, request: object): string {
  return tokens.once(accountId, operation, { ClientToken: 'token', ...request }, () => {
    performed += 1;
    return answer(String(performed));
  }).Version;
}

function answer(version: string): GrantChangeAnswer {
  return { GrantArn: 'arn:aws:license-manager::111111111111:grant:g-1', Status: 'PENDING_WORKFLOW', Version: version };
}

test('the same request is performed once, in whatever order its members come', () => {
  expect(once('1', 'CreateGrant', { Name: 'a', Tags: [{ Key: 'k', Value: 'v' }] })).toBe('1');
  expect(once('1', 'CreateGrant', { Tags: [{ Value: 'v', Key: 'k' }], Name: 'a' })).toBe('1');
  expect(performed).toBe(1);
});

test('another account or operation may have the same token', () => {
  expect(once('1', 'CreateGrant', {})).toBe('1');
  expect(once('2', 'CreateGrant', {})).toBe('2');
  expect(once('1', 'CreateGrantVersion', {})).toBe('3');
});

test('a request that failed may be repeated otherwise', () => {
  const fail = () => tokens.once('1', 'CreateGrant', { ClientToken: 'token' }, () => { throw new Error('refused'); });
  expect(fail).toThrow('refused');
  expect(once('1', 'CreateGrant', { Name: 'a' })).toBe('1');
});
