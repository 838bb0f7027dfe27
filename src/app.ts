// The composition root: the only file that knows every part. It passes things in; nothing reaches for anything by itself.

import type { Config } from './config/config.ts';
import { deriveFormKey, deriveLimitKey, deriveNoticeKey, deriveReferenceKey } from './config/derive-keys.ts';
import { toPlace } from './config/host-rules.ts';
import type { Keys } from './config/keys.ts';
import { readVersion } from './config/version.ts';
import { runProjector } from './domain/audit/run-projector.ts';
import type { Projector } from './domain/audit/run-projector.ts';
import { createAnomalyWatch } from './domain/audit/anomalies/watch.ts';
import type { DeclaredNeeds } from './domain/declared/needs.ts';
import { steadyClock, systemClock } from './domain/kernel/clock.ts';
import type { Clock, Millis } from './domain/kernel/clock.ts';
import { Fault } from './domain/kernel/errors.ts';
import { systemRandom } from './domain/kernel/ids.ts';
import type { CreateTokenKey } from './domain/keys/create-token-key.ts';
import type { KeyRing } from './domain/keys/key-ring.ts';
import type { KeyNeeds } from './domain/keys/needs.ts';
import { createLimiting } from './domain/limits/needs.ts';
import { createLogSigner } from './domain/ledger/checkpoint.ts';
import { createLogMemory } from './domain/ledger/log-memory.ts';
import { runSequencer } from './domain/ledger/run-sequencer.ts';
import type { Sequencer } from './domain/ledger/run-sequencer.ts';
import { sequenceAll } from './domain/ledger/sequence.ts';
import { toVerifier } from './domain/ledger/signed-note.ts';
import type { NoteSigner } from './domain/ledger/signed-note.ts';
import { systemSleep } from './domain/ledger/sleep.ts';
import { runOutbox } from './domain/outbox/run-outbox.ts';
import type { OutboxNeeds, OutboxWorker } from './domain/outbox/run-outbox.ts';
import { createTraceRecorder } from './domain/traces/record-traces.ts';
import type { TraceRecorder } from './domain/traces/record-traces.ts';
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
import { followCalls, followSenders, followStorage } from './spans.ts';
import type { Storage } from './storage/open-storage.ts';
import { runWithPatience } from './storage/patience.ts';
import { createLog } from './telemetry/log.ts';
import type { Log } from './telemetry/log.ts';
import { toCountedLog } from './telemetry/node-counts.ts';
import { findSpans, toTracedLog } from './telemetry/spans.ts';
import type { Spans } from './telemetry/spans.ts';
import { createTexts } from '../views/messages/messages.ts';
import { readAssets } from './web/assets.ts';
import { createCertificateSource } from './web/client-certificates.ts';
import { createNodeListener } from './web/listener.ts';
import type { Answers } from './web/listener.ts';
import { createNoticeLetters } from './web/notice-letters.ts';
import type { Readiness } from './web/readiness.ts';
import { createUnreadableAnswer } from './web/unreadable-request.ts';
import { createWitnessedHeadFile } from './storage/witnessed-head.ts';
import { createMetrics } from './metrics.ts';
import { createRing } from './node-keys.ts';
import { listDoors, tellStart, watchDisk, watchReadiness } from './node-state.ts';
import { createNodeWitnessing, createWatching } from './witnessing.ts';
import type { NodeWitnessing } from './witnessing.ts';
import { createUpkeep } from './upkeep.ts';
import type { Attempt } from './upkeep.ts';
import { createCurrentWeb } from './web/current-web.ts';
import type { AppNeeds } from './web/web.ts';

export type Parts = {
  readonly config: Config;
  readonly keys: Keys;
  readonly storage: Storage;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Makes the keys of tokens, where it is not done in the usual way. */
  readonly createKey?: CreateTokenKey;
};

export type Node = {
  readonly answer: Answers['answer'];
  /** Starts the sequencer and listens; resolves when the first request can be answered. */
  readonly start: () => Promise<void>;
  /**
   * Says that it is no longer ready, waits as long as the operator wants that noticed, stops taking requests, lets those under way finish within ten
   * seconds, numbers what is committed, and closes the database.
   */
  readonly stop: () => Promise<void>;
  /** Resolves when the disk failed: nothing is answered but `503` any more, and whoever runs this node MUST stop it and end the process. */
  readonly broken: Promise<void>;
};

function toStores({ engine: artefacts, migrate: _migrate, close: _close, ...stores }: Storage, clock: Clock) {
  return { ...stores, artefacts, watch: createAnomalyWatch({ ...stores, clock }) };
}

