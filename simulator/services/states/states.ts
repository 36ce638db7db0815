import { DescribeExecution } from './operations/describe-execution';
import { StartExecution } from './operations/start-execution';
import { StateMachines } from './state-machines';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/states.json';
import { Service } from '../../wire/service';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';

/** AWS Step Functions, as far as starting state machines goes. */
export function states(stateMachines: StateMachines): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      DescribeExecution: new DescribeExecution(stateMachines),
      StartExecution: new StartExecution(stateMachines),
    },
    invalidRequest: (violations) => new ServiceError('ValidationException', coralMessage(violations)),
  };
}
