import { CREATES } from './events';
import { testTables } from './grant-table';

testTables(CREATES);
