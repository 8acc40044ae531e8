import type { Button, Card, Element } from '../../chat/card.ts';
import type { Setting } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import type { Kept, Scope } from '../../store/settings.ts';
import type { Say } from '../../text/say.ts';

/** What is set, for the scopes this reader may see, and buttons to change what he may change. */
export function settingsCard(
  say: Say,
  settings: Setting[],
  kept: Kept,
  shown: { scopes: Scope[]; admins: string[]; mayAppoint: boolean },
): Card {
  const elements: Element[] = [{ kind: 'text', text: say('settings.title'), style: 'heading' }];
  for (const scope of shown.scopes) {
    const facts = settings
      .filter((setting) => setting.scope === scope)
      .map((setting) => ({
        label: setting.field(say, undefined).label,
        value: setting.show(say, kept.get(`${scope}.${setting.key}`)),
      }));
    elements.push(
      { kind: 'text', text: say(`settings.${scope}`), style: 'strong' },
      { kind: 'facts', facts },
    );
  }
  const admins = [...shown.admins, say('settings.admins-platform')].join(', ');
  elements.push({ kind: 'facts', facts: [{ label: say('settings.admins'), value: admins }] });
  const buttons: Button[] = shown.scopes.map((scope) => ({
    press: `settings.${scope}`,
    label: say(`settings.change-${scope}`),
  }));
  if (shown.mayAppoint) {
    buttons.push({ press: 'settings.add-admin', label: say('settings.add-admin') });
    if (shown.admins.length > 0)
      buttons.push({ press: 'settings.remove-admin', label: say('settings.remove-admin') });
  }
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

export function adminForm(
  say: Say,
  name: 'settings.add-admin' | 'settings.remove-admin',
  people: { id: string; name: string }[],
): Form {
  return {
    name,
    title: say(name),
    fields: [{ kind: 'person', id: 'person', label: say('settings.who'), people }],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}
