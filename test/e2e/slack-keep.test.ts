import { expect, it } from 'vitest';
import { acknowledged, onEachDatabase, wordsOf } from '../support/slack/at-work.ts';
import { newClient } from '../support/slack/new-client.ts';

/** What a client wrote is kept by a colleague, without leaving the message. */

onEachDatabase((work) => {
  it('keeps a client’s message as a complaint, with its words, its author, its day and its link', async () => {
    const { at, sees, form, rows, saidIn } = work();
    const { name, shared } = await newClient(work());
    const before = saidIn(shared).length;
    const written = at.write('U_DAAN', shared, 'Weer te laat &amp; niemand belde <@U_BRAM>');
    await acknowledged(at.shortcut('U_BRAM', written, 'feedback.keep'));
    const keep = await form('U_BRAM', /Weer te laat & niemand belde @Bram Bakker/);
    expect(wordsOf(keep)).toMatch(/Alleen het team leest dit.*"initial_value":"Daan Visser"/);
    const link = `https://ons.slack.com/archives/${shared}/p${written.ts.replace('.', '')}`;
    expect(wordsOf(keep)).toContain(link);
    const [client] = await rows(`select id from client where name = '${name}'`);
    const fields = {
      kind: 'complaint',
      client: `${client?.id}`,
      text: 'Weer te laat & niemand belde',
      'said-by': 'Daan Visser',
      day: new Date().toISOString().slice(0, 10),
      link,
    };
    await acknowledged(at.submit('U_BRAM', keep, fields));
    const kept = await sees('U_BRAM', shared, /is genoteerd/);
    expect(kept.onlyFor).toBe('U_BRAM');
    expect(wordsOf(kept)).toMatch(/Alleen jij ziet dit.*Weer te laat & niemand belde.*Daan Visser/);
    expect(
      await rows(`select kind, said_by, brought_by_id, link from feedback where client_id = '${client?.id}'`),
    ).toEqual([{ kind: 'complaint', said_by: 'Daan Visser', brought_by_id: 'U_BRAM', link }]);

    // Whoever does it again is told who did it before, in a window: nobody else reads it.
    await acknowledged(at.shortcut('U_CARLA', written, 'feedback.keep'));
    const told = await form('U_CARLA', /Bram Bakker kept this message already/);
    await acknowledged(at.press('U_CARLA', told, 'feedback.show'));
    await form('U_CARLA', /Weer te laat & niemand belde/);
    expect(saidIn(shared)).toHaveLength(before);
    expect(at.seenBy('U_DAAN', shared).map(wordsOf).join()).not.toMatch(/genoteerd|Weer te laat &(?!amp)/);
  });

  it('says at the field what is wrong with the form, and keeps it open', async () => {
    const { at, form, rows } = work();
    const { shared } = await newClient(work());
    const written = at.write('U_EVA', shared, 'Fijn dat jullie meedachten');
    await acknowledged(at.shortcut('U_ANNA', written, 'feedback.keep'));
    const keep = await form('U_ANNA', /meedachten/);
    const fields = { kind: 'story', client: 'none', text: 'x', day: new Date().toISOString().slice(0, 10) };
    const { body } = await acknowledged(at.submit('U_ANNA', keep, fields));
    expect(body).toEqual({ response_action: 'errors', errors: { client: 'Kies een klant.' } });
    expect(await rows(`select id from feedback where brought_by_id = 'U_ANNA' and text = 'x'`)).toEqual([]);
  });

  it('is nothing for a guest, and not for what an app wrote', async () => {
    const { at, form } = work();
    const { shared } = await newClient(work());
    const written = at.write('U_DAAN', shared, 'Te duur');
    await acknowledged(at.shortcut('U_GUEST', written, 'feedback.keep'));
    await form('U_GUEST', /only for the team|alleen voor het team/);
    const { by: _, ...byBelay } = written;
    await acknowledged(at.shortcut('U_ANNA', byBelay, 'feedback.keep'));
    await form('U_ANNA', /komt van een app/);
  });
});
