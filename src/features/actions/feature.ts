import type { Feature } from '../../chat/feature.ts';
import { migrations, moveActions } from './store.ts';

/** What the team does so that a client grades something higher. */
export const actions: Feature = { name: 'actions', migrations, merged: moveActions };
