import type { Element } from '../../chat/card.ts';
import type { Dossier, DossierOf } from '../../chat/contributions.ts';
import { type Audience, answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustRead, relationOf } from '../clients/access-store.ts';
import type { Client, Relation } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { type Expectation, isOpen, maySee, waitsForManager, within } from './expectations.ts';
import { cut, inOneCard, listButton, listCard, noteButton, overCard, standing } from './list-cards.ts';
import { expectationsOf } from './store.ts';

/** The open ones of a client, for whoever of the workspace asks. */
export async function list(asked: Asked, client: Client, page = 1): Promise<Effect[]> {
  const { relation, all } = await readable(asked, client);
  const shown = all.filter(isOpen);
  const mayWrite = relation === 'team' && !client.archived;
  const listed = {
    shown,
    over: all.length - shown.length,
    mayWrite,
    page: within(page, pagesOf(shown.length)),
  };
  return [answer(listCard(client, listed, readers(asked), asked.now), audienceOf(shown))];
}

/** The same by a button; `detail` is the page. */
export async function listOf(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  return list(asked, await clientNamed(asked, subject), Number(detail));
}

/** Those that are over; `detail` is the page. */
export async function over(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  const client = await clientNamed(asked, subject);
  const shown = (await readable(asked, client)).all.filter((one) => !isOpen(one));
  const page = within(Number(detail), pagesOf(shown.length));
  return [answer(overCard(client, { shown, page }, readers(asked), asked.now), audienceOf(shown))];
}

/** What only some of the team may see is for whoever asks, alone: others read along in the team's channel. */
export function audienceOf(shown: Expectation[]): Audience {
  return shown.some(waitsForManager) ? 'person' : 'internal';
}

/** The client that a button names. */
export async function clientNamed({ tx, tenant }: Asked, id: string): Promise<Client> {
  const client = await findClient(tx, tenant, id);
  if (!client) throw new Refusal('error.button-unknown');
  return client;
}

function pagesOf(count: number): number {
  return Math.ceil(count / inOneCard);
}

/** All that the reader may see. Throws a Refusal for who may read nothing of this client. */
async function readable(asked: Asked, client: Client): Promise<{ relation: Relation; all: Expectation[] }> {
  await mustRead(asked, client);
  const relation = await relationOf(asked, asked.person, client);
  const all = await expectationsOf(asked.tx, asked.tenant, client.id, { open: false });
  return { relation, all: all.filter((one) => maySee(one, { id: asked.person.id, relation }, client)) };
}

/** As many as a client's card has room for. */
const inDossier = 5;

/** What is known of a client's expectations, on its card and in the list of all clients. */
export const dossier: Dossier = {
  async show(asked, client, mayWrite) {
    const voice = readers(asked);
    const { say } = voice;
    const open = await openFor(asked, client);
    const rows = open.slice(0, inDossier).flatMap((one, at): Element[] => [
      { kind: 'text', text: `${at + 1}. ${cut(one.wording.text, 100)}` },
      { kind: 'text', text: marked(one, standing(one, voice, asked.now), asked), style: 'subtle' },
    ]);
    const more = open.length - inDossier;
    const elements: Element[] = [
      { kind: 'text', text: say('expectations.dossier-title'), style: 'strong' },
      ...(open.length === 0 ? [{ kind: 'text' as const, text: say('expectations.dossier-none') }] : rows),
      ...(more > 0
        ? [{ kind: 'text' as const, text: say('expectations.dossier-more', { count: more }) }]
        : []),
    ];
    const note = mayWrite ? [noteButton(client.id, say)] : [];
    return { elements, buttons: [...note, listButton(client.id, say)] };
  },
  async missing(asked, client) {
    const open = await openFor(asked, client);
    if (!open.some(({ direction }) => direction === 'theirs')) return asked.say('expectations.missing-none');
    const unconfirmed = open.filter(({ state }) => state !== 'confirmed').length;
    return unconfirmed > 0 ? asked.say('expectations.missing-confirmed', { count: unconfirmed }) : undefined;
  },
  async knows(asked, client) {
    const open = await openFor(asked, client);
    return open.some(({ direction, state }) => direction === 'theirs' && state === 'confirmed');
  },
};

function marked({ direction }: Expectation, text: string, { say }: Asked): string {
  return direction === 'ours' ? `${say('expectations.mark-ours')} · ${text}` : text;
}

/** Open ones that a reader of the workspace may see; what the client expects comes first. */
async function openFor({ tx, tenant, person, place }: Asked, { id }: DossierOf): Promise<Expectation[]> {
  const open = await expectationsOf(tx, tenant, id, { open: true });
  const client = open.some(({ about }) => about === 'person') ? await findClient(tx, tenant, id) : undefined;
  const visible = open.filter(
    (one) =>
      one.about !== 'person' ||
      // Where others read along it is left out, even for whoever may see it.
      ((place.kind === 'direct' || !waitsForManager(one)) &&
        client !== undefined &&
        maySee(one, { id: person.id, relation: 'colleague' }, client)),
  );
  return visible.toSorted(
    (one, other) => Number(one.direction === 'ours') - Number(other.direction === 'ours'),
  );
}