function toDeclaring({ config, keys, storage }: Parts, clock: Clock): DeclaredNeeds {
  const { encryption: dataKey, lookup: lookupKey } = keys.data;
  return { declared: storage.declared, clock, random: systemRandom, dataKey, lookupKey, doors: toDoors(config.mail) };
}

function toReceiptSigner({ config, keys }: Parts): ReceiptSigner {
  const { authority, issuer } = config;
  return { issuer, authority, key: keys.receipt.privateKey, kid: keys.receipt.kid };
}

function toReceiptNeeds(parts: Parts): Pick<AppNeeds, 'signer' | 'receiptKeys'> {
  return { signer: toReceiptSigner(parts), receiptKeys: { keys: [parts.keys.receipt.publicJwk] } };
}

function toProtecting({ config, keys }: Parts): Pick<AppNeeds, 'formKey' | 'noticeKey' | 'unfreezeDelayMs'> {
  return { formKey: deriveFormKey(keys), noticeKey: deriveNoticeKey(keys), unfreezeDelayMs: config.unfreezeHours * 3_600_000 };
}

type Surroundings = {
  readonly clock: Clock;
  readonly log: Log;
  readonly ring: KeyRing;
  /** The one way out to services. */
  readonly fetch: GuardedFetch;
  readonly findReadiness: () => Promise<Readiness>;
  readonly traceRecorder: TraceRecorder;
  readonly witnesses: NodeWitnessing | undefined;
};

type OwnNeeds = Omit<AppNeeds, 'certificates' | 'counts' | 'spans'>;

function toRules({ recoveryWaitHours, staffPasskeys, enrolmentCodeHours, trustFramework, exportAloneLimit, homeCountry }: Config) {
  const enrolmentCodeSeconds = enrolmentCodeHours * 3600;
  return {
    recoveryWaitMs: recoveryWaitHours * 3_600_000,
    staffRule: staffPasskeys,
    enrolmentCodeSeconds,
    trustFramework,
    exportAloneLimit,
    homeCountry,
  };
}

function toNeeds(parts: Parts, { clock, log, ring, fetch, findReadiness, traceRecorder, witnesses }: Surroundings): OwnNeeds {
  const { config, keys, storage } = parts;
  const signer = createLogSigner(config.issuer, keys.checkpoint.privateKey);
  return {
    ...toPlace(config),
    clock,
    random: systemRandom,
    sleep: systemSleep,
    log,
    ...toStores(storage, clock),
    declaring: toDeclaring(parts, clock),
    limiting: createLimiting({ store: storage.limits, rules: config.limits, key: deriveLimitKey(keys), clock }),
    ...toRules(config),
    ...toReceiptNeeds(parts),
    logVerifier: toVerifier(signer),
    witnessing: witnesses && { ...witnesses.witnessing, reports: witnesses.reports },
    relyingParty: toRelyingParty(config.issuer, 'Huwiya'),
    ...toProtecting(parts),
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
    traceRecorder,
    ring,
    cookieKeys: keys.cookies,
    dpopNonceSecret: keys.dpopNonce,
    referenceKey: deriveReferenceKey(keys),
  };
}

type Background = {
  readonly start: () => void;
  /** See the sequencer and the outbox; before the start both are never. */
  readonly caughtUpAt: () => Millis;
  readonly outboxLookedAt: () => Millis;
  readonly traceRecorder: TraceRecorder;
  readonly stop: () => Promise<void>;
};

function toOutboxNeeds(log: Log): Pick<OutboxNeeds, 'random' | 'sleep' | 'steady' | 'pause' | 'tell'> {
  const tell: OutboxNeeds['tell'] = ({ topic, recipient }, failure) =>
    log.write('warn', 'not delivered', { topic, failure, clientId: recipient });
  return { random: systemRandom, sleep: systemSleep, steady: steadyClock, pause: 500, tell };
}

type Tending = { readonly clock: Clock; readonly keyNeeds: KeyNeeds };

type BackgroundNeeds = Tending & Pick<Surroundings, 'log' | 'ring' | 'fetch' | 'witnesses'> & { readonly spans: Spans | undefined };

function createWitnesses(parts: Parts, { clock, log, fetch }: Pick<Surroundings, 'clock' | 'log' | 'fetch'>): NodeWitnessing | undefined {
  const { config, keys, storage } = parts;
  const logVerifier = toVerifier(createLogSigner(config.issuer, keys.checkpoint.privateKey));
  const file = config.witnesses && createWitnessedHeadFile(config.witnesses.headFile);
  return createNodeWitnessing({ config, storage, clock, log, fetch, logVerifier, keepHead: ({ text }) => file?.write(text) });
}

