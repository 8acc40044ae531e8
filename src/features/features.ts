import type { Feature } from '../chat/feature.ts';
import { help } from './help/feature.ts';
import { polls } from './polls/feature.ts';
import { settings } from './settings/feature.ts';

/** Every capability of Belay. A new one is a folder here and a line in this list. */
const capabilities: Feature[] = [polls];

/** The capabilities, with settings and help, which show what those contribute. */
export function featuresOf(): Feature[] {
  const withSettings = [...capabilities, settings(capabilities)];
  return [...withSettings, help(withSettings)];
}
