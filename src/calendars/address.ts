import { isIP } from 'node:net';
import { isPublic } from './public-address.ts';

const longest = 2_000;

/**
 * The address of a calendar as somebody typed or pasted it: https, or webcal which stands for it. Undefined for anything
 * else, and for an address of which it can be seen that it does not lead to the open internet.
 */
export function readAddress(typed: string): URL | undefined {
  const text = unwrapped(typed.trim()).replace(/^webcals?:\/\//i, 'https://');
  // A URL's reader drops line breaks and tabs silently: what a person sees would not be what is opened.
  if (text.length > longest || /[\s\p{Cc}]/u.test(text) || !/^https:\/\//i.test(text)) return undefined;
  const url = URL.parse(text);
  if (!url || `${url.username}${url.password}${url.port}` !== '' || !leadsOutside(hostOf(url)))
    return undefined;
  url.hash = '';
  return url;
}

/** The host as Node takes it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** A name with no dot in it (`localhost`, `router`) is one of an inside network. */
function leadsOutside(host: string): boolean {
  return isIP(host) === 0 ? host.replace(/\.$/, '').includes('.') : isPublic(host);
}

/** Slack puts links as `<address>` or `<address|label>`, and writes `&` as `&amp;` in them. */
function unwrapped(text: string): string {
  const inner = /^<([^<>|]*)(?:\|[^<>]*)?>$/.exec(text)?.[1];
  return inner === undefined ? text : inner.trim().replaceAll('&amp;', '&');
}
