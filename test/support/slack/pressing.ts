import { z } from 'zod';
import type { Result } from './acting.ts';
import { messageErrors } from './block-kit.ts';
import type { Workspace } from './workspace.ts';

type Json = Record<string, unknown>;

const ephemeralSchema = z.strictObject({
  response_type: z.literal('ephemeral'),
  text: z.string().min(1),
  blocks: z.array(z.unknown()),
});

/** Keeps what a slash command's acknowledgement shows to the one who typed it; throws when Slack would not show it. */
export function keepAnswer(
  workspace: Workspace,
  user: string,
  channel: string,
  result: Result,
  ts: string,
): void {
  if (
    result.status !== 200 ||
    !result.body ||
    (typeof result.body === 'object' && Object.keys(result.body).length === 0)
  )
    return;
  const { text, blocks } = ephemeralSchema.parse(result.body);
  const wrong = messageErrors(blocks);
  if (wrong.length > 0) throw new Error(`Slack would not show this answer: ${wrong.join('; ')}`);
  workspace.messages.push({ channel, ts, text, blocks, onlyFor: user, edits: 0 });
}

const actionsSchema = z.object({
  type: z.literal('actions'),
  elements: z.array(z.looseObject({ action_id: z.string() })),
});

/** The pressed button as the payload tells of it; throws when the message has none with that id. */
export function buttonOf(blocks: unknown[], actionId: string): Json {
  const buttons = blocks.flatMap((block) => actionsSchema.safeParse(block).data?.elements ?? []);
  const found = buttons.find(({ action_id }) => action_id === actionId);
  if (!found)
    throw new Error(
      `there is no button ${actionId}, only ${buttons.map(({ action_id }) => action_id).join(', ')}`,
    );
  const { confirm: _confirm, accessibility_label: _label, ...action } = found;
  return { ...action, block_id: 'Ab1' };
}

const inputSchema = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  optional: z.boolean().optional(),
  element: z.object({
    type: z.string(),
    action_id: z.string(),
    max_length: z.number().optional(),
    options: z.array(z.object({ text: z.unknown(), value: z.string() })).optional(),
  }),
});

/** The state of a form as Slack's client makes it: it does not send what a person could not have chosen. */
export function stateOf(blocks: unknown[], values: Record<string, string>): Json {
  const inputs = blocks.flatMap((block) => inputSchema.safeParse(block).data ?? []);
  const unknown = Object.keys(values).find((id) => !inputs.some(({ block_id }) => block_id === id));
  if (unknown) throw new Error(`the form has no field ${unknown}`);
  return Object.fromEntries(
    inputs.map(({ block_id, element, optional }) => {
      const value = values[block_id];
      if (value === undefined && !optional) throw new Error(`the field ${block_id} has to be filled`);
      if ((value?.length ?? 0) > (element.max_length ?? 3000)) throw new Error(`too long for ${block_id}`);
      return [block_id, { [element.action_id]: { type: element.type, ...answerOf(element, value) } }];
    }),
  );
}

function answerOf(element: z.infer<typeof inputSchema>['element'], value: string | undefined): Json {
  if (element.type === 'plain_text_input') return { value: value ?? null };
  if (element.type === 'users_select') return { selected_user: value ?? null };
  const chosen = element.options?.find((option) => option.value === value);
  if (value !== undefined && !chosen) throw new Error(`${value} is no choice`);
  return { selected_option: chosen ?? null };
}
