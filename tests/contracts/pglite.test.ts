import { createPgliteDatabase } from '../support/pglite-database.ts';
import { describeStores } from './stores.contract.ts';

describeStores(createPgliteDatabase());
