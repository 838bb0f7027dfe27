import { createSqliteDatabase } from '../support/sqlite-database.ts';
import { describeStores } from './stores.contract.ts';

describeStores(createSqliteDatabase());
