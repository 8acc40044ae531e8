import type { Element } from '../../chat/card.ts';
import { type Html, html, webAddress } from '../../text/html.ts';

/** A card's elements, of which the one at `title` is the page's heading. Buttons pressed in a chat are left out. */
export function drawElements(elements: Element[], title?: number): Html[] {
  return elements.map((element, index) => drawElement(element, index === title));
}

function drawElement(element: Element, isTitle: boolean): Html {
  switch (element.kind) {
    case 'text':
      return drawText(element, isTitle);
    case 'quote':
      return html`<figure class="quote"><blockquote>${element.text}</blockquote>${
        element.by === undefined ? undefined : html`<figcaption>${element.by}</figcaption>`
      }</figure>`;
    case 'address':
      return html`<p>${element.url}</p>`;
    case 'facts':
      return list('facts', element.facts);
    case 'figures':
      return list('figures', element.figures);
    case 'chart':
    case 'trend':
    case 'grades':
      return html`<h2>${element.title}</h2><p>${element.alt}</p>`;
    case 'buttons':
      return html`<p class="buttons">${element.buttons.map((button) => {
        const url = 'url' in button ? webAddress(button.url) : undefined;
        return url === undefined
          ? html``
          : html`<a class="button" rel="noreferrer" href="${url}">${button.label}</a>`;
      })}</p>`;
    case 'divider':
      return html`<hr>`;
    case 'scale':
      return html``;
  }
}

function drawText({ text, style }: Extract<Element, { kind: 'text' }>, isTitle: boolean): Html {
  switch (style) {
    case 'heading':
      return isTitle ? html`<h1>${text}</h1>` : html`<h2>${text}</h2>`;
    case 'strong':
      return html`<p><strong>${text}</strong></p>`;
    case 'subtle':
      return html`<p class="quiet">${text}</p>`;
    case undefined:
      return html`<p>${text}</p>`;
  }
}

function list(name: string, rows: { label: string; value: string }[]): Html {
  return html`<dl class="${name}">${rows.map(
    ({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}
