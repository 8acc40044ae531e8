import { type Element, subtle } from '../../chat/card.ts';
import type { Briefing, Dossier } from '../../chat/contributions.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { findClient } from '../clients/store.ts';
import { seenOf } from '../kti/current-store.ts';
import { findKtis, ktisOf } from '../kti/store.ts';
import { type Action, byUrgency, isOpen, isUnseen } from './actions.ts';
import { ktiIn } from './cards.ts';
import { titleOf } from './catalogue-rules.ts';
import { lineOf } from './list-cards.ts';
import { actionsOf } from './store.ts';

/** What actions tell elsewhere: on a client's card, and before a conversation. */

const inDossier = 5;

/** What is under way for a client, a line each, and how much was done. */
export const dossier: Dossier = {
  async show({ tx, tenant, say, now, person }, { id }, mayWrite) {
    const all = await actionsOf(tx, tenant, id);
    const open = all.filter(isOpen).toSorted(byUrgency);
    const today = now.toZonedDateTimeISO(person.timeZone).toPlainDate();
    const words = { say, language: person.language, timeZone: person.timeZone };
    const more = open.length - inDossier;
    const lines = [
      ...open.slice(0, inDossier).map((one) => lineOf(one, undefined, today, words)),
      ...(more > 0 ? [say('actions.more', { count: more })] : []),
      ...doneLine(all, words),
    ];
    const mayStart = mayWrite && open.length === 0 && (await ktisOf(tx, tenant, id)).length > 0;
    return {
      elements: [
        ...(open.length > 0
          ? [{ kind: 'text' as const, text: say('actions.dossier'), style: 'strong' as const }]
          : []),
        ...(lines.length > 0 ? [{ kind: 'text' as const, text: lines.join('\n') }] : []),
      ],
      buttons: [
        ...(lines.length > 0 ? [{ press: 'actions.list', subject: id, label: say('actions.all-of') }] : []),
        ...(mayStart ? [{ press: 'actions.client', subject: id, label: say('actions.new') }] : []),
      ],
    };
  },
};

/** How many were done, and when the last one was; nothing while none was. */
function doneLine(all: Action[], { say, language, timeZone }: Voice): string[] {
  const done = all.flatMap(({ doneAt }) => doneAt ?? []).toSorted(Temporal.Instant.compare);
  const last = done.at(-1);
  if (!last) return [];
  return [say('actions.dossier-done', { count: done.length, day: sayDay(last, language, timeZone) })];
}

/** As many as a briefing has room for, and for how long what was done is worth mentioning. */
const inBriefing = 3;
const lately = { hours: 24 * 31 };

/** What is under way for a client, and what was done that he may not have seen: so that it can be mentioned. */
export const briefing: Briefing = {
  async show({ tx, tenant, now, person, voice }, { id, name }) {
    const all = await actionsOf(tx, tenant, id);
    const open = all.filter(isOpen).toSorted(byUrgency);
    const since = now.subtract(lately);
    const unseen = all.filter((one) => isUnseen(one, since));
    const told = [...unseen, ...open].slice(0, inBriefing);
    const client = await findClient(tx, tenant, id);
    if (told.length === 0 || !client) return [];
    const graded = await findKtis(tx, tenant, [...new Set(told.map(({ kti }) => kti))]);
    const seen = await seenOf({ tx, tenant }, client, person, graded);
    const ktis = new Map(seen.map((one) => [one.id, one]));
    const { say, language } = voice;
    const more = unseen.length + open.length - told.length;
    return [
      { kind: 'text', text: say('actions.briefing', { client: name }), style: 'strong' },
      ...told.flatMap((one): Element[] => [
        {
          kind: 'text',
          text: say(isOpen(one) ? 'actions.briefing-open' : 'actions.briefing-done', {
            ...{ title: titleOf(one, language), name: one.owner.name },
          }),
        },
        subtle(
          say('actions.briefing-for', {
            ...{ kti: shortened(ktiIn(ktis.get(one.kti), language), 80), notice: one.notice },
          }),
        ),
      ]),
      ...(more > 0 ? [subtle(say('actions.more', { count: more }))] : []),
    ];
  },
};
