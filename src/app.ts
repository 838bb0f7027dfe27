// The composition root: the only file that knows every part. It passes things in; nothing reaches for anything by itself.

import { createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Config } from './config/config.ts';
import type { Keys } from './config/keys.ts';
import { readVersion } from './config/version.ts';
import type { DeclaredNeeds } from './domain/declared/needs.ts';
import { steadyClock, systemClock } from './domain/kernel/clock.ts';
import type { Clock, Millis } from './domain/kernel/clock.ts';
import { Fault } from './domain/kernel/errors.ts';
import { systemRandom } from './domain/kernel/ids.ts';
import { finishRetirements } from './domain/consent/finish-retirement.ts';
import { tellExpired } from './domain/consent/tell-expired.ts';
import { recordOverdue } from './domain/duties/record-overdue.ts';
import { createLogSigner } from './domain/ledger/checkpoint.ts';
import { runSequencer } from './domain/ledger/run-sequencer.ts';
import type { Sequencer } from './domain/ledger/run-sequencer.ts';
import { sequenceAll } from './domain/ledger/sequence.ts';
import { toVerifier } from './domain/ledger/signed-note.ts';
import { systemSleep } from './domain/ledger/sleep.ts';
import { runOutbox } from './domain/outbox/run-outbox.ts';
import type { OutboxNeeds, OutboxWorker } from './domain/outbox/run-outbox.ts';
import { toRelyingParty } from './domain/passkeys/relying-party.ts';
import type { ReceiptSigner } from './domain/consent/receipt.ts';
import { getPersonalData } from './domain/people/get-personal-data.ts';
import { getSubject } from './domain/people/get-subject.ts';
import { parsePersonReference } from './domain/people/parse-person-reference.ts';
import { toDoors } from './outbound/doors.ts';
import type { GuardedFetch } from './outbound/guarded-fetch.ts';
import { createKeySets } from './outbound/key-sets.ts';
import { createSenders } from './outbound/senders.ts';
import { createWayOut } from './outbound/way-out.ts';
import type { Storage } from './storage/open-storage.ts';
import { createLog } from './telemetry/log.ts';
import type { Log } from './telemetry/log.ts';
import { createTexts } from '../views/messages/messages.ts';
import { readAssets } from './web/assets.ts';
import { createNodeListener } from './web/listener.ts';
import { createReadiness } from './web/readiness.ts';
import type { Readiness } from './web/readiness.ts';
import { createUnreadableAnswer } from './web/unreadable-request.ts';
import { createWeb } from './web/web.ts';
import type { AppNeeds } from './web/web.ts';

type Web = ReturnType<typeof createWeb>;

export type Parts = { readonly config: Config; readonly keys: Keys; readonly storage: Storage; readonly clock?: Clock; readonly log?: Log };

export type Node = {
  readonly web: Web;
  /** Starts the sequencer and listens; resolves when the first request can be answered. */
  readonly start: () => Promise<void>;
  /**
   * Says that it is no longer ready, waits as long as the operator wants that noticed, stops taking requests, lets those under way finish within ten
   * seconds, numbers what is committed, and closes the database.
   */
  readonly stop: () => Promise<void>;
};

// A key of its own for forms, derived, so that a form token can never be a cookie signature.
function toFormKey(keys: Keys): KeyObject {
  const [first] = keys.cookies;
  if (first === undefined) {
    throw new TypeError('there is no cookie key');
  }
  return createSecretKey(Buffer.from(hkdfSync('sha256', first.export(), 'huwiya', 'form-token', 32)));
}

// Of the key that never changes, so that a token is found in the log years later.
function toReferenceKey(keys: Keys): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', keys.data.lookup.export(), 'huwiya', 'token-reference', 32)));
}

function toEngineKeys(keys: Keys): Pick<AppNeeds, 'signingKeys' | 'cookieKeys' | 'dpopNonceSecret' | 'referenceKey'> {
  return {
    signingKeys: [
      { kid: keys.token.es256.kid, alg: 'ES256', privateKey: keys.token.es256.privateKey },
      { kid: keys.token.rs256.kid, alg: 'RS256', privateKey: keys.token.rs256.privateKey },
    ],
    cookieKeys: keys.cookies,
    dpopNonceSecret: keys.dpopNonce,
    referenceKey: toReferenceKey(keys),
  };
}

