import type { Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import { figureOf, unbroken } from '../actions/since-rules.ts';
import type { Client } from '../clients/clients.ts';
import type { Count } from '../kti/kti.ts';
import { rowsOf } from './button-cards.ts';
import { columns, type Improvement, isOpen, openQuestions } from './improvements.ts';

/** What a question of the client's gave. `grades`: each, the highest first, where they are too few for a figure. */
export type Measured = {
  n: number;
  score: number | undefined;
  grades: number[];
  topic: string | undefined;
  at: Temporal.Instant;
};

/** What the client answered before the work began, and after it; `running`: he is being asked now. */
export type Answers = {
  before?: Measured;
  after?: Measured;
  running?: { until: Temporal.Instant; count: number };
};

/** What the client gave for the expectation that it serves; `running`: he is being asked now. */
export type Graded = {
  since: Temporal.Instant;
  before: Count | undefined;
  after: Count | undefined;
  running?: { until: Temporal.Instant; count: number };
};

/** One as somebody sees it. `served`: undefined where nobody said so, or he may not see it. */
export type View = {
  one: Improvement;
  client: Pick<Client, 'id' | 'name'> | undefined;
  title?: string | undefined;
  /** What whoever did something just now should know. */
  note?: string | undefined;
  votes: number;
  voted: boolean;
  reader: string;
  mayChange: boolean;
  mayJoin: boolean;
  served: string | undefined;
  answers: Answers;
  /** Undefined where it serves no expectation, or one that he may not see. */
  graded: Graded | undefined;
  mayAsk: boolean;
  mayGrade: boolean;
  mayTell: boolean;
};

/** One as a card: where it stands, what is known, what its step still asks, and what one can do with it. */
export function improvementCard(view: View, voice: Voice): Card {
  const { one, client, title, note } = view;
  const { say } = voice;
  const of = client ? say('improvements.title-of', { client: client.name }) : say('improvements.title');
  return {
    summary: `${title ?? of}: ${one.text}`,
    elements: [
      { kind: 'text', text: title ?? of, style: 'heading' },
      { kind: 'text', text: stepOf(one, voice), style: 'strong' },
      { kind: 'quote', text: one.text, by: byOf(view, voice) },
      ...(note === undefined ? [] : [{ kind: 'text', text: note, style: 'subtle' } as const]),
      ...knownOf(view, voice),
      ...stillOpen(one, say),
      ...rowsOf(view, say).map((buttons): Element => ({ kind: 'buttons', buttons })),
    ],
  };
}

/** `Stap 3 van 6: Doen, sinds 23 november (Bram Bakker)`. */
function stepOf({ stage, since, movedBy }: Improvement, { say, language, timeZone }: Voice): string {
  const day = sayDay(since, language, timeZone);
  if (stage === 'declined') return say('improvements.step-declined', { day, name: movedBy.name });
  const at = columns.indexOf(stage) + 1;
  const name = stage === 'idea' ? say('improvements.one-idea') : say(`improvements.stage-${stage}`);
  const values = { at, of: columns.length, stage: name, day };
  return say('improvements.step', values);
}

function byOf({ one, client, votes, title }: View, { say, language, timeZone }: Voice): string {
  const by = say('improvements.by', { name: one.maker.name, day: sayDay(one.madeAt, language, timeZone) });
  return [
    // A title of its own does not say whose it is.
    ...(title && client ? [client.name] : []),
    by,
    ...(votes > 0 ? [say('improvements.votes', { count: votes })] : []),
  ].join(' · ');
}

function knownOf({ one, served, answers, graded }: View, voice: Voice): Element[] {
  const { say, language } = voice;
  const hidden = one.serves ? say('improvements.serves-hidden') : undefined;
  const names = one.doers.map(({ name }) => name);
  const doers = listOf(names, language);
  const known = {
    reason: one.reason,
    expects: one.expects,
    serves: served ?? hidden,
    tries: one.tries,
    doers: doers || undefined,
    before: answers.before && measuredIn(answers.before, voice),
    after: afterIn(answers, voice),
    grade: graded && gradedIn(graded, voice),
    heard: heardIn(one, say),
  };
  const facts = (
    ['reason', 'expects', 'serves', 'tries', 'doers', 'before', 'after', 'grade', 'heard'] as const
  ).flatMap((name) => {
    const value = known[name];
    return value === undefined ? [] : [{ label: say(`improvements.fact-${name}`), value }];
  });
  const compares = (answers.before && answers.after) || (graded?.before && graded.after);
  return [
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
    ...(compares
      ? [{ kind: 'text' as const, text: say('improvements.no-cause'), style: 'subtle' as const }]
      : []),
  ];
}

function afterIn({ after, running }: Answers, voice: Voice): string | undefined {
  if (after) return measuredIn(after, voice);
  const { say, language, timeZone } = voice;
  return (
    running &&
    say('improvements.running', { count: running.count, day: sayDay(running.until, language, timeZone) })
  );
}

/** `6 (n = 1) → 8 (n = 1), sinds 3 november`, and that he is being asked now. */
function gradedIn({ since, before, after, running }: Graded, voice: Voice): string | undefined {
  const { say, language, timeZone } = voice;
  const [from, to] = [before, after].map((one) => one && unbroken(figureOf(one, say)));
  const day = sayDay(since, language, timeZone);
  const given = to
    ? say('improvements.grade-since', { grades: from === undefined ? to : `${from} → ${to}`, day })
    : from && say('improvements.grade-before', { grade: from });
  const asked =
    running &&
    say('improvements.running', { count: running.count, day: sayDay(running.until, language, timeZone) });
  return [given, asked].filter((one) => one !== undefined).join('; ') || undefined;
}

/** `83 % tevreden, uit 6 antwoorden, 30 november, over de overgang`. */
export function measuredIn({ n, score, grades, topic, at }: Measured, voice: Voice): string {
  const { say, language, timeZone } = voice;
  const figure =
    score !== undefined
      ? say('improvements.score', { score, count: n })
      : grades.length > 0
        ? say('improvements.grades', { grades: grades.join(', '), count: n })
        : say('improvements.answers', { count: n });
  const day = sayDay(at, language, timeZone);
  return topic ? say('improvements.measured-about', { figure, day, topic }) : `${figure}, ${day}`;
}

function heardIn({ helped, heard }: Improvement, say: Say): string | undefined {
  if (!helped) return undefined;
  const answer = say(`improvements.helped-${helped}`);
  return heard ? `${answer}: “${heard}”` : answer;
}

/** The checklist of the step it is in: what to do, and what is still to be said. */
function stillOpen(one: Improvement, say: Say): Element[] {
  if (!isOpen(one) || one.stage === 'done' || one.stage === 'declined') return [];
  const open = openQuestions(one).map((question) => `○ ${say(`improvements.open-${question}`)}`);
  return [
    { kind: 'text', text: say(`improvements.guide-${one.stage}`), style: 'subtle' },
    ...(open.length > 0 ? [{ kind: 'text' as const, text: open.join('\n') }] : []),
  ];
}
