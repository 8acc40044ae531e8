import { emailScope } from './scopes.ts';

/** A made-up Slack: who is in it, where they talk, and what was said. */

export type Member = {
  id: string;
  team: string;
  name: string;
  realName: string;
  locale: string;
  email?: string;
  admin?: boolean;
  guest?: boolean;
  bot?: boolean;
  deleted?: boolean;
  /** Of another organisation, which lets no app write to its people alone. */
  closed?: boolean;
};

export type Channel = {
  id: string;
  name: string;
  members: Set<string>;
  private?: boolean;
  extShared?: boolean;
  archived?: boolean;
  /** A direct conversation between Belay and this person. */
  im?: string;
};

export type Message = {
  channel: string;
  ts: string;
  text: string;
  blocks: unknown[];
  /** Ephemeral: for this person alone. */
  onlyFor?: string;
  /** Who wrote it; nobody: Belay. */
  by?: string;
  edits: number;
};

export type View = {
  id: string;
  hash: string;
  user: string;
  type: 'modal' | 'home';
  blocks: unknown[];
  callback_id?: string | undefined;
  private_metadata?: string | undefined;
  title?: unknown;
};

type Upload = { length: number; uploaded: boolean; complete: boolean; bytes?: Buffer };

export type Workspace = {
  users: Map<string, Member>;
  channels: Map<string, Channel>;
  messages: Message[];
  modals: View[];
  homes: Map<string, View>;
  files: Map<string, Upload>;
  /** inWindow: of a press in a modal, which opens the next one on top of it. */
  triggers: Map<string, { user: string; at: number; used: boolean; inWindow: boolean }>;
};

export const team = { id: 'T1', domain: 'ons', url: 'https://ons.slack.com/' };
export const belay = { user: 'U_BELAY', bot: 'B_BELAY', app: 'A1' };

const cast: Member[] = [
  {
    id: 'U_ANNA',
    team: 'T1',
    name: 'anna',
    realName: 'Anna de Vries',
    locale: 'nl-NL',
    email: 'anna@ons.example',
    admin: true,
  },
  {
    id: 'U_BRAM',
    team: 'T1',
    name: 'bram',
    realName: 'Bram Bakker',
    locale: 'nl-NL',
    email: 'bram@ons.example',
  },
  {
    id: 'U_CARLA',
    team: 'T1',
    name: 'carla',
    realName: 'Carla Smit',
    locale: 'en-GB',
    email: 'carla@ons.example',
  },
  { id: 'U_GUEST', team: 'T1', name: 'guest', realName: 'A guest', locale: 'en-US', guest: true },
  {
    id: 'U_DAAN',
    team: 'T2',
    name: 'daan',
    realName: 'Daan Visser',
    locale: 'nl-NL',
    email: 'daan@acme.example',
  },
  {
    id: 'U_EVA',
    team: 'T2',
    name: 'eva',
    realName: 'Eva Jansen',
    locale: 'nl-NL',
    email: 'eva@acme.example',
  },
  {
    id: 'U_FINN',
    team: 'T2',
    name: 'finn',
    realName: 'Finn Mulder',
    locale: 'en-GB',
    email: 'finn@acme.example',
  },
  { id: belay.user, team: 'T1', name: 'belay', realName: 'Belay', locale: 'en-US', bot: true },
];

/** The workspace T1 with its own people, a guest, client Acme's people of T2, and four channels. */
export function workspace(): Workspace {
  const ours = ['U_ANNA', 'U_BRAM', 'U_CARLA'];
  const channels: Channel[] = [
    { id: 'C_GENERAL', name: 'general', members: new Set([...ours, belay.user]) },
    {
      id: 'C_ACME',
      name: 'acme',
      members: new Set([...ours, 'U_DAAN', 'U_EVA', 'U_FINN', belay.user]),
      extShared: true,
    },
    { id: 'C_PRIVATE', name: 'private', members: new Set(ours), private: true },
    { id: 'C_OLD', name: 'old', members: new Set([...ours, belay.user]), archived: true },
  ];
  return {
    users: new Map(cast.map((member) => [member.id, { ...member }])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    messages: [],
    modals: [],
    homes: new Map(),
    files: new Map(),
    triggers: new Map(),
  };
}

/** A user object as users.info and user_change give it to an app with these scopes. */
export function userObject(member: Member, scopes: Set<string>): Record<string, unknown> {
  return {
    id: member.id,
    team_id: member.team,
    name: member.name,
    deleted: member.deleted ?? false,
    color: '9f69e7',
    real_name: member.realName,
    tz: 'Europe/Amsterdam',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: {
      real_name: member.realName,
      display_name: member.realName,
      avatar_hash: 'ge3b51ca72de',
      ...(member.email && scopes.has(emailScope) ? { email: member.email } : {}),
      team: member.team,
    },
    is_admin: member.admin ?? false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: member.guest ?? false,
    is_ultra_restricted: false,
    is_bot: member.bot ?? false,
    is_app_user: false,
    is_stranger: false,
    updated: 1795298400,
    locale: member.locale,
  };
}

/** A conversation object as conversations.info gives it. */
export function channelObject(channel: Channel): Record<string, unknown> {
  if (channel.im)
    return {
      id: channel.id,
      created: 1795298400,
      is_im: true,
      user: channel.im,
      is_org_shared: false,
      is_user_deleted: false,
      priority: 0,
    };
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.private,
    is_group: channel.private ?? false,
    is_im: false,
    is_mpim: false,
    is_private: channel.private ?? false,
    created: 1795298400,
    is_archived: channel.archived ?? false,
    is_general: false,
    is_shared: channel.extShared ?? false,
    is_org_shared: false,
    is_ext_shared: channel.extShared ?? false,
    is_pending_ext_shared: false,
    is_member: channel.members.has(belay.user),
    num_members: channel.members.size,
  };
}
