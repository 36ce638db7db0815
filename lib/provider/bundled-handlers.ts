import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType } from 'aws-cdk-lib';
import { AssetCode, Code } from 'aws-cdk-lib/aws-lambda';

/** Stands beside `lib/` in the repository and beside `build/` in the package. */
const HANDLERS = join(__dirname, '../../bundles/handlers');

export type HandlerName = 'entitlements' | 'grant-activation' | 'received-grants' | 'organization-setup' | 'member-setup';

/**
 * The prebuilt handler, ready for `Function.code`. Its hash is the one that was taken when the library was built: CDK's own
 * fingerprint of the folder could differ from one machine to the next, and a template shall change only when a handler does.
 */
export function bundledHandler(name: HandlerName): AssetCode {
  return Code.fromAsset(join(HANDLERS, name), { assetHash: hashOf(name), assetHashType: AssetHashType.CUSTOM });
}

function hashOf(name: HandlerName): string {
  const hashes = join(HANDLERS, 'hashes.json');
  if (!existsSync(hashes)) {
    throw new Error('the handlers of cdk-managed-entitlements are not built; in a checkout of the library run `npm run compile` first');
  }
  return JSON.parse(readFileSync(hashes, 'utf8'))[name];
}
