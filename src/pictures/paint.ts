import { createRequire } from 'node:module';

/** Of every picture, in its own units. */
export const width = 640;
export const margin = 24;

export const ink = '#1f2328';
export const faint = '#59636e';
export const edge = '#d1d9e0';
/** Of the card and the words on it, with one between for the edges of letters. */
export const plainColours = ['#ffffff', ink, faint, edge, '#9aa3ad'];

const require = createRequire(import.meta.url);
const fontFiles = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
  require.resolve(`@expo-google-fonts/inter/${file}`),
);

/** What stands on the card: the charts' own options, and free shapes in its units. */
type Drawing = { graphic?: object[]; [option: string]: unknown };

/** A drawing as SVG on a white card that stands on any background. */
export async function paint({ graphic = [], ...option }: Drawing, height: number): Promise<string> {
  // Loaded with the first picture: a quarter of a second that the start need not wait for.
  const { init } = await loadCharts();
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    const shape = { x: 1, y: 1, width: width - 2, height: height - 2, r: 14 };
    canvas.setOption({
      animation: false,
      textStyle: { fontFamily: 'Inter' },
      graphic: [{ type: 'rect', shape, style: sheet, z: -1 }, ...graphic],
      ...option,
    });
    return canvas.renderToSVGString();
  } finally {
    canvas.dispose();
  }
}

const sheet = { fill: '#ffffff', stroke: edge, lineWidth: 1.5 };

type Style = { x: number; y: number; fontSize: number; fill: string; [more: string]: unknown };

/** Words around their place, as a free shape. */
export function text(words: string, style: Style): object {
  const middle = { fontFamily: 'Inter', align: 'center', verticalAlign: 'middle' };
  return { type: 'text', style: { text: words, ...middle, ...style } };
}

/** The picture's pixels, `zoom` of them for each of its units. */
export async function pixelsOf(svg: string, zoom: number) {
  const { renderAsync } = await import('@resvg/resvg-js');
  return renderAsync(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    // Only our own, so that it looks the same on every machine.
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
  });
}

async function loadCharts() {
  const [{ init, use }, { BarChart }, { GridComponent, GraphicComponent }, { SVGRenderer }] =
    await Promise.all([
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ]);
  use([BarChart, GridComponent, GraphicComponent, SVGRenderer]);
  return { init };
}
