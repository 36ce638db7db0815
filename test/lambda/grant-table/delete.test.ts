import { DELETES } from './events';
import { testTables } from './grant-table';

testTables(DELETES);
