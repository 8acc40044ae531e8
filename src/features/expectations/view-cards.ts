import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { answersTo, dateOf, wordingOf } from './cards.ts';
import { type Expectation, isOpen, type Wording } from './expectations.ts';

/** One expectation as the client may see it: the wording that was put before him, and who said something of it last. */
export type Shown = {
  expectation: Expectation;
  wording: Wording;
  said: { name: string; at: Temporal.Instant } | undefined;
};

/** What fits in one card without being cut: nobody confirms what he cannot read. The others are a button away. */
const inOneCard = { count: 5, letters: 4000 };

type View = {
  /** From which one on. */
  from: number;
  /** The reader is of the team, and looks at what the client sees. */
  forTeam: boolean;
  /** The page to print. */
  link: string | undefined;
};

/** What the client was asked and confirmed, where each stands, and what he can still say to it. */
export function viewCard(client: Client, shown: Shown[], voice: Voice, view: View): Card {
  const { say } = voice;
  const title = say('confirm.view-title', { client: client.name });
  const page = fitting(shown.slice(view.from));
  const rows = page.flatMap((one, at): Element[] => [
    ...partBefore(one, page[at - 1], client, say),
    ...itemOf(one, client, voice),
    ...(view.forTeam ? [] : answering(one, say)),
  ]);
  const buttons = lastOf(client, { next: view.from + page.length, count: shown.length }, view.link, say);
  return {
    summary: say('confirm.view-summary', { client: client.name }),
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(view.forTeam
        ? [{ kind: 'text' as const, text: say('confirm.view-team'), style: 'subtle' as const }]
        : []),
      ...(shown.length === 0 ? [{ kind: 'text' as const, text: say('confirm.view-empty') }] : rows),
      ...(buttons.length > 0 ? [{ kind: 'divider' as const }, { kind: 'buttons' as const, buttons }] : []),
    ],
  };
}

/** The first of them that fit: one at least. */
function fitting(shown: Shown[]): Shown[] {
  let room = inOneCard.letters;
  const tooMuch = shown.findIndex(({ wording: { text, seen }, expectation: { doing } }, at) => {
    room -= text.length + (seen?.length ?? 0) + (doing?.length ?? 0);
    return at === inOneCard.count || (at > 0 && room < 0);
  });
  return tooMuch < 0 ? shown : shown.slice(0, tooMuch);
}

function lastOf(
  { id }: Client,
  { next, count }: { next: number; count: number },
  link: string | undefined,
  say: Say,
): Button[] {
  const label = say('confirm.view-more', { count: count - next });
  return [
    ...(next < count ? [{ press: `expectations.mine.${next}`, subject: id, label }] : []),
    ...(link === undefined ? [] : [{ url: link, label: say('confirm.view-print') }]),
  ];
}

type Section = 'theirs' | 'ours' | 'over';

/** Where one belongs in what the client sees. */
export function sectionOf({ expectation }: Shown): Section {
  return isOpen(expectation) ? expectation.direction : 'over';
}

/** What parts one from the one before, and the name of a section before the first one of it. */
function partBefore(one: Shown, before: Shown | undefined, client: Client, say: Say): Element[] {
  const section = sectionOf(one);
  const text = say(`confirm.section-${section}`, { client: client.name });
  const isFirst = !before || sectionOf(before) !== section;
  return [
    ...(before ? [{ kind: 'divider' as const }] : []),
    ...(isFirst ? [{ kind: 'text' as const, text, style: 'strong' as const }] : []),
  ];
}

function itemOf(one: Shown, client: Client, voice: Voice): Element[] {
  return [
    ...wordingOf(one.wording, voice.say),
    ...doingOf(one, voice.say),
    { kind: 'text', text: standsAs(one, client, voice), style: 'subtle' },
  ];
}

/** What we do about it; nothing once it is over. */
function doingOf({ expectation }: Shown, say: Say): Element[] {
  if (!expectation.doing || !isOpen(expectation)) return [];
  return [{ kind: 'facts', facts: [{ label: say('confirm.doing'), value: expectation.doing }] }];
}

/** What a contact can say to one that is before him. */
function answering({ expectation }: Shown, say: Say): Element[] {
  const { state, wording } = expectation;
  const subject = wording.id;
  if (state === 'sent') return buttonsOf(answersTo(expectation, say));
  if (state === 'corrected')
    return buttonsOf([{ press: 'expectations.correct', subject, label: say('confirm.correct') }]);
  if (state !== 'confirmed') return [];
  return buttonsOf([
    { press: 'expectations.correct', subject, label: say('confirm.correct') },
    { press: 'expectations.doubt', subject, label: say('confirm.holds-no-longer') },
  ]);
}

function buttonsOf(buttons: Button[]): Element[] {
  return [{ kind: 'buttons', buttons }];
}

/** Where one stands, in words for the client: what was said of it last, by whom and when. */
export function standsAs({ expectation, wording, said }: Shown, { owner }: Client, voice: Voice): string {
  const { say } = voice;
  const { state, reviewAt } = expectation;
  const day = dateOf(said?.at ?? wording.writtenAt, voice);
  const { confirmed } = wording;
  switch (state) {
    case 'sent':
      return say('confirm.stands-sent', { day: dateOf(wording.sentAt ?? wording.writtenAt, voice) });
    case 'confirmed':
      return [
        ...confirmedBy(wording, voice),
        ...(reviewAt ? [say('confirm.stands-review', { day: dateOf(reviewAt, voice) })] : []),
      ].join(' ');
    case 'noted':
    case 'concrete':
      return [...(confirmed ? confirmedBy(wording, voice) : []), say('confirm.stands-reworded')].join(' ');
    case 'corrected':
      return say('confirm.stands-corrected', { name: wording.author.name, day });
    case 'doubted':
      return say('confirm.stands-doubted', { name: said?.name ?? '', day, owner: owner.name });
    case 'met':
    case 'not-met':
    case 'withdrawn':
      return say(`confirm.stands-${state}`, { day });
  }
}

function confirmedBy({ confirmed }: Wording, voice: Voice): string[] {
  if (!confirmed) return [];
  return [
    voice.say('confirm.stands-confirmed', { name: confirmed.by.name, day: dateOf(confirmed.at, voice) }),
  ];
}
