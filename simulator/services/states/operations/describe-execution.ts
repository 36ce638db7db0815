import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { Operation, RequiredAccess, Validated } from '../../../wire/service';
import { existingExecution } from '../requests';
import { StateMachines } from '../state-machines';

type Input = Validated<DescribeExecutionInput, 'executionArn'>;

export class DescribeExecution implements Operation<Input, DescribeExecutionOutput> {
  constructor(private readonly stateMachines: StateMachines) {}

  requiredAccess({ executionArn }: Input): RequiredAccess {
    return { resourceArns: [executionArn] };
  }

  /** Guess: that METADATA_ONLY leaves out input, output, error and cause, all of which may be encrypted. */
  perform({ executionArn, includedData }: Input): DescribeExecutionOutput {
    const { input, output, error, cause, ...metadata } = existingExecution(this.stateMachines, executionArn);
    if (includedData === 'METADATA_ONLY') return metadata;
    return {
      ...metadata,
      input,
      inputDetails: { included: true },
      ...output === undefined ? {} : { output, outputDetails: { included: true } },
      error,
      cause,
    };
  }
}
