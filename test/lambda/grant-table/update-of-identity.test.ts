import { UPDATES_OF_IDENTITY } from './events';
import { testTable } from './grant-table';

testTable(UPDATES_OF_IDENTITY);
