import type { Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { linksOf } from './ask-cards.ts';
import type { Invited } from './invite-feature.ts';

/** Who of those asked has not answered: who is reminded and where, who had a message only just before, whom one of us reminds. */
export type Silent = {
  count: number;
  asked: number;
  reminded: string[];
  inChannel: string[];
  spared: string[];
  links: Invited['links'];
};

/** To who asked: what is done about it, and what he does himself. */
export function silentCard(client: Client, silent: Silent, { say }: Voice): Card {
  const { count, asked, reminded, inChannel, spared, links } = silent;
  const title = say('kti.silent', { count, asked, client: client.name });
  const told = [
    ...(reminded.length > 0 ? [say('kti.silent-reminded', { names: reminded.join(', ') })] : []),
    ...(inChannel.length > 0 ? [say('kti.silent-channel', { names: inChannel.join(', ') })] : []),
    ...(spared.length > 0 ? [say('kti.silent-spared', { names: spared.join(', ') })] : []),
  ];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      ...told.map((text): Element => ({ kind: 'text', text })),
      ...linksOf(links, say, 'kti.silent-links'),
    ],
  };
}
