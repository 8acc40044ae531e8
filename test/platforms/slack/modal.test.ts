import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Form } from '../../../src/chat/form.ts';
import { renderForm } from '../../../src/platforms/slack/modal.ts';
import { viewErrors } from '../../support/slack/block-kit.ts';
import { anyForm } from '../../support/slack/hostile.ts';

const choices = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `Choice ${n}` }));

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

const form: Form = {
  name: 'polls.ask',
  subject: 's1',
  title: 'Ask an NPS question',
  intro: [{ kind: 'text', text: 'One question, in this channel.' }],
  send: 'Ask',
  cancel: 'Cancel',
  fields: [
    {
      id: 'about',
      label: 'About what?',
      optional: true,
      hint: 'Short',
      kind: 'text',
      maxLength: 100,
      placeholder: 'the plan',
    },
    { id: 'period', label: 'How long?', kind: 'choice', choices: choices(3), value: 'v1' },
    { id: 'which', label: 'Which?', kind: 'choice', choices: choices(6) },
    { id: 'owner', label: 'Who?', kind: 'person', people: [], value: 'U_ANNA' },
  ],
};

describe('a form as a modal', () => {
  test('has a question a field, and carries where it was asked', () => {
    const view = renderForm(form, 'C_GENERAL');
    expect(viewErrors(view)).toEqual([]);
    expect(view).toMatchObject({
      callback_id: 'polls.ask',
      private_metadata: '{"subject":"s1","place":"C_GENERAL"}',
      title: { text: 'Ask an NPS question' },
      blocks: [
        { type: 'section' },
        {
          block_id: 'about',
          optional: true,
          element: { type: 'plain_text_input', action_id: 'about', max_length: 100 },
        },
        {
          block_id: 'period',
          optional: false,
          element: { type: 'radio_buttons', initial_option: { value: 'v1' } },
        },
        { block_id: 'which', element: { type: 'static_select' } },
        { block_id: 'owner', element: { type: 'users_select', initial_user: 'U_ANNA' } },
      ],
    });
  });

  const grade = (from: number, to: number, value?: number): Form => ({
    ...form,
    intro: undefined,
    fields: [
      {
        id: 'grade',
        label: 'How easy?',
        kind: 'grade',
        from,
        to,
        low: 'hard',
        high: 'easy',
        spoken: [],
        value,
      },
    ],
  });

  test.each([
    [1, 5, 'radio_buttons'],
    [1, 7, 'radio_buttons'],
    [0, 10, 'static_select'],
  ])('a grade of %i to %i is %s, with words at its ends', (from, to, type) => {
    const view = renderForm(grade(from, to, from), 'C_GENERAL');
    expect(viewErrors(view)).toEqual([]);
    const option = (value: number, words: string) => ({ text: plain(words), value: `${value}` });
    const options = Array.from({ length: to - from + 1 }, (_, at) => option(from + at, `${from + at}`));
    options[0] = option(from, `${from} – hard`);
    options[to - from] = option(to, `${to} – easy`);
    expect(view.blocks).toMatchObject([
      { element: { type, action_id: 'grade', options, initial_option: options[0] } },
    ]);
  });

  test('a grade in a menu says the ends of its scale before it is opened, and none is given for another', () => {
    const [block] = renderForm(grade(0, 10, 11), 'C_GENERAL').blocks;
    expect(block).toMatchObject({ element: { placeholder: { text: '0 = hard  ·  10 = easy' } } });
    expect(JSON.stringify(block)).not.toContain('initial_option');
  });

  test('a question without a choice is left out', () => {
    const empty: Form = { ...form, fields: [{ id: 'which', label: 'Which?', kind: 'choice', choices: [] }] };
    expect(renderForm(empty, 'C_GENERAL').blocks).toHaveLength(1);
  });

  test('whatever stands in it, Slack takes it', () => {
    fc.assert(
      fc.property(anyForm, (any) => {
        const view = renderForm(any, 'C_GENERAL');
        // A form of which nothing can be shown is no form; the features make none.
        if (view.blocks.length > 0) expect(viewErrors(view)).toEqual([]);
      }),
      // Shrinking texts of 40,000 characters takes minutes and tells little more.
      { numRuns: 200, endOnFailure: true },
    );
  });
});
