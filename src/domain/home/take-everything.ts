// Everything that is held about one person, as one JSON text in pieces: nothing is ever held in memory whole. The last member signs every byte before it,
// so a file that broke off on the way is not taken for a whole one. Described in docs/reference/take-file.md.

import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { findAttribute } from '../attributes/catalogue.ts';
import type { DutiesStore } from '../duties/store.ts';
import { openWords } from './report.ts';
import type { ReportStore } from './report.ts';
import { findNamedNotice } from '../consent/parse-decision-body.ts';
import type { ConsentStore } from '../consent/store.ts';
import { toReceiptFile } from '../consent/receipt-file.ts';
import type { ReceiptKeys } from '../consent/receipt-file.ts';
import type { ReceiptSigner } from '../consent/receipt.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Clock } from '../kernel/clock.ts';
import { getValue } from '../kernel/errors.ts';
import { proveEntry } from '../ledger/prove-entry.ts';
import type { Sleep } from '../ledger/sleep.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { openPasskeyName } from '../passkeys/passkey-name.ts';
import type { Passkey } from '../passkeys/passkey.ts';
import type { PasskeysStore } from '../passkeys/store.ts';
import type { Person, PersonalData } from '../people/person.ts';
import type { HomeStore, OwnEntry } from './store.ts';

export type TakeNeeds = {
  readonly home: HomeStore;
  readonly consents: Pick<ConsentStore, 'findNotice'>;
  readonly ledger: Pick<LedgerStore, 'findEntryByEventId' | 'findCheckpoint' | 'readTile'>;
  readonly passkeys: Pick<PasskeysStore, 'listPasskeys' | 'listEndedPasskeys' | 'listNames'>;
  readonly duties: Pick<DutiesStore, 'listDuties'>;
  readonly reports: Pick<ReportStore, 'readOwnReports'>;
  readonly dataKey: KeyObject;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly signer: ReceiptSigner;
};

/** What only the caller can read. */
export type Taken = {
  readonly person: Person;
  readonly data: PersonalData;
  readonly sessions: readonly object[];
  /** The services that were entered, and how each was told of the end. */
  readonly serviceSessions: readonly object[];
  /** By which each sector knows the person. */
  readonly subjects: readonly object[];
  /** New addresses that wait for their code. */
  readonly contactChanges: readonly object[];
  readonly receiptKeys: ReceiptKeys['keys'];
  /** The key of the log that had to sign a checkpoint of this size. */
  readonly findLogKey: (size: number) => Promise<string>;
};

const format = 'huwiya-take/1';
const batchSize = 200;

type Part = { readonly name: string; readonly items: AsyncIterable<object> };

