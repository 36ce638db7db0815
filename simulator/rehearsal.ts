import { loadPolicyEvaluator, PERMISSIONS_NOT_CHECKED } from './authorization/load-policy-evaluator';
import { PolicyEvaluator } from './authorization/policy-evaluator';
import { SimulatedClock } from './clock/simulated-clock';
import { AssemblyStack } from './cloudformation/assembly/cloud-assembly';
import { readCloudAssembly } from './cloudformation/assembly/read-cloud-assembly';
import { ReplacementRollback } from './cloudformation/resources/resource-type';
import { SimulatedCloudFormation, StackEnvironment } from './cloudformation/simulated-cloudformation';
import { StackEvent } from './cloudformation/stack-event';
import { StackResult } from './cloudformation/stack-result';
import { TemplateError } from './cloudformation/template/template-error';
import { FaultOptions } from './faults/fault-options';
import { LogEvent } from './lambda/log-event';
import { SimulatedLambda } from './lambda/simulated-lambda';
import { OrganizationDefinition } from './organization/organization-definition';
import { StackStatus } from './services/cloudformation/stack-status';
import { Variants } from './services/variants';
import { WorkflowDurations } from './services/workflow-durations';
import { SimulatedAws } from './simulated-aws';
import { Authorizer } from './wire/authorizer';

export interface RehearsalOptions extends FaultOptions {
  readonly organization: OrganizationDefinition;
  /** @default - what AWS takes on a good day */
  readonly workflow?: Partial<WorkflowDurations>;
  /** How AWS behaves where nobody knows. @default - the first position of every switch */
  readonly variants?: Partial<Variants>;
  /**
   * Evaluates the policies of roles for every call.
   *
   * @default - that of the library @cloud-copilot/iam-simulate; without the library permissions are not checked
   */
  readonly policyEvaluator?: PolicyEvaluator;
  /** Decides instead of policies. @default - policies decide */
  readonly authorizer?: Authorizer;
  /** Resource types that the simulator does not play are errors. @default false: they are kept as state */
  readonly strict?: boolean;
  /** What a rollback does with a custom resource that the failed update replaced. @default 'reversed-update' */
  readonly customResourceReplacementRollback?: ReplacementRollback;
  /** Called with each line of each stack's event list. */
  readonly onEvent?: (event: StackEvent) => void;
  /** Called with each entry of each function's log. */
  readonly onLogEvent?: (event: LogEvent) => void;
  /** Where stacks without an environment go. */
  readonly environment?: StackEnvironment;
}

/** Stacks in these statuses can only be deleted. */
const CREATION_FAILED: readonly StackStatus[] = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'];

/** A simulated organization in which cloud assemblies are deployed, one after the other, on simulated time. */
export class Rehearsal {
  static async start(options: RehearsalOptions): Promise<Rehearsal> {
    const clock = new SimulatedClock();
    const aws = await SimulatedAws.start({ ...options, policyEvaluator: options.policyEvaluator ?? loadPolicyEvaluator(), clock });
    return new Rehearsal(aws, clock, options);
  }

  readonly lambda: SimulatedLambda;
  readonly cloudFormation: SimulatedCloudFormation;

  private constructor(readonly aws: SimulatedAws, readonly clock: SimulatedClock, options: RehearsalOptions) {
    this.lambda = new SimulatedLambda({ aws, clock, onLogEvent: options.onLogEvent });
    aws.functions.areRunBy(this.lambda);
    this.cloudFormation = new SimulatedCloudFormation({ ...options, aws, lambda: this.lambda, clock });
  }

  /** One line that says so if permissions were not checked. */
  get permissionsNotChecked(): string | undefined {
    return this.aws.permissions ? undefined : PERMISSIONS_NOT_CHECKED;
  }

  /**
   * Deploys every stack of the assembly, each after those that it depends on. One whose creation failed is deleted first, and left alone
   * if it cannot be, as the CDK's command line does.
   */
  async deploy(assembly: string): Promise<StackResult[]> {
    const results = [];
    for (const stack of readCloudAssembly(assembly).stacks) {
      const status = this.cloudFormation.statusOf(stack);
      // The CDK's command line leaves stacks without resources out, and deletes those that had some: https://github.com/aws/aws-cdk/pull/3144
      if (Object.keys(stack.template.Resources ?? {}).length === 0) {
        if (status !== undefined) results.push(await this.cloudFormation.destroy(stack));
        continue;
      }
      if (status !== undefined && CREATION_FAILED.includes(status)) {
        results.push(await this.cloudFormation.destroy(stack));
        if (this.cloudFormation.statusOf(stack) !== undefined) continue;
      }
      results.push(await this.deployStack(stack));
    }
    return results;
  }

  private async deployStack(stack: AssemblyStack): Promise<StackResult> {
    try {
      return await this.cloudFormation.deploy(stack);
    } catch (error) {
      throw error instanceof TemplateError ? new TemplateError(`stack ${stack.stackName}: ${error.message}`) : error;
    }
  }

  /** Deletes every stack of the assembly that exists, each before those that it depends on. */
  async destroy(assembly: string): Promise<StackResult[]> {
    const results = [];
    for (const stack of [...readCloudAssembly(assembly).stacks].reverse()) {
      if (this.cloudFormation.statusOf(stack) !== undefined) {
        results.push(await this.cloudFormation.destroy(stack));
      }
    }
    return results;
  }

  /** Lets simulated time pass, and with it whatever the services do in the background. */
  async pass(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.clock.schedule(milliseconds, resolve));
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await this.cloudFormation.stop();
    await this.aws.stop();
  }
}
