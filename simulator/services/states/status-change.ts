import { Execution } from './execution';
import { deriveUuid } from '../../lambda/derived-identifiers';
import { Event } from '../events/event';

/**
 * What Step Functions tells the default bus of an execution's account and Region when its status changes. Dates are milliseconds.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function statusChange(execution: Execution): Event {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, input, output, error, cause } = execution;
  const [, , , region, account] = executionArn.split(':');
  return {
    'version': '0',
    'id': deriveUuid('event', executionArn, status),
    'detail-type': 'Step Functions Execution Status Change',
    'source': 'aws.states',
    account,
    'time': (stopDate ?? startDate).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    'resources': [executionArn],
    'detail': {
      executionArn,
      stateMachineArn,
      name,
      status,
      startDate: startDate.getTime(),
      stopDate: stopDate?.getTime() ?? null,
      input,
      output: output ?? null,
      inputDetails: { included: true },
      outputDetails: output === undefined ? null : { included: true },
      // Guess: null where there is none, like output; the documentation shows no event of an execution that failed without one.
      error: error ?? null,
      cause: cause ?? null,
    },
  };
}
