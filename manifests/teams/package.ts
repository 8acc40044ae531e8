import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';

const folder = new URL('./', import.meta.url);
const icons = { color: 192, outline: 32 } as const;
const manifestSchema = z.looseObject({
  id: z.string(),
  bots: z.tuple([z.looseObject({ botId: z.string() })]),
  composeExtensions: z.tuple([z.looseObject({ botId: z.string() })]),
  webApplicationInfo: z.looseObject({ id: z.string() }),
});

/** An icon as PNG, drawn from the SVG beside it. */
export function drawIcon(name: keyof typeof icons): Uint8Array {
  const svg = readFileSync(new URL(`${name}.svg`, folder), 'utf8');
  return new Resvg(svg, { fitTo: { mode: 'width', value: icons[name] } }).render().asPng();
}

/** The files of the package that an administrator uploads, for the app registration `appId`. */
export function packageFiles(appId: string): Record<string, Uint8Array> {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));
  const [bot] = manifest.bots;
  const [extension] = manifest.composeExtensions;
  const ours = {
    id: appId,
    bots: [{ ...bot, botId: appId }],
    composeExtensions: [{ ...extension, botId: appId }],
    webApplicationInfo: { ...manifest.webApplicationInfo, id: appId },
  };
  return {
    'manifest.json': strToU8(JSON.stringify({ ...manifest, ...ours }, null, 2)),
    'nl.json': readFileSync(new URL('nl.json', folder)),
    'en.json': readFileSync(new URL('en.json', folder)),
    'color.png': drawIcon('color'),
    'outline.png': drawIcon('outline'),
  };
}

function main(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const appId = z.guid().safeParse(process.env.MicrosoftAppId);
  if (!appId.success) {
    console.error(
      'MicrosoftAppId is missing or no app id: it is the "Application (client) ID" of the bot’s app registration.\n' +
        'Put it in .env, or: MicrosoftAppId=… npm run teams:package',
    );
    process.exit(1);
  }
  const files = packageFiles(appId.data);
  for (const name of ['color.png', 'outline.png'])
    writeFileSync(new URL(name, folder), files[name] ?? new Uint8Array());
  writeFileSync(new URL('belay-teams.zip', folder), zipSync(files));
  console.log(
    'Written: manifests/teams/belay-teams.zip. Upload it in the Teams admin center, under Manage apps.',
  );
}

if (import.meta.main) main();
