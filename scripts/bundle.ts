import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/*
 * Bundles what the package ships beside the compiled constructs: one folder per Lambda function, and the command line.
 * The output depends on the sources and on package-lock.json alone: no time, no path, no environment, so two builds
 * give the same bytes and a user's template changes only when a handler does.
 */

const PROJECT = join(__dirname, '..');
const BUNDLES = join(PROJECT, 'bundles');
const HANDLER_ENTRIES = join(PROJECT, 'lambda', 'handlers');

/** The oldest Node.js that a user may choose with the provider's `runtime` property, and that runs the command line. */
const TARGET = 'node20';

function bundleHandlers(): void {
  const hashes: Record<string, string> = {};
  for (const entry of readdirSync(HANDLER_ENTRIES).sort()) {
    const name = entry.replace(/\.ts$/, '');
    const file = join(BUNDLES, 'handlers', name, 'index.js');
    bundle(join(HANDLER_ENTRIES, entry), file, { minify: true });
    hashes[name] = createHash('sha256').update(readFileSync(file)).digest('hex');
  }
  writeFileSync(join(BUNDLES, 'handlers', 'hashes.json'), `${JSON.stringify(hashes, undefined, 2)}\n`);
}

function bundleCommandLine(): void {
  bundle(join(PROJECT, 'bin', 'cdk-managed-entitlements.ts'), join(BUNDLES, 'command-line', 'cdk-managed-entitlements.js'), { minify: false });
}

function bundle(entry: string, outfile: string, options: { readonly minify: boolean }): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    absWorkingDir: PROJECT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: TARGET,
    minify: options.minify,
    // The licenses of what is bundled stay with it.
    legalComments: 'eof',
    logLevel: 'warning',
  });
}

rmSync(BUNDLES, { recursive: true, force: true });
mkdirSync(BUNDLES);
bundleHandlers();
bundleCommandLine();
