import { Clock } from '../clock/clock';
import { CustomResourceFaults } from '../faults/custom-resource-faults';
import { DEFAULT_SEED, FaultOptions } from '../faults/fault-options';
import { SimulatedLambda } from '../lambda/simulated-lambda';
import { AssemblyStack } from './assembly/cloud-assembly';
import { StackAssets } from './assembly/stack-assets';
import { CustomResourceRequests } from './custom-resource/custom-resource-requests';
import { createStack } from './engine/create-stack';
import { deleteStack } from './engine/delete-stack';
import { Exports } from './engine/exports';
import { NestedOperations, PlayedOperation } from './engine/nested-operations';
import { NestedStacks } from './engine/nested-stacks';
import { Stack } from './engine/stack';
import { StackFactory } from './engine/stack-factory';
import { StackOperation } from './engine/stack-operation';
import { Stacks } from './engine/stacks';
import { updateStack } from './engine/update-stack';
import { RefusedOperation } from './refused-operation';
import { ReplacementRollback } from './resources/resource-type';
import { ResourceTypes } from './resources/resource-types';
import { StackServices } from './resources/stack-services';
import { StackEvent } from './stack-event';
import { StackOperationName, StackResourceSummary, StackResult } from './stack-result';
import { TemplateError } from './template/template-error';
import { TemplateInstance } from './template/template-instance';
import { StackStatus } from '../services/cloudformation/stack-status';
import { Event } from '../services/events/event';
import { EventDelivery } from '../services/events/event-rules';

export interface SimulatedCloudFormationProps extends Pick<FaultOptions, 'faults' | 'seed'> {
  readonly aws: StackServices;
  readonly lambda: SimulatedLambda;
  readonly clock: Clock;
  /** Where stacks without an environment go. */
  readonly environment?: StackEnvironment;
  /**
   * Resource types that the simulator does not play and values that it does not know are errors.
   *
   * @default false: they are kept as state, and placeholders
   */
  readonly strict?: boolean;
  /** Called with each line of each stack's event list. */
  readonly onEvent?: (event: StackEvent) => void;
  /**
   * What a rollback does with a custom resource that the failed update replaced. That the new one gets a Delete is
   * documented; whether an Update with the old properties comes before it is not.
   *
   * @default 'reversed-update' - the harder case for the function
   */
  readonly customResourceReplacementRollback?: ReplacementRollback;
}

export interface StackEnvironment {
  readonly accountId?: string;
  /** @default us-east-1 */
  readonly region?: string;
}

export interface DeployOptions {
  /** @default - what the stack had before, then the template's defaults */
  readonly parameters?: Readonly<Record<string, string>>;
}

const UPDATABLE: readonly StackStatus[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];

/** Plays the stacks of a cloud assembly as CloudFormation does, in the accounts and Regions that they name. */
export class SimulatedCloudFormation {
  private readonly stacks = new Stacks();
  private readonly exports = new Exports(this.stacks);
  private readonly assets = new StackAssets();
  private readonly nestedOperations: NestedOperations;
  private readonly factory: StackFactory;
  private readonly customResourceRequests: CustomResourceRequests;
  private readonly types: ResourceTypes;

  constructor(private readonly props: SimulatedCloudFormationProps) {
    const delivery = new CustomResourceFaults(props.faults ?? [], props.seed ?? DEFAULT_SEED);
    this.customResourceRequests = new CustomResourceRequests({ ...props, delivery });
    this.nestedOperations = new NestedOperations(props.clock);
    this.factory = new StackFactory({
      clock: props.clock,
      records: props.aws.stacks,
      onEvent: (event) => props.onEvent?.(event),
      exports: this.exports,
      parameterStore: props.aws.parameterStore,
      strict: props.strict ?? false,
      types: () => this.types,
    });
    this.types = new ResourceTypes({
      services: props.aws,
      lambda: props.lambda,
      assets: (stackId, objectKey) => this.assets.find(stackId, objectKey),
      nestedStacks: new NestedStacks({
        factory: this.factory, stacks: this.stacks, exports: this.exports, assets: this.assets, operations: this.nestedOperations,
      }),
      customResourceRequests: this.customResourceRequests,
      customResourceReplacementRollback: props.customResourceReplacementRollback ?? 'reversed-update',
      strict: props.strict ?? false,
    });
  }

  /**
   * Creates the stack, or updates the one of that name, and waits for the end, good or bad. An update that is refused ends where it
   * began. A template that CloudFormation would not accept is an error.
   */
  async deploy(assemblyStack: AssemblyStack, options: DeployOptions = {}): Promise<StackResult> {
    const existing = this.find(assemblyStack);
    if (!existing) return this.create(assemblyStack, options);
    return this.runUnlessRefused(existing, 'UPDATE', () => this.update(existing, assemblyStack, options));
  }

  /** Deletes the stack and waits for the end; a deletion that is refused ends where it began. A name that several accounts or Regions have needs the stack itself. */
  async destroy(stackOrName: AssemblyStack | string): Promise<StackResult> {
    const stack = typeof stackOrName === 'string' ? this.stacks.findByName(stackOrName) : this.find(stackOrName);
    if (!stack) throw new TemplateError(`Stack with id ${typeof stackOrName === 'string' ? stackOrName : stackOrName.stackName} does not exist`);
    return this.runUnlessRefused(stack, 'DELETE', async () => {
      this.exports.checkUnused(stack);
      const result = await this.run(stack, 'DELETE', deleteStack);
      if (result.status === 'DELETE_COMPLETE') this.stacks.remove(stack);
      return result;
    });
  }

