import { type Card, isPictured, type Pictured } from '../../chat/card.ts';
import { SendError } from '../../chat/platform.ts';
import { drawPicture } from '../../pictures/draw.ts';
import type { Client, Parts } from './client.ts';
import { complaintsOf, reasonOf, toSendError } from './errors.ts';
import type { PictureOf } from './render.ts';

/** How often a message waits for Slack to have its picture ready, before it goes without. */
const maxTries = 5;
const readyAfterMs = 2000;
const mostWaiting = 100;

export type Pictures = {
  /**
   * Runs `deliver` with the card's pictures uploaded, or in words when they cannot be. `id` is the message's own: its
   * next try takes the same pictures. Throws what `deliver` throws, or a SendError.
   */
  with<T>(id: string, card: Card, deliver: (pictureOf: PictureOf) => Promise<T>): Promise<T>;
};

/** The pictures of a card, as files that only the messages that show them make visible. */
export function pictures({ client, log }: Parts, apiUrl: string | undefined): Pictures {
  // A file takes Slack a moment to get ready, so a second try must not upload a new one. They are kept by
  // their place in the card: the card of the second try is another object.
  const waiting = new Map<string, { files: (string | undefined)[]; tries: number }>();

  async function upload(pictured: Pictured): Promise<string | undefined> {
    try {
      return await uploadPng(client, apiUrl, await drawPicture(pictured));
    } catch (error) {
      const failure = toSendError(error, true);
      const refused = failure.failure === 'never' || failure.reason === 'unexpected';
      if (!refused) throw failure;
      log.error(
        { err: error, reason: failure.reason },
        'a picture goes in words because it could not be sent',
      );
      return undefined;
    }
  }

  return {
    async with(id, card, deliver) {
      const all = card.elements.filter(isPictured);
      if (all.length === 0) return deliver(() => undefined);
      const known = waiting.get(id) ?? { files: await Promise.all(all.map(upload)), tries: 0 };
      try {
        const result = await deliver((pictured) => known.files[all.indexOf(pictured)]);
        waiting.delete(id);
        return result;
      } catch (error) {
        const notReady = reasonOf(error) === 'invalid_blocks' && /slack[_ ]file/i.test(complaintsOf(error));
        if (!notReady) throw error;
        if (known.tries + 1 >= maxTries) {
          waiting.delete(id);
          log.error({ message: id }, 'a picture goes in words because Slack never had it ready');
          return deliver(() => undefined);
        }
        waiting.set(id, { ...known, tries: known.tries + 1 });
        // A message that is given up for another reason never comes back for its pictures.
        const [oldest] = waiting.keys();
        if (waiting.size > mostWaiting && oldest) waiting.delete(oldest);
        throw new SendError('later', 'slack_file_not_ready', { afterMs: readyAfterMs, cause: error });
      }
    },
  };
}

async function uploadPng(client: Client, apiUrl: string | undefined, png: Buffer): Promise<string> {
  const place = await client.files.getUploadURLExternal({ filename: 'chart.png', length: png.length });
  if (!place.upload_url || !place.file_id) throw new SendError('later', 'no_upload_url', { afterMs: 30_000 });
  const url = new URL(place.upload_url);
  if (!isSlacks(url, apiUrl)) throw new SendError('never', 'foreign_upload_url');
  await sendBytes(url, png);
  await client.files.completeUploadExternal({ files: [{ id: place.file_id, title: 'chart.png' }] });
  return place.file_id;
}

async function sendBytes(url: URL, png: Buffer): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  const body = new Uint8Array(png);
  let status: number;
  try {
    status = (await fetch(url, { method: 'POST', body, redirect: 'error', signal })).status;
  } catch (cause) {
    throw new SendError('later', 'upload_cut', { afterMs: 30_000, cause });
  }
  if (status !== 200) throw new SendError('later', `upload_http_${status}`, { afterMs: 30_000 });
}

/** Pictures go nowhere else, whatever an answer says. */
function isSlacks(url: URL, apiUrl: string | undefined): boolean {
  if (apiUrl) return url.host === new URL(apiUrl).host;
  return url.protocol === 'https:' && (url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com'));
}
