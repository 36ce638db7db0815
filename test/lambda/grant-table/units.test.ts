import { EVENTS_OF_UNITS } from './events';
import { testTable } from './grant-table';

testTable(EVENTS_OF_UNITS);
