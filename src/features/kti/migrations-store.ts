import type { Migrations } from '../../store/database.ts';
import { tables } from './tables-store.ts';

/** All of this folder. */
export const migrations: Migrations = { ...tables };
