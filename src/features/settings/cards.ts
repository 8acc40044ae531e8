import type { Button, Card, Element } from '../../chat/card.ts';
import type { Asked, Setting } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import type { Kept, Scope } from '../../store/settings.ts';
import type { Say } from '../../text/say.ts';
import type { Role } from './settings.ts';

/** What is set, for the scopes this reader may see, and buttons to change what he may change. */
export function settingsCard(
  asked: Asked,
  settings: Setting[],
  kept: Kept,
  shown: { scopes: Scope[]; admins: string[]; colleagues: string[]; mayAppoint: boolean },
): Card {
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
      { kind: 'text', text: say(`settings.${scope}`), style: 'strong' },
      { kind: 'facts', facts },
    );
  }
  const admins = [...shown.admins, say('settings.admins-platform')].join(', ');
  const facts = [{ label: say('settings.admins'), value: admins }];
  if (shown.colleagues.length > 0)
    facts.push({ label: say('settings.colleagues'), value: shown.colleagues.join(', ') });
  elements.push({ kind: 'facts', facts });
  const buttons: Button[] = shown.scopes.map((scope) => ({
    press: `settings.${scope}`,
    label: say(`settings.change-${scope}`),
  }));
  if (shown.mayAppoint) buttons.push(...appointing(say, shown));
  elements.push({ kind: 'buttons', buttons });
  return { summary: say('settings.summary'), elements };
}

export function settingsForm(say: Say, scope: Scope, settings: Setting[], kept: Kept): Form {
  return {
    name: `settings.${scope}`,
    title: say(`settings.change-${scope}`),
    fields: settings
      .filter((setting) => setting.scope === scope)
      .map((setting) => setting.field(say, kept.get(`${scope}.${setting.key}`))),
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

function appointing(say: Say, shown: { admins: string[]; colleagues: string[] }): Button[] {
  const names: RoleForm[] = ['settings.add-admin', 'settings.add-colleague'];
  if (shown.admins.length > 0) names.push('settings.remove-admin');
  if (shown.colleagues.length > 0) names.push('settings.remove-colleague');
  return names.map((press) => ({ press, label: say(press) }));
}

export type RoleForm = `settings.${'add' | 'remove'}-${Role}`;

export function roleForm(say: Say, name: RoleForm, people: { id: string; name: string }[]): Form {
  return {
    name,
    title: say(name),
    fields: [{ kind: 'person', id: 'person', label: say('settings.who'), people }],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}
