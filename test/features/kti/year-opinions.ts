import type { Language } from '../../../src/chat/request.ts';

/** What the clients' people of the simulated year think, in the words that clients write in. */

export type Said = Record<Language, string>;

/** What somebody gives the next time that he is asked this, and why; `undefined`: he leaves it open. */
type Opinion = [grade: number, why?: Said] | undefined;

/** One of the client's people. silent: the rounds, from 0, in which he says nothing; late: those in which a reminder helped. */
export type Mind = {
  id: string;
  /** As the log calls him. */
  called: string;
  /** So many hours after he is asked he answers. */
  after: number;
  silent?: number[];
  late?: number[];
  thinks: Record<string, Opinion[]>;
};

/** What each client confirmed; by its name here. */
export const expected: Record<string, Said> = {
  outage: {
    nl: 'Bij een storing belt iemand ons binnen een uur, ook als er nog geen oplossing is',
    en: 'When something is down, somebody calls us within the hour, even without a solution yet',
  },
  overview: {
    nl: 'Elke maand een overzicht van wat er af is',
    en: 'Every month an overview of what is done',
  },
  contact: { nl: 'Steeds dezelfde aan de telefoon', en: 'Always the same person on the phone' },
  'contact-anew': {
    nl: 'Eén vast team van twee mensen dat onze omgeving kent, ook in vakanties',
    en: 'One team of two people who know our systems, also during holidays',
  },
  invoice: {
    nl: 'De factuur klopt en is zonder uitleg te begrijpen',
    en: 'The invoice is right and needs no explanation',
  },
  price: { nl: 'We horen vooraf wat iets gaat kosten', en: 'We hear beforehand what something will cost' },
  friday: {
    nl: 'Elke vrijdag weten we wat er maandag klaar is',
    en: 'Every Friday we know what will be ready on Monday',
  },
  rush: {
    nl: 'Een spoedbestelling krijgt dezelfde dag antwoord',
    en: 'A rush order gets an answer the same day',
  },
};

const daanOfAcme: Mind = {
  ...{ id: 'daan', called: 'Daan Visser', after: 3 },
  thinks: {
    outage: [
      [
        8,
        {
          nl: 'In december belde Bram al na een kwartier.',
          en: 'In December Bram called within 15 minutes.',
        },
      ],
      [7, { nl: 'Eén keer wel, één keer moest ik zelf bellen.', en: 'Once yes, once I had to call myself.' }],
      [
        5,
        {
          nl: 'Op 22 juni lag alles een middag plat. Ik hoorde het van mijn eigen mensen, niet van jullie.',
          en: 'On 22 June everything was down for an afternoon. I heard it from my own people, not from you.',
        },
      ],
      [
        7,
        {
          nl: 'Sinds september wordt er gebeld. Nu nog volhouden.',
          en: 'Since September you call. Now keep it up.',
        },
      ],
      [8, { nl: 'Al drie keer op rij goed gegaan.', en: 'Went well three times in a row.' }],
    ],
    overview: [
      [8, { nl: 'Handig voor het managementoverleg.', en: 'Useful for the management meeting.' }],
      [9, { nl: 'Mijn directeur vroeg wie dit maakt.', en: 'My director asked who makes this.' }],
      [9],
      [9, { nl: 'Ik stuur het nu één op één door.', en: 'I now pass it on as it is.' }],
      [9],
    ],
    contact: [
      [7, { nl: 'Meestal Carla, soms iemand anders.', en: 'Mostly Carla, sometimes somebody else.' }],
      [8],
    ],
    'contact-anew': [
      [
        7,
        {
          nl: 'Prettig. In de vakantie wist niemand van ons project.',
          en: 'Pleasant. During the holidays nobody knew our project.',
        },
      ],
      [7],
      [8, { nl: 'Met kerst werd er gewoon opgenomen.', en: 'Over Christmas somebody simply answered.' }],
    ],
    helpful: [[8]],
    'thinking-along-unasked': [
      [6, { nl: 'Ik kom meestal zelf met de ideeën.', en: 'I usually come up with the ideas myself.' }],
    ],
    'finding-a-way': [[7]],
    'improving-what-we-deliver': [
      [7, { nl: 'Het gaat vooruit, langzaam.', en: 'It is getting better, slowly.' }],
    ],
    'learning-from-complaints': [
      [8, { nl: 'Na juni is er echt iets veranderd.', en: 'After June something really changed.' }],
    ],
    'friendly-and-correct': [[9]],
  },
};

