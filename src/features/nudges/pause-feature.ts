import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { writeSetting } from '../../store/settings.ts';
import { pauseForm } from './cards.ts';
import { dayOf, show, today } from './own-feature.ts';
import { readPause } from './pause-rules.ts';

/** Nothing comes until a day, for whoever wants that. */

const paused = 'nudges.paused';
/** For how many days one can pause with one choice; any other day can be typed. */
const pauses = [1, 7, 14, 21, 28, 56];

/** `nudges pause until 12 December`; without a day the form. Throws a Refusal for a day that it cannot be. */
export async function pauseTyped(asked: Asked, { text }: { text: string }): Promise<Effect[]> {
  return text === '' ? pauseAsked(asked) : pauseUntil(asked, dayFrom(asked, text));
}

/** Asks until when nothing shall come. */
export async function pauseAsked(asked: Asked): Promise<Effect[]> {
  return [{ do: 'ask', form: formFor(asked), alone: true }];
}

function formFor(asked: Asked): Form {
  const choices = pauses.map((days) => {
    const until = today(asked).add({ days });
    return {
      value: until.toString(),
      label: asked.say('nudges.pause-days', { count: days, day: dayOf(asked, until) }),
    };
  });
  return pauseForm(choices, asked.say);
}

/** The form was sent: a day that was typed goes before one that was chosen. */
export async function pauseFilled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  const typed = fields.day?.trim() ?? '';
  try {
    const given = typed || (fields.until ?? '');
    if (given === '') throw new Refusal('error.nudges-pause-empty', {}, { field: 'day' });
    return await pauseUntil(asked, dayFrom(asked, given));
  } catch (error) {
    throw refusedIn(formFor(asked), fields, error);
  }
}

/** The day that was typed. Throws a Refusal when it is none, past, or too far. */
function dayFrom({ now, person, say }: Asked, text: string): Temporal.PlainDate {
  const read = readPause(text, now, person.timeZone);
  if ('until' in read) return read.until;
  const buttons = [{ press: 'nudges.pause', label: say('nudges.pause') }];
  throw new Refusal(
    `error.nudges-pause-${read.wrong}`,
    { typed: shortened(text) },
    { field: 'day', buttons },
  );
}

/** Until then nothing comes; from that day on it does by itself. */
async function pauseUntil(asked: Asked, until: Temporal.PlainDate): Promise<Effect[]> {
  await writeSetting(asked.tx, whose(asked), paused, until.toString());
  return show(asked, asked.say('nudges.paused-now', { day: dayOf(asked, until) }));
}

/** It comes again from now on. */
export async function resume(asked: Asked): Promise<Effect[]> {
  await writeSetting(asked.tx, whose(asked), paused, undefined);
  return show(asked, asked.say('nudges.resumed'));
}

function whose({ tenant, platform, person }: Asked) {
  return { tenant, platform, scope: 'person', subject: person.id } as const;
}
