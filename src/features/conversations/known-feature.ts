import type { Element } from '../../chat/card.ts';
import type { Briefing, Dossier, Reason, Reasons } from '../../chat/contributions.ts';
import { readers } from '../../chat/voice.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { daysBetween, sayDay } from '../../text/when.ts';
import { hearersOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { briefButton, whenOf } from './cards.ts';
import { notesOf } from './note-store.ts';
import { clientsSpokenWith, lastRaised } from './raised-store.ts';
import { lastOf } from './report-cards.ts';
import { hiddenFrom } from './sight-store.ts';
import { conversationsBetween } from './store.ts';
import { unsettled } from './warning-open-feature.ts';

/** What conversations tell elsewhere: on a client's card, before a conversation, and as a reason to nudge. */

/** When the expectation was last raised with a client, and which conversations are to come. */
export const dossier: Dossier = {
  async show(asked, { id }, mayWrite) {
    const { tx, now, say } = asked;
    const voice = readers(asked);
    const last = (await lastRaised(tx, asked.tenant, id)).get(id);
    const ahead = await conversationsBetween(tx, asked, {
      from: now,
      until: now.add({ hours: 24 * 31 }),
      client: id,
    });
    const [next] = ahead.filter(({ answer }) => answer === undefined);
    const facts = [
      { label: say('conversations.dossier-last'), value: lastOf(last, now, voice) },
      ...(next ? [{ label: say('conversations.dossier-next'), value: whenOf(next, voice) }] : []),
    ];
    const talk = { press: 'conversations.talk', subject: id, label: say('conversations.dossier-talk') };
    const buttons = next ? [briefButton(next.id, say), talk] : [talk];
    const client = mayWrite ? await findClient(tx, asked.tenant, id) : undefined;
    const reader = { tx, tenant: asked.tenant, person: asked.person.id, voice };
    const warnings = client ? await unsettled(reader, client, asked.place.kind === 'direct') : [];
    return { elements: [{ kind: 'facts', facts }, ...warnings], buttons: mayWrite ? buttons : [] };
  },
};

/** When it was last raised, and what was said lately. */
export const briefing: Briefing = {
  async show(to, { id }) {
    const { tx, tenant, now, voice } = to;
    const { say, language, timeZone } = voice;
    const client = await findClient(tx, tenant, id);
    if (!client) return [];
    const last = (await lastRaised(tx, tenant, id)).get(id);
    const hidden = await hiddenFrom(tx, tenant, client, to.person);
    const notes = await notesOf(tx, tenant, id, { most: 2, hidden });
    return [
      ...(await unsettled(to, client, true)),
      {
        kind: 'text',
        text: `${say('conversations.dossier-last')}: ${lastOf(last, now, voice)}`,
        style: 'subtle',
      },
      ...notes.map(
        ({ said, by, at }): Element => ({
          kind: 'quote',
          text: said,
          by: `${by.name}, ${sayDay(at, language, timeZone)}`,
        }),
      ),
    ];
  },
};

const name = 'conversations.quiet';
/** A conversation that is planned within so many days is reminder enough. */
const soon = { hours: 24 * 3 };
/** After so many rhythms the manager hears of it too. The whole team does not: nobody would feel meant. */
const forManager = 2;

type At = Parameters<Reasons['find']>[0];

/** Nobody has raised the expectation with a client for longer than its rhythm. */
export const quiet: Reasons = {
  name,
  async find(at) {
    const last = await lastRaised(at.tx, at.tenant);
    const met = await clientsSpokenWith(at.tx, at.tenant, { from: at.now, until: at.now.add(soon) });
    const clients = (await readClients(at.tx, at.tenant)).filter(({ id }) => !met.has(id));
    const silent = clients.filter((client) => rhythmsSince(last.get(client.id), client, at.now) >= 1);
    const hearers = await hearersOf(at, silent);
    return silent.map((client) => quietOf(at, client, last.get(client.id), hearers.get(client.id) ?? []));
  },
  async tell(to, key) {
    const client = await findClient(to.tx, to.tenant, key.slice(name.length + 1));
    if (!client || client.archived) return undefined;
    const last = (await lastRaised(to.tx, to.tenant, client.id)).get(client.id);
    if (rhythmsSince(last, client, to.now) < 1) return undefined;
    // The manager reads why it comes to him; where he stands in for an owner who has left, it is simply his.
    const owns = (await hearersOf(to, [client])).get(client.id)?.includes(to.person);
    const group = owns ? (last ? 'quiet' : 'never') : 'quiet-manager';
    const turn = await nextTurn(to.tx, to, to.person, group);
    const { say, language, timeZone } = to.voice;
    const days = daysBetween(last ?? client.createdAt, to.now, timeZone);
    return {
      text: sentenceOf(group, language, turn, { client: client.name, days, owner: client.owner.name }),
      buttons: [
        { press: 'conversations.talk', subject: client.id, label: say('conversations.just-spoken') },
        { press: 'conversations.plan', subject: client.id, label: say('conversations.plan') },
      ],
    };
  },
};

function quietOf(at: At, client: Client, last: Temporal.Instant | undefined, hearers: string[]): Reason {
  const rhythms = rhythmsSince(last, client, at.now);
  const manager = rhythms < forManager ? [] : (client.manager?.id ?? []);
  return {
    key: `${name}:${client.id}`,
    client: client.id,
    who: [...new Set(hearers.concat(manager))],
    weight: Math.min(Math.round(30 + 10 * rhythms), 60),
    since: (last ?? client.createdAt).add({ hours: 24 * client.rhythmDays }),
  };
}

/** For how many of its rhythms a client has not been asked; from its beginning, when it never was. */
function rhythmsSince(
  last: Temporal.Instant | undefined,
  { rhythmDays, createdAt }: Client,
  now: Temporal.Instant,
): number {
  return now.since(last ?? createdAt).total('hours') / (24 * rhythmDays);
}
