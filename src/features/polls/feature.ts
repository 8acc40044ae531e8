import { line } from '../../chat/card.ts';
import { answer } from '../../chat/effect.ts';
import type { Asked, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { inviteLate } from './again-feature.ts';
import { askFilled, askTyped, openForm, start } from './asking-feature.ts';
import { readSubject } from './asking-rules.ts';
import { typed } from './cards.ts';
import { again, cancel, close, closeDue, unheard, unposted, untold } from './ending-feature.ts';
import { exportFile, offerExport } from './export-feature.ts';
import { followed } from './follow-feature.ts';
import { answerPage, unmailed } from './invitation-feature.ts';
import { askWhom, inviteContacts } from './inviting-feature.ts';
import { dailyStart } from './morning-feature.ts';
import { kindsOf, type Poll } from './polls.ts';
import { openOf } from './question-feature.ts';
import { remind } from './reminder-feature.ts';
import { earlierResult, known, moreReasons, result, share } from './result-feature.ts';
import { afterWithdrawal, cancelLoyalty, everyTyped, roundDue, stopPressed } from './series-feature.ts';
import { migrations } from './store.ts';
import { askWhy, cast, changeVote, count, keepReason, openBallot, vote } from './vote-feature.ts';

/** Handed to those who ask a client one question as a part of something else. */
export { putAndSay } from './asking-feature.ts';

/** Polls of one question: NPS, CES, CSAT, and the three of loyalty. `follow` follows up who is not content. */
export function polls(follow: Follow): Feature {
  return {
    name: 'polls',
    migrations,
    dailyStart,
    followed,
    wiped: ['turnout', 'ballot_box'],
    commands: [
      {
        name: 'polls.ask',
        words: { nl: phrases('vragen', 'loyaliteit'), en: phrases('ask', 'loyalty') },
        who: 'member',
        where: 'channel',
        run: askTyped,
      },
      {
        name: 'polls.every',
        words: {
          nl: [
            ...phrases('elke', 'loyaliteit'),
            ...phrases('elk', 'loyaliteit'),
            ...phrases('uit', 'loyaliteit'),
          ],
          en: [...phrases('every', 'loyalty'), ...phrases('off', 'loyalty')],
        },
        who: 'member',
        where: 'channel',
        run: everyTyped,
      },
      {
        name: 'polls.close',
        words: { nl: phrases('sluiten', 'loyaliteit'), en: phrases('close', 'loyalty') },
        who: 'member',
        where: 'channel',
        run: async (asked, { words }) => close(asked, await openHere(asked, words)),
      },
      {
        name: 'polls.cancel',
        words: {
          nl: [...phrases('annuleren', 'loyaliteit'), ...phrases('intrekken', 'loyaliteit')],
          en: [...phrases('cancel', 'loyalty'), ...phrases('withdraw', 'loyalty')],
        },
        who: 'member',
        where: 'channel',
        run: cancelTyped,
      },
      {
        name: 'polls.result',
        words: { nl: phrases('uitslag', 'loyaliteit'), en: phrases('result', 'loyalty') },
        who: 'member',
        where: 'channel',
        run: result,
      },
      {
        name: 'polls.start',
        words: { nl: ['nps', 'ces', 'csat', 'loyaliteit'], en: ['nps', 'ces', 'csat', 'loyalty'] },
        who: 'member',
        where: 'channel',
        bare: true,
        run: start,
      },
    ],
    presses: {
      'polls.ask': { who: 'member', where: 'channel', run: openForm },
      'polls.stop': { who: 'member', run: stopPressed },
      'polls.vote': { who: 'anyone', run: (asked, press) => vote(asked, press, follow) },
      'polls.change': { who: 'anyone', run: changeVote },
      'polls.why': { who: 'anyone', run: askWhy },
      'polls.ballot': { who: 'anyone', run: openBallot },
      'polls.close': {
        who: 'member',
        run: async (asked, { subject }) => close(asked, await known(asked, subject)),
      },
      'polls.cancel': {
        who: 'member',
        run: async (asked, { subject }) => withdraw(asked, await known(asked, subject)),
      },
      'polls.again': { who: 'member', run: again },
      'polls.invite': { who: 'member', run: askWhom },
      'polls.share': { who: 'member', run: share },
      'polls.result': { who: 'member', run: earlierResult },
      'polls.reasons': { who: 'member', run: moreReasons },
      'polls.export': { who: 'member', run: offerExport },
    },
    forms: {
      'polls.ask': { who: 'member', where: 'channel', run: (asked, { fields }) => askFilled(asked, fields) },
      'polls.why': { who: 'anyone', run: (asked, form) => keepReason(asked, form, follow) },
      'polls.ballot': { who: 'anyone', run: cast },
      'polls.invite': { who: 'member', run: inviteContacts },
    },
    jobs: {
      'polls.close': { run: closeDue },
      'polls.count': { run: count },
      'polls.invite-late': { run: inviteLate },
      'polls.remind': { run: remind },
      'polls.round': { run: roundDue },
      'polls.unmailed': { run: unmailed },
      'polls.unheard': { run: unheard },
      'polls.unposted': { run: unposted },
      'polls.untold': { run: untold },
    },
    pages: { 'polls.answer': answerPage(follow) },
    downloads: { 'polls.export': exportFile },
    hub: [
      {
        who: 'member',
        button: ({ say, place }) =>
          place.kind === 'channel'
            ? { press: 'polls.ask', label: say('polls.hub'), style: 'primary' }
            : undefined,
      },
    ],
  };
}

function phrases(verb: string, ...more: string[]): string[] {
  return ['nps', 'ces', 'csat', ...more].map((subject) => `${subject} ${verb}`);
}

/** The poll that the words name and that is open in this place. Throws a Refusal when none is. */
async function openHere(asked: Asked, words: string): Promise<Poll> {
  const kinds = kindsOf[readSubject(words)];
  const poll = await openOf(asked, kinds);
  if (!poll) throw new Refusal('error.poll-none-open', { ask: typed(kinds[0], 'ask', asked.say) });
  return poll;
}

async function cancelTyped(asked: Asked, { words }: { words: string }) {
  const subject = readSubject(words);
  const open = await openOf(asked, kindsOf[subject]);
  if (!open && subject === 'loyalty') return cancelLoyalty(asked);
  return withdraw(asked, open ?? (await openHere(asked, words)));
}

/** Asked by mistake: nothing of it is counted. */
async function withdraw(asked: Asked, poll: Poll) {
  const effects = await cancel(asked, poll);
  const series = await afterWithdrawal(asked, poll);
  const { say } = asked;
  const values = { stop: typed(poll.kind, 'off', say) };
  const text = series ? say('polls.cancelled-now-series', values) : say('polls.cancelled-now');
  return [...effects, answer(line(text), 'internal')];
}
