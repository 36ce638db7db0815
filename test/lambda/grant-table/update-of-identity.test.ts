import { UPDATES_OF_IDENTITY } from './events';
import { testTables } from './grant-table';

testTables(UPDATES_OF_IDENTITY);
