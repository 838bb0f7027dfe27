// A log with the sharing records of some people in it, decided as the product decides them, and what a pack is made of and checked with.

import { toAsked } from '../../src/domain/consent/asked.ts';
import type { Consent } from '../../src/domain/consent/consent.ts';
import { grantConsent } from '../../src/domain/consent/grant-consent.ts';
import { narrowConsent } from '../../src/domain/consent/narrow-consent.ts';
import { toNotice } from '../../src/domain/consent/notice.ts';
import type { StoredRecord } from '../../src/domain/consent/store.ts';
import { withdrawConsent } from '../../src/domain/consent/withdraw-consent.ts';
import type { PackAsked, PackNeeds } from '../../src/domain/audit/exports/pack.ts';
import { createPack } from '../../src/domain/audit/exports/create-pack.ts';
import { readPackKeys } from '../../src/domain/audit/exports/pack-keys.ts';
import { createLedgerSearch } from '../../src/domain/audit/exports/ledger-search.ts';
import { wholeLog } from '../../src/domain/audit/exports/query.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { toCanonicalJson } from '../../src/domain/kernel/canonical.ts';
import { systemRandom, toDigest } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { Purpose } from '../../src/domain/agencies/agency.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { renderPackReadme } from '../../views/pack-readme.ts';
import { createTexts } from '../../views/messages/messages.ts';
import { createConsentScene, samplePurpose } from './consent-samples.ts';
import type { ConsentScene } from './consent-samples.ts';
import { createSampleEvents } from './ledger-samples.ts';
import { createMemoryLedgerStore } from './memory-ledger-store.ts';
import type { MemoryLedgerStore } from './memory-ledger-store.ts';
import { issuer, logSigner, receiptSigner, toJwks } from './receipt-samples.ts';
import { now, sampleAuthority } from './store-samples.ts';

export const texts = { ar: createTexts('ar'), en: createTexts('en') };

export const packAsked: Omit<PackAsked, 'query'> = {
  case: '2026/17',
  reason: 'complaint about a release',
  recipient: 'Administrative court, chamber 3',
  expiresAt: now + 30 * 86_400_000,
  openings: 'matching',
  receipts: 'withheld',
};

export type PackWorld = {
  readonly needs: PackNeeds;
  readonly store: MemoryLedgerStore;
  /** Of the first person. */
  readonly record: string;
};

function toStoredRecord(scenes: readonly ConsentScene[], id: string): StoredRecord | undefined {
  const saved = scenes.flatMap(({ needs }) => needs.consents.saved).filter(({ consent }) => consent.id === id);
  const last = saved.at(-1);
  return (
    last && {
      consent: last.consent,
      versions: saved.map(({ consent, receipt, events }) => ({ ...consent, jws: receipt.jws, body: events[0]?.body ?? null })),
    }
  );
}

const notice = toNotice(samplePurpose, 'ar', 'وزارة العمل تطلب الاسم\nوتاريخ الميلاد');
const otherNotice = toNotice(samplePurpose, 'en', 'The ministry of labour asks for the name\nand the date of birth');

/** Agrees, takes something back an hour later, and withdraws after another. */
async function decide(scene: ConsentScene): Promise<Consent> {
  const { clock, context, needs } = scene;
  const choice = {
    asked: toAsked(samplePurpose, { scopes: [], claims: [] }),
    chosen: ['email'],
    language: 'ar',
    shownVersion: null,
  } as const;
  const { consent } = getValue(await grantConsent(needs, { ...context, notice }, choice));
  clock.advance(3_600_000);
  const { consent: narrowed } = getValue(await narrowConsent(needs, context, { current: consent, removed: ['email'] }));
  clock.advance(3_600_000);
  return getValue(await withdrawConsent(needs, context, narrowed)).consent;
}

/** As the register enters the version of a purpose that takes effect. */
function toRegistration(purpose: Purpose): SealedEvent {
  const { clientId, id, version } = purpose;
  return sealEvent(
    { clock: { now: () => now }, random: systemRandom },
    {
      type: 'purpose.changed',
      personRef: null,
      actor: { kind: 'operator', ref: null },
      service: clientId,
      purpose: id,
      purposeVersion: version,
      payload: { agency: 'agency', change: 'changed', fields: [], sha256: toDigest(toCanonicalJson(purpose)) },
    },
  );
}

/** `others`: entries that concern nobody's record. */
export async function createPackWorld(others = 30): Promise<PackWorld> {
  const signer = { issuer, authority: sampleAuthority, key: receiptSigner.key, kid: receiptSigner.name };
  const scenes = Array.from({ length: 3 }, () => createConsentScene()).map((scene) => ({ ...scene, needs: { ...scene.needs, signer } }));
  const [record] = await Promise.all(scenes.map(decide));
  const store = createMemoryLedgerStore();
  const events = scenes.flatMap(({ needs }) => needs.consents.saved.flatMap((saved) => saved.events));
  const registered = toRegistration(samplePurpose);
  await store.append([...createSampleEvents(others), ...events.toSorted((left, right) => left.at - right.at), registered]);
  await sequenceAll({ store, signer: logSigner, clock: { now: () => now } });
  const needs: PackNeeds = {
    clock: { now: () => now + 86_400_000 },
    random: systemRandom,
    ledger: store,
    findHead: () => store.findCheckpoint(),
    ...createLedgerSearch({ ledger: store, findPersonRef: async () => scenes[0]?.context.person.id }),
    consents: {
      readRecord: async (id) => toStoredRecord(scenes, id),
      findNotice: async (digest) => (digest === notice.digest ? notice : undefined),
      findNoticeIn: async (_version, language) => (language === otherNotice.language ? otherNotice : undefined),
    },
    agencies: { findPurposeVersion: async () => samplePurpose },
    signer,
    readKeys: () => readPackKeys({ ledger: store, logVerifier: toVerifier(logSigner), receiptKeys: toJwks(receiptSigner) }),
    findWitnessProof: async () => undefined,
    renderReadme: (summary) => renderPackReadme({ texts }, summary),
    verifier: '// the verifier',
  };
  return { needs, store, record: record?.id ?? '' };
}

export async function makePack({ needs }: PackWorld, asked: Partial<PackAsked>): Promise<Buffer> {
  const made = await createPack(needs, { kind: 'officer', ref: 'officer-1' }, { ...packAsked, query: wholeLog, ...asked });
  return getValue(made).bytes;
}
