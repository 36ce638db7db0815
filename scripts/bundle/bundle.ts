import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { thirdPartyLicenses } from './third-party-licenses';

/*
 * Bundles what the package ships beside the compiled constructs: one folder per Lambda function, and the command line.
 * The output depends on the sources and on package-lock.json alone: no time, no path, no environment, so two builds
 * give the same bytes and a user's template changes only when a handler does.
 *
 * usage: tsx scripts/bundle/bundle.ts [OUTPUT FOLDER]
 */

const PROJECT = resolve(__dirname, '..', '..');
const HANDLER_ENTRIES = join(PROJECT, 'lambda', 'handlers');
const COMMAND_LINE = 'cdk-managed-entitlements';

/** The oldest Node.js that a user may choose with the provider's `runtime` property, and that runs the command line. */
const TARGET = 'node20';

/** Every cold start loads a function's code: of packages that are ECMAScript modules as well, what nobody imports is left out. */
const SMALL: BuildOptions = { minify: true, mainFields: ['module', 'main'] };

function bundleAll(output: string): void {
  // What is there serves whoever uses it until all of the new is complete.
  const next = `${output}.next`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  const bundled = [...bundleHandlers(join(next, 'handlers')), ...bundleCommandLine(join(next, 'command-line'))];
  writeFileSync(join(next, 'THIRD-PARTY-LICENSES'), thirdPartyLicenses(PROJECT, bundled));
  rmSync(output, { recursive: true, force: true });
  renameSync(next, output);
}

function bundleHandlers(output: string): string[] {
  const hashes: Record<string, string> = {};
  const inputs = [];
  for (const entry of readdirSync(HANDLER_ENTRIES).sort()) {
    const name = entry.replace(/\.ts$/, '');
    const file = join(output, name, 'index.js');
    inputs.push(...bundle({ entryPoints: [join(HANDLER_ENTRIES, entry)], outfile: file, ...SMALL }));
    hashes[name] = createHash('sha256').update(readFileSync(file)).digest('hex');
  }
  writeFileSync(join(output, 'hashes.json'), `${JSON.stringify(hashes, undefined, 2)}\n`);
  return inputs;
}

function bundleCommandLine(output: string): string[] {
  return bundle({
    entryPoints: [join(PROJECT, 'bin', `${COMMAND_LINE}.ts`)],
    outfile: join(output, `${COMMAND_LINE}.js`),
    // AGPL-3.0: users install it themselves if they want permissions checked. The CDK is the one that they have.
    external: ['@cloud-copilot/*', 'aws-cdk-lib', 'constructs'],
  });
}

/** Returns the files that went into the bundle, relative to the project. */
function bundle(options: BuildOptions): string[] {
  const { metafile } = buildSync({
    ...options,
    absWorkingDir: PROJECT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile!.inputs);
}

bundleAll(resolve(process.argv[2] ?? join(PROJECT, 'bundles')));
