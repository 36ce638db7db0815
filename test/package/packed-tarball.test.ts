import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const PROJECT = resolve(__dirname, '..', '..');

/** Installing aws-cdk-lib from a registry takes a minute on a slow line; it is not what is tested. */
const INSTALL_TIMEOUT_MILLISECONDS = 10 * 60 * 1000;

const APP = `
const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } = require('cdk-managed-entitlements');

class LicensesStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const setup = new ManagedEntitlementsSetup(this, 'Setup');
    const linux = MarketplaceLicense.fromProductSku(this, 'Linux', '02e38931-0000-4000-8000-000000000001');
    const grant = new MarketplaceLicenseGrant(this, 'LinuxForPayments', {
      license: linux,
      grantee: Grantee.account('222222222222'),
    });
    grant.node.addDependency(setup);
    new CfnOutput(this, 'GrantArn', { value: grant.grantArn });
  }
}

// The CDK's own rules are warnings unless an app asks for errors.
const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
new LicensesStack(app, 'Licenses');
app.synth();
`;

describe('the packed tarball', () => {
  let folder: string;
  let files: string[];
  let app: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
    const [packed] = JSON.parse(npm(PROJECT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
    files = packed.files.map((file: { path: string }) => file.path);

    app = join(folder, 'app');
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'licenses', version: '1.0.0', private: true }));
    writeFileSync(join(app, 'app.js'), APP);
    npm(app, 'install', '--no-audit', '--no-fund', join(folder, packed.filename), `aws-cdk-lib@${newestCdkVersion()}`, 'constructs@^10');
  }, INSTALL_TIMEOUT_MILLISECONDS);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds the compiled constructs, the prebuilt handlers and the command line, and nothing else', () => {
    const constructs = sources('lib').flatMap((source) => [`build/${source}.js`, `build/${source}.d.ts`]);
    const handlers = sources('lambda/handlers').map((source) => `bundles/handlers/${source}/index.js`);
    expect([...files].sort()).toEqual([
      '.jsii',
      'LICENSE',
      'README.md',
      'package.json',
      'bundles/THIRD-PARTY-LICENSES',
      'bundles/command-line/cdk-managed-entitlements.js',
      'bundles/handlers/hashes.json',
      ...constructs,
      ...handlers,
    ].sort());
  });

  test('asks its users for nothing but the peers', () => {
    const manifest = JSON.parse(readFileSync(join(app, 'node_modules', 'cdk-managed-entitlements', 'package.json'), 'utf-8'));
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.peerDependencies).toEqual({ 'aws-cdk-lib': '^2.257.0', 'constructs': '^10.5.1' });
    const installed = readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(expect.arrayContaining(['aws-cdk-lib', 'cdk-managed-entitlements', 'constructs']));
    expect(installed).not.toContain('@aws-sdk');
  });

  test('synthesizes in an empty CDK app outside the repository, without a finding of the newest CDK, and without a bundler', () => {
    execFileSync(process.execPath, ['app.js'], { cwd: app, env: { ...process.env, CDK_OUTDIR: 'cdk.out' }, encoding: 'utf-8', stdio: 'pipe' });

    const template = JSON.parse(readFileSync(join(app, 'cdk.out', 'Licenses.template.json'), 'utf-8'));
    const types = Object.values<{ Type: string }>(template.Resources).map((resource) => resource.Type);
    expect(types).toEqual(expect.arrayContaining([
      'Custom::ManagedEntitlementsSetup',
      'Custom::MarketplaceLicense',
      'Custom::MarketplaceLicenseGrant',
    ]));

    const hashes = JSON.parse(readFileSync(join(PROJECT, 'bundles', 'handlers', 'hashes.json'), 'utf-8'));
    const assets = readdirSync(join(app, 'cdk.out')).filter((name) => name.startsWith('asset.'))
      .map((name) => createHash('sha256').update(readFileSync(join(app, 'cdk.out', name, 'index.js'))).digest('hex'));
    expect(new Set(assets)).toEqual(new Set([hashes.entitlements, hashes['organization-setup']]));
  });

  test('brings a command line that runs without anything else installed', async () => {
    const command = spawn(join(app, 'node_modules', '.bin', 'cdk-managed-entitlements'), ['simulate', '--port', '0'], { cwd: app });
    try {
      const lines = createInterface({ input: command.stdout });
      const [first] = await new Promise<string[]>((answer) => lines.once('line', (line) => answer([line])));
      expect(first).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      command.kill();
    }
  });
});

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf-8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The TypeScript sources below a folder of the project, without their ending. */
function sources(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf-8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, ''));
}

function newestCdkVersion(): string {
  return JSON.parse(readFileSync(join(PROJECT, 'node_modules', 'aws-cdk-lib-newest', 'package.json'), 'utf-8')).version;
}
