import { featuresOf } from '../../src/features/features.ts';
import type { Migrations } from '../../src/store/database.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';

/** Those of the kernel and of all capabilities, because they look into each other's tables. */
export const allMigrations: Migrations = Object.assign(
  {},
  kernelMigrations,
  ...featuresOf().map(({ migrations }) => migrations ?? {}),
);
