import type { StartExecutionInput, StartExecutionOutput } from '@aws-sdk/client-sfn';
import { Operation, RequiredAccess, Validated } from '../../../wire/service';
import { ServiceError } from '../../../wire/service-error';
import { StateMachine, StateMachines } from '../state-machines';

type Input = Validated<StartExecutionInput, 'stateMachineArn'>;

export class StartExecution implements Operation<Input, StartExecutionOutput> {
  constructor(private readonly stateMachines: StateMachines) {}

  requiredAccess({ stateMachineArn }: Input): RequiredAccess {
    return { resourceArns: [stateMachineArn] };
  }

  perform({ stateMachineArn, name, input = '{}' }: Input): StartExecutionOutput {
    const stateMachine = this.stateMachines.find(stateMachineArn);
    // The words were seen from an emulator that is compared with AWS: https://github.com/localstack/localstack/issues/9970
    if (!stateMachine) throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
    const executionArn = this.stateMachines.executionArn(stateMachineArn, name);
    const existing = this.stateMachines.execution(executionArn);
    // The same request again is answered again: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
    if (existing?.status === 'RUNNING' && existing.input === input) return { executionArn, startDate: existing.startDate };
    if (existing) throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    const { startDate } = this.start(stateMachine, executionArn, input);
    return { executionArn, startDate };
  }

  private start(stateMachine: StateMachine, executionArn: string, input: string) {
    try {
      return this.stateMachines.start(stateMachine, executionArn, input);
    } catch (error) {
      throw new ServiceError('ValidationException', (error as Error).message);
    }
  }
}
