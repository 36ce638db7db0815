import { writeFileSync } from 'node:fs';
import { readArguments } from './options';
import type { MemberRoleOptions } from './synthesize-member-role';
import { UsageError } from './usage-error';

export const MEMBER_ROLE_TEMPLATE_SUMMARY = 'write the template of the role with which grants are accepted, for accounts without CDK';

const HELP = `usage: cdk-managed-entitlements member-role-template --grantor-role ARN --organization-id ID [OPTIONS]

Writes the AWS CloudFormation template of an EntitlementsMemberRole, as JSON. It has no assets, no parameters and no rules, so
StackSets, Account Factory Customization, Landing Zone Accelerator and Customizations for Control Tower deploy it as it is.
It needs aws-cdk-lib and constructs, installed beside this package.

Options:
  --grantor-role ARN    the role of the function that makes the grants; it need not exist yet
  --organization-id ID  the organization that the grantor's account is in, for example o-exampleorgid
  --external-id TEXT    what whoever assumes the role has to know (default: none)
  --role-name NAME      the name of the role (default: EntitlementsMember)
  --output FILE         where to write the template (default: standard output)
  --help                this page

Example:
  cdk-managed-entitlements member-role-template --organization-id o-exampleorgid \\
    --grantor-role arn:aws:iam::111111111111:role/license-grantor --output member-role.template.json
`;

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

export async function memberRoleTemplate(args: string[]): Promise<void> {
  const { values: options } = readArguments('member-role-template', {
    args,
    options: {
      'grantor-role': { type: 'string' },
      'organization-id': { type: 'string' },
      'external-id': { type: 'string' },
      'role-name': { type: 'string' },
      'output': { type: 'string' },
      'help': { type: 'boolean', short: 'h' },
    },
  });
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const memberRole = {
    grantorRoleArn: readRoleArn(required('grantor-role', options['grantor-role'])),
    organizationId: required('organization-id', options['organization-id']),
    externalId: options['external-id'],
    roleName: options['role-name'],
  };
  write(`${JSON.stringify(await synthesize(memberRole), undefined, 2)}\n`, options.output);
}

async function synthesize(memberRole: MemberRoleOptions): Promise<object> {
  const { synthesizeMemberRole } = await loadConstructs();
  try {
    return synthesizeMemberRole(memberRole);
  } catch (error) {
    // What the construct refuses is what the user has typed.
    throw new UsageError(`member-role-template: ${(error as Error).message}`);
  }
}

/** Only this command needs the CDK. The rest of the command line works without it. */
async function loadConstructs(): Promise<typeof import('./synthesize-member-role')> {
  try {
    return await import('./synthesize-member-role.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      throw new UsageError('member-role-template needs aws-cdk-lib and constructs beside this package; npm install aws-cdk-lib constructs');
    }
    throw error;
  }
}

function readRoleArn(text: string): string {
  if (!ROLE_ARN.test(text)) {
    throw new UsageError(`--grantor-role takes the ARN of a role such as arn:aws:iam::111111111111:role/license-grantor, got '${text}'`);
  }
  return text;
}

function required(name: string, text: string | undefined): string {
  if (text === undefined) {
    throw new UsageError(`--${name} is missing; cdk-managed-entitlements member-role-template --help lists the options`);
  }
  return text;
}

function write(template: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(template);
    return;
  }
  try {
    writeFileSync(file, template);
  } catch (error) {
    throw new UsageError(`--output: ${file} cannot be written: ${(error as Error).message}`);
  }
}
