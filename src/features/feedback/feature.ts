import type { Effect } from '../../chat/effect.ts';
import type { Asked, Command, Feature } from '../../chat/feature.ts';
import type { Language } from '../../chat/request.ts';
import { beginAsked, begun, type NoteExpectation } from './begin-feature.ts';
import { filled, opened, typed } from './bring-feature.ts';
import { cheer } from './cheer-feature.ts';
import { answered, handAsked, handFilled, learned, take, wordsAsked } from './course-feature.ts';
import { type Kind, kinds } from './feedback.ts';
import { bringForm } from './form-cards.ts';
import { keepAsked, keepFilled, keepPicked } from './keep-feature.ts';
import { migrations as keepMigrations, moveKept } from './keep-store.ts';
import { briefing, dossier, unanswered } from './known-feature.ts';
import { listPressed, listTyped } from './list-feature.ts';
import { shareAsked, shared, unshared } from './share-feature.ts';
import { detailsAsked, detailsFilled, show } from './show-feature.ts';
import { migrations, moveFeedback } from './store.ts';

const words: Record<Kind, Record<'one' | 'all', Record<Language, string[]>>> = {
  complaint: {
    one: { nl: ['klacht'], en: ['complaint'] },
    all: { nl: ['klachten'], en: ['complaints'] },
  },
  compliment: {
    one: { nl: ['compliment'], en: ['compliment'] },
    all: { nl: ['complimenten'], en: ['compliments'] },
  },
  story: { one: { nl: ['verhaal'], en: ['story'] }, all: { nl: ['verhalen'], en: ['stories'] } },
  success: { one: { nl: ['succes'], en: ['success'] }, all: { nl: ['successen'], en: ['successes'] } },
};

function commandsFor(kind: Kind): Command[] {
  return [
    {
      name: `feedback.${kind}`,
      words: words[kind].one,
      who: 'member',
      where: 'anywhere',
      run: typed(kind),
    },
    {
      name: `feedback.list-${kind}`,
      words: words[kind].all,
      who: 'member',
      where: 'anywhere',
      run: listTyped(kind),
    },
  ];
}

/** How one is brought, for whatever else asks for it: its form, and what is done when that was sent. */
export const bringing = {
  form: bringForm,
  keep: (kind: Kind, asked: Asked, fields: Record<string, string>): Promise<Effect[]> =>
    filled(kind)(asked, { subject: '', fields }),
};

/**
 * Complaints, compliments, stories and successes: brought by anybody of us, and learned from. `note` notes an expectation
 * that a complaint tells of.
 */
export function feedback(note: NoteExpectation): Feature {
  return {
    name: 'feedback',
    migrations: { ...migrations, ...keepMigrations },
    commands: kinds.flatMap(commandsFor),
    presses: {
      ...Object.fromEntries(
        kinds.map((kind) => [`feedback.${kind}`, { who: 'member' as const, run: opened(kind) }]),
      ),
      ...Object.fromEntries(
        kinds.map((kind) => [`feedback.list-${kind}`, { who: 'member' as const, run: listPressed(kind) }]),
      ),
      'feedback.keep': { who: 'member', run: keepAsked },
      'feedback.show': { who: 'member', run: show },
      'feedback.cheer': { who: 'member', run: cheer },
      'feedback.details': { who: 'member', run: detailsAsked },
      'feedback.begin': { who: 'member', run: beginAsked },
      'feedback.take': { who: 'member', run: take },
      'feedback.hand': { who: 'member', run: handAsked },
      'feedback.answer': { who: 'member', run: wordsAsked('answer') },
      'feedback.learn': { who: 'member', run: wordsAsked('learn') },
      'feedback.share': { who: 'member', run: shareAsked },
    },
    forms: {
      ...Object.fromEntries(
        kinds.map((kind) => [`feedback.${kind}`, { who: 'member' as const, run: filled(kind) }]),
      ),
      'feedback.keep': { who: 'member', run: keepFilled },
      'feedback.details': { who: 'member', run: detailsFilled },
      'feedback.begin': { who: 'member', run: begun(note) },
      'feedback.hand': { who: 'member', run: handFilled },
      'feedback.answer': { who: 'member', run: answered },
      'feedback.learn': { who: 'member', run: learned },
      'feedback.share': { who: 'member', run: shared },
    },
    jobs: { 'feedback.unshared': { run: unshared } },
    messages: { 'feedback.keep': { who: 'member', run: keepPicked } },
    dossier,
    briefing,
    reasons: [unanswered],
    async merged(tx, tenant, from, to) {
      await moveFeedback(tx, tenant, from, to);
      await moveKept(tx, tenant, from, to);
    },
  };
}
