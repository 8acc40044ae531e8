import { line } from '../../chat/card.ts';
import type { Followed } from '../../chat/contributions.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { readPeople } from '../../store/people.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { doneForm, handForm } from './cards.ts';
import type { Kinds } from './due-feature.ts';
import { type FollowUp, isSettled, limits, mayTakeUp, type Owner } from './follow-ups.ts';
import { changeFollowUp, findFollowUp } from './store.ts';
import { inPlace, shown, tell } from './telling-feature.ts';

type Sent = { subject: string; fields: Record<string, string> };

/** "I will call." */
export async function call(asked: Asked, kinds: Kinds, id: string): Promise<Effect[]> {
  return settle(asked, await mine(asked, kinds, id), { state: 'calling' });
}

/** Asks to whom it is handed over. */
export async function askWho(asked: Asked, kinds: Kinds, id: string): Promise<Effect[]> {
  const { followUp, followed } = await mine(asked, kinds, id);
  const { say } = asked;
  const people = await helpers(asked, followed, followUp);
  const others = people.filter((person) => person.id !== followUp.owner.id);
  if (others.length === 0) throw new Refusal('error.nobody-to-choose');
  return [{ do: 'ask', form: handForm(followUp.id, say, others) }];
}

/** Another one takes it over, and hears of it. */
export async function hand(asked: Asked, kinds: Kinds, { subject, fields }: Sent): Promise<Effect[]> {
  const { followUp, followed } = await mine(asked, kinds, subject);
  const { tx, tenant, now } = asked;
  const people = await helpers(asked, followed, followUp);
  const found = people.find(({ id }) => id === fields.person);
  if (!found) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const owner = { id: found.id, name: found.name };
  const handed: FollowUp = { ...followUp, owner, state: 'open', told: 1 };
  const { say } = await voiceOf(asked, followUp.owner.id);
  return [
    inPlace(followUp, followUp.owner, line(say('follow.handed', { name: owner.name }))),
    ...(await tell(asked, followed, await changeFollowUp(tx, tenant, handed, now))),
  ];
}

/** To whom it can be handed over: any of us, unless the capability knows who cannot have it. */
async function helpers(asked: Asked, followed: Followed, { subject }: FollowUp): Promise<Owner[]> {
  const { tx, platform, tenant } = asked;
  return (await followed.helpers?.(asked, subject)) ?? readPeople(tx, platform, tenant, { outsiders: false });
}

/** Asks what came of it. */
export async function askNote(asked: Asked, kinds: Kinds, id: string): Promise<Effect[]> {
  const { followUp } = await mine(asked, kinds, id);
  return [{ do: 'ask', form: doneForm(followUp.id, asked.say) }];
}

/** It is done, and this came of it. */
export async function finish(asked: Asked, kinds: Kinds, { subject, fields }: Sent): Promise<Effect[]> {
  const before = await mine(asked, kinds, subject);
  const asks = { most: limits.note, field: 'note', empty: 'error.follow-no-note' } as const;
  return settle(asked, before, { state: 'done', note: requiredText(fields.note, asks) });
}

type Mine = { followUp: FollowUp; followed: Followed };

/** Throws a Refusal when it is gone, not his to take up, or settled. */
async function mine(asked: Asked, kinds: Kinds, id: string): Promise<Mine> {
  const followUp = await findFollowUp(asked.tx, asked.tenant, id);
  const followed = followUp && kinds.get(followUp.kind);
  if (!followUp || !followed) throw new Refusal('error.follow-gone');
  const given = await followed.about(asked, { ...followUp, reader: asked.person.id }, readers(asked));
  if (!given) throw new Refusal('error.follow-gone');
  if (!mayTakeUp(followUp, asked.person, given.rises))
    throw new Refusal('error.follow-not-yours', { owner: followUp.owner.name });
  if (isSettled(followUp)) throw new Refusal('error.follow-settled');
  return { followUp, followed };
}

/**
 * Whoever takes it up has it from now on. Its card says so, and that of the one who had it: no other answer is needed.
 */
async function settle(
  asked: Asked,
  { followUp: before, followed }: Mine,
  change: Pick<FollowUp, 'state'> & Partial<Pick<FollowUp, 'note'>>,
): Promise<Effect[]> {
  const { tx, tenant, now, person } = asked;
  const owner = { id: person.id, name: person.name };
  const followUp = await changeFollowUp(tx, tenant, { ...before, ...change, owner }, now);
  return shown(asked, followed, followUp, before.owner);
}
