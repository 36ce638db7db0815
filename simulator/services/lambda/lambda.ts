import { Functions } from './functions';
import { GetFunction } from './operations/get-function';
import { Invoke } from './operations/invoke';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/lambda.json';
import { Service } from '../../wire/service';
import { ServiceError } from '../../wire/service-error';
import { coralMessage } from '../coral-violations';

/** AWS Lambda, as far as functions invoke each other. */
export function lambda(functions: Functions): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      GetFunction: new GetFunction(functions),
      Invoke: new Invoke(functions),
    },
    invalidRequest: (violations) => new ServiceError('ValidationException', coralMessage(violations)),
  };
}