  /**
   * Gives the event to the targets of the rules that stacks have in the event's account and Region, and waits until functions have
   * dealt with it once. Nothing happens if no rule matches.
   */
  deliver(event: Event): Promise<EventDelivery[]> {
    return this.props.aws.eventRules.deliver(event);
  }

  /** The status of the stack; undefined if it does not exist. */
  statusOf(assemblyStack: AssemblyStack): StackStatus | undefined {
    return this.find(assemblyStack)?.status;
  }

  /** The stacks that exist, those with a failed creation among them. */
  get stackNames(): readonly string[] {
    return this.stacks.all.map(({ identity }) => identity.stackName);
  }

  async stop(): Promise<void> {
    await this.customResourceRequests.stop();
  }

  private create(assemblyStack: AssemblyStack, options: DeployOptions): Promise<StackResult> {
    const stack = this.factory.newStack({ stackName: assemblyStack.stackName, ...this.environmentOf(assemblyStack) });
    const instance = this.factory.instantiate(stack, assemblyStack.template, options.parameters ?? {});
    this.assets.add(stack.identity.stackId, assemblyStack.assets);
    this.stacks.add(stack);
    return this.run(stack, 'CREATE', (operation) => createStack(operation, instance));
  }

  private async update(stack: Stack, assemblyStack: AssemblyStack, options: DeployOptions): Promise<StackResult> {
    const { identity, status } = stack;
    if (!UPDATABLE.includes(status)) throw new RefusedOperation(`Stack:${identity.stackId} is in ${status} state and can not be updated.`);
    const instance = this.factory.instantiate(stack, assemblyStack.template, options.parameters ?? {}, stack.instance!.props.parameters);
    this.checkTypesAreKept(stack, instance);
    this.assets.add(identity.stackId, assemblyStack.assets);
    const isUnchanged = instance.equals(stack.instance!);
    return this.run(stack, 'UPDATE', async (operation) => {
      // "No updates are to be performed": nothing happens, and the CDK takes it as success.
      if (isUnchanged) return undefined;
      this.exports.forgetImports(identity);
      return updateStack(operation, instance);
    });
  }

  private async run(
    stack: Stack, operation: StackOperationName, play: (operation: StackOperation) => Promise<string | undefined>,
  ): Promise<StackResult> {
    const startedAt = this.props.clock.now();
    const reason = await play(this.factory.newOperation(stack));
    return this.resultOf({ stack, operation, reason, startedAt, endedAt: this.props.clock.now() });
  }

  /** A refusal shows in the stack's event list beside the status that stays: https://github.com/aws/aws-cdk/issues/604 */
  private async runUnlessRefused(stack: Stack, operation: StackOperationName, run: () => Promise<StackResult>): Promise<StackResult> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof RefusedOperation)) throw error;
      return this.run(stack, operation, async () => {
        stack.report(stack.status, error.message);
        return error.message;
      });
    }
  }

  private resultOf({ stack, operation, reason, startedAt, endedAt }: PlayedOperation): StackResult {
    const resources = stack.takeSummary();
    const nestedStacks = resources.flatMap((resource) => this.nestedOperation(resource, operation) ?? []).map((nested) => this.resultOf(nested));
    const unknownTypes = [...stack.instance!.resources.values()].map(({ Type }) => Type).filter((type) => this.types.isUnknown(type));
    return {
      stackName: stack.identity.stackName,
      stackId: stack.identity.stackId,
      operation,
      status: stack.status,
      reason: reason?.trimEnd(),
      outputs: Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value])),
      resources,
      nestedStacks,
      inertTypes: [...new Set([...unknownTypes, ...nestedStacks.flatMap(({ inertTypes }) => inertTypes)])].sort(),
      placeholders: [...new Set([...stack.instance!.placeholders, ...nestedStacks.flatMap(({ placeholders }) => placeholders)])].sort(),
      startedAt,
      endedAt,
    };
  }

  /** Undefined for a resource that is no stack, and for a stack that is its parent's no more and goes on without it. */
  private nestedOperation({ physicalId, status }: StackResourceSummary, operation: StackOperationName): PlayedOperation | undefined {
    if (physicalId === undefined) return undefined;
    const played = this.nestedOperations.take(physicalId);
    if (played || status === 'DELETE_SKIPPED') return played;
    const stack = this.stacks.all.find(({ identity }) => identity.stackId === physicalId);
    const now = this.props.clock.now();
    return stack && { stack, operation, startedAt: now, endedAt: now };
  }

  private environmentOf({ stackName, accountId, region }: AssemblyStack): { accountId: string; region: string } {
    const { environment } = this.props;
    const account = accountId ?? environment?.accountId;
    if (account === undefined) {
      throw new TemplateError(`Stack ${stackName} names no account. Give it an environment, or name the account that it goes to.`);
    }
    return { accountId: account, region: region ?? environment?.region ?? 'us-east-1' };
  }

  private find(assemblyStack: AssemblyStack): Stack | undefined {
    return this.stacks.find(assemblyStack.stackName, this.environmentOf(assemblyStack));
  }

  private checkTypesAreKept(stack: Stack, next: TemplateInstance): void {
    const changed = [...next.resources].filter(([logicalId, { Type }]) => (stack.resources.get(logicalId)?.type ?? Type) !== Type);
    if (changed.length === 0) return;
    const logicalIds = changed.map(([logicalId]) => logicalId).join(', ');
    throw new RefusedOperation(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${logicalIds}]`,
    );
  }
}
