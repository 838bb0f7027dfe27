// What a node does at its start and each minute, beside its requests. No reader relies on it.

import type { Config } from './config/config.ts';
import { dayMs } from './domain/kernel/clock.ts';
import type { Clock } from './domain/kernel/clock.ts';
import { systemRandom } from './domain/kernel/ids.ts';
import { publishDue } from './domain/audit/figures/publish-due.ts';
import { expireBreachLists } from './domain/audit/breach/take-list.ts';
import { expireSuspensions } from './domain/audit/suspensions/decide-suspension.ts';
import { expireUnmaskings } from './domain/audit/use-unmask.ts';
import { finishRetirements } from './domain/consent/finish-retirement.ts';
import type { ReceiptSigner } from './domain/consent/receipt.ts';
import { tellExpired } from './domain/consent/tell-expired.ts';
import { recordOverdue } from './domain/duties/record-overdue.ts';
import type { KeyNeeds } from './domain/keys/needs.ts';
import { tendKeys } from './domain/keys/tend-keys.ts';
import { systemSleep } from './domain/ledger/sleep.ts';
import { isLate } from './domain/metadata/model.ts';
import type { MetadataStore } from './domain/metadata/store.ts';
import { judgePasskeys } from './domain/passkeys/judge-passkeys.ts';
import { getSubject } from './domain/people/get-subject.ts';
import { liftDue } from './domain/protection/lift-freezes.ts';
import { expireRecoveries } from './domain/recovery/expire.ts';
import type { Storage } from './storage/open-storage.ts';
import type { Log } from './telemetry/log.ts';

export type UpkeepParts = { readonly config: Config; readonly storage: Storage; readonly log: Log; readonly signer: ReceiptSigner };

export type Upkeep = { readonly start: () => void; readonly stop: () => Promise<void> };

function toRetiring(parts: UpkeepParts, clock: Clock): Parameters<typeof finishRetirements>[0] {
  const { agencies, consents, people } = parts.storage;
  return {
    agencies,
    consents,
    people,
    clock,
    random: systemRandom,
    actor: { kind: 'system', ref: null },
    signer: parts.signer,
    getSubject: (person, sector) => getSubject({ people, random: systemRandom }, person, sector),
  };
}

export type Tending = { readonly clock: Clock; readonly keyNeeds: KeyNeeds };

export type Attempt = (work: () => Promise<unknown>) => Promise<unknown>;

/** Each says how much it did, and is asked again until that is nothing. */
function toTasks(parts: UpkeepParts, { clock, keyNeeds }: Tending): readonly (() => Promise<number>)[] {
  const { config, storage } = parts;
  const retiring = toRetiring(parts, clock);
  const { issuer } = retiring.signer;
  return [
    () => liftDue({ clock, random: systemRandom, protection: storage.protection, issuer }),
    () => expireRecoveries({ clock, random: systemRandom, recoveries: storage.recoveries }),
    () => expireUnmaskings({ clock, random: systemRandom, unmaskings: storage.unmaskings }),
    () => expireBreachLists({ clock, random: systemRandom, breaches: storage.breaches }),
    () => expireSuspensions({ clock, random: systemRandom, suspensions: storage.suspensions }),
    () => storage.unmaskings.tellDue(clock.now()),
    () => recordOverdue({ clock, random: systemRandom, duties: storage.duties }),
    () => finishRetirements(retiring),
    () => tellExpired({ ...retiring, issuer }),
    () => tendKeys({ ...keyNeeds, lifeMs: config.tokenKeyDays * dayMs }),
    () => judgePasskeys(storage),
    () => storage.removeExpired(clock.now()),
    () => publishDue({ ...retiring, figures: storage.figures, ledger: storage.ledger }),
  ];
}

/**
 * At the start and each minute. No reader relies on it, because every read looks at time and status itself: it tells the log of days that passed, goes on with
 * retirements that broke off, rotates keys that have signed for their whole life, judges passkeys by metadata that came, and keeps the tables small.
 */
export function createUpkeep(parts: UpkeepParts, { clock, keyNeeds }: Tending, attempt: Attempt): Upkeep {
  const remind = createReminder({ clock, log: parts.log, metadata: parts.storage.metadata });
  let isStopping = false;
  let working: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const repeat = async (work: () => Promise<number>): Promise<void> => {
    while (!isStopping && (await work()) > 0) {
      await systemSleep(100);
    }
  };
  const tasks = toTasks(parts, { clock, keyNeeds });
  const work = async (): Promise<void> => {
    for (const task of tasks) {
      await attempt(() => repeat(task));
    }
    await attempt(remind);
  };
  return {
    start: () => {
      // One after another, however long one takes.
      const next = (): void => {
        working = working.then(work);
      };
      next();
      timer = setInterval(next, 60_000);
    },
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      await working;
    },
  };
}

type ReminderNeeds = { readonly clock: Clock; readonly log: Log; readonly metadata: Pick<MetadataStore, 'listSources'> };

/** Metadata that are late still count; a word each day, for as long as it lasts, that somebody fetch the next edition (ADR-0068). */
function createReminder({ clock, log, metadata }: ReminderNeeds): () => Promise<void> {
  let remindedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now();
    if (now - remindedAt < dayMs) {
      return;
    }
    const late = (await metadata.listSources()).filter((source) => isLate(source, now));
    remindedAt = now;
    for (const { source, nextUpdate } of late) {
      log.write('warn', 'metadata late', { source, days: Math.floor((now - nextUpdate) / dayMs) });
    }
  };
}
