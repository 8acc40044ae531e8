import { expect, it } from 'vitest';
import { readAddress } from '../../src/calendars/address.ts';

const google = 'https://calendar.google.example/calendar/ical/anna%40belay.example/private-0a1b2c/basic.ics';

it.each([
  [google, google],
  [`  ${google}\n`, google],
  [`<${google}>`, google],
  [`<${google}|calendar.google.example>`, google],
  [
    '<https://outlook.example/owa/calendar.ics?a=1&amp;b=2>',
    'https://outlook.example/owa/calendar.ics?a=1&b=2',
  ],
  [
    'https://outlook.example/owa/calendar.ics?a=1&amp;b=2',
    'https://outlook.example/owa/calendar.ics?a=1&amp;b=2',
  ],
  ['webcal://p01-caldav.icloud.example/published/2/Abc', 'https://p01-caldav.icloud.example/published/2/Abc'],
  ['<WebCal://Agenda.Belay.Example/x>', 'https://agenda.belay.example/x'],
  ['webcals://agenda.belay.example/x', 'https://agenda.belay.example/x'],
  ['HTTPS://agenda.belay.example', 'https://agenda.belay.example/'],
  ['https://agenda.belay.example:443/x', 'https://agenda.belay.example/x'],
  ['https://agenda.belay.example/x#deel', 'https://agenda.belay.example/x'],
  ['https://münchen.example/x', 'https://xn--mnchen-3ya.example/x'],
  ['https://93.184.216.34/x', 'https://93.184.216.34/x'],
  ['https://[2606:2800:220:1:248:1893:25c8:1946]/x', 'https://[2606:2800:220:1:248:1893:25c8:1946]/x'],
])('reads %j', (typed, address) => {
  expect(readAddress(typed)?.href).toBe(address);
});

it.each([
  ['nothing', ''],
  ['words', 'mijn agenda'],
  ['a name without its scheme', 'agenda.belay.example/x'],
  ['http', 'http://agenda.belay.example/x'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:text/calendar,BEGIN:VCALENDAR'],
  ['a mailbox', 'mailto:anna@belay.example'],
  ['https without its slashes', 'https:agenda.belay.example/x'],
  ['http after webcal', 'webcal:http://agenda.belay.example'],
  ['a user', 'https://anna@agenda.belay.example/x'],
  ['a password', 'https://:geheim@agenda.belay.example/x'],
  ['a host that only looks like one', 'https://agenda.belay.example@10.0.0.1/x'],
  ['another port', 'https://agenda.belay.example:8443/x'],
  ['the port of http', 'https://agenda.belay.example:80/x'],
  ['no host', 'https:///x'],
  ['a host without a dot', 'https://localhost/x'],
  ['a host with nothing but a last dot', 'https://localhost./x'],
  ['an address of this machine', 'https://127.0.0.1/x'],
  ['the same in another spelling', 'https://0x7f.1/x'],
  ['the same in IPv6', 'https://[::1]/x'],
  ['the same within IPv6', 'https://[::ffff:127.0.0.1]/x'],
  ['a space within', 'https://agenda.belay.example/a b'],
  ['a line break within', 'https://agenda.belay.example/a\nb'],
  ['a tab within its scheme', 'https:\t//agenda.belay.example/'],
  ['NUL within', 'https://agenda.belay.example/\u0000'],
  ['two links', '<https://a.belay.example> <https://b.belay.example>'],
  ['a link within a link', '<https://a.belay.example|<https://b.belay.example>>'],
  ['2,001 characters', `https://agenda.belay.example/${'x'.repeat(1_972)}`],
])('takes no %s', (_, typed) => {
  expect(readAddress(typed)).toBeUndefined();
});

it('takes 2,000 characters, however long the label is that Slack adds', () => {
  const longest = `https://agenda.belay.example/${'x'.repeat(1_971)}`;
  expect(longest).toHaveLength(2_000);
  expect(readAddress(`<${longest}|${longest}>`)?.href).toBe(longest);
});
