import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Environment, Stack } from 'aws-cdk-lib';
import { watched } from './watched';
import { PolicyEvaluator } from '../../simulator/authorization/policy-evaluator';
import { ReplacementRollback } from '../../simulator/cloudformation/resources/resource-type';
import { StackEvent } from '../../simulator/cloudformation/stack-event';
import { StackResult } from '../../simulator/cloudformation/stack-result';
import exampleOrganization from '../../simulator/example-organization.json';
import { Fault } from '../../simulator/faults/fault';
import { FaultOptions } from '../../simulator/faults/fault-options';
import { OrganizationDefinition } from '../../simulator/organization/organization-definition';
import { parseOrganization } from '../../simulator/organization/parse-organization';
import { Rehearsal } from '../../simulator/rehearsal';
import { Variants } from '../../simulator/services/variants';
import { WorkflowDurations } from '../../simulator/services/workflow-durations';
import { Authorizer } from '../../simulator/wire/authorizer';

export const EXAMPLE_ORGANIZATION: OrganizationDefinition = parseOrganization(exampleOrganization);

export const MANAGEMENT_ACCOUNT = '111111111111';

export const LINUX_SKU = '02e38931-0000-4000-8000-000000000001';
export const LINUX_LICENSE = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000001';
export const SCANNER_LICENSE = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000002';

/** Longer than License Manager takes for the deletion of any grant. */
const AFTER_DELETIONS_MILLISECONDS = 10 * 60 * 1000;

export interface RehearsedStacksOptions extends FaultOptions {
  readonly organization?: OrganizationDefinition;
  /** @default - that of the library, as for users who have it */
  readonly policyEvaluator?: PolicyEvaluator;
  readonly authorizer?: Authorizer;
  /** @default - the first position of every switch */
  readonly variants?: Partial<Variants>;
  /** @default - nothing goes wrong */
  readonly faults?: readonly Fault[];
  /** @default - what AWS takes on a good day */
  readonly workflow?: Partial<WorkflowDurations>;
  /** @default - the replaced resource gets an Update that leads back */
  readonly customResourceReplacementRollback?: ReplacementRollback;
}

/** Stacks as a user writes them: synthesized, and played with the prebuilt handlers in a simulated organization. */
export class RehearsedStacks {
  static async start(options: RehearsedStacksOptions = {}): Promise<RehearsedStacks> {
    const events: StackEvent[] = [];
    const rehearsal = await Rehearsal.start({
      ...options,
      organization: options.organization ?? EXAMPLE_ORGANIZATION,
      onEvent: (event) => events.push(event),
    });
    return new RehearsedStacks(rehearsal, events);
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk-managed-entitlements-'));
  private readonly assemblies = new Map<string, string>();
  private synthesized = 0;

  private constructor(readonly rehearsal: Rehearsal, readonly events: readonly StackEvent[]) {}

  /** Creates the stack, or updates the one of that name. */
  async deploy(stackName: string, define: (stack: Stack) => void, env: Environment = { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' }): Promise<StackResult> {
    return this.deployApp(stackName, (app) => define(new Stack(app, stackName, { env })));
  }

  /** Deploys the one stack of an app that the caller fills. */
  async deployApp(stackName: string, define: (app: App) => void): Promise<StackResult> {
    this.synthesized += 1;
    const assembly = join(this.folder, `${this.synthesized}`);
    const app = new App({ outdir: assembly });
    define(app);
    app.synth();
    this.assemblies.set(stackName, assembly);
    const [result] = await watched(this.rehearsal.aws, async () => this.rehearsal.deploy(assembly));
    return result;
  }

  /** Deletes the stack, and lets License Manager finish. */
  async destroy(stackName: string): Promise<StackResult> {
    const [result] = await watched(this.rehearsal.aws, async () => {
      const results = await this.rehearsal.destroy(this.assemblies.get(stackName)!);
      await this.rehearsal.pass(AFTER_DELETIONS_MILLISECONDS);
      return results;
    });
    return result;
  }

  /** The grants that still count, as `account: product, status`; those of the single accounts below a grant to an organization as well. */
  grants(): string[] {
    return this.rehearsal.aws.grants()
      .filter(({ grantorAccountId, status }) => grantorAccountId === MANAGEMENT_ACCOUNT && !['DELETED', 'PENDING_DELETE'].includes(status))
      .map(({ ownerAccountId, granteePrincipalArn, productName, status }) => `${ownerAccountId ?? granteePrincipalArn}: ${productName}, ${status}`)
      .sort();
  }

  /** The calls since then that change something. */
  changingCalls(since = 0): string[] {
    return this.rehearsal.aws.calls.slice(since).map(({ operation }) => operation).filter((operation) => !/^(Get|List|Describe)/.test(operation));
  }

  /** What the function of that name pattern logged, one text per entry. */
  log(logGroup: RegExp): string[] {
    return this.rehearsal.lambda.logEvents().filter(({ logGroupName }) => logGroup.test(logGroupName)).map(({ message }) => message);
  }

  async stop(): Promise<void> {
    await this.rehearsal.stop();
    rmSync(this.folder, { recursive: true });
  }
}
