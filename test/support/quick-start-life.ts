import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { EXAMPLE_ORGANIZATION, LINUX_SKU, MANAGEMENT_ACCOUNT } from './rehearsed-stacks';
import { watched } from './watched';
import { Grantee, ManagedEntitlementsSetup, MarketplaceLicense, MarketplaceLicenseGrant } from '../../lib';
import { withoutPolicies } from '../../simulator/authorization/without-policies';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import { FaultOptions } from '../../simulator/faults/fault-options';
import { Rehearsal } from '../../simulator/rehearsal';
import { StackStatus } from '../../simulator/services/cloudformation/stack-status';

/** Longer than anything that is still going on after an operation: deletions, and repeated invocations with their timeouts. */
const AFTERMATH_MILLISECONDS = 60 * 60 * 1000;

/** What became of the stack in one step, and what was left behind. */
export interface Step {
  readonly status: StackStatus;
  /** The grants that still count, as `account: name, status`. */
  readonly grants: readonly string[];
}

export interface Life {
  /** The creation and the updates, in order, as far as the stack could go on. */
  readonly steps: readonly Step[];
  readonly end: Step;
  /** Every call with its time and what it was answered. */
  readonly calls: readonly string[];
}

/** Updates are possible in these statuses. */
const HEALTHY: readonly StackStatus[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];

/** The quick start's stack from its creation to its end, in an organization in which things go wrong. */
export class QuickStartLife {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  private readonly assemblies = [
    this.synthesize('created', '222222222222', 'Linux for payments'),
    this.synthesize('renamed', '222222222222', 'Linux'),
    this.synthesize('replaced', '333333333333', 'Linux'),
    // The account has a subscription of its own, so that this change has to fail.
    this.synthesize('refused', '444444444444', 'Linux'),
  ];

  async live(faults: FaultOptions): Promise<Life> {
    const rehearsal = await Rehearsal.start({ organization: EXAMPLE_ORGANIZATION, authorizer: withoutPolicies, ...faults });
    const step = async (operation: () => Promise<StackResult[]>): Promise<Step> => {
      const [{ status }] = await watched(rehearsal.aws, async () => {
        const results = await operation();
        await rehearsal.pass(AFTERMATH_MILLISECONDS);
        return results;
      });
      return { status, grants: grantsOf(rehearsal) };
    };
    try {
      const steps: Step[] = [];
      for (const assembly of this.assemblies) {
        steps.push(await step(async () => rehearsal.deploy(assembly)));
        if (!HEALTHY.includes(steps.at(-1)!.status)) break;
      }
      const end = await step(async () => rehearsal.destroy(this.assemblies[0]));
      const calls = rehearsal.aws.calls.map(({ time, service, operation, error }) => `${time.toISOString()} ${service}:${operation} ${error ?? 'OK'}`);
      return { steps, end, calls };
    } finally {
      await rehearsal.stop();
    }
  }

  forget(): void {
    rmSync(this.folder, { recursive: true });
  }

  private synthesize(name: string, account: string, grantName: string): string {
    const outdir = join(this.folder, name);
    const app = new App({ outdir });
    const stack = new Stack(app, 'QuickStart', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
    const setup = new ManagedEntitlementsSetup(stack, 'Setup');
    const license = MarketplaceLicense.fromProductSku(stack, 'Linux', LINUX_SKU);
    const grant = new MarketplaceLicenseGrant(stack, 'Grant', { license, grantee: Grantee.account(account), grantName });
    grant.node.addDependency(setup);
    app.synth();
    return outdir;
  }
}

function grantsOf(rehearsal: Rehearsal): string[] {
  return rehearsal.aws.grants()
    .filter(({ grantorAccountId, status }) => grantorAccountId === MANAGEMENT_ACCOUNT && !['DELETED', 'PENDING_DELETE'].includes(status))
    .map(({ ownerAccountId, name, status }) => `${ownerAccountId}: ${name}, ${status}`);
}
