import type { Button } from '../../chat/card.ts';
import { type Audience, answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Command, Feature } from '../../chat/feature.ts';
import { may } from '../../chat/rights.ts';
import { setOnce, writeSetting } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { helpCard, hubCard, welcomeCard } from './cards.ts';

/** Help, the hub and the greeting: they show what the other features contribute. */
export function help(others: Feature[]): Feature {
  const feature: Feature = {
    name: 'help',
    commands: [
      {
        name: 'help.hub',
        words: { nl: ['menu', 'hallo', 'hoi'], en: ['menu', 'hello', 'hi'] },
        who: 'anyone',
        where: 'anywhere',
        bare: true,
        run: hub,
      },
      {
        name: 'help.show',
        words: { nl: ['help', 'hulp'], en: ['help'] },
        who: 'anyone',
        where: 'anywhere',
        run: show,
      },
    ],
    presses: { 'help.show': { who: 'anyone', run: show } },
    events: { added: { run: greet }, removed: { run: forget }, home: { run: home } },
    hub: [{ who: 'anyone', button: ({ say }) => ({ press: 'help.show', label: say('help.button') }) }],
  };
  const features = [...others, feature];
  const listed = features.flatMap((one) => one.commands ?? []).filter(({ bare }) => !bare);
  // A sentence that is missing is found at the start, not by the first who asks for help.
  for (const language of ['nl', 'en'] as const) helpCard(voice(language), listed, []);

  async function offered(asked: Asked, ahead: boolean): Promise<Button[]> {
    const buttons: Button[] = [];
    for (const { who, first = false, button } of features.flatMap((one) => one.hub ?? []))
      if (first === ahead && may(asked.person, who)) buttons.push(...[(await button(asked)) ?? []].flat());
    return buttons;
  }

  async function buttons(asked: Asked): Promise<Button[]> {
    return [...(await offered(asked, true)), ...(await offered(asked, false))];
  }

  function usable(asked: Asked): Command[] {
    return listed.filter(({ who }) => may(asked.person, who));
  }

  async function hub(asked: Asked): Promise<Effect[]> {
    return [answer(hubCard(asked, await buttons(asked)), audienceOf(asked))];
  }

  async function show(asked: Asked): Promise<Effect[]> {
    const others = (await buttons(asked)).filter(
      (button) => !('press' in button) || button.press !== 'help.show',
    );
    return [answer(helpCard(asked.say, usable(asked), others), audienceOf(asked))];
  }

  async function home(asked: Asked): Promise<Effect[]> {
    return [{ do: 'home', card: hubCard(asked, await buttons(asked)) }];
  }

  /** Both platforms may tell twice that Belay was added: it greets once. */
  async function greet(asked: Asked): Promise<Effect[]> {
    const { tx, tenant, platform, place, now } = asked;
    const whose = { tenant, platform, scope: 'place', subject: place.id } as const;
    if (!(await setOnce(tx, whose, 'greeted', now.toString()))) return [];
    const here = { ...asked, say: asked.sayHere };
    const isClients = place.kind === 'channel' && place.shared;
    const card = welcomeCard(asked, isClients ? [] : (await buttons(here)).slice(0, 1));
    return [{ do: 'post', to: { place: place.id }, card, audience: 'anyone', resend: false }];
  }

  async function forget({ tx, tenant, platform, place }: Asked): Promise<Effect[]> {
    await writeSetting(tx, { tenant, platform, scope: 'place', subject: place.id }, 'greeted', undefined);
    return [];
  }

  return feature;
}

/** What the team can type is not for the client's eyes; what he can do himself is. */
function audienceOf({ person }: Asked): Audience {
  return person.outsider ? 'anyone' : 'internal';
}
