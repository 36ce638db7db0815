import { loadPolicyEvaluator, PERMISSIONS_NOT_CHECKED } from './authorization/load-policy-evaluator';
import { PolicyEvaluator } from './authorization/policy-evaluator';
import { SimulatedClock } from './clock/simulated-clock';
import { readCloudAssembly } from './cloudformation/assembly/read-cloud-assembly';
import { SimulatedCloudFormation } from './cloudformation/simulated-cloudformation';
import { StackEvent } from './cloudformation/stack-event';
import { StackResult } from './cloudformation/stack-result';
import { SimulatedLambda } from './lambda/simulated-lambda';
import { OrganizationDefinition } from './organization/organization-definition';
import { WorkflowDurations } from './services/workflow-durations';
import { SimulatedAws } from './simulated-aws';
import { Authorizer } from './wire/authorizer';

export interface RehearsalOptions {
  readonly organization: OrganizationDefinition;
  /** @default - what AWS takes on a good day */
  readonly workflow?: Partial<WorkflowDurations>;
  /**
   * Evaluates the policies of roles for every call.
   *
   * @default - that of the library @cloud-copilot/iam-simulate; without the library permissions are not checked
   */
  readonly policyEvaluator?: PolicyEvaluator;
  /** Decides instead of policies. @default - policies decide */
  readonly authorizer?: Authorizer;
  /** Called with each line of each stack's event list. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** A simulated organization in which cloud assemblies are deployed, one after the other, on simulated time. */
export class Rehearsal {
  static async start(options: RehearsalOptions): Promise<Rehearsal> {
    const clock = new SimulatedClock();
    const aws = await SimulatedAws.start({ ...options, policyEvaluator: options.policyEvaluator ?? loadPolicyEvaluator(), clock });
    return new Rehearsal(aws, clock, options);
  }

  readonly lambda: SimulatedLambda;
  readonly cloudFormation: SimulatedCloudFormation;

  private constructor(readonly aws: SimulatedAws, readonly clock: SimulatedClock, { onEvent }: RehearsalOptions) {
    this.lambda = new SimulatedLambda({ aws, clock });
    this.cloudFormation = new SimulatedCloudFormation({ aws, lambda: this.lambda, clock, onEvent });
  }

  /** One line that says so if permissions were not checked. */
  get permissionsNotChecked(): string | undefined {
    return this.aws.permissions ? undefined : PERMISSIONS_NOT_CHECKED;
  }

  /** Deploys every stack of the assembly, each after those that it depends on. */
  async deploy(assembly: string): Promise<StackResult[]> {
    const results = [];
    for (const stack of readCloudAssembly(assembly).stacks) {
      results.push(await this.cloudFormation.deploy(stack));
    }
    return results;
  }

  /** Deletes every stack of the assembly, each before those that it depends on. */
  async destroy(assembly: string): Promise<StackResult[]> {
    const results = [];
    for (const stack of [...readCloudAssembly(assembly).stacks].reverse()) {
      results.push(await this.cloudFormation.destroy(stack));
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
