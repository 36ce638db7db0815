import { EVENTS_OF_UNITS } from './events';
import { testTables } from './grant-table';

testTables(EVENTS_OF_UNITS);
