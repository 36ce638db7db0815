import { ClientTokens } from '../../../../../simulator/services/license-manager/requests/client-tokens';

let tokens: ClientTokens;
let performed: number;

beforeEach(() => {
  tokens = new ClientTokens();
  performed = 0;
});

function once(accountId: string, operation: string, request: object): number {
  return tokens.once(accountId, operation, { ClientToken: 'token', ...request }, () => {
    performed += 1;
    return performed;
  });
}

test('the same request is performed once, in whatever order its members come', () => {
  expect(once('1', 'CreateGrant', { Name: 'a', Tags: [{ Key: 'k', Value: 'v' }] })).toBe(1);
  expect(once('1', 'CreateGrant', { Tags: [{ Value: 'v', Key: 'k' }], Name: 'a' })).toBe(1);
  expect(performed).toBe(1);
});

test('another account or operation may have the same token', () => {
  expect(once('1', 'CreateGrant', {})).toBe(1);
  expect(once('2', 'CreateGrant', {})).toBe(2);
  expect(once('1', 'CreateGrantVersion', {})).toBe(3);
});

test('a request that failed may be repeated otherwise', () => {
  const fail = () => tokens.once('1', 'CreateGrant', { ClientToken: 'token' }, () => { throw new Error('refused'); });
  expect(fail).toThrow('refused');
  expect(once('1', 'CreateGrant', { Name: 'a' })).toBe(1);
});
