import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { dayOf } from '../../../src/features/expectations/cards.ts';
import { listOf } from '../../../src/text/list.ts';
import { voice } from '../../../src/text/say.ts';
import { clientSideSheets, clientSideSights } from '../../support/expectation-client-sights.ts';
import { noteSights } from '../../support/expectation-note-sights.ts';
import { teamSights } from '../../support/expectation-team-sights.ts';
import type { Sight } from '../../support/gallery.ts';

const words = { say: voice('nl'), language: 'nl', timeZone: 'Europe/Amsterdam' } as const;
const day = (text: string) => Temporal.Instant.from(`${text}T11:00:00Z`);

function sightIn(sights: Sight[], name: string): Sight {
  const found = sights.find((sight) => sight.name === name);
  if (!found) throw new Error(`There is no sight ${name}.`);
  return found;
}

function cardIn(sights: Sight[], name: string): Card {
  const { card } = sightIn(sights, name);
  if (!card) throw new Error(`${name} is no card.`);
  return card;
}

function formIn(sights: Sight[], name: string): Form {
  const { form } = sightIn(sights, name);
  if (!form) throw new Error(`${name} is no form.`);
  return form;
}

const buttonsIn = ({ elements }: Card) =>
  elements.flatMap((element) => (element.kind === 'buttons' ? element.buttons : []));
const pressesIn = (card: Card) =>
  buttonsIn(card).flatMap((button) => ('press' in button ? button.press : []));
const labelsIn = (card: Card) => buttonsIn(card).map(({ label }) => label);
const primaryIn = (card: Card) =>
  buttonsIn(card).flatMap((button) => ('style' in button && button.style === 'primary' ? button.press : []));

describe('a day', () => {
  it('has its year when that is another one', () => {
    expect(dayOf(day('2026-03-03'), words, day('2026-11-23'))).toBe('3 maart');
    expect(dayOf(day('2027-03-03'), words, day('2026-11-23'))).toBe('3 maart 2027');
  });

  it('is of the year that it is for the reader', () => {
    const midnight = Temporal.Instant.from('2026-12-31T23:30:00Z');
    expect(dayOf(midnight, words, day('2026-12-31'))).toBe('1 januari 2027');
  });
});

it('says names as people do', () => {
  expect(listOf(['Anna', 'Bram', 'Carla'], 'nl')).toBe('Anna, Bram en Carla');
  expect(listOf(['Anna', 'Bram'], 'en')).toBe('Anna and Bram');
});

describe('before the client', () => {
  const sights = clientSideSights('nl');
  const text = (name: string) => JSON.stringify(cardIn(sights, name));

  it('a question says who puts it, and in a channel that everybody of the client can answer', () => {
    expect(text('expectation-question')).toContain('Anna de Vries legt dit aan u voor.');
    expect(text('expectation-question')).toContain('Iedereen van Acme in dit gesprek kan antwoorden');
    expect(text('expectation-question-alone')).not.toContain('Iedereen');
    expect(text('expectation-question-alone')).toContain('Het team en uw collega’s zien uw naam');
    expect(text('expectation-mail')).toMatch(/Anna de Vries legt dit aan u voor.*uw collega’s zien uw naam/);
  });

  it('what we ask is agreed to, not right or wrong, in the chat, the own view and the page', () => {
    const answers = ['Ja, akkoord', 'Niet helemaal', 'Nee', 'Alles op een rij'];
    expect(labelsIn(cardIn(sights, 'expectation-question-ours'))).toEqual(answers);
    expect(labelsIn(cardIn(sights, 'expectation-question'))).toEqual([
      'Ja, dat klopt',
      'Niet helemaal',
      'Nee, dit niet',
      'Alles op een rij',
    ]);
    expect(text('expectation-mine')).toMatch(/Ja, dat klopt.*Geldt niet meer.*Ja, akkoord/);
    const page = JSON.stringify(clientSideSheets('nl').ours);
    expect(page).toMatch(/Gaat u hiermee akkoord\?.*Ja, akkoord/);
    expect(page).not.toMatch(/Klopt dit|verwachten we niet/);
  });

  it('an answered question still says what it was about, and when it was answered', () => {
    expect(text('expectation-answered')).toMatch(/Wat u van ons verwacht.*op 23 november 2026/);
    expect(text('expectation-answered-ours')).toContain('Wat wij van u vragen');
  });

  it('a new text stands right under the word that it is new, and what he wrote himself after it', () => {
    expect(text('expectation-stale')).toMatch(/Dit is de nieuwe.*belt een vaste.*Dit schreef u.*half uur/);
  });

  it('what he wrote in vain can be said anew where that is possible', () => {
    expect(pressesIn(cardIn(sights, 'expectation-waits'))).toEqual([
      'expectations.correct',
      'expectations.mine',
    ]);
    expect(pressesIn(cardIn(sights, 'expectation-already'))).toEqual(['expectations.mine']);
  });

  it('a choice of what matters most has labels of twenty letters at most, cut after a word', () => {
    for (const name of ['expectations-first', 'expectations-first-many'])
      for (const label of labelsIn(cardIn(teamSights('nl'), name)))
        expect([...label].length).toBeLessThanOrEqual(20);
    expect(labelsIn(cardIn(teamSights('nl'), 'expectations-first'))).toContain('1. U komt elke…');
  });
});

