import { CustomResourceEvent } from './custom-resource-event';

/** What a function answered, as CloudFormation takes it. */
export type CustomResourceAnswer =
  | { readonly succeeded: true; readonly physicalId: string; readonly data: Readonly<Record<string, unknown>> }
  /** Without a physical id the answer named none that can be used. */
  | { readonly succeeded: false; readonly reason: string; readonly physicalId?: string };

/** "The total size of the response body can't exceed 4096 bytes": https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const LARGEST_ANSWER_IN_BYTES = 4096;
/** "can be up to 1 KB in size": same page. */
const LONGEST_PHYSICAL_ID_IN_BYTES = 1024;

interface AnswerBody {
  readonly Status?: unknown;
  readonly Reason?: unknown;
  readonly PhysicalResourceId?: unknown;
  readonly StackId?: unknown;
  readonly RequestId?: unknown;
  readonly LogicalResourceId?: unknown;
  readonly Data?: unknown;
}

/**
 * Reads an answer as strictly as CloudFormation. Its words were seen for answers that are too long, that have no physical
 * id and that report a failure; for other invalid answers the words are the simulator's.
 */
export function readAnswer(body: Buffer, event: CustomResourceEvent): CustomResourceAnswer {
  if (body.byteLength > LARGEST_ANSWER_IN_BYTES) return invalid('Response object is too long.');
  const answer = parse(body);
  if (!answer) return invalid('Response is not valid JSON');

  const physicalId = answer.PhysicalResourceId;
  const hasPhysicalId = typeof physicalId === 'string' && physicalId !== '' && Buffer.byteLength(physicalId) <= LONGEST_PHYSICAL_ID_IN_BYTES;
  if (!hasPhysicalId) return invalid('Invalid PhysicalResourceId');
  for (const member of ['StackId', 'RequestId', 'LogicalResourceId'] as const) {
    if (answer[member] !== event[member]) return invalid(`Invalid ${member}`, physicalId);
  }
  if (answer.Reason !== undefined && typeof answer.Reason !== 'string') return invalid('Invalid Reason', physicalId);
  if (answer.Status === 'FAILED') return failed(answer.Reason, physicalId, event);
  if (answer.Status !== 'SUCCESS') return invalid('Invalid Status', physicalId);
  return { succeeded: true, physicalId, data: (answer.Data ?? {}) as Record<string, unknown> };
}

/** A function that never answers: seen in many issues, for example https://github.com/aws-samples/cloudfront-authorization-at-edge/issues/313 */
export function noAnswer(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. ` +
    'If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.';
}

function failed(reason: string | undefined, physicalId: string, { RequestId }: CustomResourceEvent): CustomResourceAnswer {
  return {
    succeeded: false,
    reason: `Received response status [FAILED] from custom resource. Message returned: ${reason ?? 'Unknown'} (RequestId: ${RequestId})`,
    physicalId,
  };
}

function invalid(reason: string, physicalId?: string): CustomResourceAnswer {
  return { succeeded: false, reason, physicalId };
}

function parse(body: Buffer): AnswerBody | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
