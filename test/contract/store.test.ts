import { eachDatabase } from '../support/databases.ts';
import { storeContract } from './store.contract.ts';

eachDatabase(storeContract);
