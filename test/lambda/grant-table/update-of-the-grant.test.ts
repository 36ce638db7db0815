import { UPDATES_OF_THE_GRANT } from './events';
import { testTables } from './grant-table';

testTables(UPDATES_OF_THE_GRANT);
