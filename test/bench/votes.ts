import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A poll, and the channel it stands in. */
export type Target = { place: string; poll: string };

/** Where votes go: to `url`, and in turns to the polls of `targets`. */
export type Votes = { url: string; targets: Target[] } & (
  | { platform: 'slack' }
  | { platform: 'teams'; sender: TeamsSender }
);

/** Who says to be Teams: where it takes answers, and its token where one is asked for. */
export type TeamsSender = { serviceUrl: string; token?: string | undefined };

export type Vote = { body: string; headers: Record<string, string> };

export const secret = 'bench-signing-secret';
export const slackTenant = 'T1';
export const teamsTenant = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
export const teamsApp = '0f8fad5b-d9cb-469f-a165-70867728950e';
export const teamsBot = `28:${teamsApp}`;
export const team = '19:accountteam@thread.tacv2';

/** The person who casts vote `n`, each another one: Slack's id, and the two that Teams has. */
export function voter(n: number) {
  return { slack: `U${n}`, teams: `29:${n}`, object: `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}` };
}

/** As clients mostly answer: two in eleven are dissatisfied, which costs more, because somebody is told. */
const grades = [9, 8, 10, 7, 9, 8, 10, 7, 6, 9, 4];

function gradeOf(n: number): string {
  return `${grades[n % grades.length]}`;
}

/** Makes vote `n`, as the platform would post it now. */
export function voteMaker(votes: Votes): (n: number) => Vote {
  const make = votes.platform === 'slack' ? slackVote() : teamsVote(votes.sender);
  return (n) => {
    const target = votes.targets[n % votes.targets.length];
    if (!target) throw new Error('There is no poll to vote in.');
    return make(n, target);
  };
}

type Make = (n: number, target: Target) => Vote;
type Slot = '@PERSON@' | '@OBJECT@' | '@KEY@' | '@GRADE@' | '@POLL@' | '@PLACE@';

/** A text with slots, cut once, so that a vote costs the one who makes it as little as can be. */
function template(text: string): (values: Partial<Record<Slot, string>>) => string {
  const parts = text.split(/(@[A-Z]+@)/);
  const slots: Record<string, string | undefined> = {};
  return (values) => {
    Object.assign(slots, values);
    return parts.map((part) => slots[part] ?? part).join('');
  };
}

const jsonSchema = z.record(z.string(), z.unknown());

function fixture(path: string): Record<string, unknown> {
  const file = new URL(`../fixtures/${path}.json`, import.meta.url);
  return jsonSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function slackVote(): Make {
  const press = fixture('slack/block-actions-message');
  const payload = {
    ...press,
    user: { id: '@PERSON@', username: '@PERSON@', name: '@PERSON@', team_id: slackTenant },
    trigger_id: '@KEY@',
    channel: { id: '@PLACE@', name: 'bench' },
    container: { type: 'message', message_ts: '1.1', channel_id: '@PLACE@', is_ephemeral: false },
    message: { ...jsonSchema.parse(press.message), blocks: question() },
    actions: [{ type: 'button', action_id: 'polls.vote.@GRADE@', value: '@POLL@', action_ts: '1.2' }],
  };
  // The slots' signs are escaped with the rest, so they are put back.
  const fill = template(encodeURIComponent(JSON.stringify(payload)).replaceAll('%40', '@'));
  return (n, { place, poll }) => {
    const slots = { '@PERSON@': voter(n).slack, '@KEY@': `bench.${n}`, '@GRADE@': gradeOf(n) } as const;
    const body = `payload=${fill({ ...slots, '@PLACE@': place, '@POLL@': poll })}`;
    return { body, headers: signed(body, 'application/x-www-form-urlencoded') };
  };
}

/** Slack sends the whole message along with a press: here the question with its eleven buttons. */
function question(): object[] {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const buttons = Array.from({ length: 11 }, (_, grade) => ({
    type: 'button',
    action_id: `polls.vote.${grade}`,
    text: plain(`${grade}`),
    value: '@POLL@',
    accessibility_label: `${grade}: what you give`,
  }));
  const said = (text: string) => ({ type: 'section', block_id: 'Ab2', text: { type: 'mrkdwn', text } });
  return [
    said('*How likely are you to recommend us to a friend or a colleague?*'),
    { type: 'actions', block_id: 'Ab1', elements: buttons },
    said('0: not at all likely. 10: extremely likely. The team sees your name. You can answer until Friday.'),
  ];
}

/** Slack's headers for a body that is sent now. */
export function signed(body: string, type: string): Record<string, string> {
  const timestamp = `${Math.floor(Date.now() / 1000)}`;
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hash}`,
  };
}

function teamsVote({ serviceUrl, token }: TeamsSender): Make {
  const activity = {
    ...fixture('teams/press'),
    id: 'f:@KEY@',
    recipient: { id: teamsBot, name: 'Belay' },
    from: { id: '@PERSON@', name: 'Person', aadObjectId: '@OBJECT@' },
    serviceUrl,
    conversation: {
      isGroup: true,
      conversationType: 'channel',
      tenantId: teamsTenant,
      id: '@PLACE@;messageid=1',
    },
    channelData: { channel: { id: '@PLACE@' }, team: { id: team }, tenant: { id: teamsTenant } },
    value: {
      action: {
        type: 'Action.Execute',
        title: '@GRADE@',
        verb: 'polls.vote.@GRADE@',
        data: { id: '@POLL@' },
      },
      trigger: 'manual',
    },
  };
  const fill = template(JSON.stringify(activity));
  const headers = teamsHeaders(token);
  return (n, { place, poll }) => {
    const { teams, object } = voter(n);
    const slots = { '@PERSON@': teams, '@OBJECT@': object, '@KEY@': `bench-${n}` } as const;
    const body = fill({ ...slots, '@GRADE@': gradeOf(n), '@PLACE@': place, '@POLL@': poll });
    return { body, headers };
  };
}

/** Teams' headers. */
export function teamsHeaders(token: string | undefined): Record<string, string> {
  return { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
}
