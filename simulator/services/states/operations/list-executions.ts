import type { ListExecutionsInput, ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { cutPage } from '../../paging';
import { invalidListing, invalidToken, resourceNotFound } from '../errors';
import { existingStateMachine } from '../requests';
import { StateMachines } from '../state-machines';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html#API_ListExecutions_RequestParameters */
const DEFAULT_PAGE_SIZE = 100;

export class ListExecutions implements Operation<ListExecutionsInput, ListExecutionsOutput> {
  constructor(private readonly stateMachines: StateMachines) {}

  requiredAccess({ stateMachineArn, mapRunArn }: ListExecutionsInput): RequiredAccess {
    return { resourceArns: [stateMachineArn ?? mapRunArn ?? '*'] };
  }

  perform(request: ListExecutionsInput, { now }: CallContext): ListExecutionsOutput {
    const { stateMachineArn, mapRunArn, statusFilter, redriveFilter, maxResults, nextToken } = request;
    if ((stateMachineArn === undefined) === (mapRunArn === undefined)) throw invalidListing('Either a stateMachineArn or a mapRunArn has to be given.');
    // Maps are not played: no run of one is there.
    if (stateMachineArn === undefined) throw resourceNotFound(mapRunArn!);
    if (statusFilter === 'PENDING_REDRIVE' || redriveFilter !== undefined) {
      throw invalidListing('The filter is for the executions of a Map Run, not for those of a state machine.');
    }
    existingStateMachine(this.stateMachines, stateMachineArn);
    const executions = this.stateMachines.allExecutions.filter((execution) =>
      execution.stateMachineArn === stateMachineArn && (statusFilter === undefined || execution.status === statusFilter));
    // The most recent first (API reference).
    const page = cutPage(executions.reverse(), { token: nextToken, size: maxResults || DEFAULT_PAGE_SIZE, now });
    if (!page) throw invalidToken(nextToken);
    return {
      executions: page.items.map(({ executionArn, name, status, startDate, stopDate }) =>
        ({ executionArn, stateMachineArn, name, status, startDate, stopDate })),
      nextToken: page.nextToken,
    };
  }
}
