import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card, Element } from '../../../src/chat/card.ts';
import { renderHome } from '../../../src/platforms/slack/modal.ts';
import { renderCard, withForm } from '../../../src/platforms/slack/render.ts';
import { gradeRow, gradesOf } from '../../support/grades.ts';
import { messageErrors, viewErrors } from '../../support/slack/block-kit.ts';
import { anyCard, hostileText } from '../../support/slack/hostile.ts';
import { nps, trend } from '../../support/trends.ts';

const poll: Card = {
  summary: 'How likely is it that you recommend us?',
  elements: [
    { kind: 'text', text: 'How likely is it that you recommend us?', style: 'heading' },
    { kind: 'text', text: 'The team sees your name.', style: 'subtle' },
    {
      kind: 'scale',
      press: 'polls.vote',
      subject: 'p1',
      from: 0,
      to: 10,
      low: 'not at all',
      high: 'surely',
      spoken: Array.from({ length: 11 }, (_, n) => `${n} of 10`),
      chosen: 7,
    },
  ],
};

function render(...elements: Element[]) {
  return renderCard({ summary: 's', elements }).blocks;
}

describe('a card as Block Kit', () => {
  test('an NPS question: two rows of buttons, the anchors in words', () => {
    const { text, blocks } = renderCard(poll);
    expect(text).toBe('How likely is it that you recommend us?');
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'context', 'actions', 'actions', 'context']);
    const rows = blocks.flatMap((block) => (block.type === 'actions' ? [block.elements] : []));
    expect(rows.map((row) => row.length)).toEqual([6, 5]);
    expect(rows.flat()[7]).toEqual({
      type: 'button',
      text: { type: 'plain_text', text: '7', emoji: false },
      action_id: 'polls.vote.7',
      value: 'p1',
      style: 'primary',
      accessibility_label: '7 of 10',
    });
    expect(blocks.at(-1)).toMatchObject({ elements: [{ text: '0 = not at all  ·  10 = surely' }] });
    expect(messageErrors(blocks)).toEqual([]);
  });

  test('each kind of element is taken by Slack', () => {
    const blocks = render(
      { kind: 'text', text: 'plain' },
      { kind: 'text', text: 'strong', style: 'strong' },
      { kind: 'text', text: 'x'.repeat(200), style: 'heading' },
      { kind: 'quote', text: 'They <listen>\nto us', by: 'Eva Jansen' },
      {
        kind: 'facts',
        facts: [
          { label: 'Open until', value: 'Friday' },
          { label: 'Asked by', value: 'Anna' },
        ],
      },
      {
        kind: 'figures',
        figures: [
          { value: '+30', label: 'NPS' },
          { value: '*50 %*', label: 'promoters' },
        ],
      },
      { kind: 'chart', title: 'Answers', bars: [], alt: 'Two gave a 9.' },
      { kind: 'divider' },
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'polls.close',
            subject: 'p1',
            label: 'Close',
            style: 'danger',
            confirm: { title: 'Close?', text: 'Nobody can answer then.', yes: 'Close', no: 'Back' },
          },
          { url: 'https://acme.example/', label: 'Open' },
        ],
      },
    );
    expect(messageErrors(blocks)).toEqual([]);
    expect(blocks).toMatchObject([
      { type: 'section', text: { type: 'plain_text' } },
      { type: 'rich_text' },
      { type: 'rich_text' },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_quote', elements: [{ text: 'They <listen>\nto us' }] }],
      },
      { type: 'context', elements: [{ text: '– Eva Jansen' }] },
      { type: 'rich_text' },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*+30*\nNPS' },
          { type: 'plain_text', text: '*50 %*\npromoters' },
        ],
      },
      { type: 'rich_text' },
      { type: 'section', text: { text: 'Two gave a 9.' } },
      { type: 'divider' },
      { type: 'actions' },
    ]);
  });

  test('a chart is its picture, with its words for who cannot see it', () => {
    const chart: Element = { kind: 'chart', title: 'Answers', bars: [], alt: 'Two gave a 9.' };
    const { blocks } = renderCard({ summary: 's', elements: [chart] }, () => 'F000000001');
    expect(blocks).toMatchObject([
      { type: 'image', slack_file: { id: 'F000000001' }, alt_text: 'Two gave a 9.' },
    ]);
    expect(messageErrors(blocks)).toEqual([]);
  });

  test('a trend is its picture, or its title and its words', () => {
    const rounds = trend([nps('1 feb', 8, 12), nps('1 mrt', 9, 30)]);
    const { blocks } = renderCard({ summary: 's', elements: [rounds] }, ({ kind }) =>
      kind === 'trend' ? 'F000000001' : undefined,
    );
    expect(blocks).toMatchObject([
      {
        type: 'image',
        slack_file: { id: 'F000000001' },
        alt_text: 'In woorden.',
        title: { text: 'Verloop' },
      },
    ]);
    expect(messageErrors(blocks)).toEqual([]);
    expect(render(rounds)).toMatchObject([{ type: 'rich_text' }, { text: { text: 'In woorden.' } }]);
  });

  test('grades are their picture, or their title and their words', () => {
    const grades = gradesOf([gradeRow([7, 8])]);
    const { blocks } = renderCard({ summary: 's', elements: [grades] }, ({ kind }) =>
      kind === 'grades' ? 'F000000001' : undefined,
    );
    expect(blocks).toMatchObject([
      {
        type: 'image',
        slack_file: { id: 'F000000001' },
        alt_text: 'In woorden.',
        title: { text: 'Cijfers' },
      },
    ]);
    expect(messageErrors(blocks)).toEqual([]);
    expect(render(grades)).toMatchObject([{ type: 'rich_text' }, { text: { text: 'In woorden.' } }]);
  });

  test('a form comes behind a button', () => {
    const form = {
      name: 'polls.why',
      subject: 'p1',
      title: 'Why?',
      fields: [],
      send: 'Send',
      cancel: 'Cancel',
    };
    const { blocks } = renderCard(withForm({ summary: 's', elements: [] }, form));
    expect(blocks).toMatchObject([{ elements: [{ action_id: 'polls.why', value: 'p1', style: 'primary' }] }]);
  });

  test('the same press twice gets ids of its own', () => {
    const buttons = ['a', 'b'].map((subject) => ({ press: 'polls.show', subject, label: subject }));
    const blocks = render({ kind: 'buttons', buttons });
    expect(blocks).toMatchObject([
      { elements: [{ action_id: 'polls.show' }, { action_id: 'polls.show~2' }] },
    ]);
  });

  test.each(['javascript:alert(1)', 'nonsense', `https://acme.example/${'x'.repeat(3000)}`])(
    'a link to %s is left out',
    (url) => {
      expect(render({ kind: 'buttons', buttons: [{ url, label: 'Open' }] })).toEqual([]);
    },
  );

  test('of too long a card the buttons stay', () => {
    const reasons = Array.from(
      { length: 100 },
      (): Element => ({ kind: 'quote', text: 'because '.repeat(50) }),
    );
    const button: Element = { kind: 'buttons', buttons: [{ press: 'polls.share', label: 'Share' }] };
    const blocks = render(...reasons, button);
    expect(messageErrors(blocks)).toEqual([]);
    expect(blocks.at(-1)?.type).toBe('actions');
    expect(blocks.at(-2)).toMatchObject({ type: 'context', elements: [{ text: '…' }] });
  });

  test('no mention, link or markup comes alive, no limit is passed', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const { text, blocks } = renderCard(card, () => 'F000000001');
        expect(messageErrors(blocks)).toEqual([]);
        expect(viewErrors(renderHome(card))).toEqual([]);
        expect(text.length).toBeLessThanOrEqual(3000);
        expect(text).not.toMatch(/[<>]/);
        // Elsewhere markup is not read at all; where it is, there are only letters, digits and harmless signs.
        for (const marked of JSON.stringify(blocks).matchAll(
          /"type":"mrkdwn","text":"(.*?)","verbatim":true/g,
        ))
          expect(marked[1]?.replaceAll('\\n', ' ')).toMatch(/^\*[^*_~`<>:]*\* [^*_~`<>:]*$/u);
      }),
      // Shrinking texts of 40,000 characters takes minutes and tells little more.
      { numRuns: 300, endOnFailure: true },
    );
  });

  test('a text is cut between graphemes', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [block] = render({ kind: 'text', text: `x${text}` });
        const shown = block?.type === 'section' ? (block.text?.text ?? '') : '';
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(3000);
      }),
      // Shrinking texts of 40,000 characters takes minutes and tells little more.
      { numRuns: 200, endOnFailure: true },
    );
  });
});
