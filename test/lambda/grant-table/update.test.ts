import { UPDATES } from './events';
import { testTable } from './grant-table';

testTable(UPDATES);
