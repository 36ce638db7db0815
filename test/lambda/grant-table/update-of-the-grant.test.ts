import { UPDATES_OF_THE_GRANT } from './events';
import { testTable } from './grant-table';

testTable(UPDATES_OF_THE_GRANT);
