import { DELETES } from './events';
import { testTable } from './grant-table';

testTable(DELETES);
