import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** The bundled command line, as the package has it. */
export const COMMAND = resolve(__dirname, '..', '..', 'bundles', 'command-line', 'cdk-managed-entitlements.js');

export interface CommandOutcome {
  readonly code: number;
  /** Both what it says and what it complains of. */
  readonly output: string;
}

/** Runs the command line to its end. */
export function run(...args: string[]): Promise<CommandOutcome> {
  return new Promise((done) => execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) => {
    done({ code: error ? Number(error.code) : 0, output: stdout + stderr });
  }));
}
