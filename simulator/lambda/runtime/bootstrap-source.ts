import { installConnections } from './connections';
import { loadHandler } from './load-handler';
import { installRepeatableRandomness } from './repeatable-randomness';
import { installRuntimePackages } from './runtime-packages';
import { serveInvocations } from './serve-invocations';
import { installVirtualTime } from './virtual-time';

export interface BootstrapOptions {
  readonly virtualTime: boolean;
  /** Where this machine has the packages that Lambda's runtimes bring along. */
  readonly packageFolders: readonly string[];
}

/**
 * The program that the process of a function runs. It is put together as text from functions that stand alone, so that it
 * exists wherever the simulator runs: from its sources, under a test runner, and bundled into one file (minified or with names
 * kept, but not both: then the helper below has another name).
 */
export function bootstrapSource(options: BootstrapOptions): string {
  const time = options.virtualTime
    ? `(${installVirtualTime})({
      timers: require('node:timers'),
      timersPromises: require('node:timers/promises'),
      promisifyCustom: require('node:util').promisify.custom,
      syncBuiltinESMExports: require('node:module').syncBuiltinESMExports,
    })`
    : 'undefined';
  return `'use strict';
// Some compilers name functions through this helper.
const __name = (named) => named;
const virtualTime = ${time};
${options.virtualTime ? `(${installRepeatableRandomness})(Number(process.env.SIMULATOR_SEED));` : ''}
const connections = (${installConnections})({
  net: require('node:net'),
  tls: require('node:tls'),
  syncBuiltinESMExports: require('node:module').syncBuiltinESMExports,
});
(${installRuntimePackages})({
  module: require('node:module'),
  isBuiltin: require('node:module').isBuiltin,
  codeFolder: require('node:path').join(require('node:fs').realpathSync(process.env.LAMBDA_TASK_ROOT), '/'),
  packageFolders: ${JSON.stringify(options.packageFolders)},
  onMissing: (name) => process.send({ type: 'missing-package', name }),
});
const loadHandler = ${loadHandler};
const loading = {
  requireFile: require,
  importFile: (file) => import(require('node:url').pathToFileURL(file).href),
  existsSync: require('node:fs').existsSync,
  join: require('node:path').join,
};
(${serveInvocations})({
  loadHandler: () => loadHandler(loading),
  format: require('node:util').format,
  virtualTime,
  connections,
});
`;
}
