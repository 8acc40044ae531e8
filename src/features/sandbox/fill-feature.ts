import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { exampleMark, removeExamples } from '../../store/examples.ts';
import { readColleagues, readPeople } from '../../store/people.ts';
import { readPlaces } from '../../store/places.ts';
import { readExamples } from '../../text/examples.ts';
import type { Colleague } from '../clients/clients.ts';
import { linksOf, unlinkPlace } from '../clients/link-store.ts';
import { readArchived, readClients } from '../clients/store.ts';
import { fillClients } from './clients-feature.ts';
import { fillConversations } from './conversations-feature.ts';
import { fillFeedback } from './feedback-feature.ts';
import { fillImprovements } from './improvements-feature.ts';
import { fillMornings } from './mornings-feature.ts';
import { fillPolls } from './polls-feature.ts';
import { type ExampleSet, exampleId, inTurn, lastDays } from './sandbox.ts';

/** Three months of examples, in this order: what comes later speaks of what came before. A later capability adds its own. */
const fillers = [fillClients, fillConversations, fillFeedback, fillMornings, fillPolls, fillImprovements];

const examples = readExamples();

/** Whether the workspace holds examples. */
export async function hasExamples({ tx, tenant }: Asked): Promise<boolean> {
  const clients = [...(await readClients(tx, tenant)), ...(await readArchived(tx, tenant))];
  return clients.some(({ id }) => id.startsWith(exampleMark));
}

/** Fills three months, so that every summary and picture has something to show. */
export async function fill(asked: Asked): Promise<Effect[]> {
  if (await hasExamples(asked)) throw new Refusal('error.sandbox-filled');
  const set = await setOf(asked);
  for (const filler of fillers) await filler(set);
  const names = set.clients.map(({ name }) => name).join(', ');
  const text = asked.say('sandbox.filled', { names, place: whereIn(asked, set) });
  const buttons = set.clients.map(({ id, name }) => ({ press: 'clients.show', subject: id, label: name }));
  return [
    answer(
      {
        summary: text,
        elements: [
          { kind: 'text', text },
          { kind: 'buttons', buttons },
        ],
      },
      'internal',
    ),
  ];
}

/** Not every platform names each of its channels. */
function whereIn({ place: here, say }: Asked, { place }: ExampleSet): string {
  if (place.id === here.id) return say('sandbox.here');
  return place.name ?? say('sandbox.team-channel');
}

async function setOf(asked: Asked): Promise<ExampleSet> {
  const { tx, tenant, platform, person, now, place } = asked;
  const named = ({ id, name }: Colleague) => ({ id, name });
  const colleagues = (await readColleagues(tx, platform, tenant)).map(named);
  const contacts = (await readPeople(tx, platform, tenant, { outsiders: true })).filter(
    ({ outsider }) => outsider,
  );
  const channel = await channelOf(asked);
  const words = examples[person.language];
  const today = now.toZonedDateTimeISO(place.timeZone).toPlainDate();
  return {
    ...{ asked, words, place: channel, days: lastDays(today) },
    team: [named(person), ...colleagues.filter(({ id }) => id !== person.id)].slice(0, 3),
    clients: words.clients.map((client, at) => ({
      ...client,
      id: exampleId(),
      contact: contacts.length > 0 ? named(inTurn(contacts, at)) : named(person),
    })),
  };
}

/** This channel, or else the first one that is the team's. */
async function channelOf({ tx, tenant, platform, place }: Asked): Promise<ExampleSet['place']> {
  if (place.kind === 'channel' && !place.shared)
    return place.name ? { id: place.id, name: place.name } : { id: place.id, name: undefined };
  const ours = (await readPlaces(tx, platform, tenant)).find(
    (one) => one.kind === 'channel' && !one.shared && one.reachable,
  );
  if (!ours) throw new Refusal('error.sandbox-no-channel');
  return { id: ours.id, name: ours.name };
}

/** Takes all of them away again; what somebody made himself stays. */
export async function clear(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, platform } = asked;
  // A channel that was linked to an example client belongs to nobody then, and is shared no longer because of it.
  for (const { id } of [...(await readClients(tx, tenant)), ...(await readArchived(tx, tenant))])
    if (id.startsWith(exampleMark))
      for (const { place } of await linksOf(tx, asked, id))
        await unlinkPlace(tx, { tenant, platform, place });
  await removeExamples(tx, tenant);
  return [answer(line(asked.say('sandbox.cleared')), 'internal')];
}
