import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnGrant } from 'aws-cdk-lib/aws-licensemanager';
import { GrantActivationMixin, ManagedEntitlementsMemberSetup, ManagedEntitlementsSetup, ReceivedLicenseGrant } from '../../../lib';
import { grantIn, resourceOf, stackIn } from '../synthesis';

jest.mock('node:fs', () => {
  const actual = jest.requireActual('node:fs');
  return { ...actual, existsSync: jest.fn(actual.existsSync) };
});

const HASHES: Record<string, string> = JSON.parse(readFileSync(join(__dirname, '../../../bundles/handlers/hashes.json'), 'utf8'));

test.each<[string, (stack: ReturnType<typeof stackIn>) => unknown]>([
  ['entitlements', (stack) => grantIn(stack)],
  ['organization-setup', (stack) => new ManagedEntitlementsSetup(stack, 'Setup')],
  ['member-setup', (stack) => new ManagedEntitlementsMemberSetup(stack, 'Setup')],
  ['grant-activation', (stack) => new CfnGrant(stack, 'Formed').with(new GrantActivationMixin())],
  ['received-grants', (stack) => new ReceivedLicenseGrant(stack, 'Received', { productSku: 'sku-1' })],
])('the code of a function changes with the hash of the bundle %s and with nothing else', (name, declare) => {
  const stack = stackIn();
  declare(stack);
  const key = resourceOf(stack, 'AWS::Lambda::Function').Properties.Code.S3Key;
  expect(key).toBe(`${createHash('sha256').update(HASHES[name]).digest('hex')}.zip`);
});

test('without bundles the error says how to make them', () => {
  jest.mocked(existsSync).mockImplementation((file) => !String(file).endsWith('hashes.json'));
  expect(() => grantIn(stackIn())).toThrow(
    'the handlers of cdk-managed-entitlements are not built; in a checkout of the library run `npm run compile` first',
  );
});
