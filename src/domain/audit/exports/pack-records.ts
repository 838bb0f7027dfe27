// What stands behind the opened entries: the versions of records that they decided, with receipts where they may travel, the texts that people were shown, and
// the purposes in the words of both languages.

import { toCanonicalJson } from '../../kernel/canonical.ts';
import type { Json } from '../../kernel/canonical.ts';
import { toDigest } from '../../kernel/ids.ts';
import type { Entry } from '../../ledger/store.ts';
import { isUnaltered } from '../../consent/notice.ts';
import type { Notice } from '../../consent/notice.ts';
import { toEntryBody } from '../entry-body.ts';
import type { EntryBody } from '../entry-body.ts';
import type { PackAsked, PackNeeds } from './pack.ts';
import type { PackFile } from './zip.ts';

type Opened = { readonly entry: Entry; readonly body: EntryBody };

const findDigest = ({ body }: Opened, name: string): string | undefined => {
  const value = body.payload[name];
  return typeof value === 'string' ? value : undefined;
};

const toFile = (name: string, text: string): PackFile => ({ name, bytes: Buffer.from(text) });

async function findReceipts(needs: PackNeeds, opened: readonly Opened[]): Promise<ReadonlyMap<string, string>> {
  const records = new Set(opened.map(({ body }) => body.record).filter((record) => record !== null));
  const receipts = new Map<string, string>();
  for (const id of records) {
    const record = await needs.consents.readRecord(id);
    for (const { jws } of record?.versions ?? []) {
      receipts.set(toDigest(jws), jws);
    }
  }
  return receipts;
}

/** A line for each decision: the digest that its entry names, and the receipt itself where it may travel. */
async function toRecordLines(needs: PackNeeds, opened: readonly Opened[], asked: Pick<PackAsked, 'receipts'>): Promise<string> {
  const receipts = asked.receipts === 'included' ? await findReceipts(needs, opened) : new Map<string, string>();
  const lines = opened.map((one) => {
    const digest = findDigest(one, 'receipt_sha256');
    const { payload, record } = one.body;
    const version = payload['version'] ?? null;
    const line: Json = {
      index: one.entry.index,
      receipt: receipts.get(digest ?? '') ?? null,
      receipt_sha256: digest ?? '',
      record,
      version,
    };
    return digest === undefined ? '' : `${toCanonicalJson(line)}\n`;
  });
  return lines.join('');
}

type Notices = { readonly files: readonly PackFile[]; readonly missing: readonly string[] };

/** How the same purpose is worded in the other language, as somebody else was shown it. Where nobody was, both are in the file of purposes alone. */
async function findInOtherLanguage({ consents }: PackNeeds, notice: Notice): Promise<Notice | undefined> {
  const other = await consents.findNoticeIn(notice, notice.language === 'ar' ? 'en' : 'ar');
  return other !== undefined && isUnaltered(other) ? other : undefined;
}

async function toNotices(needs: PackNeeds, opened: readonly Opened[]): Promise<Notices> {
  const digests = new Set(opened.map((one) => findDigest(one, 'notice_sha256')).filter((digest) => digest !== undefined));
  const files: PackFile[] = [];
  const others = new Map<string, PackFile>();
  const missing: string[] = [];
  for (const digest of [...digests].toSorted()) {
    const notice = await needs.consents.findNotice(digest);
    if (notice === undefined || !isUnaltered(notice)) {
      missing.push(digest);
      continue;
    }
    files.push(toFile(`notices/${digest}.txt`, notice.text));
    const other = await findInOtherLanguage(needs, notice);
    if (other !== undefined && !digests.has(other.digest)) {
      others.set(other.digest, toFile(`notices/other-language/${other.digest}.txt`, other.text));
    }
  }
  return { files: [...files, ...others.values()], missing };
}

export type RecordParts = { readonly files: readonly PackFile[]; readonly missingNotices: readonly string[] };

export async function toRecordParts(needs: PackNeeds, entries: readonly Entry[], asked: Pick<PackAsked, 'receipts'>): Promise<RecordParts> {
  const opened = entries.map((entry) => ({ entry, body: toEntryBody(entry.body) }));
  const notices = await toNotices(needs, opened);
  const files = [toFile('records.jsonl', await toRecordLines(needs, opened, asked)), ...notices.files];
  return { files, missingNotices: notices.missing };
}
