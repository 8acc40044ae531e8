import type { types } from '@slack/bolt';
import type { Button } from '../../chat/card.ts';
import { clean, cut } from './escape.ts';
import { limits } from './limits.ts';

type Press = Extract<Button, { press: string }>;
type Link = Extract<Button, { url: string }>;

/** Text that Slack shows as it is: no markup, no emoji codes. Never empty, because Slack refuses that. */
export function plain(text: string, max: number): types.PlainTextElement {
  const shown = cut(text, max);
  return { type: 'plain_text', text: shown.trim() === '' ? '…' : shown, emoji: false };
}

/** A button that presses. `ids` holds the action ids that its message has already; the new one is added. */
export function button(press: Press, ids: Set<string>, spoken?: string): types.Button {
  const value = cut(press.subject ?? '', limits.buttonValue);
  return {
    type: 'button',
    text: plain(press.label, limits.buttonText),
    action_id: unique(press.press, ids),
    ...(value ? { value } : {}),
    ...(press.style ? { style: press.style } : {}),
    ...(spoken && clean(spoken).trim()
      ? { accessibility_label: cut(spoken, limits.accessibilityLabel) }
      : {}),
    ...(press.confirm ? { confirm: confirmation(press.confirm, press.style) } : {}),
  };
}

/** A button that leads to an address; none when the address is no web address that Slack takes. */
export function linkButton(link: Link, ids: Set<string>): types.Button[] {
  const url = URL.canParse(link.url) ? new URL(link.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > limits.url) return [];
  // Slack tells the app of these presses too: their id has no dot, so that they are no press of a feature.
  return [
    {
      type: 'button',
      text: plain(link.label, limits.buttonText),
      url: url.href,
      action_id: unique('link', ids),
    },
  ];
}

function confirmation(
  confirm: NonNullable<Press['confirm']>,
  style: Press['style'],
): types.ConfirmationDialog {
  return {
    title: plain(confirm.title, limits.confirmTitle),
    text: plain(confirm.text, limits.confirmText),
    confirm: plain(confirm.yes, limits.confirmButton),
    deny: plain(confirm.no, limits.confirmButton),
    ...(style === 'danger' ? { style } : {}),
  };
}

/** Slack wants action ids unique; the suffix is taken off again when the press comes in. */
function unique(press: string, ids: Set<string>): string {
  const base = cut(press, limits.id - 4);
  let id = base;
  for (let count = 2; ids.has(id); count += 1) id = `${base}~${count}`;
  ids.add(id);
  return id;
}
