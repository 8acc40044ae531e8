import type { Button, Card, Element } from '../../chat/card.ts';
import type { Language } from '../../chat/request.ts';
import { type Html, html, webAddress } from '../../text/html.ts';
import { voice } from '../../text/say.ts';

type Link = { url: string; label: string };

/** Buttons that lead somewhere; those that are pressed in a chat do nothing in a mail. */
function linksOf(buttons: Button[]): Link[] {
  return buttons.flatMap((button) => {
    const url = 'url' in button ? webAddress(button.url) : undefined;
    return url === undefined ? [] : [{ url, label: button.label }];
  });
}

/** A card as plain text, for programs that show no other. */
export function drawText(card: Card, language: Language): string {
  const say = voice(language);
  const parts = card.elements.map(textOf).filter((part) => part !== '');
  return `${[...parts, `-- \n${say('mail.automatic')}`].join('\n\n')}\n`;
}

function textOf(element: Element): string {
  switch (element.kind) {
    case 'text':
      return element.text;
    case 'quote':
      return [
        ...element.text.split('\n').map((line) => `> ${line}`),
        ...(element.by ? [element.by] : []),
      ].join('\n');
    case 'address':
      return element.url;
    case 'facts':
    case 'figures':
      return (element.kind === 'facts' ? element.facts : element.figures)
        .map(({ label, value }) => `${label}: ${value}`)
        .join('\n');
    case 'chart':
    case 'trend':
    case 'grades':
      return `${element.title}\n${element.alt}`;
    case 'buttons':
      return linksOf(element.buttons)
        .map(({ label, url }) => `${label}:\n${url}`)
        .join('\n\n');
    case 'scale':
      return '';
    case 'divider':
      return '';
  }
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const pressed =
  'background:#1d55c4;border-radius:10px;color:#ffffff;font-size:17px;line-height:1.2;font-weight:bold;text-align:center;text-decoration:none';
const styles = {
  body: 'margin:0;padding:0;background:#eef2f7',
  ground: 'background:#eef2f7;padding:24px 12px',
  sheet: `max-width:560px;margin:0 auto;background:#ffffff;border-top:4px solid #1d55c4;padding:28px 24px;${font};font-size:16px;line-height:1.5;color:#152033`,
  heading:
    'margin:0 0 12px;font-size:22px;line-height:1.3;font-weight:bold;color:#152033;white-space:pre-line',
  text: 'margin:0 0 12px;white-space:pre-line',
  subtle: 'margin:0 0 12px;white-space:pre-line;font-size:14px;color:#52607a',
  quote:
    'margin:0 0 12px;padding:10px 14px;border-left:4px solid #1d55c4;background:#edf3ff;white-space:pre-line',
  button: `display:inline-block;margin:4px 6px 8px 0;padding:14px 22px;${pressed}`,
  // Eleven of these fit beside each other.
  grade: `display:inline-block;margin:4px 0;padding:13px 0;width:40px;${pressed}`,
  address: 'margin:0 0 12px;font-size:13px;color:#52607a',
  link: 'color:#1d55c4;word-break:break-all',
  line: 'border:0;border-top:1px solid #d9e0ea;margin:20px 0',
  foot: `max-width:560px;margin:0 auto;padding:16px 24px 0;${font};font-size:13px;color:#52607a`,
} as const;

/** A card as HTML for mail programs: styles at each element, nothing fetched, no picture that tells it was read. */
export function drawHtml(card: Card, language: Language): string {
  const say = voice(language);
  const [alone, ...others] = card.elements.flatMap((element) =>
    element.kind === 'buttons' ? linksOf(element.buttons) : [],
  );
  const copy =
    alone && others.length === 0
      ? html`<p style="${styles.address}">${say('mail.copy')}<br><a style="${styles.link}" href="${alone.url}">${alone.url}</a></p>`
      : undefined;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${card.summary}</title>
</head>
<body style="${styles.body}">
<div style="${styles.ground}" lang="${language}">
<div style="${styles.sheet}">
${card.elements.map(htmlOf)}
${copy}
</div>
<p style="${styles.foot}">${say('mail.automatic')}</p>
</div>
</body>
</html>
`.html;
}

function htmlOf(element: Element): Html {
  switch (element.kind) {
    case 'text':
      return drawWords(element);
    case 'quote':
      return html`<blockquote style="${styles.quote}">${element.text}${
        element.by === undefined ? undefined : html`<br><em>${element.by}</em>`
      }</blockquote>`;
    case 'address':
      return html`<p style="${styles.address}"><span style="${styles.link}">${element.url}</span></p>`;
    case 'facts':
    case 'figures':
      return html`${(element.kind === 'facts' ? element.facts : element.figures).map(
        ({ label, value }) => html`<p style="${styles.text}">${label}: <strong>${value}</strong></p>`,
      )}`;
    case 'chart':
    case 'trend':
    case 'grades':
      return html`<p style="${styles.text}"><strong>${element.title}</strong><br>${element.alt}</p>`;
    case 'buttons':
      return html`<p style="margin:20px 0">${linksOf(element.buttons).map(
        ({ url, label }) =>
          html`<a style="${label.length > 2 ? styles.button : styles.grade}" href="${url}">${label}</a> `,
      )}</p>`;
    case 'scale':
      return html``;
    case 'divider':
      return html`<hr style="${styles.line}">`;
  }
}

function drawWords({ text, style }: Extract<Element, { kind: 'text' }>): Html {
  switch (style) {
    case 'heading':
      return html`<h1 style="${styles.heading}">${text}</h1>`;
    case 'strong':
      return html`<p style="${styles.text}"><strong>${text}</strong></p>`;
    case 'subtle':
      return html`<p style="${styles.subtle}">${text}</p>`;
    case undefined:
      return html`<p style="${styles.text}">${text}</p>`;
  }
}