describe('for the team', () => {
  const notes = noteSights('nl');
  const team = teamSights('nl');

  it('the step that follows comes first, and no two buttons mean the same', () => {
    expect(labelsIn(cardIn(notes, 'expectation-noted'))).toEqual([
      'Concreet maken',
      'Aan de klant voorleggen',
      'Tekst wijzigen',
      'Intrekken',
    ]);
    expect(labelsIn(cardIn(notes, 'expectation-concrete'))).toEqual([
      'Aan de klant voorleggen',
      'Uitwerken',
      'Intrekken',
    ]);
    expect(primaryIn(cardIn(notes, 'expectation-concrete'))).toEqual(['expectations.send']);
  });

  it('what was kept beside a text that the client has confirmed is not to be sent again', () => {
    expect(pressesIn(cardIn(notes, 'expectation-kept'))).toEqual(['expectations.show']);
  });

  it('advice has its button', () => {
    expect(pressesIn(cardIn(notes, 'expectation-noted-many'))).toContain('expectations.order');
    expect(pressesIn(cardIn(team, 'expectations-ended'))).toContain('expectations.note');
    expect(pressesIn(cardIn(team, 'expectations-ended-withdrawn'))).not.toContain('expectations.note');
    expect(pressesIn(cardIn(team, 'expectations-judged'))).toContain('expectations.concrete');
    expect(pressesIn(cardIn(team, 'expectations-judged-feasible'))).toContain('expectations.send');
    expect(pressesIn(cardIn(team, 'expectations-no-manager'))).toEqual([
      'clients.manager',
      'expectations.show',
    ]);
    expect(pressesIn(cardIn(clientSideSights('nl'), 'expectation-told-doubted'))).toContain(
      'expectations.concrete',
    );
  });

  it('the form for what we ask leaves out of whom it is expected and of which kind', () => {
    const idsOf = (name: string) => formIn(notes, name).fields.map(({ id }) => id);
    expect(idsOf('expectation-concrete-form-ours')).toEqual(
      idsOf('expectation-concrete-form').filter((id) => !['kano', 'about', 'person'].includes(id)),
    );
    expect(JSON.stringify(formIn(notes, 'expectation-concrete-form-ours'))).not.toMatch(
      /Wat verwacht de klant|rekent de klant/,
    );
  });

  it('what we ask is expected of nobody of us', () => {
    expect(JSON.stringify(cardIn(team, 'expectations-show'))).toContain('Verwacht van');
    expect(JSON.stringify(cardIn(team, 'expectations-show-ours'))).not.toMatch(/Verwacht van|ons bedrijf/);
  });

  it('the history begins with what happened last, and has years', () => {
    expect(JSON.stringify(cardIn(team, 'expectations-history'))).toMatch(
      /zwaarst weegt.*26 oktober 2026 · Daan Visser bevestigde.*14 oktober 2026 · Anna de Vries noteerde/,
    );
  });

  it('what is over says when it was, and no age', () => {
    const over = JSON.stringify(cardIn(team, 'expectations-over'));
    expect(over).toMatch(/waargemaakt op 21 november".*ingetrokken op 18 december 2025"/);
    expect(over).not.toContain('oud');
  });
});
