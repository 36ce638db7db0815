import type { StartExecutionInput, StartExecutionOutput } from '@aws-sdk/client-sfn';
import { Operation, RequiredAccess, Validated } from '../../../wire/service';
import { executionAlreadyExists } from '../errors';
import { checkInput, checkName, existingStateMachine } from '../requests';
import { StateMachines } from '../state-machines';

type Input = Validated<StartExecutionInput, 'stateMachineArn'>;

export class StartExecution implements Operation<Input, StartExecutionOutput> {
  constructor(private readonly stateMachines: StateMachines) {}

  requiredAccess({ stateMachineArn }: Input): RequiredAccess {
    return { resourceArns: [stateMachineArn] };
  }

  perform({ stateMachineArn, name, input = '{}' }: Input): StartExecutionOutput {
    const stateMachine = existingStateMachine(this.stateMachines, stateMachineArn);
    checkName(name);
    checkInput(input);
    const executionArn = this.stateMachines.executionArn(stateMachineArn, name);
    const existing = this.stateMachines.execution(executionArn);
    // The same request again is answered again: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
    if (existing?.status === 'RUNNING' && existing.input === input) return { executionArn, startDate: existing.startDate };
    if (existing) throw executionAlreadyExists(executionArn);
    const { startDate } = this.stateMachines.start(stateMachine, executionArn, input);
    return { executionArn, startDate };
  }
}
