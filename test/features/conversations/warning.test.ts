import { expect, it } from 'vitest';
import { type Outcome, type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { addColleague } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse, toldTo } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct, general, refusalOf, wordsOf } from '../../support/house.ts';

/** Somebody of the workspace whom nobody has added to the team of a client. */
const gerda = { id: 'gerda', name: 'Gerda Groen', outsider: false, admin: false };

async function open(belay: TeamHouse) {
  const owner = { id: carla.id, name: carla.name };
  await belay.store.transact((tx) =>
    addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Beta', owner, manager: undefined })),
  );
  await belay.people.savePerson('T1', { ...gerda, checkedAt: belay.time.now().toString() });
  return belay;
}

const about = (id: string) => ({ inside: { about: 'person', person: { id, name: id } } as const });
const fields = (person: string) => ({ person, said: 'De planning schuift' });
const peopleIn = (said: Outcome) => [...wordsOf(said).matchAll(/"id":"(\w+)","name"/g)].map(([, id]) => id);

/** The id that a button of this name carries. */
function idIn(sent: Outgoing[], press: string): string {
  return new RegExp(`"${press}","subject":"([^"]+)"`).exec(JSON.stringify(sent))?.[1] ?? '';
}

eachDatabase((_, openStore) => {
  const house = async () => open(await openTeamHouse(await openStore()));

  it('shows nobody an expectation of another client by a forged button', async () => {
    const belay = await house();
    const secret = await belay.plant('Anna belt vaker terug', about('anna'));
    const common = await belay.plant('Sneller antwoord');
    for (const id of [secret, common, 'none']) {
      const pressed = await belay.press(carla, direct, 'conversations.warn', `c2.${id}`);
      const sent = await belay.submit(carla, direct, 'conversations.warn', `c2.${id}`, fields('gerda'));
      for (const outcome of [pressed, sent]) expect(outcome.kind).toBe('refused');
    }
    // Of her own client she may not see it either: she is of its team, but it is not about her.
    const own = await belay.submit(carla, direct, 'conversations.warn', `c1.${secret}`, fields('bram'));
    expect(own.kind).toBe('refused');
    expect(await belay.settle()).toEqual([]);
  });

  it('shows who is asked the expectation only when he may see it', async () => {
    const belay = await house();
    const secret = await belay.plant('Anna belt vaker terug', about('anna'));
    await belay.submit(anna, direct, 'conversations.warn', `c1.${secret}`, fields('gerda'));
    const sent = await belay.settle();
    expect(toldTo(sent, 'gerda')).not.toContain('belt vaker');
    expect(toldTo(sent, 'anna')).toContain('belt vaker');
    const ask = () => belay.submit(anna, direct, 'conversations.warn', `c1.${secret}`, fields('bram'));
    // A form that is sent twice asks once.
    for (const asked of [await ask(), await ask()])
      expect(wordsOf(asked)).toContain('Bram Bakker is gevraagd');
    const again = await belay.settle();
    expect(toldTo(again, 'bram')).toContain('belt vaker');
    expect(again).toHaveLength(2);
    // Given back, or not taken up, it is asked anew, in the same words too.
    await belay.press(bram, direct, 'conversations.pass-back', idIn(again, 'conversations.pass-back'));
    await belay.settle();
    await ask();
    expect(toldTo(await belay.settle(), 'bram')).toContain('belt vaker');
    belay.time.advance({ hours: 5 });
    await ask();
    expect(toldTo(await belay.settle(), 'bram')).toContain('belt vaker');
  });

  it('asks nobody who is on the client’s side', async () => {
    const belay = await house();
    const proposed = async () => peopleIn(await belay.press(anna, direct, 'conversations.warn', 'c1.'));
    expect(await proposed()).toEqual(['bram', 'carla', 'gerda']);
    await belay.people.savePerson('T1', {
      ...gerda,
      email: 'gerda@belay.example',
      checkedAt: belay.time.now().toString(),
    });
    await belay.say(anna, direct, 'klant contact Acme gerda@belay.example');
    expect(await proposed()).toEqual(['bram', 'carla']);
    const sent = await belay.submit(anna, direct, 'conversations.warn', 'c1.', fields('gerda'));
    expect(sent).toMatchObject({ kind: 'refused', field: 'person' });
  });

  it('asks another when the first gives it back, who then reads so', async () => {
    const belay = await house();
    await belay.submit(anna, direct, 'conversations.warn', 'c1.', fields('bram'));
    const id = idIn(await belay.settle(), 'conversations.take');
    await belay.press(bram, direct, 'conversations.pass-back', id);
    expect(idIn(await belay.settle(), 'conversations.warn-other')).toBe(id);
    const form = await belay.press(anna, direct, 'conversations.warn-other', id);
    expect(peopleIn(form)).toEqual(['carla', 'gerda']);
    expect(wordsOf(form)).toContain('"value":"De planning schuift"');
    for (const person of [bram, carla])
      expect((await belay.press(person, direct, 'conversations.warn-other', id)).kind).toBe('refused');
    await belay.submit(anna, direct, 'conversations.warn-other', id, fields('carla'));
    const sent = await belay.settle();
    expect(sent.map(({ kind, person }) => `${kind} ${person}`).toSorted()).toEqual([
      'post carla',
      'update anna',
      'update bram',
    ]);
    expect(toldTo(sent, 'bram')).toContain('heeft hiervoor nu Carla Smit gevraagd');
    expect(refusalOf(await belay.press(bram, direct, 'conversations.take', id))).toContain('om hulp');
    await belay.press(carla, direct, 'conversations.take', id);
    expect(toldTo(await belay.settle(), 'anna')).toContain('Carla Smit pakt op wat je over Acme meldde');
  });

  it('tells who asked for help when who was asked cannot be reached', async () => {
    const belay = await house();
    const { send } = belay.platform;
    belay.platform.send = (message) =>
      message.person === 'bram' ? Promise.reject(new SendError('never', 'gone')) : send(message);
    await belay.submit(anna, direct, 'conversations.warn', 'c1.', fields('bram'));
    const sent = await belay.settle();
    expect(toldTo(sent, 'anna')).toContain('Mijn bericht aan Bram Bakker over Acme kwam niet aan');
    expect(idIn(sent.slice(-1), 'conversations.warn-other')).not.toBe('');
  });

  it('stands with its client until it is settled, for those who may see it', async () => {
    const belay = await house();
    const secret = await belay.plant('Anna belt vaker terug', about('anna'));
    await belay.submit(anna, direct, 'conversations.warn', `c1.${secret}`, fields('bram'));
    const id = idIn(await belay.settle(), 'conversations.take');
    const seen = async (person: typeof anna, place = direct) =>
      wordsOf(await belay.say(person, place, 'klant Acme')).includes('De planning schuift');
    expect([await seen(anna), await seen(bram), await seen(carla)]).toEqual([true, true, false]);
    // Others read along in a channel.
    expect(await seen(anna, general)).toBe(false);
    const brief = async (person: typeof anna) => {
      const planned = wordsOf(await belay.say(person, direct, 'gesprek Acme morgen 14:00'));
      const [, talk = ''] = /"conversations.change","subject":"([^"]+)"/.exec(planned) ?? [];
      return wordsOf(await belay.press(person, direct, 'conversations.brief', talk));
    };
    expect(await brief(anna)).toContain('nog niet afgehandeld');
    expect(await brief(carla)).not.toContain('De planning schuift');
    await belay.submit(anna, direct, 'conversations.warn', 'c1.', {
      person: 'bram',
      said: 'Te weinig mensen',
    });
    expect(await brief(carla)).toContain('Te weinig mensen');
    await belay.press(bram, direct, 'conversations.settle', id);
    expect(await seen(anna)).toBe(false);
    expect(belay.failures).toEqual([]);
  });

  it('is of the team alone: another colleague does not read it', async () => {
    const belay = await house();
    await belay.submit(anna, direct, 'conversations.warn', 'c1.', fields('bram'));
    const dossier = async () => wordsOf(await belay.say(gerda, direct, 'klant Acme'));
    expect(await dossier()).not.toContain('De planning schuift');
    await belay.store.transact((tx) => addColleague(tx, 'T1', 'c1', gerda));
    expect(await dossier()).toContain('De planning schuift');
  });
});
