import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Step } from './quick-start-life';
import { synthesize } from './synthesize';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import exampleOrganization from '../../simulator/example-organization.json';
import { parseOrganization } from '../../simulator/organization/parse-organization';
import { Rehearsal } from '../../simulator/rehearsal';
import { countCalls } from '../../simulator/report/calls';
import { entitlementTable } from '../../simulator/report/entitlements';
import { eventLine } from '../../simulator/report/events';
import { GrantReport } from '../../simulator/simulated-aws';

/** Long enough for License Manager to finish the deletions that a deployment does not wait for. */
const LOOK_AFTER_MILLISECONDS = 60_000;

/** Plays the steps of an example's life in the simulated organization. Returns whether every step ended as expected. */
export async function play(example: string, steps: readonly Step[], say: (text: string) => void): Promise<boolean> {
  const organization = parseOrganization(exampleOrganization);
  const assemblies = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-demo-'));
  const rehearsal = await Rehearsal.start({ organization, onEvent: (event) => say(eventLine(event, start)) });
  const start = rehearsal.clock.now();
  let asExpected = true;
  try {
    let assembly = '';
    for (const [index, step] of steps.entries()) {
      say(`\n${index + 1}. ${step.title}\n`);
      if (step.context) {
        assembly = join(assemblies, `${index + 1}`);
        synthesize(example, step.context, assembly);
      }
      const [result] = step.context ? await rehearsal.deploy(assembly) : await rehearsal.destroy(assembly);
      await rehearsal.pass(LOOK_AFTER_MILLISECONDS);
      say(`\n${entitlementTable(organization, rehearsal.aws.grants())}`);
      const surprise = surpriseOf(step, result, rehearsal.aws.grants());
      if (surprise) {
        asExpected = false;
        say(`\nNOT AS EXPECTED: '${step.title}' ${surprise}`);
      }
    }
    say(`\nAPI calls: ${[...countCalls(rehearsal.aws.calls)].map(([name, count]) => `${name} ${count}`).join(', ')}`);
    return asExpected;
  } finally {
    await rehearsal.stop();
    rmSync(assemblies, { recursive: true });
  }
}

function surpriseOf({ expected }: Step, { status }: StackResult, grants: readonly GrantReport[]): string | undefined {
  const left = grants
    .filter((grant) => grant.grantorAccountId === exampleOrganization.organization.managementAccountId && grant.status !== 'DELETED')
    .map((grant) => `${grant.ownerAccountId}: ${grant.name}, ${grant.status}`);
  const isAsExpected = status === expected.stack && left.join('; ') === expected.grants.join('; ');
  return isAsExpected
    ? undefined
    : `ended ${status} with the grants [${left.join('; ')}], expected ${expected.stack} with [${expected.grants.join('; ')}]`;
}
