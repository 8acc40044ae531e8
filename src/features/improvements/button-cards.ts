import type { Button } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Say } from '../../text/say.ts';
import type { View } from './cards.ts';
import { backOf, type Improvement, missingOf, nextOf, openQuestions } from './improvements.ts';

/** What brings it further; and below that what one can do beside. */
export function rowsOf(view: View, say: Say): Button[][] {
  const { one, client, mayChange } = view;
  const board = { press: 'improvements.board', subject: client?.id, label: say('improvements.to-board') };
  if (one.stage === 'done')
    return [[...(mayChange && view.mayTell && !one.toldAt ? [press('tell', one, say, true)] : []), board]];
  if (one.stage === 'declined') return [[board]];
  const steps = mayChange ? stepsOf(view, say) : [];
  const beside = [...sidesOf(view, say), board];
  return [steps, beside].filter((row) => row.length > 0);
}

type Verb = 'plan' | 'check' | 'grade' | 'heard' | 'edit' | 'decline' | 'tell';

function press(verb: Verb, { id }: Improvement, say: Say, first = false) {
  const button = { press: `improvements.${verb}`, subject: id, label: say(`improvements.${verb}`) };
  return first ? { ...button, style: 'primary' as const } : button;
}

function stepsOf(view: View, say: Say): Button[] {
  const { one, mayAsk, mayGrade, answers, graded } = view;
  const { id, stage } = one;
  const to = nextOf(stage);
  const on = (first: boolean): Button[] =>
    to === undefined || to === 'idea'
      ? []
      : [
          {
            ...{ press: `improvements.move.${to}`, subject: id, label: say(`improvements.move-${to}`) },
            ...(first && { style: 'primary' as const }),
          },
        ];
  const isAsked = openQuestions(one).length === 0;
  const asks = [
    ...(mayAsk && !one.poll ? [press('check', one, say, !isAsked)] : []),
    ...(mayGrade && !one.grading ? [gradeButton(view, say, !isAsked && !mayAsk)] : []),
    press('heard', one, say, !isAsked && !mayAsk && !mayGrade),
  ];
  const isRunning = answers.running !== undefined || graded?.running !== undefined;
  switch (stage) {
    case 'idea':
      return [...on(true), press('plan', one, say)];
    case 'plan':
      return missingOf(one).length > 0
        ? [press('plan', one, say, true), ...on(false)]
        : [...on(true), press('plan', one, say)];
    case 'do':
      return [...on(true), press('plan', one, say)];
    case 'check':
      return isAsked ? [...on(!isRunning), ...asks] : [...asks, ...on(false)];
    case 'act':
      return [...on(isAsked && !isRunning), ...asks];
    default:
      return [];
  }
}

/** It goes to the client at once, so it is asked first whether it should. */
function gradeButton({ one, client, served = '' }: View, say: Say, first: boolean): Button {
  const text = say('improvements.grade-confirm', {
    client: client?.name ?? '',
    text: shortened(served, inConfirm),
  });
  const confirm = { title: say('improvements.grade'), text, yes: say('improvements.check-send') };
  return { ...press('grade', one, say, first), confirm: { ...confirm, no: say('settings.cancel') } };
}

/** As many letters of what the client is to grade as a question beforehand has room for. */
const inConfirm = 150;

function sidesOf(view: View, say: Say): Button[] {
  const { one, reader, mayChange, mayJoin, voted } = view;
  const { id, stage } = one;
  const to = backOf(stage);
  const word = stage === 'act' ? 'round' : to;
  const back = isWord(word) && {
    press: `improvements.back.${stage}`,
    subject: id,
    label: say(`improvements.back-${word}`),
  };
  const joined = one.doers.some((doer) => doer.id === reader);
  // Votes and other words decide what is taken up; from then on it is about the work.
  const isIdea = stage === 'idea';
  const vote = voted
    ? { press: 'improvements.vote.off', subject: id, label: say('improvements.unvote') }
    : { press: 'improvements.vote', subject: id, label: say('improvements.vote') };
  const join = joined
    ? { press: 'improvements.join.off', subject: id, label: say('improvements.leave') }
    : { press: 'improvements.join', subject: id, label: say('improvements.join') };
  // Whoever may bring it further needs no more than that, while nobody works on it yet.
  const joins = mayJoin && stage !== 'act' && (!isIdea || !mayChange);
  return [
    ...(isIdea && one.maker.id !== reader ? [vote] : []),
    ...(joins ? [join] : []),
    ...(isIdea && mayChange ? [press('edit', one, say)] : []),
    ...(mayChange && back ? [back] : []),
    ...(mayChange ? [press('decline', one, say)] : []),
  ];
}

const words = ['idea', 'plan', 'do', 'round'] as const;

function isWord(word: string | undefined): word is (typeof words)[number] {
  return words.some((one) => one === word);
}