function toStores(storage: Storage) {
  return {
    agencies: storage.agencies,
    consents: storage.consents,
    home: storage.home,
    erasures: storage.erasures,
    reports: storage.reports,
    duties: storage.duties,
    logouts: storage.logouts,
    ledger: storage.ledger,
    passkeys: storage.passkeys,
    people: storage.people,
    staff: storage.staff,
    artefacts: storage.engine,
  };
}

function toDeclaring({ config, keys, storage }: Parts, clock: Clock): DeclaredNeeds {
  const { encryption: dataKey, lookup: lookupKey } = keys.data;
  return { declared: storage.declared, clock, random: systemRandom, dataKey, lookupKey, doors: toDoors(config.mail) };
}

function toReceiptSigner({ config, keys }: Parts): ReceiptSigner {
  const { authority, issuer } = config;
  return { issuer, authority, key: keys.receipt.privateKey, kid: keys.receipt.kid };
}

type Surroundings = {
  readonly clock: Clock;
  readonly log: Log;
  /** The one way out to services. */
  readonly fetch: GuardedFetch;
  readonly findReadiness: () => Promise<Readiness>;
};

function toNeeds(parts: Parts, { clock, log, fetch, findReadiness }: Surroundings): AppNeeds {
  const { config, keys, storage } = parts;
  const signer = createLogSigner(config.issuer, keys.checkpoint.privateKey);
  return {
    issuer: config.issuer,
    isSecure: config.secure,
    trustedHops: config.trustedHops,
    clock,
    random: systemRandom,
    sleep: systemSleep,
    log,
    ...toStores(storage),
    declaring: toDeclaring(parts, clock),
    signer: toReceiptSigner(parts),
    receiptKeys: { keys: [keys.receipt.publicJwk] },
    logVerifier: toVerifier(signer),
    relyingParty: toRelyingParty(config.issuer, 'Huwiya'),
    formKey: toFormKey(keys),
    dataKey: keys.data.encryption,
    findByRegistryId: async (text) => {
      const found = await parsePersonReference({ people: storage.people, lookupKey: keys.data.lookup }, text);
      return found.ok ? found.value : undefined;
    },
    openData: (person) => getPersonalData({ dataKey: keys.data.encryption }, person),
    getSubject: (person, sector) => getSubject({ people: storage.people, random: systemRandom }, person, sector),
    assets: readAssets(),
    texts: { ar: createTexts('ar'), en: createTexts('en') },
    findKeys: createKeySets({
      fetch,
      clock,
      tell: (url, failure) => log.write('warn', 'keys not read', { host: new URL(url).host, failure }),
    }),
    findReadiness,
    ...toEngineKeys(keys),
  };
}

type Background = {
  readonly start: () => void;
  /** See the sequencer; before the start it is never. */
  readonly caughtUpAt: () => Millis;
  /** See the outbox; before the start it is never. */
  readonly outboxLookedAt: () => Millis;
  readonly stop: () => Promise<void>;
};

function toOutboxNeeds(log: Log): Pick<OutboxNeeds, 'random' | 'sleep' | 'steady' | 'pause' | 'tell'> {
  const tell: OutboxNeeds['tell'] = ({ topic, recipient }, failure) =>
    log.write('warn', 'not delivered', { topic, failure, clientId: recipient });
  return { random: systemRandom, sleep: systemSleep, steady: steadyClock, pause: 500, tell };
}

function toRetiring(parts: Parts, clock: Clock): Parameters<typeof finishRetirements>[0] {
  const { agencies, consents, people } = parts.storage;
  return {
    agencies,
    consents,
    people,
    clock,
    random: systemRandom,
    actor: { kind: 'system', ref: null },
    signer: toReceiptSigner(parts),
    getSubject: (person, sector) => getSubject({ people, random: systemRandom }, person, sector),
  };
}

type Attempt = (work: () => Promise<unknown>) => Promise<unknown>;

