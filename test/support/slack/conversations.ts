import { type AtWork, acknowledged, wordsOf } from './at-work.ts';
import type { Message, View } from './workspace.ts';

/** People of ours who work at any hour, so that these tests may too: set in the form that `nudges` leads to. */
export async function working(work: AtWork, count: number): Promise<string[]> {
  const { at, sees, form, people, channel } = work;
  const ids = people('T1', count);
  const place = channel({ more: ids });
  for (const id of ids) {
    await acknowledged(at.command(id, place, 'seintjes'));
    await acknowledged(at.press(id, await sees(id, place, /ma di wo do vr, 08:30/), 'settings.person'));
    const own = await form(id, /nudges\.hours/);
    const days = { 'nudges.days': 'ma di wo do vr za zo', 'nudges.hours': '00:00-23:59' };
    const always = { ...days, 'nudges.country': 'none', 'daily-start.remind': 'no' };
    await acknowledged(at.submit(id, own, { language: 'nl', ...always }));
  }
  return ids;
}

/** When a card says that a conversation is, as one would type it. */
export function momentIn(planned: Message): string {
  const [, day = '', time = ''] = /(\d+ \p{L}+), (\d\d:\d\d)–/u.exec(wordsOf(planned)) ?? [];
  return `${day} ${time}`;
}

/** The value of the choice with this label. */
export function choice(view: View, label: string): string {
  const [, value = ''] = new RegExp(`"text":"${label}[^}]*},"value":"([^"]+)"`).exec(wordsOf(view)) ?? [];
  return value;
}

/** In which channel, or before whom alone, these words stand. */
export function readersOf({ at }: AtWork, words: string): Set<string> {
  const found = at.workspace.messages.filter((message) => wordsOf(message).includes(words));
  return new Set(found.map(({ onlyFor, channel }) => onlyFor ?? channel));
}
