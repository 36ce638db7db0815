import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '..', '..');

/** Synthesizes an example into a folder as the CDK command line does: its cdk.json, and context on top of it. */
export function synthesize(example: string, context: Readonly<Record<string, unknown>>, output: string): void {
  const folder = join(PROJECT, 'examples', example);
  const defaults = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf-8')).context;
  execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'app.ts')], {
    cwd: PROJECT,
    env: { ...process.env, CDK_OUTDIR: output, CDK_CONTEXT_JSON: JSON.stringify({ ...defaults, ...context }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
