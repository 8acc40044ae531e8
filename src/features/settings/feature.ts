import { type Card, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Feature, Press, Setting, Submit } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { may } from '../../chat/rights.ts';
import { type PersonRecord, readMembers } from '../../store/directory.ts';
import { readSettings, type Scope, subjectsWith, writeSetting } from '../../store/settings.ts';
import { adminForm, settingsCard, settingsForm } from './cards.ts';
import { ownSettings, rights } from './settings.ts';

const scopes: Scope[] = ['person', 'place', 'tenant'];

/** Shows and changes what is set: its own few things, and what the other features contribute. */
export function settings(others: Feature[]): Feature {
  const all: Setting[] = [...ownSettings, ...others.flatMap((feature) => feature.settings ?? [])];

  async function show(asked: Asked): Promise<Effect[]> {
    return [answer(await overview(asked), 'internal')];
  }

  async function overview(asked: Asked): Promise<Card> {
    const { person, place, say } = asked;
    const admins = await appointed(asked);
    return settingsCard(say, all, await kept(asked), {
      scopes: scopes.filter(
        (scope) => may(person, rights[scope]) && (scope !== 'place' || place.kind === 'channel'),
      ),
      admins: admins.map(({ name }) => name),
      mayAppoint: person.admin,
    });
  }

  const presses: Record<string, Press> = { 'settings.show': { who: 'member', run: show } };
  const forms: Record<string, Submit> = {};
  for (const scope of scopes) {
    const name = `settings.${scope}`;
    presses[name] = {
      who: rights[scope],
      run: async (asked) => [{ do: 'ask', form: settingsForm(asked.say, scope, all, await kept(asked)) }],
    };
    forms[name] = {
      who: rights[scope],
      run: async (asked, { fields }) => {
        for (const setting of all.filter((one) => one.scope === scope)) {
          const value = setting.parse((fields[setting.key] ?? '').trim());
          await writeSetting(asked.tx, whose(asked, scope), setting.key, value);
        }
        return [answer(line(asked.say('settings.saved')), 'anyone')];
      },
    };
  }
  presses['settings.add-admin'] = {
    who: 'admin',
    run: async (asked) => [askAdmin(asked, 'settings.add-admin', await members(asked))],
  };
  forms['settings.add-admin'] = { who: 'admin', run: addAdmin };
  presses['settings.remove-admin'] = {
    who: 'admin',
    run: async (asked) => [askAdmin(asked, 'settings.remove-admin', await appointed(asked))],
  };
  forms['settings.remove-admin'] = { who: 'admin', run: removeAdmin };

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

function whose({ tenant, platform, person, place }: Asked, scope: Scope) {
  return { tenant, platform, scope, subject: { person: person.id, place: place.id, tenant: '' }[scope] };
}

function kept({ tx, tenant, platform, person, place }: Asked) {
  return readSettings(tx, { tenant, platform, person: person.id, place: place.id });
}

function members({ tx, platform, tenant }: Asked): Promise<PersonRecord[]> {
  return readMembers(tx, platform, tenant);
}

/** Those made admin in Belay, beside whom the platform names. */
async function appointed(asked: Asked): Promise<{ id: string; name: string }[]> {
  const { tx, tenant, platform } = asked;
  const ids = new Set(await subjectsWith(tx, { tenant, platform, scope: 'person' }, 'role', 'admin'));
  return (await members(asked)).filter(({ id }) => ids.has(id));
}

function askAdmin(
  { say }: Asked,
  name: 'settings.add-admin' | 'settings.remove-admin',
  people: { id: string; name: string }[],
): Effect {
  return {
    do: 'ask',
    form: adminForm(
      say,
      name,
      people.map(({ id, name }) => ({ id, name })),
    ),
  };
}

async function addAdmin(asked: Asked, { fields }: { fields: Record<string, string> }): Promise<Effect[]> {
  const person = (await members(asked)).find(({ id }) => id === fields.person);
  if (!person) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const { tx, tenant, platform } = asked;
  await writeSetting(tx, { tenant, platform, scope: 'person', subject: person.id }, 'role', 'admin');
  return [answer(line(asked.say('settings.admin-added', { name: person.name })), 'internal')];
}

async function removeAdmin(asked: Asked, { fields }: { fields: Record<string, string> }): Promise<Effect[]> {
  const admins = await appointed(asked);
  const person = admins.find(({ id }) => id === fields.person);
  if (!person) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const byPlatform = (await members(asked)).some(({ admin }) => admin);
  if (admins.length === 1 && !byPlatform) throw new Refusal('error.last-admin', {}, { field: 'person' });
  const { tx, tenant, platform } = asked;
  await writeSetting(tx, { tenant, platform, scope: 'person', subject: person.id }, 'role', undefined);
  return [answer(line(asked.say('settings.admin-removed', { name: person.name })), 'internal')];
}
