import { StackRecords } from '../../services/cloudformation/stack-records';
import { EventRules } from '../../services/events/event-rules';
import { Functions } from '../../services/lambda/functions';
import { StackGrants } from '../../services/license-manager/stack-grants';
import { ParameterStore } from '../../services/ssm/parameter-store';
import { StateMachines } from '../../services/states/state-machines';
import { StackRoles } from '../../simulated-aws';

/** The services that have to know what stacks make. */
export interface StackServices {
  readonly roles: StackRoles;
  readonly functions: Functions;
  readonly stateMachines: StateMachines;
  readonly eventRules: EventRules;
  readonly stackGrants: StackGrants;
  readonly parameterStore: ParameterStore;
  readonly stacks: StackRecords;
}