const evaOfAcme: Mind = {
  ...{ id: 'eva', called: 'Eva Jansen', after: 26 },
  thinks: {
    outage: [
      [7],
      [7],
      [6, { nl: 'Gebeld wel, maar pas na drie uur.', en: 'You did call, but only after three hours.' }],
      [8],
      [8],
    ],
    overview: [
      [9, { nl: 'Eindelijk zie ik wat ik betaal.', en: 'At last I see what I pay for.' }],
      [9],
      [9],
      [10, { nl: 'Niets meer aan doen.', en: 'Change nothing.' }],
      [9],
    ],
    contact: [
      [8, { nl: 'Fijn.', en: 'Fine.' }],
      [7, { nl: 'Twee nieuwe namen in een maand.', en: 'Two new names in one month.' }],
    ],
    'contact-anew': [[7], [8], [8]],
    helpful: [[8, { nl: 'Altijd vriendelijk.', en: 'Always friendly.' }]],
    'thinking-along-unasked': [[7]],
    'finding-a-way': [undefined],
    'new-possibilities': [[6, { nl: 'Verrast ben ik nog niet.', en: 'Not surprised yet.' }]],
    'knowing-the-organisation': [[7]],
    attentive: [[8]],
  },
};

const finnOfAcme: Mind = {
  ...{ id: 'finn', called: 'Finn Mulder', after: 50, silent: [2], late: [1] },
  thinks: {
    outage: [[7, { nl: 'Prima, weinig meegemaakt.', en: 'Fine, not much happened.' }], [7], [8], [9]],
    overview: [
      [8],
      [9],
      [9],
      [9, { nl: 'Scheelt mij een halve dag werk.', en: 'Saves me half a day of work.' }],
    ],
    contact: [[7], undefined],
    'contact-anew': [[7], [7, { nl: 'Gaat goed.', en: 'Going well.' }]],
    helpful: [undefined],
    'thinking-along-unasked': [[7]],
  },
};

const evaOfZonnig: Mind = {
  ...{ id: 'eva@zonnig.example', called: 'Eva (Zonnig)', after: 5, silent: [3, 6], late: [8] },
  thinks: {
    invoice: [
      [
        7,
        {
          nl: 'Klopt, maar ik moet het ordernummer zoeken.',
          en: 'Right, but I have to look for the order number.',
        },
      ],
      [7],
      [6, { nl: 'Weer een regel die ik niet thuis kan brengen.', en: 'Again a line that I cannot place.' }],
      [7, { nl: 'Duidelijker, dank.', en: 'Clearer, thanks.' }],
      [8, { nl: 'Ordernummer staat erop.', en: 'The order number is on it.' }],
      [8],
      [9, { nl: 'In twee minuten geboekt.', en: 'Booked in two minutes.' }],
      [9],
      [8],
      [9],
    ],
    price: [
      [8, { nl: 'Altijd een bedrag vooraf.', en: 'Always an amount beforehand.' }],
      [8],
      [8],
      [8],
      [7, { nl: 'De reiskosten stonden er niet bij.', en: 'Travel costs were missing.' }],
      [8],
      [8],
      [8],
      [8],
      [8],
    ],
    helpful: [[8], [8]],
    'thinking-along-unasked': [
      [6, { nl: 'Dat vraag ik ook niet.', en: 'I do not ask for that either.' }],
      [7],
    ],
    'finding-a-way': [[7], [8]],
    'new-possibilities': [[6], undefined],
    'friendly-and-correct': [[9, { nl: 'Ik bel graag met Anna.', en: 'I like calling Anna.' }]],
    'noticing-our-effort': [[7]],
  },
};

export const daanOfVanDam: Mind = {
  ...{ id: 'daan-van-dam', called: 'Daan (Van Dam)', after: 2 },
  thinks: {
    friday: [
      [
        7,
        {
          nl: 'Meestal om vijf uur, dat is laat voor de nachtploeg.',
          en: 'Mostly at five, which is late for the night shift.',
        },
      ],
      [8],
      [8, { nl: 'Nu om drie uur. Scheelt gebel.', en: 'Now at three. Saves calls.' }],
      [8],
    ],
    rush: [
      [7],
      [8],
      [
        4,
        {
          nl: 'Twee dagen niets gehoord over de bruidstaart.',
          en: 'Heard nothing about the wedding cake for two days.',
        },
      ],
      [7, { nl: 'Weer op tijd.', en: 'On time again.' }],
    ],
    helpful: [[8]],
    'thinking-along-unasked': [
      [6, { nl: 'Wij bedenken het, jullie maken het.', en: 'We think it up, you make it.' }],
    ],
    'finding-a-way': [[8]],
    'knowing-the-organisation': [[7]],
  },
};

export const finnOfVanDam: Mind = {
  ...{ id: 'finn-van-dam', called: 'Finn (Van Dam)', after: 30, silent: [2] },
  thinks: {
    friday: [[8], [7]],
    rush: [[9, { nl: 'Zelfs op zondag.', en: 'Even on a Sunday.' }]],
    helpful: [[7]],
  },
};

export const minds = [daanOfAcme, evaOfAcme, finnOfAcme, evaOfZonnig, daanOfVanDam, finnOfVanDam];

/** What each of the team predicts in each round of Acme, for all that is asked alike. */
export const predictions: Record<string, number[]> = {
  anna: [8, 8, 8, 6, 8],
  bram: [7, 8, 7, 7, 8],
  carla: [8, 9],
};
