import { anna, bram, direct, general } from '../../support/house.ts';
import type { Year } from './year-house.ts';
import { daanOfVanDam } from './year-opinions.ts';

/** What the team does in the year; whatever is not here Belay does by itself. */
export async function wholeYear(year: Year): Promise<void> {
  const { until, types, presses, sends, buttonOf, confirm, language } = year;
  const nl = language === 'nl';
  const summary = nl ? 'kti overzicht' : 'kti summary';
  const plan = (dutch: string, english: string) => (nl ? `kti plannen ${dutch}` : `kti plan ${english}`);

  await until('2027-01-04T09:05');
  await types(anna, general, summary);
  await presses(anna, general, 'kti.weekly', 'on');
  await until('2027-01-06T10:00');
  await types(anna, direct, plan('Zonnig elke maand', 'Zonnig every month'));
  await until('2027-01-11T10:00');
  await types(anna, general, plan('Acme elk kwartaal', 'Acme every quarter'));
  await until('2027-01-13T09:30');
  await types(bram, direct, plan('Bakkerij Van Dam dagelijks', 'Bakkerij Van Dam daily'));
  await until('2027-01-20T09:00');
  await types(anna, direct, `${summary} acme`);

  // A low grade at Zonnig: an action, which is late, and no channel in which it could be told.
  await until('2027-03-15T11:00');
  await types(anna, direct, `${summary} zonnig`);
  await presses(anna, direct, 'actions.start', buttonOf('actions.start', 'anna'));
  await sends(anna, 'actions.start', buttonOf('actions.start', 'anna'), {
    action: 'own',
    title: nl
      ? 'Ordernummer en omschrijving op elke factuurregel'
      : 'Order number and description on each line',
    owner: 'anna',
    due: '26-3-2027',
    notice: nl ? 'Eva kan de factuur boeken zonder te zoeken' : 'Eva can book the invoice without searching',
  });
  await until('2027-04-01T09:00');
  await types(anna, direct, nl ? 'acties' : 'actions');
  await until('2027-04-06T16:00');
  await presses(anna, direct, 'actions.done', buttonOf('actions.done', 'anna'));
  await sends(anna, 'actions.noticed', buttonOf('actions.noticed', 'anna'), {
    note: nl ? 'Eva zei het zelf aan de telefoon' : 'Eva said so herself on the phone',
  });

  await until('2027-04-21T09:00');
  await types(anna, direct, `${summary} acme`);
  await until('2027-05-20T14:00');
  await confirm('c1', 'contact-anew', 'contact');
  await until('2027-06-15T12:00');
  await year.people.saveMembers('T1', 'van-dam', ['bram', daanOfVanDam.id]);
  await until('2027-06-16T09:00');
  await types(bram, direct, `${summary} bakkerij van dam`);

  // Daan of Acme gave a 5; Anna lets it lie until it is Bram's too.
  await until('2027-07-19T15:00');
  await presses(bram, direct, 'follow-ups.call', buttonOf('follow-ups.call', 'bram'));
  await sends(bram, 'follow-ups.done', buttonOf('follow-ups.done', 'bram'), {
    note: nl
      ? 'Daan gesproken. Voortaan belt wie dienst heeft, ook zonder oplossing.'
      : 'Spoke to Daan. From now on whoever is on duty calls, also without a solution.',
  });
  await until('2027-07-20T11:00');
  await presses(anna, general, 'actions.start', buttonOf('actions.start', 'general'));
  await sends(anna, 'actions.start', buttonOf('actions.start', 'general'), {
    action: 'own',
    title: nl ? 'Belrooster: wie dienst heeft, belt de klant' : 'A rota: whoever is on duty calls the client',
    owner: 'bram',
    due: '3-9-2027',
    notice: nl
      ? 'Bij elke storing belt iemand binnen een uur, en daarna elk uur'
      : 'With each outage somebody calls within the hour, and every hour after that',
  });
  await presses(anna, general, 'kti.share', buttonOf('kti.share', 'general'));
  await sends(anna, 'kti.share', buttonOf('kti.share', 'general'), {
    said: nl
      ? 'Bel ons bij een storing, ook als er nog niets te melden is.'
      : 'Call us when something is down, even with nothing to tell yet.',
    words: nl
      ? 'Wij maken een belrooster. Vanaf september belt wie dienst heeft u binnen een uur, en daarna elk uur tot het is opgelost.'
      : 'We make a rota. From September whoever is on duty calls you within the hour, and every hour after that until it is solved.',
  });
  await until('2027-08-18T14:00');
  await presses(bram, direct, 'follow-ups.call', buttonOf('follow-ups.call', 'bram'));
  await sends(bram, 'follow-ups.done', buttonOf('follow-ups.done', 'bram'), {
    note: nl ? 'Excuses gemaakt, de bruidstaart is gelukt' : 'Apologised, the wedding cake worked out',
  });
  await until('2027-08-30T09:00');
  await types(bram, direct, nl ? 'acties' : 'actions');
  await until('2027-09-02T16:30');
  await presses(bram, direct, 'actions.done', buttonOf('actions.done', 'bram'));
  await presses(bram, direct, 'actions.tell', buttonOf('actions.tell', 'bram'));
  await sends(bram, 'actions.tell', buttonOf('actions.tell', 'bram'), {
    said: nl
      ? 'Bij een storing belt iemand ons binnen een uur, ook als er nog geen oplossing is'
      : 'When something is down, somebody calls us within the hour, even without a solution yet',
    did: nl
      ? 'Het belrooster is er. Wie dienst heeft, belt u binnen een uur en daarna elk uur.'
      : 'The rota is there. Whoever is on duty calls you within the hour, and every hour after that.',
  });

  await until('2027-10-18T08:30');
  await types(anna, general, nl ? 'dagstart om 8:45' : 'daily at 8:45');
  await until('2027-10-20T10:30');
  await types(anna, general, nl ? 'dagstart uit' : 'daily off');
  await types(bram, direct, nl ? 'acties acme' : 'actions acme');
  await types(anna, direct, `${summary} acme`);
  await types(anna, direct, nl ? 'klant acme' : 'client acme');
  await until('2028-01-20T10:00');
  await types(anna, direct, summary);
  for (const client of ['acme', 'zonnig', 'bakkerij van dam'])
    await types(bram, direct, `${summary} ${client}`);
}
