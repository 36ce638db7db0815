import type { StopExecutionInput, StopExecutionOutput } from '@aws-sdk/client-sfn';
import { Operation, RequiredAccess, Validated } from '../../../wire/service';
import { existingExecution } from '../requests';
import { StateMachines } from '../state-machines';

type Input = Validated<StopExecutionInput, 'executionArn'>;

export class StopExecution implements Operation<Input, StopExecutionOutput> {
  constructor(private readonly stateMachines: StateMachines) {}

  requiredAccess({ executionArn }: Input): RequiredAccess {
    return { resourceArns: [executionArn] };
  }

  /** Guess: an execution that has ended is no error; the answer is when it ended. */
  perform({ executionArn, error, cause }: Input): StopExecutionOutput {
    existingExecution(this.stateMachines, executionArn);
    return { stopDate: this.stateMachines.abort(executionArn, { error, cause }).stopDate };
  }
}
