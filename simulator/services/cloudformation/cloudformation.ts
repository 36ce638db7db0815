import { validationError } from './errors';
import { DescribeStacks } from './operations/describe-stacks';
import { StackRecords } from './stack-records';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/cloudformation.json';
import { Service } from '../../wire/service';
import { coralMessage } from '../coral-violations';

/**
 * AWS CloudFormation, as far as functions ask it for the status of stacks. What plays the stacks is not here.
 *
 * Guess: that reads never lag behind, as the status is what CloudFormation itself works by.
 */
export function cloudFormation(stacks: StackRecords): Service {
  return {
    model: new ServiceModel(document),
    operations: {
      DescribeStacks: new DescribeStacks(stacks),
    },
    invalidRequest: (violations) => validationError(coralMessage(violations)),
  };
}
