import { CustomResourceAnswer, noAnswer, readAnswer } from './custom-resource-answer';
import { CustomResourceEvent, withScalarsAsStrings } from './custom-resource-event';
import { Delivery } from './delivery';
import { Pending } from './pending';
import { ResponseEndpoint } from './response-endpoint';
import { responseHost, responsePath } from './response-url';
import { Clock } from '../../clock/clock';
import { whileTimeStandsStill } from '../../clock/while-time-stands-still';
import { deriveUuid } from '../../lambda/derived-identifiers';
import { SimulatedLambda } from '../../lambda/simulated-lambda';
import { nameSuffix } from '../resources/physical-names';
import { PhysicalResource, ResourceFailure, ResourceProperties, ResourceRequest } from '../resources/resource-type';

export interface CustomResourceRequestsProps {
  readonly clock: Clock;
  readonly lambda: SimulatedLambda;
  readonly delivery: Delivery;
}

export interface CustomResourceRequest extends ResourceRequest {
  readonly requestType: CustomResourceEvent['RequestType'];
  /** Absent in a Create. */
  readonly physicalId?: string;
  readonly oldProperties?: ResourceProperties;
  readonly cancellation?: AbortSignal;
}

/** How long CloudFormation waits when the template says nothing: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
const DEFAULT_SERVICE_TIMEOUT_IN_SECONDS = 3600;

/** Sends requests to the functions behind custom resources, and waits for their answers. */
export class CustomResourceRequests {
  private endpoint?: Promise<ResponseEndpoint>;
  private requestCount = 0;

  constructor(private readonly props: CustomResourceRequestsProps) {}

  async send(request: CustomResourceRequest): Promise<PhysicalResource> {
    // The id that CloudFormation invents when a Create never names one; the Delete that follows carries it.
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1814
    const knownPhysicalId = request.physicalId ?? `${request.stack.stackName}-${request.logicalId}-${nameSuffix(request, 'invented')}`;
    const answer = await this.exchange(request);
    if (!answer.succeeded) throw new ResourceFailure(answer.reason, { physicalId: answer.physicalId ?? knownPhysicalId });
    return { physicalId: answer.physicalId, attributes: answer.data };
  }

  async stop(): Promise<void> {
    await (await this.endpoint)?.stop();
  }

  private async exchange(request: CustomResourceRequest): Promise<CustomResourceAnswer> {
    const { clock, lambda, delivery } = this.props;
    const functionArn = functionArnOf(request, lambda);
    const endpoint = await this.startedEndpoint();
    this.requestCount += 1;
    const requestId = deriveUuid('custom resource request', this.requestCount, request.stack.stackId, request.logicalId);

    const host = responseHost(request.stack);
    const path = responsePath(request.stack, request.logicalId, requestId);
    const event = eventOf(request, requestId, `https://${host}${path}`);

    const pending = new Pending<CustomResourceAnswer>();
    const takeAnswer = async (body: Buffer) => {
      // CloudFormation goes on once the function has returned, so that the function's process is free for what comes next.
      await Promise.all(invocationIds.map((id) => lambda.pauseOf(id)));
      pending.give(readAnswer(body, event));
    };
    lambda.serveHost(host, endpoint.port);
    endpoint.open(path, { fate: () => delivery.fateOfResponse(event), take: (body) => void takeAnswer(body) });
    pending.whenOver(() => endpoint.close(path));
    pending.whenOver(clock.schedule(serviceTimeoutOf(request) * 1000, () => pending.give({ succeeded: false, reason: noAnswer(requestId) })));
    pending.whenOver(onCancellation(request, (reason) => pending.give({ succeeded: false, reason })));
    const invocationIds = [lambda.invoke(functionArn, event).requestId];
    for (const delay of delivery.repetitions(event)) {
      clock.schedule(delay, () => {
        if (lambda.find(functionArn)) invocationIds.push(lambda.invoke(functionArn, event).requestId);
      });
    }
    return pending.answer;
  }

  private startedEndpoint(): Promise<ResponseEndpoint> {
    return whileTimeStandsStill(this.props.clock, () => this.endpoint ??= ResponseEndpoint.start());
  }
}

function eventOf(request: CustomResourceRequest, requestId: string, responseUrl: string): CustomResourceEvent {
  return {
    RequestType: request.requestType,
    ServiceToken: String(request.properties.ServiceToken),
    ResponseURL: responseUrl,
    StackId: request.stack.stackId,
    RequestId: requestId,
    LogicalResourceId: request.logicalId,
    PhysicalResourceId: request.physicalId,
    ResourceType: request.type,
    ResourceProperties: withScalarsAsStrings(request.properties),
    OldResourceProperties: request.oldProperties && withScalarsAsStrings(request.oldProperties),
  };
}

function functionArnOf({ properties }: CustomResourceRequest, lambda: SimulatedLambda): string {
  const serviceToken = String(properties.ServiceToken ?? '');
  if (!/^arn:[^:]+:lambda:/.test(serviceToken)) {
    throw new ResourceFailure(`Invalid service token: '${serviceToken}'. The simulator sends requests to Lambda functions only.`, { nothingHappened: true });
  }
  const found = lambda.find(serviceToken);
  if (!found) throw new ResourceFailure(`Function not found: ${serviceToken}`, { nothingHappened: true });
  if ('unplayable' in found.code) throw new ResourceFailure(found.code.unplayable, { nothingHappened: true });
  return serviceToken;
}

function serviceTimeoutOf({ properties }: CustomResourceRequest): number {
  return Number(properties.ServiceTimeout ?? DEFAULT_SERVICE_TIMEOUT_IN_SECONDS);
}

/** The words were seen: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1730 */
function onCancellation({ cancellation, requestType }: CustomResourceRequest, cancelled: (reason: string) => void): () => void {
  const cancel = () => cancelled(`Resource ${requestType === 'Create' ? 'creation' : 'update'} cancelled`);
  if (cancellation?.aborted) cancel();
  cancellation?.addEventListener('abort', cancel);
  return () => cancellation?.removeEventListener('abort', cancel);
}
