import type { Language } from './request.ts';

/** A message as plain objects. Every text in it is literal: a renderer escapes, nobody writes markup. */

export type Tone = 'good' | 'neutral' | 'bad' | 'accent';

export type Button =
  | {
      /** `<feature>.<verb>`, with more after a further dot where several stand in one card. */
      press: string;
      subject?: string | undefined;
      label: string;
      style?: 'primary' | 'danger' | undefined;
      /** Asked before it happens, where the platform can ask. */
      confirm?: { title: string; text: string; yes: string; no: string } | undefined;
    }
  | { url: string; label: string };

/** Without a value nothing is known: its place stays empty, which is not none. */
export type Bar = { label: string; value: number | undefined; tone: Tone };

/** One round of a trend. Without `value` there were too few answers for a figure. */
export type TrendPoint = {
  /** When: `3 mrt`. */
  label: string;
  /** How many answers. */
  n: number;
  value?: { at: number; low: number; high: number; shown: string } | undefined;
  /** Another question was asked from here on: the line begins anew, and this is seen. */
  anew?: boolean | undefined;
};

/** One row of grades: what one KTI was graded over time. */
export type GradeRow = {
  label: string;
  /** What stands at its end: `7,5`. */
  shown: string;
  tone: Tone;
  /** The mean to compare with, drawn as a line; undefined: there is none yet. */
  average?: number | undefined;
  /** Each grade at its place in time, from 0 (the picture's beginning) to 1 (its end). */
  dots: { at: number; grade: number }[];
  /** Places in time from which another wording was graded: the row begins anew there, and this is seen. */
  anew?: number[] | undefined;
};

export type Element =
  | { kind: 'text'; text: string; style?: 'heading' | 'strong' | 'subtle' | undefined }
  /** Somebody's own words. */
  | { kind: 'quote'; text: string; by?: string | undefined }
  /** A web address of Belay's own that is there to be copied and sent on, in whole. */
  | { kind: 'address'; url: string }
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  /** Two to four key figures, side by side where there is room. */
  | { kind: 'figures'; figures: { value: string; label: string }[] }
  /** One button for each whole number; a press is `<press>.<number>`. */
  | {
      kind: 'scale';
      press: string;
      subject: string;
      from: number;
      to: number;
      low: string;
      high: string;
      /** The spoken label of a number's button. */
      spoken: string[];
      /** A sign that stands on each button in place of its number. */
      signs?: string[] | undefined;
      chosen?: number | undefined;
    }
  /** Bars, one a label. `alt` says in words what it shows; it is not repeated visibly. */
  | { kind: 'chart'; title: string; bars: Bar[]; alt: string }
  /**
   * A figure over time, between `from` and `to`, each point with its margin. `alt` says in words what it shows; it is
   * not repeated visibly.
   */
  | { kind: 'trend'; title: string; from: number; to: number; points: TrendPoint[]; alt: string }
  /**
   * Grades between `from` and `to`, a row each, over the time from `begin` to `end`. `alt` says in words what it shows;
   * it is not repeated visibly.
   */
  | {
      kind: 'grades';
      title: string;
      from: number;
      to: number;
      begin: string;
      end: string;
      rows: GradeRow[];
      alt: string;
    }
  | { kind: 'buttons'; buttons: Button[] }
  | { kind: 'divider' };

/** What is shown as a picture where there can be one, and in words elsewhere. */
export type Pictured = Extract<Element, { kind: 'chart' | 'trend' | 'grades' }>;

export function isPictured(element: Element): element is Pictured {
  return element.kind === 'chart' || element.kind === 'trend' || element.kind === 'grades';
}

export type Card = {
  /** One sentence with the takeaway: what notifications and screen readers get. Never empty. */
  summary: string;
  elements: Element[];
  /** What it speaks, for where a platform has to add words of its own. */
  language?: Language | undefined;
};

/** A card's elements, and apart from them the buttons that it ends with. */
export function lastButtons({ elements }: Card): { before: Element[]; buttons: Button[] } {
  const last = elements.at(-1);
  return last?.kind === 'buttons'
    ? { before: elements.slice(0, -1), buttons: last.buttons }
    : { before: elements, buttons: [] };
}

const stays = 'beside';

/** The same button, whose answer comes beside its card: what else stands there is still needed. */
export function besides(button: Button): Button {
  return 'press' in button ? { ...button, press: `${button.press}.${stays}` } : button;
}

/** Whether what follows a press's name says that its card stays. */
export function isBeside(detail: string | undefined): boolean {
  return detail === stays;
}

/** A card of one plain line. */
export function line(text: string): Card {
  return { summary: text, elements: [{ kind: 'text', text }] };
}

/** A title. */
export function heading(text: string): Element {
  return { kind: 'text', text, style: 'heading' };
}

/** A paragraph. */
export function plainText(text: string): Element {
  return { kind: 'text', text };
}

/** What is there for who looks for it. */
export function subtle(text: string): Element {
  return { kind: 'text', text, style: 'subtle' };
}

/** What one should not read past. */
export function strong(text: string): Element {
  return { kind: 'text', text, style: 'strong' };
}