const languageTag = /[#][^]*/;

/** Each value with the register it comes from; null where it is no attribute of the catalogue. */
function toData(data: PersonalData): readonly object[] {
  const named = Object.entries(data).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return named.map(([name, value]) => ({
    name,
    source: findAttribute(name.replace(languageTag, '').replace(/_verified$/, ''))?.source.id ?? null,
    value,
  }));
}

async function* takeConsents({ home }: TakeNeeds, { person }: Taken): AsyncGenerator<object> {
  let after: string | null = null;
  do {
    const consents = await home.readAllConsents(person.id, { after, limit: batchSize });
    const ids = consents.map(({ id }) => id);
    const versions = Map.groupBy(await home.readVersions(ids), ({ consentId }) => consentId);
    for (const { personId: _, ...consent } of consents) {
      yield { ...consent, versions: (versions.get(consent.id) ?? []).map(({ consentId: _id, ...version }) => version) };
    }
    after = consents.length < batchSize ? null : (ids.at(-1) ?? null);
  } while (after !== null);
}

/** `shown`: receives the digest of each text that was shown for one of them. */
async function* takeReceipts(
  needs: TakeNeeds,
  { person, receiptKeys: keys, findLogKey }: Taken,
  shown: Set<string>,
): AsyncGenerator<object> {
  let after = null;
  do {
    const page = await needs.home.readReceipts(person.id, { after, limit: batchSize });
    for (const receipt of page.receipts) {
      const proof = getValue(await proveEntry({ ...needs, store: needs.ledger }, receipt.eventId));
      const file = toReceiptFile(receipt, proof, { keys, log: await findLogKey(proof.checkpoint.size) });
      const notice = findNamedNotice(proof.entry.body) ?? null;
      if (notice !== null) {
        shown.add(notice);
      }
      yield { id: receipt.id, change: receipt.change, issued_at: toTimestamp(receipt.createdAt), notice, file };
    }
    after = page.next;
  } while (after !== null);
}

/** Each text once, however often it was shown. */
async function* takeNotices({ consents }: TakeNeeds, shown: ReadonlySet<string>): AsyncGenerator<object> {
  for (const digest of shown) {
    const notice = await consents.findNotice(digest);
    if (notice !== undefined) {
      const { clientId: service, purposeId: purpose, purposeVersion: version, language, text } = notice;
      yield { digest, service, purpose, version, language, text };
    }
  }
}

function toEntry({ index, id, type, at, service, purpose, attributes, body }: OwnEntry): object {
  const content: unknown = JSON.parse(body);
  return { index, id, type, at: toTimestamp(at), service, purpose, attributes, content };
}

async function* takeActivity({ home }: TakeNeeds, { person }: Taken): AsyncGenerator<object> {
  let before: string | null = null;
  do {
    const page = await home.readEntries(person.id, {}, { before, limit: batchSize });
    yield* page.entries.map(toEntry);
    before = page.next;
  } while (before !== null);
}

/** Public facts and the person's own name for it: nobody can sign in with them. */
function toPasskey({ id, createdAt, lastUsedAt, transports, aaguid, isBackedUp, publicKey }: Passkey, name: string | null): object {
  return {
    id,
    name,
    created_at: toTimestamp(createdAt),
    last_used_at: lastUsedAt === null ? null : toTimestamp(lastUsedAt),
    transports,
    authenticator: aaguid,
    synced: isBackedUp,
    public_key: publicKey,
  };
}

async function* each(items: readonly object[]): AsyncGenerator<object> {
  yield* items;
}

async function* takePasskeys({ passkeys, dataKey }: TakeNeeds, { person }: Taken): AsyncGenerator<object> {
  const names = new Map((await passkeys.listNames(person.id)).map((name) => [name.passkeyId, name.sealed]));
  const lists = { kept: await passkeys.listPasskeys(person.id), removed: await passkeys.listEndedPasskeys(person.id) };
  for (const passkey of [...lists.kept, ...lists.removed]) {
    const sealed = names.get(passkey.id);
    const name = sealed === undefined ? null : openPasskeyName({ dataKey }, { person, passkeyId: passkey.id }, sealed);
    yield { ...toPasskey(passkey, name), removed: lists.removed.some(({ id }) => id === passkey.id) };
  }
}

async function* takeReports(needs: TakeNeeds, { person }: Taken): AsyncGenerator<object> {
  let after = null;
  do {
    const page = await needs.reports.readOwnReports(person.id, { after, limit: batchSize });
    for (const report of page.reports) {
      const { caseNumber, clientId, entryId, category, openedAt, closedAt } = report;
      const words = openWords(needs, report, 'words');
      const answer = openWords(needs, report, 'answer');
      const closed = closedAt === null ? null : toTimestamp(closedAt);
      yield {
        case: caseNumber,
        service: clientId,
        entry: entryId,
        category,
        opened_at: toTimestamp(openedAt),
        closed_at: closed,
        words,
        answer,
      };
    }
    after = page.next;
  } while (after !== null);
}

async function* takeDuties({ duties }: TakeNeeds, { person }: Taken): AsyncGenerator<object> {
  for (const { personId: _, ...duty } of await duties.listDuties(person.id)) {
    yield duty;
  }
}

const toParts = (needs: TakeNeeds, taken: Taken, shown = new Set<string>()): readonly Part[] => [
  { name: 'consents', items: takeConsents(needs, taken) },
  { name: 'receipts', items: takeReceipts(needs, taken, shown) },
  // After the receipts, which name them.
  { name: 'notices', items: takeNotices(needs, shown) },
  { name: 'activity', items: takeActivity(needs, taken) },
  { name: 'sessions', items: each(taken.sessions) },
  { name: 'service_sessions', items: each(taken.serviceSessions) },
  { name: 'subjects', items: each(taken.subjects) },
  { name: 'contact_changes', items: each(taken.contactChanges) },
  { name: 'passkeys', items: takePasskeys(needs, taken) },
  { name: 'reports', items: takeReports(needs, taken) },
  { name: 'duties', items: takeDuties(needs, taken) },
];

async function* writePart({ name, items }: Part): AsyncGenerator<string> {
  yield `${JSON.stringify(name)}: [`;
  let isFirst = true;
  for await (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(item)}`;
    isFirst = false;
  }
  yield '\n],\n';
}

async function* writeContent(needs: TakeNeeds, taken: Taken): AsyncGenerator<string> {
  const { kind, language, status } = taken.person;
  const head = { format, issuer: needs.signer.issuer, created_at: toTimestamp(needs.clock.now()) };
  const [opening] = JSON.stringify(head).split(/\}$/);
  yield `${opening ?? '{'},\n`;
  yield `"person": ${JSON.stringify({ kind, status, language, data: toData(taken.data) })},\n`;
  for (const part of toParts(needs, taken)) {
    yield* writePart(part);
  }
}

async function sign({ signer, clock }: TakeNeeds, digest: string): Promise<string> {
  const claims = { iss: signer.issuer, iat: Math.floor(clock.now() / 1000), format, sha256: digest };
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'huwiya-take+jwt', kid: signer.kid })
    .sign(signer.key);
}

export async function* takeEverything(needs: TakeNeeds, taken: Taken): AsyncGenerator<string> {
  const hash = createHash('sha256');
  for await (const text of writeContent(needs, taken)) {
    hash.update(text);
    yield text;
  }
  yield `"signature": ${JSON.stringify(await sign(needs, hash.digest('base64url')))}\n}\n`;
}
