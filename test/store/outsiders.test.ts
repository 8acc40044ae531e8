import { expect, it } from 'vitest';
import { outsidersAt, outsidersWith } from '../../src/store/outsiders.ts';
import { type PersonRecord, setColleague, writePeople } from '../../src/store/people.ts';
import { eachDatabase } from '../support/databases.ts';

const t1 = { tenant: 'T1', platform: 'test' };

function person(id: string, email: string, outsider = true): PersonRecord {
  return { id, name: id, email, outsider, admin: false, checkedAt: '2026-11-23T09:00:00Z' };
}

eachDatabase((_, open) => {
  it('finds outsiders by their address or its domain, and no colleague or somebody elsewhere', async () => {
    const { db, transact } = await open();
    await transact(async (tx) => {
      await writePeople(tx, 'test', 'T1', [
        ...[person('finn', 'Finn@Acme.example'), person('eva', 'eva@acme.example')],
        ...[person('daan', 'daan@mail.acme.example'), person('gast', 'gast@acme.example')],
        person('anna', 'anna@acme.example', false),
      ]);
      await setColleague(tx, 'test', 'T1', 'gast', true);
      await writePeople(tx, 'other', 'T1', [person('elders', 'elders@acme.example')]);
      await writePeople(tx, 'test', 'T2', [person('vreemd', 'vreemd@acme.example')]);
    });
    const ids = (people: PersonRecord[]) => people.map(({ id }) => id);
    expect(ids(await outsidersAt(db, t1, ['acme.example']))).toEqual(['eva', 'finn']);
    expect(ids(await outsidersAt(db, t1, ['mail.acme.example', 'zzz.example']))).toEqual(['daan']);
    expect(await outsidersAt(db, t1, [])).toEqual([]);
    const addresses = ['finn@acme.example', 'gast@acme.example', 'anna@acme.example', 'elders@acme.example'];
    expect(ids(await outsidersWith(db, t1, addresses))).toEqual(['finn']);
  });
});
