import { type Button, type Card, type Element, line } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { type Grade, type Invitation, isRunning, type Kti, type Round, scale } from './kti.ts';

/** What the client's people see of a round. */

type About = { round: Round; ktis: Kti[]; again: boolean };

/** To somebody alone: the first question with its grades, how many more there are, and who sees what he gives. */
export function invitationCard(one: Pick<Invitation, 'id'>, about: About, voice: Voice): Card {
  const { say, language } = voice;
  const [first] = about.ktis;
  const more = about.ktis.length - 1;
  const elements: Element[] = [
    ...opening(about, say),
    ...(first
      ? [
          { kind: 'text' as const, text: first.text[language], style: 'strong' as const },
          { kind: 'scale' as const, press: 'kti.grade', subject: `${one.id}.${first.id}`, ...gradesOf(say) },
        ]
      : []),
    ...(more > 0 ? [{ kind: 'text' as const, text: say('kti.then-more', { count: more }) }] : []),
    ...terms(about.round, voice),
  ];
  const all: Button = { press: 'kti.open', subject: one.id, label: say('kti.open-all') };
  if (more > 0) elements.push({ kind: 'buttons', buttons: [all] });
  return { language, summary: summaryOf(about, say), elements };
}

/** In the client's channel, for those who cannot be asked alone: the questions open for whoever presses. */
export function channelCard(about: About, voice: Voice): Card {
  const { say, language } = voice;
  const open: Button = {
    ...{ press: 'kti.open', subject: about.round.id, label: say('kti.open'), style: 'primary' },
  };
  return {
    language,
    summary: summaryOf(about, say),
    elements: [
      ...opening(about, say),
      { kind: 'text', text: say('kti.questions', { count: about.ktis.length }) },
      { kind: 'buttons', buttons: [open] },
      ...terms(about.round, voice),
    ],
  };
}

/** By mail: what is asked, and one button. */
export function mailCard(about: About, voice: Voice, link: string): Card {
  const { say, language } = voice;
  return {
    language,
    summary: summaryOf(about, say),
    elements: [
      ...opening(about, say),
      ...about.ktis.map((kti): Element => ({ kind: 'text', text: `• ${kti.text[language]}` })),
      { kind: 'buttons', buttons: [{ url: link, label: say('kti.open') }] },
      ...terms(about.round, voice),
      { kind: 'text', text: say('kti.personal-link'), style: 'subtle' },
    ],
  };
}

function summaryOf({ round, ktis, again }: About, say: Say): string {
  const values = { asker: round.asker.name, count: ktis.length };
  return say(again ? 'kti.summary-again' : 'kti.summary-asks', values);
}

function opening({ round, again }: About, say: Say): Element[] {
  return [
    ...(again ? [{ kind: 'text' as const, text: say('kti.reminder'), style: 'subtle' as const }] : []),
    { kind: 'text', text: say('kti.title-asks'), style: 'heading' },
    { kind: 'text', text: say('kti.intro', { asker: round.asker.name }) },
  ];
}

/** Said before anybody grades: until when, and who sees it. */
function terms({ closesAt }: Round, { say, language, timeZone }: Voice): Element[] {
  const until = sayMoment(closesAt, language, timeZone);
  return [{ kind: 'text', text: say('kti.terms', { until }), style: 'subtle' }];
}

/** The grades with their words. */
export function gradesOf(say: Say) {
  const { from, to } = scale;
  const spoken = Array.from({ length: to - from + 1 }, (_, at) =>
    say('polls.spoken', { grade: from + at, to }),
  );
  return { from, to, low: say('kti.low'), high: say('kti.high'), spoken };
}

type Own = { round: Round; ktis: Kti[]; given: Grade[] };

/** To him alone, after he sent it: what he gave, and how to change it as long as the round is not over. */
export function thanksCard(one: Pick<Invitation, 'id'>, own: Own, voice: Voice): Card {
  const { say, language } = voice;
  const thanks = say('kti.thanks', { count: own.given.length });
  const change: Button = { press: 'kti.open', subject: one.id, label: say('kti.change') };
  return {
    language,
    summary: thanks,
    elements: [
      { kind: 'text', text: thanks, style: 'strong' },
      { kind: 'text', text: say('kti.what-now', { asker: own.round.asker.name, count: own.given.length }) },
      ...givenOf(own, voice),
      ...(isRunning(own.round)
        ? [untilText('change-until', own.round, voice), { kind: 'buttons' as const, buttons: [change] }]
        : []),
    ],
  };
}

/** Until when he can change it; one question on a day of its own does not wait for the others. */
export function untilText(key: 'change-until' | 'change-by-link', round: Round, voice: Voice): Element {
  const until = sayMoment(round.closesAt, voice.language, voice.timeZone);
  return {
    kind: 'text',
    text: voice.say(`kti.${key}${round.spread ? '-day' : ''}`, { until }),
    style: 'subtle',
  };
}

/** After one press: it is kept, and the rest is asked in the form that follows. */
export function gradedCard({ ktis, given }: Own, { say, language }: Voice): Card {
  const left = ktis.length - given.length;
  return { language, ...line(left > 0 ? say('kti.kept-more', { count: left }) : say('kti.kept')) };
}

/** What he gave for each, with his words. */
export function givenOf({ ktis, given }: Own, { say, language }: Voice): Element[] {
  return ktis.flatMap((kti): Element[] => {
    const grade = given.find((one) => one.kti === kti.id);
    if (!grade) return [];
    const text = say('kti.given', { grade: grade.grade, text: kti.text[language] });
    return [{ kind: 'text', text }, ...(grade.why ? [{ kind: 'quote' as const, text: grade.why }] : [])];
  });
}

/** In the question's place when the round has ended. */
export function endedCard(state: 'closed' | 'cancelled', { say, language }: Voice): Card {
  const text = say(state === 'closed' ? 'kti.ended-closed' : 'kti.ended-cancelled');
  return { language, summary: text, elements: [{ kind: 'text', text }] };
}

/** To who asked: somebody could not be asked in any way; with the link to send him, where there is one. */
export function unaskedCard(
  { name }: Pick<Invitation, 'name'>,
  client: Client,
  { say, language }: Voice,
  link: string | undefined,
): Card {
  const text = say(link ? 'kti.unasked-link' : 'kti.unasked', { name, client: client.name });
  return {
    language,
    summary: text,
    elements: [{ kind: 'text', text }, ...(link ? [{ kind: 'address' as const, url: link }] : [])],
  };
}
