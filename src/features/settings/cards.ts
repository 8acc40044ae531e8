import type { Card, Element } from '../../chat/card.ts';
import type { Asked, Setting } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import type { Kept, Scope } from '../../store/settings.ts';
import type { Say } from '../../text/say.ts';
import type { Role } from './settings.ts';

type Shown = {
  scopes: Scope[];
  /** By name; `appointed` when there is one whom Belay's settings made so. */
  admins: string[];
  appointed: boolean;
  colleagues: string[];
  mayAppoint: boolean;
};

/** How many names a card lists. */
const mostNames = 8;

/** What is set, for the scopes this reader may see, and buttons to change what he may change. */
export function settingsCard(asked: Asked, settings: Setting[], kept: Kept, shown: Shown): Card {
  const { say } = asked;
  const elements: Element[] = [{ kind: 'text', text: say('settings.title'), style: 'heading' }];
  for (const scope of shown.scopes) {
    const facts = settings
      .filter((setting) => setting.scope === scope)
      .map((setting) => ({
        label: setting.field(say, undefined).label,
        value: setting.show(asked, kept.get(`${scope}.${setting.key}`)),
      }));
    elements.push(
      { kind: 'text', text: headingOf(asked, scope), style: 'strong' },
      { kind: 'facts', facts },
      {
        kind: 'buttons',
        buttons: [
          {
            press: `settings.${scope}`,
            subject: subjectOf(asked, scope),
            label: say(`settings.change-${scope}`),
          },
        ],
      },
    );
  }
  elements.push(...roleElements(say, shown));
  return { summary: say('settings.summary'), elements };
}

/** A channel by its name: in the private conversation "this channel" would be none. */
function headingOf({ say, place }: Asked, scope: Scope): string {
  return scope === 'place' && place.name
    ? say('settings.place-named', { place: place.name })
    : say(`settings.${scope}`);
}

function roleElements(say: Say, { admins, appointed, colleagues, mayAppoint }: Shown): Element[] {
  const facts = (role: Role, names: string[]): Element => ({
    kind: 'facts',
    facts: [{ label: say(`settings.${role}s`), value: listOf(names) || say('settings.nobody') }],
  });
  const buttons = (role: Role, any: boolean): Element[] => {
    const forms: RoleForm[] = [`settings.add-${role}`];
    if (any) forms.push(`settings.remove-${role}`);
    const offered = forms.map((press) => ({ press, label: say(press) }));
    return mayAppoint ? [{ kind: 'buttons', buttons: offered }] : [];
  };
  return [
    { kind: 'text', text: say('settings.roles'), style: 'strong' },
    facts('admin', admins.length > 0 ? admins : [say('settings.admins-platform')]),
    ...buttons('admin', appointed),
    facts('colleague', colleagues),
    ...buttons('colleague', colleagues.length > 0),
  ];
}

function listOf(names: string[]): string {
  return [...names.slice(0, mostNames), ...(names.length > mostNames ? ['…'] : [])].join(', ');
}

/** The channel whose settings they are, for when the button is pressed elsewhere. */
function subjectOf({ place }: Asked, scope: Scope): string | undefined {
  return scope === 'place' ? place.id : undefined;
}

/** The questions of one scope; `settings` are those that this person may answer. */
export function settingsForm(asked: Asked, scope: Scope, settings: Setting[], kept: Kept): Form {
  const { say } = asked;
  return {
    name: `settings.${scope}`,
    subject: subjectOf(asked, scope),
    title: say(`settings.change-${scope}`),
    fields: settings.map((setting) => setting.field(say, kept.get(`${scope}.${setting.key}`))),
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

export type RoleForm = `settings.${'add' | 'remove'}-${Role}`;

export function roleForm(say: Say, name: RoleForm, people: { id: string; name: string }[]): Form {
  return {
    name,
    title: say(name),
    fields: [{ kind: 'person', id: 'person', label: say('settings.who'), people }],
    send: say(name),
    cancel: say('settings.cancel'),
  };
}
