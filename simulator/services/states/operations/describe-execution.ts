import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { Operation, RequiredAccess, Validated } from '../../../wire/service';
import { ServiceError } from '../../../wire/service-error';
import { StateMachines } from '../state-machines';

type Input = Validated<DescribeExecutionInput, 'executionArn'>;

export class DescribeExecution implements Operation<Input, DescribeExecutionOutput> {
  constructor(private readonly stateMachines: StateMachines) {}

  requiredAccess({ executionArn }: Input): RequiredAccess {
    return { resourceArns: [executionArn] };
  }

  perform({ executionArn }: Input): DescribeExecutionOutput {
    const execution = this.stateMachines.execution(executionArn);
    if (!execution) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    return { ...execution };
  }
}
