import { newClient } from '../../src/features/clients/clients.ts';
import { addClient } from '../../src/features/clients/store.ts';
import { toStored } from '../../src/store/database.ts';
import { writePeople } from '../../src/store/people.ts';
import { execute, openWhole } from './database.ts';

/** A workspace in which everybody has five conversations a day, a client for each five people. */
export const workspace = { tenant: 'T1', platform: 'test' };
const eachDay = 5;
const teamSize = 5;

/** Thursday. Conversations of the week before, of which all were asked and half answered, and of the days to come. */
const today = '2026-12-03';
const before = ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02'];
const after = ['2026-12-04', '2026-12-07', '2026-12-08', '2026-12-09'];

/** Fills the SQLite database `file` with so many people, as it stands after a week of work, in the morning of `today`. */
export async function fillWorkspace(file: string, people: number): Promise<void> {
  const url = `sqlite:${file}`;
  const store = await openWhole(url);
  await store.transact(async (tx) => {
    const checkedAt = `${today}T06:00:00Z`;
    const ids = Array.from({ length: people }, (_, index) => `p${index}`);
    const person = { outsider: false, admin: false, timeZone: 'Europe/Amsterdam', checkedAt };
    const all = ids.map((id) => ({ ...person, id, name: id }));
    await writePeople(tx, workspace.platform, workspace.tenant, all);
    for (let index = 0; index < people / teamSize; index += 1)
      await addClient(
        tx,
        workspace.tenant,
        newClient({
          id: `c${index}`,
          name: `Client ${index}`,
          owner: { id: `p${index * teamSize}`, name: 'x' },
          createdAt: Temporal.Instant.from('2026-11-03T08:00:00Z'),
        }),
      );
  });
  await store.close();
  for (const day of [...before, today, ...after]) await fillDay(url, people, day);
}

async function fillDay(url: string, people: number, day: string): Promise<void> {
  const isOver = day < today;
  for (let part = 0; part < eachDay; part += 1) {
    const start = Temporal.Instant.from(`${day}T08:00:00Z`).add({ minutes: part * 100 });
    const [starts, ends] = [toStored(start), toStored(start.add({ minutes: 45 }))];
    const id = `printf('${day}-${part}-%06d', n.i)`;
    const numbers = `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${people - 1})`;
    await execute(
      url,
      `begin;
       insert into conversation (tenant_id, id, client_id, title, starts_at, ends_at, source, event_key, outcome, asked_at,
                                 created_at)
       ${numbers} select '${workspace.tenant}', ${id}, 'c' || (n.i / ${teamSize}), 'Progress', '${starts}', '${ends}',
         'calendar', ${id} || ' once', ${isOver ? "case when n.i % 2 = 0 then 'raised' end, '2026-12-02'" : 'null, null'},
         '${starts}' from n;
       insert into conversation_person (tenant_id, conversation_id, platform, person_id, person_name, starts_at)
       ${numbers} select '${workspace.tenant}', ${id}, '${workspace.platform}', 'p' || n.i, 'x', '${starts}' from n;
       ${isOver ? toldSql(numbers, id, toStored(start.add({ minutes: 55 })), 'after', toStored(start.add({ hours: 24 * 8 }))) : ''}
       ${day === today ? toldSql(numbers, `${id} || '@${starts.slice(0, 16)}Z'`, `${day}T07:30:00.000Z`, 'day', toStored(start.add({ hours: 1 }))) : ''}
       ${isOver && part === 0 ? toldSql(numbers, `'conversations.quiet:c' || (n.i / ${teamSize})`, `${day}T09:00:00.000Z`, 'between', toStored(start.add({ hours: 24 * 8 }))) : ''}
       commit;`,
    );
  }
}

function toldSql(numbers: string, key: string, at: string, kind: string, until: string): string {
  return `insert into nudge_sent (tenant_id, platform, person_id, kind, key, sent_at, until)
    ${numbers} select '${workspace.tenant}', '${workspace.platform}', 'p' || n.i, '${kind}', ${key}, '${at}', '${until}' from n;`;
}
