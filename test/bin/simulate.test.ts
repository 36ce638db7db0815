import { ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { CreateGrantCommand, GetGrantCommand, LicenseManagerClient, ListReceivedLicensesCommand } from '@aws-sdk/client-license-manager';
import { ListAWSServiceAccessForOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import exampleOrganization from '../../simulator/example-organization.json';

const COMMAND = resolve(__dirname, '..', '..', 'bundles', 'command-line', 'cdk-managed-entitlements.js');

const ACCOUNT = { region: 'us-east-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'any' } };

/** A workflow of half a second is over long before these polls are, on a busy machine, too; a grant that stays as it is ends them all the same. */
const MOST_POLLS = 100;
const MILLISECONDS_BETWEEN_POLLS = 100;

describe('cdk-managed-entitlements simulate', () => {
  let folder: string;
  let running: ChildProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
    running = [];
  });

  afterEach(() => {
    running.forEach((command) => command.kill());
    rmSync(folder, { recursive: true });
  });

  test('serves the example organization, with nothing set up', async () => {
    const endpoint = await serve();

    const licenses = await new LicenseManagerClient({ ...ACCOUNT, endpoint }).send(new ListReceivedLicensesCommand({}));
    expect(licenses.Licenses?.map(({ ProductName }) => ProductName)).toEqual(['Example Hardened Linux', 'Example Vulnerability Scanner']);
    const trusted = await new OrganizationsClient({ ...ACCOUNT, endpoint }).send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(trusted.EnabledServicePrincipals).toEqual([]);
  });

  test('serves the organization of a file', async () => {
    const endpoint = await serve('--organization', file({ ...exampleOrganization, trustedServices: ['license-manager.amazonaws.com'] }));

    const trusted = await new OrganizationsClient({ ...ACCOUNT, endpoint }).send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(trusted.EnabledServicePrincipals?.map(({ ServicePrincipal }) => ServicePrincipal)).toEqual(['license-manager.amazonaws.com']);
  });

  test('takes as long for what License Manager does in the background as --workflow-seconds says', async () => {
    const ready = file({ ...exampleOrganization, linked: true, trustedServices: ['license-management.marketplace.amazonaws.com'] });
    const [slow, typical] = [await serve('--organization', ready, '--workflow-seconds', '3600'), await serve('--organization', ready)];

    const waiting = await createGrant(slow);
    expect(await statusOf(slow, waiting)).toBe('PENDING_WORKFLOW');
    const settling = await createGrant(typical);
    for (let polls = 0; polls < MOST_POLLS && await statusOf(typical, settling) === 'PENDING_WORKFLOW'; polls += 1) {
      await setTimeout(MILLISECONDS_BETWEEN_POLLS);
    }
    expect(await statusOf(typical, settling)).toBe('DISABLED');
    expect(await statusOf(slow, waiting)).toBe('PENDING_WORKFLOW');
  });

  test('says in one line that the port is in use', async () => {
    const endpoint = await serve();
    const { port } = new URL(endpoint);
    expect(await run('simulate', '--port', port)).toEqual({
      code: 2,
      output: `cdk-managed-entitlements: port ${port} is in use; choose another with --port, or leave it out\n`,
    });
  });

  test.each([
    [['simulate', '--prot', '4599'], /Unknown option '--prot'; .*--help/],
    [['simulate', '--port', 'http'], /--port takes a whole number from 0 to 65535, got 'http'/],
    [['simulate', '--organization', 'nowhere.json'], /the organization file nowhere\.json cannot be read/],
    [['simulat'], /there is no command 'simulat'; .*--help/],
    [[], /a command is missing; .*--help/],
  ])('answers %j with one line and the exit code 2', async (args, message) => {
    const { code, output } = await run(...args);
    expect(code).toBe(2);
    expect(output).toMatch(message);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  test('names what is wrong with an organization file by its path in the file', async () => {
    const [first, ...others] = exampleOrganization.accounts;
    const wrong = file({ ...exampleOrganization, accounts: [{ ...first, id: '1111' }, ...others] });
    const { code, output } = await run('simulate', '--organization', wrong);
    expect(code).toBe(2);
    expect(output).toContain('accounts[0].id');
  });

  test('explains itself', async () => {
    const { code, output } = await run('simulate', '--help');
    expect(code).toBe(0);
    expect(output).toContain('AWS_ENDPOINT_URL');
  });

  async function createGrant(endpoint: string): Promise<string> {
    const { GrantArn } = await new LicenseManagerClient({ ...ACCOUNT, endpoint }).send(new CreateGrantCommand({
      ClientToken: 'first',
      GrantName: 'payments',
      LicenseArn: exampleOrganization.subscriptions[0].licenseArn,
      Principals: ['arn:aws:iam::222222222222:root'],
      HomeRegion: ACCOUNT.region,
      AllowedOperations: ['CheckoutLicense'],
    }));
    return GrantArn!;
  }

  async function statusOf(endpoint: string, GrantArn: string): Promise<string | undefined> {
    const { Grant } = await new LicenseManagerClient({ ...ACCOUNT, endpoint }).send(new GetGrantCommand({ GrantArn }));
    return Grant!.GrantStatus;
  }

  function file(organization: object): string {
    const path = join(folder, 'organization.json');
    writeFileSync(path, JSON.stringify(organization));
    return path;
  }

  async function serve(...options: string[]): Promise<string> {
    const command = spawn(process.execPath, [COMMAND, 'simulate', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(command);
    const line = await new Promise<string>((answer) => createInterface({ input: command.stdout }).once('line', answer));
    return /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)![1];
  }

  function run(...args: string[]): Promise<{ code: number; output: string }> {
    return new Promise((done) => execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    }));
  }
});
