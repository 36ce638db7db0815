import { DescribeExecution } from './operations/describe-execution';
import { ListExecutions } from './operations/list-executions';
import { StartExecution } from './operations/start-execution';
import { StopExecution } from './operations/stop-execution';
import { StateMachines } from './state-machines';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/states.json';
import { Service } from '../../wire/service';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';

/** AWS Step Functions, as far as executions of state machines go. */
export function states(stateMachines: StateMachines): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      DescribeExecution: new DescribeExecution(stateMachines),
      ListExecutions: new ListExecutions(stateMachines),
      StartExecution: new StartExecution(stateMachines),
      StopExecution: new StopExecution(stateMachines),
    },
    invalidRequest: (violations) => new ServiceError('ValidationException', coralMessage(violations)),
  };
}
