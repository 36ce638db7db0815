import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COMMAND, run } from '../support/command-line';

const REQUIRED = ['--grantor-role', 'arn:aws:iam::111111111111:role/license-grantor', '--organization-id', 'o-exampleorg1'];

describe('cdk-managed-entitlements member-role-template', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('writes a template that has the role and nothing that an account has to be prepared for', async () => {
    const { code, output } = await run('member-role-template', ...REQUIRED);
    expect(code).toBe(0);
    const template = JSON.parse(output);
    expect(Object.keys(template)).toEqual(['Resources']);
    const [role, ...others] = Object.values<any>(template.Resources);
    expect(others).toEqual([]);
    expect(role).toMatchObject({ Type: 'AWS::IAM::Role', Properties: { RoleName: 'EntitlementsMember' } });
    expect(Object.keys(role)).toEqual(['Type', 'Properties']);
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/license-grantor' }, StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
    });
  });

  test('takes an external id and a name, and writes to a file', async () => {
    const file = join(folder, 'member-role.template.json');
    expect(await run('member-role-template', ...REQUIRED, '--external-id', 'licenses', '--role-name', 'Licenses', '--output', file)).toEqual({ code: 0, output: '' });
    const [role] = Object.values<any>(JSON.parse(readFileSync(file, 'utf-8')).Resources);
    expect(role.Properties.RoleName).toBe('Licenses');
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['sts:ExternalId']).toBe('licenses');
  });

  test.each([
    [[], /--grantor-role is missing; .*--help/],
    [REQUIRED.slice(0, 2), /--organization-id is missing; .*--help/],
    [['--grantor-role', 'license-grantor', ...REQUIRED.slice(2)], /--grantor-role takes the ARN of a role such as .*, got 'license-grantor'/],
    [[...REQUIRED.slice(0, 3), 'r-ex01'], /`organizationId` must be the id of an organization like o-exampleorgid, got 'r-ex01'/],
    [[...REQUIRED, '--role-name', 'stacksets-exec-licenses'], /AWS Control Tower reserves/],
    [[...REQUIRED, '--output', 'nowhere/template.json'], /--output: nowhere\/template\.json cannot be written/],
    [[...REQUIRED, '--name', 'Licenses'], /Unknown option '--name'; .*--help/],
  ])('answers %j with one line and the exit code 2', async (args, message) => {
    const { code, output } = await run('member-role-template', ...args);
    expect(code).toBe(2);
    expect(output).toMatch(message);
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });

  test('says what is missing where the CDK is not installed, and the other commands work there', async () => {
    cpSync(dirname(COMMAND), folder, { recursive: true });
    expect(await runIn(folder, 'member-role-template', ...REQUIRED)).toEqual({
      code: 2, output: 'cdk-managed-entitlements: member-role-template needs aws-cdk-lib and constructs beside this package; npm install aws-cdk-lib constructs\n',
    });
    expect(await runIn(folder, 'simulate', '--help')).toMatchObject({ code: 0 });
  });

  test('explains itself', async () => {
    const { code, output } = await run('member-role-template', '--help');
    expect(code).toBe(0);
    expect(output).toContain('StackSets');
  });
});

function runIn(folder: string, ...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => execFile(process.execPath, [join(folder, 'cdk-managed-entitlements.js'), ...args], (error, stdout, stderr) => {
    done({ code: error ? Number(error.code) : 0, output: stdout + stderr });
  }));
}
