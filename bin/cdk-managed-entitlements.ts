#!/usr/bin/env node
import { memberRoleTemplate, MEMBER_ROLE_TEMPLATE_SUMMARY } from './member-role-template';
import { rehearse, REHEARSE_SUMMARY } from './rehearse';
import { simulate, SIMULATE_SUMMARY } from './simulate';
import { UsageError } from './usage-error';

const HELP = `usage: cdk-managed-entitlements COMMAND [OPTIONS]

Commands:
  rehearse              ${REHEARSE_SUMMARY}
  simulate              ${SIMULATE_SUMMARY}
  member-role-template  ${MEMBER_ROLE_TEMPLATE_SUMMARY}

cdk-managed-entitlements COMMAND --help explains a command.
`;

async function main([command, ...options]: string[]): Promise<void> {
  switch (command) {
    case 'rehearse':
      return rehearse(options);
    case 'simulate':
      return simulate(options);
    case 'member-role-template':
      return memberRoleTemplate(options);
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return;
    case undefined:
      throw new UsageError('a command is missing; cdk-managed-entitlements --help lists them');
    default:
      throw new UsageError(`there is no command '${command}'; cdk-managed-entitlements --help lists them`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  process.stderr.write(`cdk-managed-entitlements: ${error.message}\n`);
  process.exitCode = UsageError.EXIT_CODE;
});
