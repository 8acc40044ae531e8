import { z } from 'zod';
import type { Picked } from '../../chat/request.ts';
import { plainText } from './plain.ts';

/** Belay's message extension: what a person does with a message, in any conversation. */

const picks = 'composeExtension/fetchTask';
const sends = 'composeExtension/submitAction';

/** Who wrote a message, as Teams tells it. */
export type Author = { id: string | undefined; name: string; foreign: boolean };

export type HeardPick = { kind: 'picked'; name: string; message: Picked; author: Author | undefined };

/** Whether it comes from the message extension, and is answered with a dialog. */
export function isExtension({ name }: { name?: string | null | undefined }): boolean {
  return name === picks || name === sends;
}

/** Whether it comes from a dialog that is open already. */
export function isFromDialog({ name }: { name?: string | null | undefined }): boolean {
  return name === sends;
}

const sentSchema = z.object({ data: z.unknown() });

/** What was pressed or filled in in a dialog; undefined for what is no such thing. */
export function dataOfDialog(value: unknown): unknown {
  return sentSchema.safeParse(value).data?.data ?? undefined;
}

const momentSchema = z
  .string()
  .transform((text, context) => {
    try {
      return Temporal.Instant.from(text).round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
    } catch {
      context.addIssue({ code: 'custom', message: 'No moment.' });
      return z.NEVER;
    }
  })
  .nullish()
  .catch(undefined);

const pickSchema = z.object({
  commandId: z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/),
  messagePayload: z.object({
    messageType: z.string().nullish(),
    createdDateTime: momentSchema,
    linkToMessage: z.string().nullish(),
    subject: z.string().nullish(),
    body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
    from: z
      .object({
        user: z
          .object({
            id: z.string().nullish(),
            displayName: z.string().nullish(),
            userIdentityType: z.string().nullish(),
          })
          .nullish(),
        application: z.unknown().optional(),
      })
      .nullish(),
  }),
});

/** The message that somebody picked; undefined where Teams does not say which. */
export function pickOf(value: unknown): HeardPick | undefined {
  const parsed = pickSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { commandId: name, messagePayload } = parsed.data;
  const { subject, body, from, messageType, linkToMessage, createdDateTime } = messagePayload;
  const content = body?.content ?? '';
  const words = body?.contentType === 'text' ? content.replaceAll('\0', '').trim() : plainText(content);
  const text = [subject?.replaceAll('\0', '').trim(), words].filter(Boolean).join('\n');
  const isPerson = from?.user && !from.application && (messageType ?? 'message') === 'message';
  const message: Picked = {
    text,
    link: linkToMessage ?? undefined,
    at: createdDateTime ?? undefined,
    unfit: isPerson ? undefined : 'app',
  };
  return { kind: 'picked', name, message, author: isPerson ? authorOf(from.user) : undefined };
}

type User = NonNullable<NonNullable<z.infer<typeof pickSchema>['messagePayload']['from']>['user']>;

function authorOf(user: User | null | undefined): Author | undefined {
  const name = user?.displayName?.replaceAll('\0', '').trim();
  if (!user || !name) return undefined;
  // Of a guest of this organisation Teams says the same as of a colleague: that is for the directory to tell.
  const own = ['aadUser', 'onPremiseAadUser'].includes(user.userIdentityType ?? 'aadUser');
  return { id: user.id ?? undefined, name, foreign: !own };
}
