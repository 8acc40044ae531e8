import type { Feature } from '../chat/feature.ts';
import { actions } from './actions/feature.ts';
import { clients } from './clients/feature.ts';
import { conversations } from './conversations/feature.ts';
import { dailyStart } from './daily-start/feature.ts';
import { expectations, noteFor } from './expectations/feature.ts';
import { fatigue } from './fatigue/feature.ts';
import { bringing, feedback } from './feedback/feature.ts';
import { follow, followUps } from './follow-ups/feature.ts';
import { help } from './help/feature.ts';
import { improvements } from './improvements/feature.ts';
import { askForOne, kti } from './kti/feature.ts';
import { nudges } from './nudges/feature.ts';
import { polls, putAndSay } from './polls/feature.ts';
import { reports } from './reports/feature.ts';
import { sandbox } from './sandbox/feature.ts';
import { settings } from './settings/feature.ts';

/** Every capability of Belay. A new one is a folder here and a line in this list. */
const capabilities: Feature[] = [
  expectations,
  feedback(noteFor),
  improvements(putAndSay, askForOne),
  polls(follow),
  // Before the KTIs: of two that become one it looks which, while both are there.
  actions,
  kti(follow),
  fatigue,
];

/** Those that tell one of the team what he should know, with what the others contribute. */
function telling(): Feature[] {
  const known = [conversations(capabilities), followUps(capabilities), ...capabilities];
  return [...known, nudges(known), dailyStart(known, bringing)];
}

/**
 * The capabilities, with clients, settings and help, which show what those contribute; in the sandbox its own one too.
 */
export function featuresOf(options: { sandbox?: boolean } = {}): Feature[] {
  const told = telling();
  // What expectations miss the report counts itself, over all clients at once.
  const beside = told.filter((feature) => feature !== expectations);
  const all = [...told, clients(told), reports(beside)];
  const here = options.sandbox ? [...all, sandbox] : all;
  const withSettings = [...here, settings(here)];
  return [...withSettings, help(withSettings)];
}
