import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '..', '..');

/** Two builds of every bundle, on a machine that runs other tests as well. */
const BUILD_TIMEOUT_MILLISECONDS = 5 * 60 * 1000;

describe('the bundles', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are the same bytes, and so the same asset hashes, whenever and by whomever they are built', () => {
    bundle(join(folder, 'first'), { TZ: 'UTC' });
    bundle(join(folder, 'second'), { TZ: 'Asia/Tokyo', HOME: folder });

    const first = contents(join(folder, 'first'));
    expect(Object.keys(first)).toContain('handlers/entitlements/index.js');
    expect(contents(join(folder, 'second'))).toEqual(first);
  }, BUILD_TIMEOUT_MILLISECONDS);

  test('are what the compiled package holds', () => {
    bundle(join(folder, 'now'), {});
    expect(contents(join(PROJECT, 'bundles'))).toEqual(contents(join(folder, 'now')));
  }, BUILD_TIMEOUT_MILLISECONDS);

  test('hold no package whose license asks for more than to be named', () => {
    const notices = readFileSync(join(PROJECT, 'bundles', 'THIRD-PARTY-LICENSES'), 'utf-8');
    const licenses = [...notices.matchAll(/^-{80}\n(\S+) \S+ \((.*)\)$/gm)].map(([, name, license]) => ({ name, license }));
    expect(licenses.map(({ name }) => name)).toContain('@aws-sdk/client-license-manager');
    expect(licenses.filter(({ license }) => !/^(Apache-2\.0|MIT|ISC|0BSD|BSD-[23]-Clause)$/.test(license))).toEqual([]);
  });

  test('carry no path of the machine that built them', () => {
    for (const file of Object.keys(contents(join(PROJECT, 'bundles')))) {
      expect(readFileSync(join(PROJECT, 'bundles', file), 'utf-8')).not.toContain(PROJECT);
    }
  });
});

function bundle(output: string, environment: NodeJS.ProcessEnv): void {
  execFileSync('npx', ['tsx', 'scripts/bundle/bundle.ts', output], { cwd: PROJECT, env: { ...process.env, ...environment }, stdio: 'pipe' });
}

/** The SHA-256 of every file below a folder, by its path. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf-8' }).filter((file) => statSync(join(folder, file)).isFile()).sort();
  return Object.fromEntries(files.map((file) => [file, createHash('sha256').update(readFileSync(join(folder, file))).digest('hex')]));
}
