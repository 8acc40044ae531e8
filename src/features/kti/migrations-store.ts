import type { Migrations } from '../../store/database.ts';
import { joinedTables } from './joined-store.ts';
import { planTables } from './plan-store.ts';
import { questionTables } from './question-store.ts';
import { shareTables } from './share-tables-store.ts';
import { tables } from './tables-store.ts';
import { weeklyTables } from './weekly-tables-store.ts';

/** All of this folder. */
export const migrations: Migrations = {
  ...tables,
  ...planTables,
  ...questionTables,
  ...weeklyTables,
  ...shareTables,
  ...joinedTables,
};
