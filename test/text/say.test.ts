import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { featuresOf } from '../../src/features/features.ts';
import { isKey, voice } from '../../src/text/say.ts';

function locale(language: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`../../data/locales/${language}.json`, import.meta.url), 'utf8'));
}

const [nl, en] = [locale('nl'), locale('en')];
const placeholders = (text = '') => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

it('says everything in both languages, with the same values', () => {
  expect(Object.keys(nl).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(nl))
    expect([key, placeholders(nl[key])]).toEqual([key, placeholders(en[key])]);
});

it('has one and other of everything that counts', () => {
  for (const key of Object.keys(nl)) {
    if (key.endsWith('_one')) expect(nl).toHaveProperty([key.replace(/_one$/, '_other')]);
    if (key.endsWith('_other')) expect(nl).toHaveProperty([key.replace(/_other$/, '_one')]);
  }
});

it('puts values in literally', () => {
  const values = { typed: '$t(polls.close) {{nearest}} <b>&amp;', nearest: 'x' };
  expect(voice('en')('error.unknown', values)).toContain('$t(polls.close) {{nearest}} <b>&amp;');
});

it('counts in words', () => {
  expect(voice('nl')('polls.days', { count: 1 })).toBe('1 dag');
  expect(voice('nl')('polls.days', { count: 0 })).toBe('0 dagen');
});

it('explains every command that help lists, and names its first words', () => {
  for (const command of featuresOf().flatMap((feature) => feature.commands ?? [])) {
    if (command.bare) continue;
    for (const part of ['usage', 'about'])
      expect([command.name, isKey(`help.${command.name}.${part}`)]).toEqual([command.name, true]);
    expect(nl[`help.${command.name}.usage`]).toContain(command.words.nl[0]);
    expect(en[`help.${command.name}.usage`]).toContain(command.words.en[0]);
  }
});

it('fits form titles into the 24 characters that Slack shows', () => {
  for (const key of [
    'polls.why-title',
    'polls.form-title',
    'settings.change-person',
    'settings.change-place',
    'settings.change-tenant',
    'settings.add-admin',
    'settings.remove-admin',
    'polls.why-send',
    'settings.save',
    'settings.cancel',
  ])
    for (const sentences of [nl, en])
      expect([key, [...(sentences[key] ?? '')].length <= 24]).toEqual([key, true]);
});
