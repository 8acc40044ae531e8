import { type Card, type Element, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Feature, Press, Setting, Submit } from '../../chat/feature.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { may } from '../../chat/rights.ts';
import { hasAdmin, type PersonRecord, readPeople, setColleague } from '../../store/people.ts';
import { readPlace } from '../../store/places.ts';
import { readSettings, type Scope, subjectsWith, writeSetting } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { type RoleForm, roleForm, settingsCard, settingsForm } from './cards.ts';
import { ownSettings, type Role, rights, roles } from './settings.ts';

const scopes: Scope[] = ['person', 'place', 'tenant'];

/** Shows and changes what is set: its own few things, and what the other features contribute. */
export function settings(others: Feature[]): Feature {
  const all: Setting[] = [...ownSettings, ...others.flatMap((feature) => feature.settings ?? [])];

  async function show(asked: Asked): Promise<Effect[]> {
    return [answer(await overview(asked), 'internal')];
  }

  async function overview(asked: Asked): Promise<Card> {
    const { person, place } = asked;
    const [appointed, colleagues] = [await holders(asked, 'admin'), await holders(asked, 'colleague')];
    const platforms = (await people(asked, false)).filter(({ admin }) => admin);
    return settingsCard(asked, all, await kept(asked), {
      scopes: scopes.filter(
        (scope) => may(person, rights[scope]) && (scope !== 'place' || place.kind === 'channel'),
      ),
      admins: [...new Set([...platforms, ...appointed].map(({ name }) => name))],
      appointed: appointed.length > 0,
      colleagues: colleagues.map(({ name }) => name),
      mayAppoint: person.admin,
    });
  }

  /** What is set now, in the language that was just chosen. */
  async function saved(asked: Asked): Promise<Effect[]> {
    const language = languageOf((await kept(asked)).get('person.language')) ?? asked.person.language;
    const say = voice(language);
    // Who administers Belay is the team's own affair.
    if (asked.person.outsider) return [answer(line(say('settings.saved')), 'person')];
    const card = await overview({ ...asked, say, person: { ...asked.person, language } });
    const summary = say('settings.saved');
    const elements: Element[] = [{ kind: 'text', text: summary }, ...card.elements];
    return [answer({ summary, elements }, 'internal')];
  }

  /** What this person may set in a scope. */
  function mine({ person }: Asked, scope: Scope): Setting[] {
    return all.filter((setting) => setting.scope === scope && may(person, setting.who));
  }

  /** What was sent of each; throws a Refusal when some of it cannot be. */
  async function readFields(at: Asked, scope: Scope, fields: Record<string, string>) {
    const settings = mine(at, scope);
    try {
      return settings.map(({ key, parse }) => [key, parse((fields[key] ?? '').trim())] as const);
    } catch (error) {
      throw refusedIn(settingsForm(at, scope, settings, await kept(at)), fields, error);
    }
  }

  const presses: Record<string, Press> = { 'settings.show': { who: 'member', run: show } };
  const forms: Record<string, Submit> = {};
  for (const scope of scopes) {
    const name = `settings.${scope}`;
    presses[name] = {
      who: rights[scope],
      run: async (asked, { subject }) => {
        const at = await inPlace(asked, subject);
        return [{ do: 'ask', form: settingsForm(at, scope, mine(at, scope), await kept(at)) }];
      },
    };
    forms[name] = {
      who: rights[scope],
      run: async (asked, { subject, fields }) => {
        const at = await inPlace(asked, subject);
        for (const [key, value] of await readFields(at, scope, fields))
          await writeSetting(at.tx, whose(at, scope), key, value);
        return saved(at);
      },
    };
  }
  for (const role of roles) {
    presses[`settings.add-${role}`] = {
      who: 'admin',
      run: async (asked) => [askWho(asked, `settings.add-${role}`, await candidates(asked, role))],
    };
    presses[`settings.remove-${role}`] = {
      who: 'admin',
      run: async (asked) => [askWho(asked, `settings.remove-${role}`, await holders(asked, role))],
    };
    forms[`settings.add-${role}`] = { who: 'admin', run: (asked, form) => give(asked, role, form.fields) };
    forms[`settings.remove-${role}`] = { who: 'admin', run: (asked, form) => take(asked, role, form.fields) };
  }

  return {
    name: 'settings',
    commands: [
      {
        name: 'settings.show',
        words: { nl: ['instellingen'], en: ['settings'] },
        who: 'member',
        where: 'anywhere',
        run: show,
      },
    ],
    presses,
    forms,
    hub: [
      { who: 'member', button: ({ say }) => ({ press: 'settings.show', label: say('settings.button') }) },
    ],
  };
}

