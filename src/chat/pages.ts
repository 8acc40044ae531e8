import type { Db } from '../store/database.ts';
import { voice } from '../text/say.ts';
import type { Effect } from './effect.ts';
import type { Download, Due, Feature, Outside, Page, Sheet } from './feature.ts';
import { Refusal } from './refusal.ts';
import type { Language } from './request.ts';

/** What pages and downloads need of the house around them. */
export type PagesPorts = {
  features: Feature[];
  /** For reading outside a transaction. */
  db: Db;
  transact<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  carryOut(
    tx: Db,
    origin: { tenant: string; platform: string; now: Temporal.Instant },
    effects: Effect[],
  ): Promise<void>;
  now(): Temporal.Instant;
  outside(at: { tenant: string; platform: string }): Outside;
  /** Something was committed that the sender may send. */
  committed(): void;
};

/** What a verified link names. */
type Linked = { platform: string; tenant: string; name: string; subject: string };

/** What came of a form that was sent: the sheet to show now, and what is wrong, if it was refused. */
type Sent = { sheet: Sheet; refused?: { text: string; field: string | undefined } | undefined };

export type Pages = {
  /** What a page shows; changes nothing. Throws a Refusal when there is nothing to show. */
  show(at: Linked, language: Language | undefined): Promise<Sheet>;
  /** Takes a form that was sent from a page. When the promise resolves, all it did is stored. */
  send(at: Linked, fields: Record<string, string>, language: Language | undefined): Promise<Sent>;
  /** The file behind a link. Throws a Refusal when there is none. */
  download(at: Linked): ReturnType<Download['run']>;
};

/** What a link of this name opens. Throws when no feature declares it, or when two do. */
export function linkKinds(features: Feature[]): (name: string) => 'page' | 'download' {
  const pages = features.flatMap((feature) => Object.keys(feature.pages ?? {}));
  const downloads = features.flatMap((feature) => Object.keys(feature.downloads ?? {}));
  const names = [...pages, ...downloads];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two pages or downloads are named ${twice}.`);
  return (name) => {
    if (!names.includes(name)) throw new Error(`No feature has a page or a download ${name}.`);
    return pages.includes(name) ? 'page' : 'download';
  };
}

/** Pages and downloads of all features, for whoever bears a verified link. */
export function createPages(ports: PagesPorts): Pages {
  const pages = new Map(ports.features.flatMap((feature) => Object.entries(feature.pages ?? {})));
  const downloads = new Map(ports.features.flatMap((feature) => Object.entries(feature.downloads ?? {})));
  const dueAt = ({ platform, tenant, subject }: Linked, tx: Db): Due => ({
    ...ports.outside({ platform, tenant }),
    tx,
    now: ports.now(),
    platform,
    tenant,
    subject,
  });
  return {
    show: async (at, language) => found(pages, at.name).show(dueAt(at, ports.db), language),
    download: async (at) => found(downloads, at.name).run(dueAt(at, ports.db)),
    async send(at, fields, language) {
      const page = found(pages, at.name);
      try {
        const sheet = await ports.transact(async (tx) => {
          const due = dueAt(at, tx);
          const { sheet, effects } = await page.send(due, fields, language);
          await ports.carryOut(tx, { tenant: at.tenant, platform: at.platform, now: due.now }, effects);
          return sheet;
        });
        ports.committed();
        return { sheet };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return refused(await page.show(dueAt(at, ports.db), language), error);
      }
    },
  };
}

/** The page as it is now, and in its language what was wrong. */
function refused(sheet: Sheet, { code, values, field }: Refusal): Sent {
  return { sheet, refused: { text: voice(sheet.language)(code, values), field } };
}

/** Links are made only for what there is; one that is gone belongs to a Belay of before. */
function found<T extends Page | Download>(among: ReadonlyMap<string, T>, name: string): T {
  const one = among.get(name);
  if (!one) throw new Refusal('error.link-gone');
  return one;
}
