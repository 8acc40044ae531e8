import type { Theme } from './browser.ts';

type Colors = Record<'text' | 'subtle' | 'accent' | 'good' | 'warning' | 'attention', string>;
type Grounds = Record<
  'page' | 'card' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention' | 'line',
  string
>;

const colors: Record<Theme, Colors> = {
  light: {
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#237b4b',
    warning: '#835c00',
    attention: '#c4314b',
  },
  dark: {
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9299f7',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#f9526b',
  },
};

const grounds: Record<Theme, Grounds> = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    emphasis: '#f5f5f5',
    accent: '#e8ebfa',
    good: '#e7f2da',
    warning: '#fbf6d9',
    attention: '#fcf4f6',
    line: '#d1d1d1',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    emphasis: '#333333',
    accent: '#33344a',
    good: '#1b3a1b',
    warning: '#463100',
    attention: '#3b1519',
    line: '#616161',
  },
};

/** The host configuration of Teams, as far as it shows. */
export function hostConfig(theme: Theme): object {
  const ground = grounds[theme];
  const styles = (['card', 'emphasis', 'accent', 'good', 'warning', 'attention'] as const).map((name) => [
    name === 'card' ? 'default' : name,
    { backgroundColor: ground[name], foregroundColors: foreground(colors[theme]), borderColor: ground.line },
  ]);
  return {
    fontFamily: 'inherit',
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: ground.line },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    containerStyles: Object.fromEntries(styles),
    actions: {
      maxActions: 6,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 8,
      spacing: 'default',
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    inputs: {
      label: { inputSpacing: 4, requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'bolder' } },
    },
    factSet: { title: { weight: 'bolder', maxWidth: 150 }, value: { wrap: true }, spacing: 12 },
    supportsInteractivity: true,
  };
}

function foreground({ text, subtle, ...named }: Colors): object {
  const pair = (color: string) => ({ default: color, subtle: color === text ? subtle : color });
  const others = Object.entries(named).map(([name, color]) => [name, pair(color)]);
  return { default: pair(text), dark: pair(text), light: pair(subtle), ...Object.fromEntries(others) };
}

/** What Teams' own style sheet does to buttons, inputs and tables. */
export function adaptiveCardStyle(theme: Theme): string {
  const { text, subtle, accent, attention } = colors[theme];
  const { page, card, line } = grounds[theme];
  return `
    * { box-sizing: border-box; }
    body { margin: 0; background: ${page}; color: ${text}; font: 14px/20px 'Segoe UI', sans-serif; }
    #sight { padding: 16px; }
    .ac-adaptiveCard { border-radius: 8px; box-shadow: 0 0 0 1px ${line}55, 0 1px 3px #0002; max-width: 600px; }
    .ac-pushButton { height: 32px; min-width: 32px; padding: 0 12px; border: 1px solid ${line}; border-radius: 4px; background: ${card}; color: ${text}; font: 600 14px/20px inherit; font-family: inherit; font-weight: 600; font-size: 14px; }
    .ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
    .ac-pushButton.style-destructive { color: ${attention}; }
    .ac-linkButton, a { color: ${accent}; }
    .ac-input { width: 100%; font: inherit; color: ${text}; background: ${card}; border: 1px solid ${line}; border-bottom-color: ${subtle}; border-radius: 4px; padding: 5px 12px; }
    .ac-input.ac-multiline { height: 80px; } .ac-input[type=radio], .ac-input[type=checkbox] { width: auto; }
    .ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect { border: 0; padding: 0; }
    .ac-selectable { cursor: pointer; } table { border-color: ${line}; }
  `;
}
