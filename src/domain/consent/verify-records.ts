// Holds every record against the log: what is stored must be what its entries say, version by version, and its receipts must be those that the entries name.
// The log proves itself (verify-log.ts); this proves that the tables which decide about releases say the same. Reads only; tells names of members, never a value.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { findNamedReceipt } from './parse-decision-body.ts';
import { toReceiptDigest } from './receipt.ts';
import { replay } from './replay.ts';
import type { ReplayedVersion } from './replay.ts';
import type { ConsentStore, StoredRecord, StoredVersion } from './store.ts';

/** What each difference means; the command line prints it. */
export const recordFaultCatalogue = {
  'entry-missing': 'A version of the record has no entry in the log.',
  'does-not-follow': 'The entries of the record do not follow from each other.',
  'version-missing': 'The record says another number of versions than are kept.',
  'version-differs': 'A kept version differs from its entry.',
  'record-differs': 'The record differs from what its entries come to.',
  'receipt-differs': 'A kept receipt is not the one that its entry names.',
} as const;

export type RecordFaultCode = keyof typeof recordFaultCatalogue;

export type RecordFault = { readonly record: string; readonly code: RecordFaultCode; readonly detail: string };

export type RecordsReport = {
  readonly compared: number;
  readonly faults: readonly RecordFault[];
  /** True when there were more faults than are listed. */
  readonly isCut: boolean;
};

export type VerifyRecordsNeeds = {
  readonly consents: Pick<ConsentStore, 'countRecords' | 'readRecord' | 'readRecords'>;
  readonly progress?: (done: number, total: number) => void;
};

const pageSize = 200;
const listLimit = 1000;

const versionMembers = [
  'version',
  'purposeVersion',
  'state',
  'change',
  'attributes',
  'basis',
  'language',
  'actedBy',
  'decidedAt',
  'expiresAt',
] as const;
const recordMembers = [...versionMembers, 'clientId', 'purposeId', 'personKind', 'level', 'isOffline', 'createdAt'] as const;

type Comparable = Pick<ReplayedVersion, (typeof recordMembers)[number]>;

function toAttributesJson(attributes: Comparable['attributes']): Json {
  return attributes.map(({ decision, declinedAt, name, necessity }) => [name, necessity, decision, declinedAt ?? null]);
}

/** Names of the members in which two of them differ. */
function findDifferences<M extends keyof Comparable>(
  members: readonly M[],
  stored: Pick<Comparable, M>,
  said: Pick<Comparable, M>,
): string {
  return members.filter((name) => spell(stored[name]) !== spell(said[name])).join(', ');
}

function spell(value: Comparable[keyof Comparable]): string {
  return toCanonicalJson(typeof value === 'object' ? toAttributesJson(value) : value);
}

type Found = Omit<RecordFault, 'record'>;

function checkVersion(stored: StoredVersion, said: ReplayedVersion): readonly Found[] {
  const differences = findDifferences(versionMembers, stored, said);
  const isNamed = findNamedReceipt(stored.body ?? '') === toReceiptDigest(stored.jws);
  const at = `version ${stored.version}`;
  return [
    ...(differences === '' ? [] : [{ code: 'version-differs', detail: `${at}: ${differences}` } as const]),
    ...(isNamed ? [] : [{ code: 'receipt-differs', detail: at } as const]),
  ];
}

function checkWhole({ consent, versions }: StoredRecord, last: ReplayedVersion | undefined): readonly Found[] {
  if (last === undefined || consent.version !== versions.length) {
    return [{ code: 'version-missing', detail: `the record is at version ${consent.version}, ${versions.length} are kept` }];
  }
  const differences = findDifferences(recordMembers, consent, last);
  const isOf = last.id === consent.id;
  return differences === '' && isOf ? [] : [{ code: 'record-differs', detail: isOf ? differences : 'id' }];
}

function findFaults(record: StoredRecord): readonly Found[] {
  const missing = record.versions.find(({ body }) => body === null);
  if (missing !== undefined) {
    return [{ code: 'entry-missing', detail: `version ${missing.version}` }];
  }
  const said = replay(record.versions.map(({ body }) => body ?? ''));
  if (!said.ok) {
    return [{ code: 'does-not-follow', detail: said.detail }];
  }
  const pairs = record.versions.flatMap((stored, at) => {
    const one = said.value[at];
    return one === undefined ? [] : checkVersion(stored, one);
  });
  return [...pairs, ...checkWhole(record, said.value.at(-1))];
}

/** On a live database a decision may have come between the reading of a record and that of its versions: what seems wrong is read again, alone. */
async function judge({ consents }: VerifyRecordsNeeds, read: StoredRecord): Promise<readonly RecordFault[]> {
  let found = findFaults(read);
  for (let again = 0; again < 3 && found.length > 0; again += 1) {
    const record = await consents.readRecord(read.consent.id);
    found = record === undefined ? [] : findFaults(record);
  }
  return found.map((fault) => ({ record: read.consent.id, ...fault }));
}

/** Page by page, by the ids of the records. */
export async function verifyRecords(needs: VerifyRecordsNeeds): Promise<RecordsReport> {
  const total = await needs.consents.countRecords();
  const faults: RecordFault[] = [];
  let compared = 0;
  let page = await needs.consents.readRecords('', pageSize);
  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
    for (const record of page) {
      faults.push(...(await judge(needs, record)));
    }
    compared += page.length;
    needs.progress?.(compared, Math.max(total, compared));
    page = await needs.consents.readRecords(last.consent.id, pageSize);
  }
  return { compared, faults: faults.slice(0, listLimit), isCut: faults.length > listLimit };
}
