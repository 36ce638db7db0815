import { CREATES } from './events';
import { testTable } from './grant-table';

testTable(CREATES);
