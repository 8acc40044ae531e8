import type { Sheet } from '../../chat/feature.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Language } from '../../chat/request.ts';
import { type Html, html } from '../../text/html.ts';
import { type Say, voice } from '../../text/say.ts';
import { drawElements } from './elements.ts';
import { drawField } from './fields.ts';
import { style } from './style.ts';

/** How a sheet is shown: what stands in its fields, and what was wrong with what was sent. */
export type Showing = {
  sheet: Sheet;
  /** The language that the reader asked for; kept when the form is sent. */
  asked: Language | undefined;
  /** What was typed, or chosen in the link, by field. */
  typed: Record<string, string>;
  refused?: { text: string; field: string | undefined } | undefined;
};

/** A sheet as a whole page of HTML, without script and without anything fetched. */
export function drawPage({ sheet, asked, typed, refused }: Showing): string {
  const { language, card, form } = sheet;
  const say = voice(language);
  const fields = form?.fields ?? [];
  const beside = refused && fields.some(({ id }) => id === refused.field) ? refused.field : undefined;
  const title = card.elements.findIndex((element) => element.kind === 'text' && element.style === 'heading');
  return draw(
    language,
    card.summary,
    html`<main>
${refused && beside === undefined ? html`<p class="wrong" role="alert">${refused.text}</p>` : undefined}
${title < 0 ? html`<h1>${card.summary}</h1>` : undefined}${drawElements(card.elements, title)}
${form ? drawForm(form, { say, asked, typed, refused: beside === undefined ? undefined : refused }) : undefined}
</main>
<footer>
${form ? html`<p>${say('web.personal')}</p>` : undefined}
<p>${say('web.by')}</p>
${switchTo(language === 'nl' ? 'en' : 'nl', say, gradesOf(fields, typed))}
</footer>`,
  );
}

function drawForm(form: Form, with_: Omit<Showing, 'sheet'> & { say: Say }): Html {
  const { say, asked, typed, refused } = with_;
  const fields = form.fields.map((field) =>
    drawField(field, typed[field.id], refused?.field === field.id ? refused.text : undefined, say),
  );
  return html`<form method="post" action="?${asked ? `language=${asked}` : ''}" aria-label="${form.title}">
${drawElements(form.intro ?? [])}
${fields}
<button class="button">${form.send}</button>
</form>`;
}

/** Of what was chosen or typed only the grades: an address may hold these, and nobody's words. */
export function gradesOf(fields: Field[], typed: Record<string, string>): Record<string, string> {
  const grades = new Set(fields.filter(({ kind }) => kind === 'grade').map(({ id }) => id));
  return Object.fromEntries(Object.entries(typed).filter(([id]) => grades.has(id)));
}

function switchTo(language: Language, say: Say, grades: Record<string, string>): Html {
  const query = new URLSearchParams({ ...grades, language });
  return html`<a class="switch" lang="${language}" hreflang="${language}" href="?${query.toString()}">${say('web.switch')}</a>`;
}

/**
 * A page that says why there is nothing else to see, in both languages, because whose it is is not known. `first` is
 * the one to begin with.
 */
export function drawNotice(first: Language, title: (say: Say) => string, text: (say: Say) => string): string {
  const languages: Language[] = first === 'nl' ? ['nl', 'en'] : ['en', 'nl'];
  const sections = languages.map((language, index) => {
    const say = voice(language);
    const heading = index === 0 ? html`<h1>${title(say)}</h1>` : html`<h2>${title(say)}</h2>`;
    return html`<section lang="${language}">${heading}<p>${text(say)}</p></section>`;
  });
  return draw(first, title(voice(first)), html`<main>${sections}</main>`);
}

function draw(language: Language, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ html: style }}</style>
</head>
<body>
${body}
</body>
</html>
`.html;
}
