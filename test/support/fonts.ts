import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const weights = {
  '400Regular/Inter_400Regular.ttf': '400 500',
  '600SemiBold/Inter_600SemiBold.ttf': '600 900',
};

/** A style sheet that lends Inter to a platform's own font, which it is near: the same on every machine. */
export function fontFaces(family: string): string {
  const faces = Object.entries(weights).map(([file, weight]) => {
    const font = readFileSync(require.resolve(`@expo-google-fonts/inter/${file}`), 'base64');
    return `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(data:font/ttf;base64,${font}); }`;
  });
  return faces.join('\n');
}
