import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import { z } from 'zod';
import type nl from '../../data/locales/nl.json';

type Written = keyof typeof nl;
type Singular<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

/** A sentence of data/locales. A count picks `_one` or `_other`. */
export type Key = Singular<Written>;

/** Says a sentence in one language. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

const folder = new URL('../../data/locales/', import.meta.url);
const localeSchema = z.record(z.string().min(1), z.string().min(1));

function read(language: string): Record<string, string> {
  const name = new URL(`${language}.json`, folder);
  try {
    return localeSchema.parse(JSON.parse(readFileSync(name, 'utf8')));
  } catch (cause) {
    throw new Error(`data/locales/${language}.json is not a list of sentences.`, { cause });
  }
}

const resources = { nl: { translation: read('nl') }, en: { translation: read('en') } };

const missing = [
  ...Object.keys(resources.nl.translation).filter((key) => !(key in resources.en.translation)),
  ...Object.keys(resources.en.translation).filter((key) => !(key in resources.nl.translation)),
];
if (missing.length > 0) throw new Error(`data/locales: only one language has ${missing.join(', ')}.`);

const i18n = createInstance();
await i18n.init({
  resources,
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
  initAsync: false,
});

function speak(language: 'nl' | 'en'): Say {
  const sentences = resources[language].translation;
  // Where there is nothing to fill in, i18next would only take longer to say the same.
  return (key, values) => (values ? undefined : sentences[key]) ?? i18n.t(key, { ...values, lng: language });
}

const voices = { nl: speak('nl'), en: speak('en') };

/** The voice of a language. Values are put in literally. */
export function voice(language: 'nl' | 'en'): Say {
  return voices[language];
}

/** Whether the locales have this sentence: for keys that are put together from names. */
export function isKey(key: string): key is Key {
  return key in resources.nl.translation;
}
