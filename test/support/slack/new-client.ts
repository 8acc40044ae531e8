import { type AtWork, acknowledged } from './at-work.ts';

let clients = 0;

/** A client of its own, with the team's channel and the one that is shared. `by`: who adds it; `more`: further colleagues. */
export async function newClient(
  { at, sees, channel }: AtWork,
  { by = 'U_ANNA', more = [] }: { by?: string; more?: string[] } = {},
) {
  clients += 1;
  const name = `Acme ${clients}`;
  const [team, shared] = [channel({ more }), channel({ client: true, more })];
  await acknowledged(at.command(by, team, `klant toevoegen ${name}`));
  await acknowledged(at.command(by, team, `klant koppelen ${name} intern`));
  await sees(by, team, new RegExp(name));
  await acknowledged(at.command(by, shared, `klant koppelen ${name} gedeeld`));
  await sees(by, shared, new RegExp(name));
  return { name, team, shared };
}
