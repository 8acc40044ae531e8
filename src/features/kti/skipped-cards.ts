import type { Voice } from '../../chat/voice.ts';
import { sayFewSkipped, saySkipped } from '../fatigue/said-rules.ts';
import type { Invited } from './invite-feature.ts';

type NotAsked = Pick<Invited, 'skipped' | 'unreachable'>;

/** For the one who asks, never for the client: who is not asked, why, and from when he can be. */
export function skippedLines(
  { skipped, unreachable }: NotAsked,
  voice: Voice,
  now: Temporal.Instant,
): string[] {
  return [...saySkipped(skipped, voice, now), ...sayUnreachable(unreachable, voice)];
}

/** The same for a refusal. */
export function skippedText({ skipped, unreachable }: NotAsked, voice: Voice, now: Temporal.Instant): string {
  return [sayFewSkipped(skipped, voice, now), ...sayUnreachable(unreachable, voice)]
    .filter(Boolean)
    .join('\n');
}

function sayUnreachable(names: string[], { say }: Voice): string[] {
  return names.length === 0 ? [] : [say('kti.unreachable', { names: names.join(', ') })];
}
