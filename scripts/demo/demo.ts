import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from './synthesize';
import { StackResult, StackStatus } from '../../simulator/cloudformation/stack-result';
import exampleOrganization from '../../simulator/example-organization.json';
import { parseOrganization } from '../../simulator/organization/parse-organization';
import { Rehearsal } from '../../simulator/rehearsal';
import { countCalls } from '../../simulator/report/calls';
import { entitlementTable } from '../../simulator/report/entitlements';
import { eventLine } from '../../simulator/report/events';
import { GrantReport } from '../../simulator/simulated-aws';

/*
 * The life of examples/quick-start in the simulated organization, from its deployment to its end. The exit code is 0
 * only if every step ended as expected.
 */

/** Long enough for License Manager to finish the deletions that a deployment does not wait for. */
const LOOK_AFTER_MILLISECONDS = 60_000;

interface Step {
  readonly title: string;
  /** On top of the context in the example's cdk.json; absent: the stack is destroyed. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly expected: {
    readonly stack: StackStatus;
    /** The grants of the management account that are left, as `account: name, status`. */
    readonly grants: readonly string[];
  };
}

const STEPS: readonly Step[] = [
  {
    title: 'Deploy: payments-prod gets Example Hardened Linux',
    context: {},
    expected: { stack: 'CREATE_COMPLETE', grants: ['222222222222: Linux for payments, ACTIVE'] },
  },
  {
    title: 'Rename the grant',
    context: { grantName: 'Linux' },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, ACTIVE'] },
  },
  {
    title: 'Deactivate it',
    context: { grantName: 'Linux', active: false },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, DISABLED'] },
  },
  {
    title: 'Activate it again',
    context: { grantName: 'Linux' },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, ACTIVE'] },
  },
  {
    title: 'Give it to another account: shared-services instead of payments-prod (replacement)',
    context: { grantName: 'Linux', granteeAccount: '333333333333' },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['333333333333: Linux, ACTIVE'] },
  },
  {
    title: 'Give it to data-sandbox, which has a subscription of its own: the change fails and is rolled back',
    context: { grantName: 'Linux', granteeAccount: '444444444444' },
    expected: { stack: 'UPDATE_ROLLBACK_COMPLETE', grants: ['333333333333: Linux, ACTIVE'] },
  },
  {
    title: 'Destroy',
    expected: { stack: 'DELETE_COMPLETE', grants: [] },
  },
];

async function main(): Promise<void> {
  const organization = parseOrganization(exampleOrganization);
  const assemblies = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-demo-'));
  const rehearsal = await Rehearsal.start({ organization, onEvent: (event) => say(eventLine(event, start)) });
  const start = rehearsal.clock.now();
  try {
    let assembly = '';
    for (const [index, step] of STEPS.entries()) {
      say(`\n${index + 1}. ${step.title}\n`);
      if (step.context) {
        assembly = join(assemblies, `${index + 1}`);
        synthesize('quick-start', step.context, assembly);
      }
      const [result] = step.context ? await rehearsal.deploy(assembly) : await rehearsal.destroy(assembly);
      await rehearsal.pass(LOOK_AFTER_MILLISECONDS);
      say(`\n${entitlementTable(organization, rehearsal.aws.grants())}`);
      check(step, result, rehearsal.aws.grants());
    }
    say(`\nAPI calls: ${[...countCalls(rehearsal.aws.calls)].map(([name, count]) => `${name} ${count}`).join(', ')}`);
  } finally {
    await rehearsal.stop();
    rmSync(assemblies, { recursive: true });
  }
}

function check({ title, expected }: Step, result: StackResult, grants: readonly GrantReport[]): void {
  const left = grants
    .filter(({ grantorAccountId, status }) => grantorAccountId === exampleOrganization.organization.managementAccountId && status !== 'DELETED')
    .map(({ ownerAccountId, name, status }) => `${ownerAccountId}: ${name}, ${status}`);
  const ended = result.status === expected.stack && left.join('; ') === expected.grants.join('; ');
  if (!ended) {
    process.exitCode = 1;
    say(`\nNOT AS EXPECTED: '${title}' ended ${result.status} with the grants [${left.join('; ')}],`
      + ` expected ${expected.stack} with [${expected.grants.join('; ')}]`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