/** What goes on between requests: numbering what was committed, sending what waits, and removing what is long dead. A fault is reported and ends none of it. */
function createBackground(parts: Parts, { clock, log, ring, keyNeeds, fetch, witnesses, spans }: BackgroundNeeds): Background {
  const { config, keys, storage } = parts;
  const report = (fault: unknown): void => log.fault(fault instanceof Fault ? fault.code : 'ledger/unavailable', fault, {});
  const attempt: Attempt = (work) => work().catch(report);
  const toSigner = ({ privateKey }: Keys['checkpoint']): NoteSigner => createLogSigner(config.issuer, privateKey);
  const others = keys.nextCheckpoint === undefined ? [] : [toSigner(keys.nextCheckpoint)];
  const watching = createWatching({ ...parts, clock, log }, witnesses);
  const sequence = { store: storage.ledger, clock, signer: toSigner(keys.checkpoint), others, memory: createLogMemory() };
  const upkeep = createUpkeep({ ...parts, log, signer: toReceiptSigner(parts) }, { clock, keyNeeds }, attempt);
  const letters = createNoticeLetters({ issuer: config.issuer, ...toProtecting(parts) });
  const senders = followSenders(createSenders({ config, keys, ring, storage, clock, fetch, letters }), spans);
  const outboxNeeds = { ...toOutboxNeeds(log), senders, outbox: storage.outbox, clock, report };
  const traceRecorder = createTraceRecorder({ ...outboxNeeds, traces: storage.traces });
  let sequencer: Sequencer | undefined;
  let outbox: OutboxWorker | undefined;
  let projector: Projector | undefined;
  return {
    start: () => {
      upkeep.start();
      sequencer = runSequencer({ ...sequence, sleep: systemSleep, steady: steadyClock, pause: 200, report });
      outbox = runOutbox(outboxNeeds);
      projector = runProjector({ facts: storage.facts, sleep: systemSleep, pause: 1000, report });
      traceRecorder.start();
      watching.start();
    },
    traceRecorder,
    caughtUpAt: () => sequencer?.caughtUpAt() ?? Number.NEGATIVE_INFINITY,
    outboxLookedAt: () => outbox?.lookedAt() ?? Number.NEGATIVE_INFINITY,
    stop: async () => {
      await watching.stop();
      await upkeep.stop();
      await traceRecorder.stop();
      await projector?.stop();
      // Before the sequencer: what was sent still gets its entry numbered.
      await outbox?.stop();
      await sequencer?.stop();
      await attempt(() => sequenceAll(sequence));
    },
  };
}

function followParts({ config, keys, storage, clock = systemClock, log = createLog(config.logLevel) }: Parts) {
  const spans = findSpans(readVersion());
  const parts = { config, keys, storage: followStorage(storage, spans), clock };
  return { ...toCountedLog(toTracedLog(log, spans)), spans, parts, fetch: followCalls(createWayOut(config), spans) };
}

export function createNode(given: Parts): Node {
  const { parts, counts, log, spans, fetch } = followParts(given);
  const { config, storage, clock } = parts;
  const { ring, keyNeeds } = createRing(parts, clock);
  const witnesses = createWitnesses(parts, { clock, log, fetch });
  const background = createBackground(parts, { clock, log, ring, keyNeeds, fetch, witnesses, spans });
  let isDraining = false;
  let isOpen = false;
  const broken = watchDisk(storage, log, () => (isOpen = false));
  const findReadiness = watchReadiness({ storage, background, clock, log }, () => isDraining);
  const certificates = createCertificateSource(config.certificateDoor, clock);
  const own = toNeeds(parts, { ...background, clock, log, ring, fetch, findReadiness, witnesses });
  const needs: AppNeeds = { ...own, certificates, counts, spans };
  const web = createCurrentWeb(needs);
  const answer: Answers['answer'] = async (request, response) => runWithPatience(async () => web(request, response));
  const metrics = createMetrics({ config, storage, clock, counts, witnesses, findReadiness });
  const listener = createNodeListener({ clock, log }, listDoors(config), { answer, answerUnreadable: createUnreadableAnswer(needs) });
  return {
    answer,
    broken,
    start: async () => {
      // The first start makes the keys; without any there is nothing to answer with.
      await ring.refresh();
      background.start();
      await listener.open();
      await metrics.open();
      isOpen = true;
      tellStart({ ...parts, spans }, log);
    },
    stop: async () => {
      isDraining = true;
      log.write('info', 'stopping', { issuer: config.issuer });
      await systemSleep(isOpen ? config.stopNoticeSeconds * 1000 : 0);
      await listener.drain();
      await metrics.close();
      await background.stop();
      await storage.close();
      log.write('info', 'stopped', { issuer: config.issuer });
    },
  };
}
