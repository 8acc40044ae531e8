import { z } from 'zod';
import { type Failure, SendError } from '../../chat/platform.ts';

/** How often one may try: a second update changes nothing, a second post is a second message. */
export type Attempt = 'post' | 'update';

const headersSchema = z.custom<{ get(name: string): unknown }>(
  (headers) => typeof Reflect.get(Object(headers), 'get') === 'function',
);

const failureSchema = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  name: z.string().optional(),
  /** Of Microsoft's login: without a token nothing is sent. */
  errorCode: z.string().optional(),
  details: z.object({ error: z.object({ code: z.string() }).optional() }).optional(),
  response: z.object({ headers: headersSchema }).optional(),
});
type Parsed = z.infer<typeof failureSchema>;

const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const credentialsRefused = new Set(['invalid_client', 'unauthorized_client', 'invalid_grant']);
const refusedForNow = new Set([412, 429, 503]);

/** The one place that says what a failed call to the Bot Connector means. */
export function sendErrorOf(error: unknown, attempt: Attempt): SendError {
  if (error instanceof SendError) return error;
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return new SendError(unsure(attempt), 'unknown_error', { cause: error });
  const { data } = parsed;
  const afterMs = retryAfter(data);
  return new SendError(failureOf(data, attempt), reasonOf(data), {
    cause: error,
    ...(afterMs && { afterMs }),
  });
}

function failureOf(failed: Parsed, attempt: Attempt): Failure {
  const status = failed.statusCode;
  if (failed.errorCode) return credentialsRefused.has(failed.errorCode) ? 'never' : 'later';
  if (status === undefined) return neverLeft.has(failed.code ?? '') ? 'later' : unsure(attempt);
  if (refusedForNow.has(status)) return 'later';
  // 408 and 5xx: the message may have been taken before something behind the door failed.
  return status >= 500 || status === 408 ? unsure(attempt) : 'never';
}

function unsure(attempt: Attempt): Failure {
  return attempt === 'update' ? 'later' : 'unknown';
}

/** Teams' own word for it when it has one: the message itself may carry what somebody wrote. */
function reasonOf(failed: Parsed): string {
  const word = failed.details?.error?.code ?? failed.errorCode ?? failed.code ?? failed.name;
  return (
    [failed.statusCode, word?.slice(0, 60)].filter((part) => part !== undefined).join(' ') || 'unknown_error'
  );
}

function retryAfter(failed: Parsed): number | undefined {
  const seconds = Number(failed.response?.headers.get('retry-after') ?? Number.NaN);
  return seconds > 0 ? Math.ceil(seconds * 1000) : undefined;
}
