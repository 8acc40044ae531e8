import { webApi } from '@slack/bolt';
import { SendError } from '../../chat/platform.ts';

/** Slack refuses for good: nothing that Belay repeats can change it. */
const never = new Set([
  // The installation
  ...words(`token_revoked token_expired account_inactive invalid_auth not_authed missing_scope no_permission
    org_login_required team_access_not_granted not_allowed_token_type access_denied
    app_missing_action_url`),
  // The place or the person
  ...words(`channel_not_found not_in_channel user_not_in_channel is_archived is_inactive restricted_action
    restricted_action_read_only_channel restricted_action_thread_only_channel
    restricted_action_non_threadable_channel messages_tab_disabled user_not_found users_not_found
    user_not_visible user_disabled cannot_dm_bot ekm_access_denied external_channel_migrating
    team_not_found invalid_user_combination app_cannot_join_channel not_enough_users
    method_not_supported_for_channel_type slack_connect_file_link_sharing_blocked`),
  // The message
  ...words(`message_not_found cant_update_message edit_window_closed invalid_blocks invalid_blocks_format
    msg_too_long msg_blocks_too_long no_text invalid_arguments invalid_arg_name view_too_large
    not_enabled expired_trigger_id exchanged_trigger_id invalid_trigger_id`),
]);

/** Slack failed in the middle: it may have done it all the same. */
const unknown = new Set(words('fatal_error internal_error service_unavailable request_timeout'));

/** The request never left this machine. */
const unsent = new Set(
  words('ECONNREFUSED ENOTFOUND EAI_AGAIN ENETUNREACH EHOSTUNREACH UND_ERR_CONNECT_TIMEOUT'),
);

/** Slack's own word for why a call failed; undefined when it said nothing (cut, timed out, refused to connect). */
export function reasonOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** What Slack found wrong with the blocks of a message, such as a picture that it does not have ready yet. */
export function complaintsOf(error: unknown): string {
  if (!(error instanceof webApi.WebAPIPlatformError)) return '';
  return (error.data.response_metadata?.messages ?? []).join(' ');
}

/**
 * Maps whatever a call to Slack throws. `repeatable`: doing it twice is the same as once (an update, a read), so
 * that not knowing whether it arrived is no reason to give up.
 */
export function toSendError(error: unknown, repeatable: boolean): SendError {
  if (error instanceof SendError) return error;
  const unsure = repeatable ? 'later' : 'unknown';
  if (error instanceof webApi.WebAPIRateLimitedError)
    return new SendError('later', 'ratelimited', { afterMs: error.retryAfter * 1000, cause: error });
  if (error instanceof webApi.WebAPIHTTPError)
    return new SendError(unsure, `http_${error.statusCode}`, { cause: error });
  if (error instanceof webApi.WebAPIRequestError) return fromConnection(error, unsure);
  const reason = reasonOf(error);
  if (reason === undefined) {
    // web-api throws a plain error for a 429 without a usable Retry-After.
    const limited = error instanceof Error && error.message.startsWith('Retry header');
    return limited
      ? new SendError('later', 'ratelimited', { afterMs: 30_000, cause: error })
      : new SendError(unsure, 'unexpected', { cause: error });
  }
  if (reason === 'ratelimited' || reason === 'rate_limited')
    return new SendError('later', reason, { afterMs: 30_000, cause: error });
  if (never.has(reason)) return new SendError('never', reason, { cause: error });
  if (unknown.has(reason)) return new SendError(unsure, reason, { cause: error });
  // Slack answered, so nothing was delivered; a word we do not know may be a passing state. To give up would lose
  // the message, to wait costs little: the outbox backs off and lets it expire.
  return new SendError('later', /^[a-z_]{1,60}$/.test(reason) ? reason : 'unreadable_answer', {
    afterMs: 60_000,
    cause: error,
  });
}

function fromConnection(error: webApi.WebAPIRequestError, unsure: 'later' | 'unknown'): SendError {
  const code = codeOf(error.original.cause) ?? codeOf(error.original) ?? error.original.name;
  return new SendError(unsent.has(code) ? 'later' : unsure, code.toLowerCase(), { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
