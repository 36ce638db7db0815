import { EVENTS_WITH_WORKFLOW } from './events';
import { testTables } from './grant-table';
import { SettlementWorkflow } from '../support/settlement-workflow';

testTables(EVENTS_WITH_WORKFLOW, (stack) => new SettlementWorkflow(stack));
