import { z } from 'zod';

/**
 * Slack's own rules for blocks and views, as far as Belay uses them: an unknown property, a missing one or one over
 * its limit is an error, as it is at Slack. Written from docs.slack.dev, not from what Belay sends.
 */

const id = z.string().min(1).max(255);

function plainText(max: number, min = 1) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(min).max(max),
    emoji: z.boolean().optional(),
  });
}

function markdown(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), markdown(max)]);

const confirm = z.strictObject({
  title: plainText(100),
  text: plainText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: id,
  value: z.string().min(1).max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().min(1).max(75).optional(),
});

const option = z.strictObject({ text: plainText(75), value: z.string().min(1).max(150) });

const choiceOf = (max: number) => ({
  action_id: id,
  options: z.array(option).min(1).max(max),
  initial_option: option.optional(),
});

const input = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    multiline: z.boolean().optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
    initial_value: z.string().optional(),
    placeholder: plainText(150).optional(),
  }),
  z.strictObject({ type: z.literal('radio_buttons'), ...choiceOf(10) }),
  z.strictObject({
    type: z.literal('static_select'),
    ...choiceOf(100),
    placeholder: plainText(150).optional(),
  }),
  z.strictObject({
    type: z.literal('users_select'),
    action_id: id,
    initial_user: z
      .string()
      .regex(/^[UW][A-Z0-9_]+$/)
      .optional(),
  }),
]);

const styled = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1).max(3000),
  style: z.strictObject({ bold: z.boolean().optional(), italic: z.boolean().optional() }).optional(),
});
const richPart = z.strictObject({
  type: z.enum(['rich_text_section', 'rich_text_quote']),
  elements: z.array(styled).min(1),
});

const blockId = { block_id: id.optional() };
const file = z.strictObject({
  id: z.string().regex(/^F[A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$'),
});

const messageBlock = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('section'),
      ...blockId,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
    })
    .refine(({ text, fields }) => text || fields, 'missing required field: text or fields'),
  z.strictObject({ type: z.literal('header'), ...blockId, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({ type: z.literal('context'), ...blockId, elements: z.array(anyText(2000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), ...blockId, elements: z.array(button).min(1).max(25) }),
  z.strictObject({ type: z.literal('rich_text'), ...blockId, elements: z.array(richPart).min(1) }),
  z.strictObject({
    type: z.literal('image'),
    ...blockId,
    slack_file: file,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
  }),
]);

const inputBlock = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  element: input,
});

const viewBlocks = z.array(z.union([messageBlock, inputBlock])).max(100);
const viewIds = { callback_id: id.optional(), private_metadata: z.string().max(3000).optional() };
const home = z.strictObject({ type: z.literal('home'), ...viewIds, blocks: viewBlocks });
const modal = z.strictObject({
  type: z.literal('modal'),
  ...viewIds,
  title: plainText(24),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  blocks: viewBlocks.min(1),
});

/** What Slack would say of the blocks of a message; nothing: it takes them. `isFile`: whether a file is there to show. */
export function messageErrors(blocks: unknown, isFile: (id: string) => boolean = () => true): string[] {
  const parsed = z.array(messageBlock).max(50).safeParse(blocks);
  if (!parsed.success) return complaints(parsed.error, '/blocks');
  // Measured by others: chat.postMessage refuses from about 12,000 characters on.
  const tooLong = JSON.stringify(blocks).length > 12_000 ? ['msg_blocks_too_long'] : [];
  return [...tooLong, ...doubles(parsed.data), ...missingFiles(parsed.data, isFile)];
}

/** What Slack would say of a view. */
export function viewErrors(view: unknown, isFile: (id: string) => boolean = () => true): string[] {
  const parsed = z.discriminatedUnion('type', [home, modal]).safeParse(view);
  if (!parsed.success) return complaints(parsed.error, '/view');
  const { blocks } = parsed.data;
  const inputs = blocks.filter((block) => block.type === 'input');
  const unsent =
    inputs.length > 0 && parsed.data.type === 'modal' && !parsed.data.submit
      ? ['a submit button is required when a view has inputs [json-pointer:/view/submit]']
      : [];
  return [
    ...unsent,
    ...doubles(blocks),
    ...missingFiles(blocks, isFile),
    ...inputs.flatMap((block) => badInput(block.element)),
  ];
}

type Blocks = (z.infer<typeof messageBlock> | z.infer<typeof inputBlock>)[];

function badInput(element: z.infer<typeof input>): string[] {
  if (
    element.type === 'plain_text_input' &&
    (element.initial_value?.length ?? 0) > (element.max_length ?? 3000)
  )
    return ['initial_value exceeds max_length'];
  if ('options' in element && element.initial_option) {
    const chosen = JSON.stringify(element.initial_option);
    if (!element.options.some((one) => JSON.stringify(one) === chosen))
      return ['initial_option is not among the options'];
  }
  return [];
}

function doubles(blocks: Blocks): string[] {
  const actions = blocks.flatMap((block) => {
    if (block.type === 'actions') return block.elements.map(({ action_id }) => action_id);
    return block.type === 'input' ? [block.element.action_id] : [];
  });
  const ids = blocks.flatMap(({ block_id }) => (block_id ? [block_id] : []));
  return [
    ...repeated(actions).map((one) => `action_id "${one}" already exists`),
    ...repeated(ids).map((one) => `block_id "${one}" already exists`),
  ];
}

function missingFiles(blocks: Blocks, isFile: (id: string) => boolean): string[] {
  return blocks.flatMap((block, index) =>
    block.type === 'image' && !isFile(block.slack_file.id)
      ? [`invalid slack file [json-pointer:/blocks/${index}/slack_file]`]
      : [],
  );
}

function repeated(ids: string[]): string[] {
  return ids.filter((one, index) => ids.indexOf(one) !== index);
}

function complaints(error: z.ZodError, root: string): string[] {
  return error.issues.map(
    ({ message, path }) => `${message} [json-pointer:${[root, ...path.map(String)].join('/')}]`,
  );
}
