import { expect, it } from 'vitest';
import { type AtWork, acknowledged, onDatabase, wordsOf } from '../support/slack/at-work.ts';
import { newClient } from '../support/slack/new-client.ts';

/** A client's expectation from first words to review, as whole processes, with the people of another workspace. */

onDatabase('sqlite', defineAll, { PUBLIC_URL: 'https://belay.example' });
onDatabase('postgres', defineAll, {});

function defineAll(work: () => AtWork): void {
  it('is noted, made concrete, put before the client, confirmed by an outsider, and told to the team', async () => {
    const { at, sees, form, saidIn, rows } = work();
    const { name, team, shared } = await newClient(work());
    await acknowledged(at.command('U_BRAM', team, 'verwacht: Meer creativiteit'));
    const noted = await sees('U_BRAM', team, /Genoteerd: dit verwacht/);
    expect(noted.onlyFor).toBe('U_BRAM');
    await acknowledged(at.press('U_BRAM', noted, 'expectations.concrete'));
    const concrete = await form('U_BRAM', /Meer creativiteit/);
    const filled = {
      text: 'Elk kwartaal drie nieuwe ideeën',
      seen: 'Ze staan op papier, met wat ze opleveren.',
      why: 'geheim: zijn directeur klaagt',
      about: 'team',
    };
    await acknowledged(at.submit('U_BRAM', concrete, filled));
    const made = await sees('U_BRAM', team, /Concreet\. Leg het nu voor/);
    await acknowledged(at.press('U_BRAM', made, 'expectations.send'));

    const question = await sees('U_DAAN', shared, /Verwacht u dit van ons/);
    expect(wordsOf(question)).toMatch(/drie nieuwe ideeën.*op papier/);
    await acknowledged(at.press('U_CARLA', question, 'expectations.confirm'));
    await sees('U_CARLA', shared, /Only the client can confirm/);
    expect(
      await rows(`select state from expectation join client on client.id = client_id where name = '${name}'`),
    ).toEqual([{ state: 'sent' }]);
    await acknowledged(at.press('U_DAAN', question, 'expectations.confirm'));
    await sees('U_EVA', shared, /Bevestigd door Daan Visser/);
    await sees('U_ANNA', team, /Daan Visser.*drie nieuwe ideeën/);
    expect(JSON.stringify(saidIn(shared))).not.toMatch(/geheim|directeur/);
  });

  it('is worded otherwise by the client, and put before him again', async () => {
    const { at, sees, form } = work();
    const { team, shared } = await newClient(work());
    await acknowledged(at.command('U_ANNA', team, 'verwacht: Sneller antwoord'));
    await acknowledged(
      at.press('U_ANNA', await sees('U_ANNA', team, /Genoteerd: dit verwacht/), 'expectations.send'),
    );
    await acknowledged(
      at.press('U_ANNA', await sees('U_ANNA', team, /Nog niet concreet/), 'expectations.send-anyway'),
    );
    const question = await sees('U_EVA', shared, /Verwacht u dit van ons/);
    await acknowledged(at.press('U_EVA', question, 'expectations.correct'));
    const other = await form('U_EVA', /Sneller antwoord/);
    await acknowledged(at.submit('U_EVA', other, { text: 'Dezelfde dag antwoord' }));
    await sees('U_DAAN', shared, /Eva Jansen heeft dit op .* anders verwoord/);
    const told = await sees('U_ANNA', team, /Dezelfde dag antwoord/);
    await acknowledged(at.press('U_ANNA', told, 'expectations.send'));
    const again = await sees('U_DAAN', shared, /Verwacht u dit van ons.*Dezelfde dag/);
    await acknowledged(at.press('U_DAAN', again, 'expectations.confirm'));
    await sees('U_EVA', shared, /Dezelfde dag.*Bevestigd door Daan Visser/);
    // The older question is one no more.
    expect(wordsOf(question)).not.toContain('expectations.confirm');
  });

  it('shows the client all that was put before him, for himself alone', async () => {
    const { at, sees, form } = work();
    const { team, shared } = await newClient(work());
    await acknowledged(at.command('U_ANNA', team, 'verwacht: Eén vast gezicht'));
    await acknowledged(at.command('U_ANNA', team, 'verwacht: geheim: nog niet voorgelegd'));
    await acknowledged(
      at.press('U_ANNA', await sees('U_ANNA', team, /Genoteerd.*vast gezicht/), 'expectations.send'),
    );
    await acknowledged(
      at.press('U_ANNA', await sees('U_ANNA', team, /Nog niet concreet/), 'expectations.send-anyway'),
    );
    const question = await sees('U_DAAN', shared, /Verwacht u dit van ons/);
    await acknowledged(at.press('U_DAAN', question, 'expectations.mine'));
    // In a window of its own: a private message may not reach people of another organisation.
    const seen = await form('U_DAAN', /Eén vast gezicht.*expectations\.correct/);
    expect(wordsOf(seen)).not.toContain('geheim');
    await acknowledged(at.press('U_DAAN', seen, 'expectations.correct'));
    const other = await form('U_DAAN', /plain_text_input/);
    await acknowledged(at.submit('U_DAAN', other, { text: 'Altijd Bram' }));
    await sees('U_EVA', shared, /Daan Visser heeft dit op .* anders verwoord/);
  });
}