/** A channel's settings may be changed from the private conversation too: then the button names the channel. */
async function inPlace(asked: Asked, id: string): Promise<Asked> {
  if (id === '' || id === asked.place.id) return asked;
  const place = await readPlace(asked.tx, asked.platform, asked.tenant, id);
  if (!place) throw new Refusal('error.button-unknown');
  return { ...asked, place: { ...asked.place, ...place } };
}

function whose({ tenant, platform, person, place }: Asked, scope: Scope) {
  return { tenant, platform, scope, subject: { person: person.id, place: place.id, tenant: '' }[scope] };
}

function kept({ tx, tenant, platform, person, place }: Asked) {
  return readSettings(tx, { tenant, platform, person: person.id, place: place.id });
}

function people({ tx, platform, tenant }: Asked, outsiders: boolean): Promise<PersonRecord[]> {
  return readPeople(tx, platform, tenant, { outsiders });
}

/** Whom a role can be given: a member is made admin; a guest who works here is made a colleague. */
async function candidates(asked: Asked, role: Role): Promise<PersonRecord[]> {
  if (role === 'colleague') return people(asked, true);
  return (await team(asked)).filter(({ admin }) => !admin);
}

async function team(asked: Asked): Promise<PersonRecord[]> {
  return [...(await people(asked, false)), ...(await holders(asked, 'colleague'))];
}

/** Those who have a role by Belay's own settings, beside whom the platform names. */
async function holders(asked: Asked, role: Role): Promise<PersonRecord[]> {
  if (role === 'colleague') return (await people(asked, true)).filter(({ colleague }) => colleague);
  const { tx, tenant, platform } = asked;
  const ids = new Set(await subjectsWith(tx, { tenant, platform, scope: 'person' }, 'role', role));
  return (await team(asked)).filter(({ id }) => ids.has(id));
}

function askWho({ say }: Asked, name: RoleForm, people: PersonRecord[]): Effect {
  if (people.length === 0) throw new Refusal('error.nobody-to-choose');
  return {
    do: 'ask',
    form: roleForm(
      say,
      name,
      people.map(({ id, name }) => ({ id, name })),
    ),
  };
}

async function give(asked: Asked, role: Role, fields: Record<string, string>): Promise<Effect[]> {
  const person = (await candidates(asked, role)).find(({ id }) => id === fields.person);
  if (!person) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  await setRole(asked, role, person.id, true);
  return [answer(line(asked.say(`settings.${role}-added`, { name: person.name })), 'internal')];
}

async function take(asked: Asked, role: Role, fields: Record<string, string>): Promise<Effect[]> {
  const having = await holders(asked, role);
  const person = having.find(({ id }) => id === fields.person);
  if (!person) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const byPlatform = await hasAdmin(asked.tx, asked.platform, asked.tenant);
  if (role === 'admin' && having.length === 1 && !byPlatform)
    throw new Refusal('error.last-admin', {}, { field: 'person' });
  await setRole(asked, role, person.id, false);
  if (role === 'admin' && person.admin)
    return [answer(line(asked.say('settings.admin-stays', { name: person.name })), 'internal')];
  return [answer(line(asked.say(`settings.${role}-removed`, { name: person.name })), 'internal')];
}

async function setRole(asked: Asked, role: Role, person: string, has: boolean): Promise<void> {
  const { tx, platform, tenant } = asked;
  if (role === 'colleague') await setColleague(tx, platform, tenant, person, has);
  else
    await writeSetting(
      tx,
      { tenant, platform, scope: 'person', subject: person },
      'role',
      has ? role : undefined,
    );
}
