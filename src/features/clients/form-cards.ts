import type { Field, Form } from '../../chat/form.ts';
import type { Say } from '../../text/say.ts';
import { type Client, type Colleague, type LinkKind, limits } from './clients.ts';

/** Where a form is filled in: which client it is about, or all there are to choose from. */
export type About = { client: Client } | { clients: Client[] };

/** So many choices a menu holds on both platforms. */
const mostChoices = 100;

/** Which client it is, where that is not known yet. */
export function clientField(
  about: About,
  say: Say,
  { chosen, label = say('clients.client') }: { chosen?: string | undefined; label?: string } = {},
): Field[] {
  return 'client' in about ? [] : [oneClient('client', label, about.clients, chosen)];
}

/** One of these clients: picked, or, of more than a menu holds, named. */
function oneClient(id: string, label: string, clients: Client[], chosen?: string): Field {
  if (clients.length <= mostChoices) return choice(id, label, clients, chosen);
  const value = clients.find((client) => client.id === chosen)?.name;
  return { kind: 'text', id, label, maxLength: limits.name, value };
}

/** The client that a form is about: it comes back with the form, and stands above its questions. */
export function aboutOf(about: About): Pick<Form, 'subject' | 'intro'> {
  if (!('client' in about)) return {};
  const { id, name } = about.client;
  return { subject: id, intro: [{ kind: 'text', text: name, style: 'strong' }] };
}

/** A form that is kept, or left. */
export function form(
  say: Say,
  of: Pick<Form, 'name' | 'subject' | 'intro' | 'title' | 'fields'> & { send?: string },
): Form {
  return { send: say('settings.save'), cancel: say('settings.cancel'), ...of };
}

/** A new client; `place` can be linked to it at once, as one of these kinds. */
export function addForm(say: Say, place: string | undefined, kinds: LinkKind[], name?: string): Form {
  const link: Field = {
    kind: 'choice',
    id: 'link',
    label: say('clients.link-question'),
    choices: [
      ...kinds.map((kind) => ({ value: kind, label: say(`clients.kind-${kind}`) })),
      { value: 'none', label: say('clients.kind-none') },
    ],
    value: 'none',
  };
  return form(say, {
    name: 'clients.add',
    subject: place,
    title: say('clients.add'),
    fields: [nameField(say, name), ...(kinds.length > 0 ? [link] : [])],
    send: say('clients.add-send'),
  });
}

function nameField(say: Say, value?: string): Field {
  const label = say('clients.name');
  return { kind: 'text', id: 'name', label, placeholder: 'Acme', maxLength: limits.name, value };
}

/** Ties a channel to a client, which `chosen` may name already. */
export function linkForm(
  say: Say,
  place: string,
  clients: Client[],
  kinds: LinkKind[],
  chosen?: string,
): Form {
  return form(say, {
    name: 'clients.link',
    subject: place,
    title: say('clients.link'),
    fields: [
      ...clientField({ clients }, say, { chosen }),
      {
        kind: 'choice',
        id: 'kind',
        label: say('clients.kind-question'),
        choices: kinds.map((kind) => ({ value: kind, label: say(`clients.kind-${kind}`) })),
        value: kinds.length === 1 ? kinds[0] : undefined,
      },
    ],
    send: say('clients.link-send'),
  });
}

/** One of these languages, or what holds by itself. */
export function languageField(
  say: Say,
  value: string | undefined,
  automatic: 'settings.language-automatic' | 'clients.language-place',
): Field {
  return {
    kind: 'choice',
    id: 'language',
    label: say('settings.language'),
    choices: [
      { value: 'automatic', label: say(automatic) },
      { value: 'nl', label: say('settings.language-nl') },
      { value: 'en', label: say('settings.language-en') },
    ],
    value: value ?? 'automatic',
  };
}

/** One of these. */
export function choice(
  id: string,
  label: string,
  among: { id: string; name: string }[],
  value?: string,
): Field {
  const choices = among.slice(0, mostChoices).map((one) => ({ value: one.id, label: one.name }));
  return { kind: 'choice', id, label, choices, value };
}

/** One e-mail domain more. */
export function domainForm(say: Say, about: About): Form {
  return form(say, {
    name: 'clients.domain',
    ...aboutOf(about),
    title: say('clients.domain-add'),
    fields: [
      ...clientField(about, say),
      {
        kind: 'text',
        id: 'domain',
        label: say('clients.domain'),
        hint: say('clients.domain-hint'),
        placeholder: 'acme.example',
        maxLength: 253,
      },
    ],
  });
}

/** All about a client that is not about people: asked in one form. */
export function changeForm(say: Say, client: Client, domains: string[], people: Colleague[]): Form {
  const { manager, knowsNeed } = client;
  // The manager first: a menu holds only so many.
  const known = manager ? [manager, ...people.filter(({ id }) => id !== manager.id)] : people;
  const nobody = { id: 'none', name: say('clients.nobody') };
  return form(say, {
    name: 'clients.change',
    subject: client.id,
    title: say('clients.change-title'),
    fields: [
      nameField(say, client.name),
      {
        kind: 'text',
        id: 'rhythm',
        label: say('clients.rhythm-question'),
        hint: say('clients.rhythm-hint'),
        maxLength: 3,
        value: `${client.rhythmDays}`,
      },
      {
        kind: 'choice',
        id: 'need',
        label: say('clients.need-question', { client: client.name }),
        choices: [
          { value: 'yes', label: say('clients.need-yes') },
          { value: 'no', label: say('clients.need-no') },
          { value: 'unknown', label: say('clients.need-unknown') },
        ],
        value: knowsNeed === undefined ? 'unknown' : knowsNeed ? 'yes' : 'no',
      },
      choice('manager', say('clients.manager'), [nobody, ...known], manager?.id ?? 'none'),
      languageField(say, client.language, 'clients.language-place'),
      {
        kind: 'text',
        id: 'domains',
        label: say('clients.domains'),
        hint: say('clients.domains-hint'),
        multiline: true,
        maxLength: 1000,
        optional: true,
        value: domains.join('\n'),
      },
    ],
  });
}

/** Another name. */
export function renameForm(say: Say, about: About): Form {
  return form(say, {
    name: 'clients.rename',
    ...aboutOf(about),
    title: say('clients.rename'),
    fields: [...clientField(about, say), nameField(say, 'client' in about ? about.client.name : undefined)],
  });
}

/** Which client goes into which. */
export function mergeForm(say: Say, about: About, others: Client[]): Form {
  return form(say, {
    name: 'clients.merge',
    ...aboutOf(about),
    title: say('clients.merge'),
    fields: [
      ...clientField(about, say, { label: say('clients.merge-from') }),
      oneClient('into', say('clients.merge-into'), others),
    ],
    send: say('clients.merge-send'),
  });
}
