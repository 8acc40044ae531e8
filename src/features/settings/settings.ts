import type { Right, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import type { Scope } from '../../store/settings.ts';

/** What every installation can set. Later capabilities contribute theirs. */
export const ownSettings: Setting[] = [
  language('person', 'anyone'),
  language('place', 'member'),
  language('tenant', 'admin'),
  timeZone('place', 'member'),
  timeZone('tenant', 'admin'),
];

/** Who may change the settings of a scope: everybody his own, the team its channel's, an admin the workspace's. */
export const rights: Record<Scope, Right> = { person: 'anyone', place: 'member', tenant: 'admin' };

/** What an admin can make of somebody: an admin too, or, of a guest who works here, a colleague. */
export const roles = ['admin', 'colleague'] as const;
export type Role = (typeof roles)[number];

function language(scope: Scope, who: Right): Setting {
  return {
    key: 'language',
    scope,
    who,
    field: (say, kept) => ({
      kind: 'choice',
      id: 'language',
      label: say('settings.language'),
      choices: [
        { value: 'automatic', label: say('settings.language-automatic') },
        { value: 'nl', label: say('settings.language-nl') },
        { value: 'en', label: say('settings.language-en') },
      ],
      value: kept ?? 'automatic',
    }),
    parse(value) {
      if (value === '' || value === 'automatic') return undefined;
      const language = languageOf(value);
      if (language) return language;
      throw new Refusal('error.setting-invalid', { value }, { field: 'language' });
    },
    show({ say, person, place }, kept) {
      const chosen = languageOf(kept);
      if (chosen) return say(`settings.language-${chosen}`);
      if (scope === 'tenant') return say('settings.language-automatic');
      const language = say(`settings.language-${(scope === 'person' ? person : place).language}`);
      return say('settings.by-itself', { value: language });
    },
  };
}

function timeZone(scope: Scope, who: Right): Setting {
  return {
    key: 'timeZone',
    scope,
    who,
    field: (say, kept) => ({
      kind: 'text',
      id: 'timeZone',
      label: say('settings.time-zone'),
      hint: say('settings.time-zone-hint'),
      optional: true,
      maxLength: 60,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const zone = zoneNamed(value);
      if (!zone) throw new Refusal('error.time-zone', { value }, { field: 'timeZone' });
      return zone;
    },
    show: ({ say, place }, kept) => kept ?? say('settings.by-itself', { value: place.timeZone }),
  };
}

/** The zone's proper name; undefined when there is none such. Offsets are refused: they know no summer time. */
function zoneNamed(text: string): string | undefined {
  if (!/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)*$/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
