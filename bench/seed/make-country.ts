// A whole country from a seed: founded, lived, written, numbered, and its answer key put beside it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import { toEvents } from './acts.ts';
import type { Act } from './acts.ts';
import { createKeyBook } from './answer-key.ts';
import type { KeyBook, Planting } from './answer-key.ts';
import { createDays } from './calendar.ts';
import { planDesk, registerAll } from './desk.ts';
import type { DeskAct } from './desk.ts';
import { createOfficers, importEverybody, openEmpty } from './found-country.ts';
import type { Founded, Officers } from './found-country.ts';
import type { Share } from './lives.ts';
import { writeOwnSetup } from './own-keys.ts';
import { fewestPeople } from './plan.ts';
import { finishCountry } from './finish-country.ts';
import { startLives } from './processes.ts';
import { createRegistrations } from './seed-registry.ts';
import { createUseBook } from './unused.ts';
import type { UseBook } from './unused.ts';
import { createWriter } from './write-acts.ts';
import type { Writer } from './write-acts.ts';

export type CountryAsked = {
  readonly seed: string;
  readonly people: number;
  readonly years: number;
  /** The last year of the run. */
  readonly lastYear: number;
  readonly folder: string;
  readonly database?: string | undefined;
  /** On a loopback host; http://localhost:3000 where none is named. */
  readonly issuer?: string | undefined;
  readonly threads: number;
  readonly progress?: (label: string, done: number, total: number) => void;
};

export type Made = {
  readonly settingsFile: string;
  readonly entries: number;
  readonly root: string;
  readonly plantings: readonly Planting[];
  /** Milliseconds by part; `living` is what the threads worked, all together. */
  readonly spent: Readonly<
    Record<'founding' | 'living' | 'writing' | 'numbering' | 'ledgerCpu' | 'history' | 'finishing' | 'total' | 'mainCpu', number>
  >;
};

type Looked = { readonly releases: readonly number[][]; readonly entries: Set<number> };

type Story = { readonly writer: Writer; readonly book: KeyBook; readonly uses: UseBook; readonly watched: Looked };

async function tell({ book, uses, watched, writer }: Story, act: Act): Promise<void> {
  const from = writer.next();
  const events = toEvents(act.deed);
  for (const { eventId, group } of act.marks) {
    const place = events.findIndex(({ id }) => id === eventId);
    if (place !== -1) {
      book.note(group, from + place, eventId);
    }
  }
  events.forEach((event, place) => {
    uses.note(event);
    if (event.type === 'data.released') {
      watched.releases[act.person]?.push(from + place);
    }
    if (act.person < watched.releases.length) {
      watched.entries.add(from + place);
    }
  });
  await writer.write(act);
}

/** A small country has checkpoints too, and a large one no more than it needs. */
const toCheckpointEvery = ({ people }: CountryAsked): number => Math.min(4000, Math.max(250, people * 2));

/** The two whose entries an auditor opens are the first two of the country. */
const createWatched = (): Looked => ({ releases: [[], []], entries: new Set() });

type Living = { readonly asked: CountryAsked; readonly desk: readonly DeskAct[]; readonly days: number };

async function liveAll(share: Share, story: Story, { asked, days, desk }: Living): Promise<number> {
  const lives = startLives(share, { days, threads: asked.threads });
  const waiting = [...desk];
  for await (const { acts, day } of lives.days) {
    for (const act of acts) {
      for (let first = waiting[0]; first !== undefined && first.at <= act.at; first = waiting[0]) {
        waiting.shift();
        await first.run();
      }
      await tell(story, act);
    }
    asked.progress?.('living', day + 1, days);
  }
  for (const left of waiting) {
    await left.run();
  }
  await story.writer.settle();
  return lives.cpuMs();
}

type Peopled = { readonly officers: Officers; readonly born: Share['born'] };

function toShare(asked: CountryAsked, { config, keys }: Founded, { born, officers }: Peopled): Share {
  const { receipt, data } = keys;
  return {
    seed: asked.seed,
    years: asked.years,
    endYear: asked.lastYear + 1,
    people: asked.people,
    born,
    registrars: officers.registrars,
    auditors: officers.auditors,
    signer: { issuer: config.issuer, kid: receipt.kid, authority: config.authority, jwk: receipt.privateKey.export({ format: 'jwk' }) },
    dataKey: data.encryption.export().toString('base64url'),
  };
}

type Told = { readonly asked: CountryAsked; readonly settingsFile: string; readonly entries: number; readonly root: string };

function writeKey({ asked, entries, root }: Told, plantings: readonly Planting[]): void {
  const { people, seed, years } = asked;
  const text = JSON.stringify({ form: 'huwiya-anomalies/1', seed, people, years, entries, root, plantings }, undefined, 2);
  writeFileSync(join(asked.folder, 'anomalies.json'), `${text}\n`, { mode: 0o600, flag: 'wx' });
}

/** Throws where the folder or the database holds anything, or so few people are asked for that not everything has room. */
export async function makeCountry(asked: CountryAsked): Promise<Made> {
  if (asked.people < fewestPeople) {
    throw new RangeError(`--people takes at least ${fewestPeople}: fewer have no room for everything that is planted`);
  }
  const started = performance.now();
  const settingsFile = writeOwnSetup(asked);
  const days = createDays(asked.years, asked.lastYear + 1);
  const startsAt = days[0]?.startsAt ?? 0;
  const [first, ...later] = createRegistrations(asked.seed, days);
  const founded = await openEmpty(settingsFile);
  try {
    const officers = await createOfficers(founded, { seed: asked.seed, startsAt });
    if (first !== undefined) {
      await registerAll({ founded, seed: asked.seed }, first, startsAt - 2 * dayMs);
    }
    const progress = (done: number): void => asked.progress?.('people', done, asked.people);
    const people = await importEverybody(founded, { seed: asked.seed, startsAt, people: asked.people, progress });
    const writer = createWriter(founded, toCheckpointEvery(asked));
    await writer.catchUp();
    const founding = performance.now() - started;
    const story = { writer, book: createKeyBook(), uses: createUseBook(), watched: createWatched() };
    const desk = planDesk({ founded, officers, writer, book: story.book, seed: asked.seed }, { days, later, watched: story.watched });
    const born = people.map((person, index) => ({ index, person }));
    const share = toShare(asked, founded, { officers, born });
    const living = await liveAll(share, story, { asked, desk, days: days.length });
    const history = performance.now() - started - founding;
    await story.uses.noteUnused(founded.storage, story.book);
    const finishing = performance.now();
    await finishCountry(founded.storage, (done) => asked.progress?.('facts', done, writer.next()));
    const plantings = await story.book.write(founded.storage.ledger);
    const checkpoint = await founded.storage.ledger.findCheckpoint();
    const { root = '', size = 0 } = checkpoint ?? {};
    writeKey({ asked, settingsFile, entries: size, root }, plantings);
    const { system, user } = process.threadCpuUsage();
    const spent = {
      founding,
      living,
      ...writer.spent(),
      history,
      finishing: performance.now() - finishing,
      total: performance.now() - started,
      mainCpu: (system + user) / 1000,
    };
    return { settingsFile, entries: size, root, plantings, spent };
  } finally {
    await founded.storage.close();
  }
}
