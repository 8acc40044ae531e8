import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import AjvDraft4 from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { packageFiles } from '../../../manifests/teams/package.ts';
import { featuresOf } from '../../../src/features/features.ts';

const appId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const files = packageFiles(appId);
const json = (name: string): unknown => JSON.parse(Buffer.from(files[name] ?? []).toString('utf8'));
const require = createRequire(import.meta.url);

const manifestSchema = z.object({
  id: z.string(),
  localizationInfo: z.object({
    defaultLanguageTag: z.string(),
    defaultLanguageFile: z.string(),
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  webApplicationInfo: z.object({ id: z.string() }),
  authorization: z.object({
    permissions: z.object({ resourceSpecific: z.array(z.object({ name: z.string(), type: z.string() })) }),
  }),
  composeExtensions: z.array(
    z.object({
      botId: z.string(),
      commands: z.array(
        z.object({
          id: z.string(),
          type: z.string(),
          title: z.string(),
          description: z.string(),
          context: z.array(z.string()),
          fetchTask: z.boolean(),
        }),
      ),
    }),
  ),
  bots: z.array(
    z.object({
      botId: z.string(),
      scopes: z.array(z.string()),
      commandLists: z.array(
        z.object({ commands: z.array(z.object({ title: z.string(), description: z.string() })) }),
      ),
    }),
  ),
});
const manifest = manifestSchema.parse(json('manifest.json'));

/** What the published schema has to say against a file. */
function complaints(schema: string, value: unknown) {
  const path = require.resolve(
    `@microsoft/app-manifest/build/json-schemas/teams/v1.30/${schema}.schema.json`,
  );
  const validate = new AjvDraft4.default({
    strict: false,
    allErrors: true,
    validateFormats: false,
    unicodeRegExp: false,
  }).compile(JSON.parse(readFileSync(path, 'utf8')));
  validate(value);
  return validate.errors ?? [];
}

/** Size, colour type and pixels of a PNG with 8 bits a channel. */
function readPng(name: string) {
  const png = Buffer.from(files[name] ?? []);
  const width = png.readUInt32BE(16);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return {
    width,
    height: png.readUInt32BE(20),
    colourType: png[25],
    pixels: unfilter(inflateSync(Buffer.concat(data)), width),
  };
}

/** Undoes PNG's line filters, for four bytes a pixel. */
function unfilter(raw: Buffer, width: number): number[][] {
  const stride = width * 4;
  let above = new Array<number>(stride).fill(0);
  const pixels: number[][] = [];
  for (let at = 0; at < raw.length; at += stride + 1) {
    const row: number[] = [];
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [row[x - 4] ?? 0, above[x] ?? 0, above[x - 4] ?? 0];
      row.push(((raw[at + 1 + x] ?? 0) + predicted(raw[at] ?? 0, left, up, x < 4 ? 0 : corner)) & 255);
    }
    for (let x = 0; x < stride; x += 4) pixels.push(row.slice(x, x + 4));
    above = row;
  }
  return pixels;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  if (filter !== 4) return 0;
  const near = left + up - corner;
  const by = (value: number) => Math.abs(near - value);
  if (by(left) <= by(up) && by(left) <= by(corner)) return left;
  return by(up) <= by(corner) ? up : corner;
}

describe('the package for Teams', () => {
  test('holds what the manifest names, and nothing else', () => {
    const { localizationInfo: languages, icons } = manifest;
    const named = [languages.defaultLanguageFile, ...languages.additionalLanguages.map(({ file }) => file)];
    expect(Object.keys(files).sort()).toEqual(['manifest.json', ...named, icons.color, icons.outline].sort());
  });

  test('is right by the published schemas', () => {
    expect(complaints('MicrosoftTeams', json('manifest.json'))).toEqual([]);
    expect(complaints('MicrosoftTeams.Localization', json('nl.json'))).toEqual([]);
    expect(complaints('MicrosoftTeams.Localization', json('en.json'))).toEqual([]);
  });

  test('the schemas do find mistakes', () => {
    expect(complaints('MicrosoftTeams', { ...manifest, name: { short: 'x'.repeat(31) } })).not.toEqual([]);
    expect(complaints('MicrosoftTeams.Localization', { 'name.short': 'x'.repeat(31) })).not.toEqual([]);
  });

  test('is for the app registration it was made for', () => {
    expect(manifest.id).toBe(appId);
    expect(manifest.webApplicationInfo.id).toBe(appId);
    expect(manifest.composeExtensions).toMatchObject([{ botId: appId }]);
    expect(manifest.bots).toMatchObject([{ botId: appId, scopes: ['team', 'groupChat', 'personal'] }]);
  });

  test('asks to hear when a meeting that it is added to begins and ends, and for nothing else', () => {
    expect(manifest.authorization.permissions.resourceSpecific).toEqual([
      { name: 'OnlineMeeting.ReadBasic.Chat', type: 'Application' },
      { name: 'ChannelMeeting.ReadBasic.Group', type: 'Application' },
    ]);
  });

  test('offers on a message exactly what can be done with one, each with a form to fill in', () => {
    const names = featuresOf().flatMap(({ messages }) => Object.keys(messages ?? {}));
    const commands = manifest.composeExtensions.flatMap(({ commands }) => commands);
    expect(commands.map(({ id }) => id).sort()).toEqual(names.sort());
    for (const command of commands)
      expect(command).toMatchObject({ type: 'action', context: ['message'], fetchTask: true });
  });

  test('every text stands in both languages, and the Dutch one is the manifest’s own', () => {
    const [nl, en] = [
      z.record(z.string(), z.string()).parse(json('nl.json')),
      z.record(z.string(), z.string()).parse(json('en.json')),
    ];
    expect(Object.keys(nl)).toEqual(Object.keys(en));
    manifest.bots[0]?.commandLists.forEach(({ commands }, list) => {
      commands.forEach(({ title, description }, index) => {
        const at = `bots[0].commandLists[${list}].commands[${index}]`;
        expect([nl[`${at}.title`], nl[`${at}.description`]]).toEqual([title, description]);
      });
    });
    manifest.composeExtensions[0]?.commands.forEach(({ title, description }, index) => {
      const at = `composeExtensions[0].commands[${index}]`;
      expect([nl[`${at}.title`], nl[`${at}.description`]]).toEqual([title, description]);
    });
  });

  test('the colour icon is 192 square and full of colour', () => {
    const { width, height, pixels } = readPng('color.png');
    expect([width, height]).toEqual([192, 192]);
    expect(pixels.every(([, , , alpha]) => alpha === 255)).toBe(true);
  });

  test('the outline is 32 square, white on nothing', () => {
    const { width, height, colourType, pixels } = readPng('outline.png');
    expect([width, height, colourType]).toEqual([32, 32, 6]);
    expect(pixels.filter(([, , , alpha]) => alpha === 0).length).toBeGreaterThan(400);
    expect(pixels.filter(([, , , alpha]) => alpha === 255).length).toBeGreaterThan(50);
    for (const [red, green, blue, alpha] of pixels)
      if (alpha) expect([red, green, blue]).toEqual([255, 255, 255]);
  });

  test('the icons that are kept are drawn from their SVG', () => {
    for (const name of ['color.png', 'outline.png'])
      expect(
        readFileSync(new URL(`../../../manifests/teams/${name}`, import.meta.url)).equals(
          Buffer.from(files[name] ?? []),
        ),
      ).toBe(true);
  });
});
