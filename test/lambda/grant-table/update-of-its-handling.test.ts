import { UPDATES_OF_ITS_HANDLING } from './events';
import { testTables } from './grant-table';

testTables(UPDATES_OF_ITS_HANDLING);
