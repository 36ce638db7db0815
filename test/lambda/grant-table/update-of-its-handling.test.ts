import { UPDATES_OF_ITS_HANDLING } from './events';
import { testTable } from './grant-table';

testTable(UPDATES_OF_ITS_HANDLING);
