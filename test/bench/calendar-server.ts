/** A server of calendars in a process of its own: of each person a month of events, of which five a day are with clients. */
import { startTlsServer } from '../calendars/tls-server.ts';
import { calendar, event } from '../calendars/writing.ts';

const [days = '', clients = ''] = process.argv.slice(2);
const first = Temporal.PlainDate.from('2026-12-03');

const server = await startTlsServer((request, response) => {
  const etag = '"1"';
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/calendar', etag }).end(calendarOf(request.url ?? ''));
});
process.stdout.write(`listens on http://127.0.0.1:${server.port}\n`);

/** `/7.ics` is that of the seventh, whose team serves client 1. */
function calendarOf(path: string): string {
  const number = Number(/\d+/.exec(path)?.[0]);
  const client = Math.floor(number / 5) % Number(clients);
  const events: string[][] = [];
  for (let day = 0; day < Number(days); day += 1) {
    const date = first.add({ days: day }).toString().replaceAll('-', '');
    for (let hour = 8; hour < 18; hour += 1)
      events.push(
        event(
          `${number}-${day}-${hour}`,
          `DTSTART:${date}T${String(hour).padStart(2, '0')}0000Z`,
          `DTEND:${date}T${String(hour).padStart(2, '0')}4500Z`,
          `SUMMARY:Progress ${hour}`,
          ...(hour % 2 === 0 ? [`ATTENDEE:mailto:somebody@client${client}.example`] : []),
        ),
      );
  }
  return calendar(...events);
}
