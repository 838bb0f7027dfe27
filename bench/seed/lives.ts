// A share of the country's lives, lived in a process of its own: each day's acts in their order, sealed and signed, ready to be written.

import { createPrivateKey, createSecretKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { Person } from '../../src/domain/people/person.ts';
import { compareActs } from './acts.ts';
import type { Act } from './acts.ts';
import { createDays } from './calendar.ts';
import type { Country } from './life.ts';
import { createLife, liveDay } from './live.ts';
import type { Lived } from './live.ts';
import { createPlan } from './plan.ts';
import { createRegistrations, listServices, toEpochs } from './seed-registry.ts';

/** What a process has to know; plain, because it crosses over. */
export type Share = {
  readonly seed: string;
  readonly years: number;
  readonly endYear: number;
  /** In the whole country. */
  readonly people: number;
  readonly born: readonly { readonly index: number; readonly person: Person }[];
  readonly registrars: readonly string[];
  readonly auditors: readonly string[];
  readonly signer: {
    readonly issuer: string;
    readonly kid: string;
    readonly jwk: JsonWebKey;
    readonly authority: Country['signer']['authority'];
  };
  readonly dataKey: string;
};

export type DayDone = { readonly day: number; readonly acts: readonly Act[]; readonly cpuMs: number };

/** Acts that may be ready before their days are asked for, so that lives go on while what came of earlier ones is written. */
const mostAhead = 24_000;

function toCountry(share: Share): Country {
  const { dataKey, endYear, seed, signer, years } = share;
  const days = createDays(years, endYear);
  const { authority, issuer, jwk, kid } = signer;
  return {
    seed,
    days,
    epochs: toEpochs(createRegistrations(seed, days)),
    services: listServices(seed),
    registrars: share.registrars,
    auditors: share.auditors,
    signer: { issuer, kid, authority, key: createPrivateKey({ key: jwk, format: 'jwk' }) },
    dataKey: createSecretKey(Buffer.from(dataKey, 'base64url')),
    toldNotices: new Set(),
  };
}

const together = 250;

async function liveTogether(lives: readonly Lived[], country: Country, day: number): Promise<readonly Act[]> {
  const today = country.days[day];
  const acts: Act[] = [];
  for (let from = 0; today !== undefined && from < lives.length; from += together) {
    const lived = await Promise.all(lives.slice(from, from + together).map(async (one) => liveDay(one, today)));
    lived.forEach((own) => acts.push(...own));
  }
  return acts.toSorted(compareActs);
}

/** Day by day, for whoever can wait for it. */
export async function* liveShare(share: Share): AsyncGenerator<DayDone> {
  const country = toCountry(share);
  const plan = createPlan({ seed: share.seed, people: share.people, days: country.days });
  const lives = share.born.map(({ index, person }) => createLife(country, { index, person, planted: plan.get(index) ?? [] }));
  for (const { number } of country.days) {
    const acts = await liveTogether(lives, country, number);
    const { system, user } = process.threadCpuUsage();
    yield { day: number, acts, cpuMs: (system + user) / 1000 };
  }
}

function isShare(value: unknown): value is Share {
  return z.object({ seed: z.string(), born: z.array(z.object({})) }).safeParse(value).success;
}

async function run(share: Share): Promise<void> {
  const untaken: number[] = [];
  let wake = (): void => undefined;
  parentPort?.on('message', () => {
    untaken.shift();
    wake();
  });
  for await (const done of liveShare(share)) {
    untaken.push(done.acts.length);
    parentPort?.postMessage(done);
    while (untaken.reduce((sum, acts) => sum + acts, 0) > mostAhead) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  parentPort?.close();
}

if (!isMainThread && isShare(workerData)) {
  await run(workerData);
}
