/** A piece of HTML that is safe to show: only `html` makes it. */
export type Html = { readonly html: string };

/** Control characters but tabs and line breaks: no page can hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * A piece of HTML. Every text and number put into it is escaped, for an element's content and for an attribute in
 * double quotes; pieces and lists of pieces go in as they are, and undefined as nothing.
 */
export function html(
  parts: TemplateStringsArray,
  ...values: (Html | Html[] | string | number | undefined)[]
): Html {
  return { html: parts.reduce((before, part, index) => before + literal(values[index - 1]) + part) };
}

function literal(value: Html | Html[] | string | number | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => one.html).join('');
  return typeof value === 'object' ? value.html : escaped(String(value));
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unwanted, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** An address that a link may have; undefined for any other than http and https. */
export function webAddress(url: string): string | undefined {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
}