/**
 * At the start and each minute. No reader relies on it, because every read looks at time and status itself: it tells the log of days that passed, goes on with
 * retirements that broke off, and keeps the tables small.
 */
function createUpkeep(parts: Parts, clock: Clock, attempt: Attempt): Pick<Background, 'start' | 'stop'> {
  const { storage } = parts;
  const retiring = toRetiring(parts, clock);
  let isStopping = false;
  let working: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const repeat = async (work: () => Promise<number>): Promise<void> => {
    while (!isStopping && (await work()) > 0) {
      await systemSleep(100);
    }
  };
  const work = async (): Promise<void> => {
    await attempt(() => repeat(() => recordOverdue({ clock, random: systemRandom, duties: storage.duties })));
    await attempt(() => repeat(() => finishRetirements(retiring)));
    await attempt(() => repeat(() => tellExpired({ ...retiring, issuer: retiring.signer.issuer })));
    await attempt(() => repeat(() => storage.removeExpired(clock.now())));
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

/** What goes on between requests: numbering what was committed, sending what waits, and removing what is long dead. A fault is reported and ends none of it. */
function createBackground(parts: Parts, { clock, log, fetch }: Pick<Surroundings, 'clock' | 'log' | 'fetch'>): Background {
  const { config, keys, storage } = parts;
  const report = (fault: unknown): void => log.fault(fault instanceof Fault ? fault.code : 'ledger/unavailable', fault, {});
  const attempt: Attempt = (work) => work().catch(report);
  const sequence = { store: storage.ledger, clock, signer: createLogSigner(config.issuer, keys.checkpoint.privateKey) };
  const upkeep = createUpkeep(parts, clock, attempt);
  const senders = createSenders({ config, keys, agencies: storage.agencies, clock, fetch });
  const outboxNeeds = { ...toOutboxNeeds(log), senders, outbox: storage.outbox, clock, report };
  let sequencer: Sequencer | undefined;
  let outbox: OutboxWorker | undefined;
  return {
    start: () => {
      upkeep.start();
      sequencer = runSequencer({ ...sequence, sleep: systemSleep, steady: steadyClock, pause: 200, report });
      outbox = runOutbox(outboxNeeds);
    },
    caughtUpAt: () => sequencer?.caughtUpAt() ?? Number.NEGATIVE_INFINITY,
    outboxLookedAt: () => outbox?.lookedAt() ?? Number.NEGATIVE_INFINITY,
    stop: async () => {
      await upkeep.stop();
      // Before the sequencer: what was sent still gets its entry numbered.
      await outbox?.stop();
      await sequencer?.stop();
      await attempt(() => sequenceAll(sequence));
    },
  };
}

export function createNode(parts: Parts): Node {
  const { config, storage } = parts;
  const clock = parts.clock ?? systemClock;
  const log = parts.log ?? createLog(config.logLevel);
  const fetch = createWayOut(config);
  const background = createBackground(parts, { clock, log, fetch });
  let isDraining = false;
  let isOpen = false;
  const findReadiness = createReadiness({
    steady: steadyClock,
    isDraining: () => isDraining,
    probeWrite: storage.health.probeWrite,
    hasMigrations: storage.health.hasMigrations,
    caughtUpAt: background.caughtUpAt,
    outboxLookedAt: background.outboxLookedAt,
  });
  const needs = toNeeds(parts, { clock, log, fetch, findReadiness });
  const web = createWeb(needs);
  const listener = createNodeListener(config, { answer: web.callback(), answerUnreadable: createUnreadableAnswer(needs) });
  return {
    web,
    start: async () => {
      background.start();
      await listener.open();
      isOpen = true;
      const listen = `${config.listen.host}:${config.listen.port}`;
      log.write('info', 'started', { version: readVersion(), issuer: config.issuer, dialect: storage.health.dialect, listen });
    },
    stop: async () => {
      isDraining = true;
      log.write('info', 'stopping', { issuer: config.issuer });
      await systemSleep(isOpen ? config.stopNoticeSeconds * 1000 : 0);
      await listener.drain();
      await background.stop();
      await storage.close();
      log.write('info', 'stopped', { issuer: config.issuer });
    },
  };
}
