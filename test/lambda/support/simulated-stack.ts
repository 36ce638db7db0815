import { ResponseBucket } from './response-bucket';
import type { CustomResourceEvent } from '../../../lambda/cloudformation/custom-resource-event';
import type { LastTask, PassResult, SettlementTask } from '../../../lambda/cloudformation/settlement/settlement';
import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import exampleOrganization from '../../../simulator/example-organization.json';
import type { FaultOptions } from '../../../simulator/faults/fault-options';
import type { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import type { StackStatus } from '../../../simulator/services/cloudformation/stack-status';
import type { Variants } from '../../../simulator/services/variants';
import type { WorkflowDurations } from '../../../simulator/services/workflow-durations';
import { SimulatedAws } from '../../../simulator/simulated-aws';
import type { Authorizer } from '../../../simulator/wire/authorizer';
import type { ApiCall } from '../../../simulator/wire/call-log';
import { InProcessFunction } from '../../support/in-process-function';
import { WorkingClock } from '../../support/working-clock';

export const EXAMPLE = exampleOrganization as unknown as OrganizationDefinition;

const USUAL_STATUS: Readonly<Record<string, StackStatus>> = {
  Create: 'CREATE_IN_PROGRESS', Update: 'UPDATE_IN_PROGRESS', Delete: 'DELETE_IN_PROGRESS',
};

/** Another resource has failed once the one of the request was answered. A resource that is named beside others may have been cancelled. */
const USUAL_REASON: Partial<Readonly<Record<StackStatus, string>>> = { UPDATE_ROLLBACK_IN_PROGRESS: 'The following resource(s) failed to update: [Another]. ' };

/** The longest that Lambda lets a function run. */
const FUNCTION_TIMEOUT_MILLISECONDS = 900_000;

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Record<string, string>;
}

export interface StackRequest {
  readonly type: string;
  readonly logicalId?: string;
  readonly physicalId?: string;
  readonly properties: object;
  readonly oldProperties?: object;
  /** What the stack is doing when the request arrives. @default - what such a request is usually part of: CREATE_IN_PROGRESS for a Create */
  readonly stackStatus?: StackStatus;
  /** Why the stack is in that status. @default - another resource has failed, once this one was answered */
  readonly stackStatusReason?: string;
  /** @default - a request that was not made before */
  readonly requestId?: string;
}

export interface SimulatedStackOptions extends FaultOptions {
  readonly organization?: OrganizationDefinition;
  /** @default - the management account */
  readonly accountId?: string;
  readonly authorizer?: Authorizer;
  /** @default - the first position of every switch */
  readonly variants?: Partial<Variants>;
  /** @default - what AWS takes on a good day */
  readonly workflow?: Partial<WorkflowDurations>;
}

/** A stack whose custom resources are answered by the real handlers, in the simulated organization, on simulated time. */
export class SimulatedStack {
  static async start(options: SimulatedStackOptions = {}): Promise<SimulatedStack> {
    const simulated = new SimulatedClock();
    // Time moves only while a handler sleeps.
    const clock = new WorkingClock(simulated);
    const aws = await SimulatedAws.start({ ...options, organization: options.organization ?? EXAMPLE, clock: simulated });
    return new SimulatedStack(aws, clock, await ResponseBucket.start(), options.accountId ?? '111111111111');
  }

  private readonly handlers: InProcessFunction;
  private requests = 0;

  private constructor(
    readonly aws: SimulatedAws,
    readonly clock: WorkingClock,
    readonly bucket: ResponseBucket,
    private readonly accountId: string,
  ) {
    this.handlers = new InProcessFunction(aws.endpoint, accountId);
  }

  get stackId(): string {
    return `arn:aws:cloudformation:eu-central-1:${this.accountId}:stack/quick-start/00000000-0000-4000-8000-000000000001`;
  }

  async create(request: StackRequest): Promise<Answer> {
    return this.send('Create', request);
  }

  async update(request: StackRequest): Promise<Answer> {
    return this.send('Update', request);
  }

  async delete(request: StackRequest): Promise<Answer> {
    return this.send('Delete', request);
  }

  async send(requestType: string, request: StackRequest, remainingMilliseconds = FUNCTION_TIMEOUT_MILLISECONDS): Promise<Answer> {
    await this.deliver(requestType, request, remainingMilliseconds);
    return this.answers.at(-1)!;
  }

  /** Lets the handler do what it does, and does not expect an answer. */
  async deliver(requestType: string, request: StackRequest, remainingMilliseconds = FUNCTION_TIMEOUT_MILLISECONDS): Promise<void> {
    this.requests += 1;
    const requestId = request.requestId ?? `request-${this.requests}`;
    const status = request.stackStatus ?? USUAL_STATUS[requestType];
    this.aws.stacks.put({ stackId: this.stackId, status, statusReason: request.stackStatusReason ?? USUAL_REASON[status] });
    await this.invoke({
      RequestType: requestType,
      RequestId: requestId,
      ResponseURL: this.bucket.url(requestId),
      StackId: this.stackId,
      ResourceType: request.type,
      LogicalResourceId: request.logicalId ?? 'LinuxForPayments',
      PhysicalResourceId: request.physicalId,
      ResourceProperties: request.properties,
      OldResourceProperties: request.oldProperties,
    }, this.clock, remainingMilliseconds);
  }

  /** One call of a workflow: what the handler says to a task. */
  async goOn(task: SettlementTask | LastTask): Promise<PassResult> {
    return this.whileWorking(async (clock) => await this.invoke(task, clock) as PassResult);
  }

  /** Does something beside what the test itself does. */
  async whileWorking<Result>(work: (clock: WorkingClock) => Promise<Result>): Promise<Result> {
    const clock = new WorkingClock(this.aws.clock);
    try {
      return await work(clock);
    } finally {
      clock.stopWorking();
    }
  }

  /** All that CloudFormation was told. */
  get answers(): Answer[] {
    return this.bucket.puts.map(({ body }) => JSON.parse(body) as Answer);
  }

  /** The last request for that operation. */
  lastRequest(operation: string): unknown {
    return this.callsOf(operation).at(-1)?.request;
  }

  /** All calls of that operation, in order. */
  callsOf(operation: string): ApiCall[] {
    return this.aws.calls.filter((call) => call.operation === operation);
  }

  /** The calls since then, in order, with the error of those that were refused. */
  calls(since = 0): string[] {
    return this.aws.calls.slice(since).map(({ operation, error }) => (error ? `${operation} ${error}` : operation));
  }

  changingCalls(since = 0): string[] {
    return this.calls(since).filter((operation) => !/^(Get|List|Describe)/.test(operation));
  }

  async stop(): Promise<void> {
    await this.bucket.stop();
    await this.aws.stop();
  }

  private async invoke(
    event: CustomResourceEvent | SettlementTask | LastTask, clock: WorkingClock, remainingMilliseconds = FUNCTION_TIMEOUT_MILLISECONDS,
  ): Promise<PassResult | void> {
    return this.handlers.invoke(event, clock, remainingMilliseconds);
  }
}
