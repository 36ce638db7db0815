import type { GetFunctionRequest, GetFunctionResponse, Runtime } from '@aws-sdk/client-lambda';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { functionNotFound } from '../errors';
import { functionArnOf } from '../function-arn';
import { Functions } from '../functions';

type Input = Validated<GetFunctionRequest, 'FunctionName'>;

export class GetFunction implements Operation<Input, GetFunctionResponse> {
  constructor(private readonly functions: Functions) {}

  requiredAccess({ FunctionName, Qualifier }: Input, context: CallContext): RequiredAccess {
    return { resourceArns: [functionArnOf(FunctionName, Qualifier, context)] };
  }

  perform({ FunctionName, Qualifier }: Input, context: CallContext): GetFunctionResponse {
    const functionArn = functionArnOf(FunctionName, Qualifier, context);
    const found = this.functions.find(functionArn);
    if (!found) throw functionNotFound(functionArn);
    return {
      Configuration: {
        FunctionName: found.functionName,
        FunctionArn: functionArn,
        Runtime: found.runtime as Runtime,
        Role: found.roleArn,
        Handler: found.handler,
        Timeout: found.timeoutSeconds,
        MemorySize: found.memorySizeInMegabytes,
        Version: '$LATEST',
        State: 'Active',
        LastUpdateStatus: 'Successful',
      },
    };
  }
}
