import type { Feature } from '../../chat/feature.ts';
import { settings } from './settings-feature.ts';
import { migrations } from './touch-store.ts';

/** Nobody is asked too often: one budget a person over all that asks him something. Others spend it. */
export const fatigue: Feature = { name: 'fatigue', migrations, settings };
