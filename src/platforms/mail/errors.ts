import { z } from 'zod';
import { type Failure, SendError } from '../../chat/platform.ts';

const failureSchema = z.object({
  code: z.string().optional(),
  /** Of the socket, where there is one. */
  originalCode: z.string().optional(),
  /** The server's answer, such as 550. */
  responseCode: z.number().optional(),
  command: z.string().optional(),
});
type Parsed = z.infer<typeof failureSchema>;

/** What nodemailer itself refuses: another attempt would have the same fate. */
const hopeless = new Set(['EENVELOPE', 'EMESSAGE', 'ENOAUTH', 'ESTREAM']);

/**
 * The one place that says what a failed sending means. `begun`: the server had begun to take the message, so without
 * an answer of it nobody knows whether it did.
 */
export function sendErrorOf(error: unknown, begun: boolean): SendError {
  if (error instanceof SendError) return error;
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return new SendError(begun ? 'unknown' : 'later', 'unknown_error', { cause: error });
  return new SendError(failureOf(parsed.data, begun), reasonOf(parsed.data), { cause: error });
}

function failureOf({ code = '', responseCode }: Parsed, begun: boolean): Failure {
  // A wrong password is the administrator's to mend, and no fault of this message.
  if (code === 'EAUTH') return 'later';
  if (responseCode !== undefined) return responseCode >= 500 ? 'never' : 'later';
  if (begun) return 'unknown';
  return hopeless.has(code) ? 'never' : 'later';
}

/** Codes only: a server's own sentence may hold the address. */
function reasonOf({ code, originalCode, responseCode, command }: Parsed): string {
  const parts = [responseCode, originalCode ?? code, command].filter((part) => part !== undefined);
  return parts.join(' ').slice(0, 80) || 'unknown_error';
}
