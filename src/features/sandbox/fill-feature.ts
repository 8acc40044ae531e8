import { type Button, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { exampleMark, removeExamples } from '../../store/examples.ts';
import { readColleagues, readPeople } from '../../store/people.ts';
import { readPlaces } from '../../store/places.ts';
import { type ExampleClient, readExamples } from '../../text/examples.ts';
import { actionsOf } from '../actions/store.ts';
import { type Colleague, plainName } from '../clients/clients.ts';
import { linksOf, unlinkPlace } from '../clients/link-store.ts';
import { readArchived, readClients } from '../clients/store.ts';
import { openOutlines } from '../expectations/outline-store.ts';
import { countForExamples } from '../kti/grade-store.ts';
import { fillActions } from './actions-feature.ts';
import { fillClients } from './clients-feature.ts';
import { fillConversations } from './conversations-feature.ts';
import { fillFeedback } from './feedback-feature.ts';
import { fillImprovements } from './improvements-feature.ts';
import { fillKtis } from './kti-feature.ts';
import { fillMornings } from './mornings-feature.ts';
import { fillPolls } from './polls-feature.ts';
import { type ClientExample, type ExampleSet, exampleId, inTurn, lastDays } from './sandbox.ts';

/** Three months of examples, in this order: what comes later speaks of what came before. A later capability adds its own. */
const fillers = [fillConversations, fillFeedback, fillMornings, fillPolls, fillImprovements];

/** Of a client that somebody made himself nothing is made up but what it expects and grades. */
const fillersOfOwn = [fillKtis, fillActions];

const examples = readExamples();

/** Whether the workspace holds examples; of clients of one's own they are what those expect. */
export async function hasExamples({ tx, tenant }: Asked): Promise<boolean> {
  const clients = [...(await readClients(tx, tenant)), ...(await readArchived(tx, tenant))];
  const all = [...clients, ...(await openOutlines(tx, tenant))];
  return all.some(({ id }) => id.startsWith(exampleMark));
}

/** Fills three months, so that every summary and picture has something to show. */
export async function fill(asked: Asked): Promise<Effect[]> {
  if (await hasExamples(asked)) throw new Refusal('error.sandbox-filled');
  const set = await setOf(asked);
  await fillClients(set);
  const made = { ...set, clients: set.clients.filter(({ isOwn }) => !isOwn) };
  for (const filler of fillers) await filler(made);
  for (const filler of fillersOfOwn) await filler(set);
  const names = set.clients.map(({ name }) => name).join(', ');
  const text = asked.say('sandbox.filled', { names, place: whereIn(asked, set) });
  const files = set.clients.map(({ id, name }) => ({ press: 'clients.show', subject: id, label: name }));
  const buttons = [...files, ...(await gradeButtons(asked, set))];
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

/** To the grades of the client of whom there are most, and to what was done for them. */
async function gradeButtons({ tx, tenant, say }: Asked, { clients }: ExampleSet): Promise<Button[]> {
  const graded = clients.find(({ actions }) => actions.length > 0);
  if (!graded) return [];
  const { id, name } = graded;
  const all = await actionsOf(tx, tenant, id);
  const done = all.find((one) => one.id.startsWith(exampleMark) && one.state === 'done');
  return [
    { press: 'kti.summary', subject: id, label: say('sandbox.grades', { client: name }) },
    ...(done ? [{ press: 'actions.show', subject: done.id, label: say('sandbox.action') }] : []),
  ];
}

/** Not every platform names each of its channels. */
function whereIn({ place: here, say }: Asked, { place }: ExampleSet): string {
  if (place.id === here.id) return say('sandbox.here');
  return place.name ?? say('sandbox.team-channel');
}

async function setOf(asked: Asked): Promise<ExampleSet> {
  const { tx, tenant, platform, person, now, place } = asked;
  const colleagues = (await readColleagues(tx, platform, tenant)).map(named);
  const channel = await channelOf(asked);
  const words = examples[person.language];
  const today = now.toZonedDateTimeISO(place.timeZone).toPlainDate();
  return {
    ...{ asked, words, place: channel, days: lastDays(today) },
    team: [named(person), ...colleagues.filter(({ id }) => id !== person.id)].slice(0, 3),
    clients: await clientsOf(asked, words.clients),
  };
}

function named({ id, name }: Colleague): Colleague {
  return { id, name };
}

/** Each with who of the client's people speaks for it. One that is there by that name is nobody's second time. */
async function clientsOf(asked: Asked, clients: ExampleClient[]): Promise<ClientExample[]> {
  const { tx, tenant, platform, person } = asked;
  const outsiders = (await readPeople(tx, platform, tenant, { outsiders: true })).filter(
    ({ outsider }) => outsider,
  );
  const people = (outsiders.length > 0 ? outsiders : [person]).map(named);
  const there = await readClients(tx, tenant);
  return clients.map((client, at) => {
    const same = there.find(({ name }) => plainName(name) === plainName(client.name));
    const contacts = client.alone ? [inTurn(people, at)] : people.slice(0, 3);
    const id = same?.id ?? exampleId();
    return { ...client, id, isOwn: same !== undefined, contacts, contact: inTurn(contacts, 0) };
  });
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

/** Takes all of them away again, and what hangs on them; what else somebody made himself stays. */
export async function clear(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, platform } = asked;
  // A channel that was linked to an example client belongs to nobody then, and is shared no longer because of it.
  for (const { id } of [...(await readClients(tx, tenant)), ...(await readArchived(tx, tenant))])
    if (id.startsWith(exampleMark))
      for (const { place } of await linksOf(tx, asked, id))
        await unlinkPlace(tx, { tenant, platform, place });
  // A client that is really asked for an example loses what it gave for it: that is not hidden.
  const count = await countForExamples(tx, tenant);
  await removeExamples(tx, tenant);
  const text = count > 0 ? asked.say('sandbox.cleared-grades', { count }) : asked.say('sandbox.cleared');
  return [answer(line(text), 'internal')];
}
