import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { functionNotFound, notJson } from '../errors';
import { functionArnOf } from '../function-arn';
import { Functions } from '../functions';

type Input = Validated<InvocationRequest, 'FunctionName'>;

/** The statuses of asynchronous invocations and dry runs: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_ResponseElements */
const ACCEPTED = 202;
const NOTHING_DONE = 204;

export class Invoke implements Operation<Input, InvocationResponse> {
  constructor(private readonly functions: Functions) {}

  requiredAccess({ FunctionName, Qualifier }: Input, context: CallContext): RequiredAccess {
    return { action: 'lambda:InvokeFunction', resourceArns: [functionArnOf(FunctionName, Qualifier, context)] };
  }

  perform({ FunctionName, Qualifier, InvocationType, Payload }: Input, context: CallContext): InvocationResponse | Promise<InvocationResponse> {
    const functionArn = functionArnOf(FunctionName, Qualifier, context);
    if (!this.functions.find(functionArn)) throw functionNotFound(functionArn);
    const event = parse(Payload);
    switch (InvocationType) {
      case 'DryRun':
        return { StatusCode: NOTHING_DONE };
      case 'Event':
        this.functions.invoke(functionArn, event);
        return { StatusCode: ACCEPTED };
      default:
        return context.whileWaiting(this.call(functionArn, event));
    }
  }

  private async call(functionArn: string, event: unknown): Promise<InvocationResponse> {
    const { error, payload } = await this.functions.call(functionArn, event);
    return { StatusCode: 200, ExecutedVersion: '$LATEST', FunctionError: error && 'Unhandled', Payload: Buffer.from(payload) };
  }
}

function parse(payload: Uint8Array | undefined): unknown {
  try {
    return payload && JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch (error) {
    throw notJson((error as Error).message);
  }
}
