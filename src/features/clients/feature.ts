import type { Effect } from '../../chat/effect.ts';
import type { Asked, Command, Feature, Press, Submit } from '../../chat/feature.ts';
import {
  changeAsked,
  changeFilled,
  changeTyped,
  needPressed,
  renameAsked,
  renameFilled,
  renameTyped,
} from './change-feature.ts';
import { matchClient, plainName } from './clients.ts';
import {
  contactAsked,
  contactFilled,
  contactLeaveAsked,
  contactLeaveFilled,
  contactTyped,
} from './contact-feature.ts';
import {
  archiveAsked,
  archived,
  archiveTyped,
  mergeAsked,
  merged,
  mergeFilled,
  mergeTyped,
  restored,
} from './ending-feature.ts';
import { addAsked, addFilled, addTyped, linkAsked, linkFilled, linkTyped, unlink } from './link-feature.ts';
import {
  domainAsked,
  domainFilled,
  domainTyped,
  leaveAsked,
  leaveFilled,
  postAsked,
  postFilled,
  postTyped,
  type Typed,
} from './people-feature.ts';
import { type Showing, showing } from './show-feature.ts';
import { hasClients, migrations, readClients } from './store.ts';
import { type Verb, verbOf } from './typing-rules.ts';

/** Clients: who they are, who serves them, where they are spoken with. */
export function clients(others: Feature[]): Feature {
  const show = showing(others);
  return {
    name: 'clients',
    migrations,
    commands: commands(show),
    presses: { ...presses(show), 'clients.merge-now': member(merged(others)) },
    forms,
    hub: [
      {
        who: 'member',
        first: true,
        button: async ({ tx, tenant, say }) =>
          (await hasClients(tx, tenant))
            ? undefined
            : { press: 'clients.add', label: say('clients.add-first'), style: 'primary' },
      },
      {
        who: 'member',
        button: async ({ tx, tenant, say }) =>
          (await hasClients(tx, tenant))
            ? { press: 'clients.list', label: say('clients.button') }
            : undefined,
      },
    ],
  };
}

function commands(show: Showing): Command[] {
  const phrases = (...verbs: [string, string][]) => ({
    nl: verbs.map(([dutch]) => `klant ${dutch}`),
    en: verbs.map(([, english]) => `client ${english}`),
  });
  const of = (name: string, words: Command['words'], where: Command['where'] = 'anywhere'): Command => ({
    name,
    words,
    who: 'member',
    where,
    run: async (asked, { words, text, mentions }) =>
      (await shownAfterAll(asked, show, words, text)) ?? typed(verbOf(words), asked, { text, mentions }),
  });
  return [
    of('clients.add', phrases(['toevoegen', 'add'])),
    {
      ...of('clients.show', { nl: ['klant'], en: ['client'] }),
      run: (asked, { text }) => show.typed(asked, text),
    },
    { ...of('clients.list', { nl: ['klanten'], en: ['clients'] }), run: (asked) => show.list(asked, '') },
    of('clients.link', phrases(['koppelen', 'link'], ['ontkoppelen', 'unlink']), 'channel'),
    of('clients.contact', phrases(['contact', 'contact'], ['contactpersoon', 'contact'])),
    of(
      'clients.people',
      phrases(['team', 'team'], ['eigenaar', 'owner'], ['manager', 'manager'], ['domein', 'domain']),
    ),
    of(
      'clients.change',
      phrases(
        ['wijzigen', 'change'],
        ['hernoemen', 'rename'],
        ['samenvoegen', 'merge'],
        ['archiveren', 'archive'],
      ),
    ),
  ];
}

/** A client may be called `Team Noord`, which looks like a verb and a name. */
async function shownAfterAll(
  asked: Asked,
  show: Showing,
  words: string,
  text: string,
): Promise<Effect[] | undefined> {
  const name = plainName(`${words.replace(/^\S+\s+/, '')} ${text}`);
  const match = matchClient(await readClients(asked.tx, asked.tenant), name);
  return match.kind === 'one' && plainName(match.client.name) === name
    ? show.pressed(asked, match.client.id)
    : undefined;
}

function typed(verb: Verb | undefined, asked: Asked, said: Typed): Promise<Effect[]> {
  const { text } = said;
  switch (verb) {
    case 'link':
      return linkTyped(asked, text);
    case 'unlink':
      return unlink(asked, '');
    case 'contact':
      return contactTyped(asked, said);
    case 'manager':
    case 'owner':
    case 'team':
      return postTyped(asked, verb, said);
    case 'domain':
      return domainTyped(asked, text);
    case 'change':
      return changeTyped(asked, text);
    case 'rename':
      return renameTyped(asked, text);
    case 'merge':
      return mergeTyped(asked, text);
    case 'archive':
      return archiveTyped(asked, text);
    default:
      return addTyped(asked, text);
  }
}

/** Only those of the workspace: a client's people learn of no client. */
function member(run: (asked: Asked, subject: string, detail: string) => Promise<Effect[]>): Press {
  return { who: 'member', run: (asked, { subject, detail }) => run(asked, subject, detail) };
}

function presses(show: Showing): Record<string, Press> {
  return {
    'clients.add': member((asked) => addAsked(asked)),
    'clients.show': member(show.pressed),
    'clients.list': member((asked, _, detail) => show.list(asked, detail)),
    'clients.archived': member((asked) => show.archived(asked)),
    'clients.more': member(show.more),
    'clients.link': member((asked, subject) => linkAsked(asked, subject || undefined)),
    'clients.unlink': member(unlink),
    'clients.contact': member(contactAsked),
    'clients.contacts': member(show.contacts),
    'clients.contact-remove': member(contactLeaveAsked),
    'clients.owner': member((asked, subject) => postAsked(asked, 'owner', subject)),
    'clients.manager': member((asked, subject) => postAsked(asked, 'manager', subject)),
    'clients.team': member((asked, subject) => postAsked(asked, 'team', subject)),
    'clients.team-remove': member(leaveAsked),
    'clients.domain': member(domainAsked),
    'clients.need': member(needPressed),
    'clients.change': member(changeAsked),
    'clients.rename': member(renameAsked),
    'clients.merge': member(mergeAsked),
    'clients.archive': member(archiveAsked),
    'clients.archive-now': member(archived),
    'clients.restore': member(restored),
  };
}

type Filled = { subject: string; fields: Record<string, string> };

function filled(run: (asked: Asked, form: Filled) => Promise<Effect[]>): Submit {
  return { who: 'member', run };
}

const forms: Record<string, Submit> = {
  'clients.add': filled(addFilled),
  'clients.link': filled(linkFilled),
  'clients.contact': filled(contactFilled),
  'clients.contact-remove': filled(contactLeaveFilled),
  'clients.owner': filled((asked, form) => postFilled(asked, 'owner', form)),
  'clients.manager': filled((asked, form) => postFilled(asked, 'manager', form)),
  'clients.team': filled((asked, form) => postFilled(asked, 'team', form)),
  'clients.team-remove': filled(leaveFilled),
  'clients.domain': filled(domainFilled),
  'clients.change': filled(changeFilled),
  'clients.rename': filled(renameFilled),
  'clients.merge': filled(mergeFilled),
};
