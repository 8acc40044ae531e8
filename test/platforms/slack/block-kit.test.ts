import { describe, expect, test } from 'vitest';
import { messageErrors, viewErrors } from '../../support/slack/block-kit.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'polls.go', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const section = (text: object) => ({ type: 'section', text });
const input = (more: object = {}, element: object = {}) => ({
  type: 'input',
  block_id: 'why',
  label: plain('Why?'),
  element: { type: 'plain_text_input', action_id: 'why', ...element },
  ...more,
});
const modal = (...blocks: object[]) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks,
});

describe('the checker of blocks', () => {
  test('takes what is right', () => {
    expect(messageErrors([section(plain('Hello')), actions(button())])).toEqual([]);
    expect(viewErrors(modal(input()))).toEqual([]);
  });

  test.each([
    ['an empty text', [section(plain(''))]],
    ['a text over 3000', [section(plain('x'.repeat(3001)))]],
    ['a section without anything', [{ type: 'section' }]],
    ['a section with eleven fields', [{ type: 'section', fields: Array(11).fill(plain('x')) }]],
    ['a header over 150', [{ type: 'header', text: plain('x'.repeat(151)) }]],
    ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }]],
    ['no elements', [actions()]],
    ['26 buttons', [actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `a.${n}` })))]],
    ['a button label over 75', [actions(button({ text: plain('x'.repeat(76)) }))]],
    ['a button value over 2000', [actions(button({ value: 'x'.repeat(2001) }))]],
    ['an unknown style', [actions(button({ style: 'big' }))]],
    ['an unknown property', [actions(button({ color: 'red' }))]],
    ['an unknown block', [{ type: 'table', rows: [] }]],
    ['the same action_id twice', [actions(button(), button())]],
    ['the same action_id in two blocks', [actions(button()), actions(button())]],
    [
      'the same block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
    ],
    ['51 blocks', Array(51).fill({ type: 'divider' })],
    ['eleven things in a context', [{ type: 'context', elements: Array(11).fill(plain('x')) }]],
    [
      'a live mention in rich text',
      [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'channel' }] }],
        },
      ],
    ],
    ['a picture without words', [{ type: 'image', slack_file: { id: 'F000000001' } }]],
    ['a file id that is none', [{ type: 'image', slack_file: { id: 'https://x' }, alt_text: 'x' }]],
    ['all of it too long', Array(45).fill(section(plain('x'.repeat(400))))],
    ['an input in a message', [input()]],
  ])('refuses %s', (_name, blocks) => {
    expect(messageErrors(blocks)).not.toEqual([]);
  });

  test('refuses a picture that is not there', () => {
    const blocks = [{ type: 'image', slack_file: { id: 'F000000001' }, alt_text: 'x' }];
    expect(messageErrors(blocks, () => false)).toEqual([
      'invalid slack file [json-pointer:/blocks/0/slack_file]',
    ]);
  });

  test.each([
    ['a title over 24', { ...modal(input()), title: plain('x'.repeat(25)) }],
    ['no submit with inputs', { ...modal(input()), submit: undefined }],
    ['private_metadata over 3000', { ...modal(input()), private_metadata: 'x'.repeat(3001) }],
    ['101 blocks', modal(...Array(101).fill({ type: 'divider' }))],
    ['no blocks', modal()],
    ['an initial value over max_length', modal(input({}, { max_length: 3, initial_value: 'four' }))],
    ['max_length over 3000', modal(input({}, { max_length: 3001 }))],
    ['a placeholder over 150', modal(input({}, { placeholder: plain('x'.repeat(151)) }))],
    [
      'a menu without options',
      modal(input({ element: { type: 'static_select', action_id: 'a', options: [] } })),
    ],
    [
      'an initial option from elsewhere',
      modal(
        input({
          element: {
            type: 'static_select',
            action_id: 'a',
            options: [{ text: plain('a'), value: 'a' }],
            initial_option: { text: plain('b'), value: 'b' },
          },
        }),
      ),
    ],
    ['an unknown kind of view', { ...modal(input()), type: 'popup' }],
  ])('refuses a view with %s', (_name, view) => {
    expect(viewErrors(view)).not.toEqual([]);
  });
});
