import type { Button, Card, Element } from '../../chat/card.ts';
import type { Asked, Command } from '../../chat/feature.ts';
import { isKey, type Key, type Say } from '../../text/say.ts';

/** One thing to do next, for everybody who meets Belay for the first time in a place. */
export function welcomeCard({ sayHere: say, place }: Asked, first: Button[]): Card {
  const elements: Element[] = [
    { kind: 'text', text: say('welcome.title'), style: 'heading' },
    {
      kind: 'text',
      text: say(`welcome.text-${place.kind === 'direct' ? 'direct' : place.shared ? 'shared' : 'team'}`),
    },
  ];
  if (first.length > 0) elements.push({ kind: 'buttons', buttons: first });
  return { summary: say('welcome.summary'), elements };
}

/** What one can do here, as buttons. */
export function hubCard({ say, person }: Asked, buttons: Button[]): Card {
  const elements: Element[] = [
    { kind: 'text', text: say('hub.title'), style: 'heading' },
    { kind: 'text', text: say(person.outsider ? 'hub.contact' : 'hub.intro') },
  ];
  if (buttons.length > 0) elements.push({ kind: 'buttons', buttons });
  return { summary: say('hub.summary'), elements };
}

/** What one can type: the commands this person may use. */
export function helpCard(say: Say, commands: Command[], buttons: Button[]): Card {
  const elements: Element[] = [
    { kind: 'text', text: say('help.title'), style: 'heading' },
    { kind: 'facts', facts: commands.map(({ name }) => usageOf(say, name)) },
    { kind: 'text', text: say('help.intro'), style: 'subtle' },
  ];
  if (buttons.length > 0) elements.push({ kind: 'buttons', buttons });
  return { summary: say('help.summary'), elements };
}

function usageOf(say: Say, name: string): { label: string; value: string } {
  return { label: say(helpKey(name, 'usage')), value: say(helpKey(name, 'about')) };
}

/** A test makes sure that every listed command has its two sentences. */
function helpKey(name: string, part: 'usage' | 'about'): Key {
  const key = `help.${name}.${part}`;
  if (!isKey(key)) throw new Error(`data/locales has no ${key}.`);
  return key;
}
