// The purposes behind the opened entries, in the words of both languages as they were registered. The log fixes those words too: the entry by which a version took
// effect names the digest of its whole content. That entry comes along with its proof.

import { toCanonicalJson } from '../../kernel/canonical.ts';
import { toDigest } from '../../kernel/ids.ts';
import type { Entry } from '../../ledger/store.ts';
import { toEntryBody } from '../entry-body.ts';
import { isOpen, toEntryLine } from './pack-entries.ts';
import type { EntryPlace, OpenEntry } from './pack-entries.ts';
import type { PackNeeds } from './pack.ts';
import type { PackFile } from './zip.ts';

type Named = { readonly service: string; readonly purpose: string; readonly version: number };

export type PurposeParts = { readonly files: readonly PackFile[]; readonly areProven: boolean };

const pageSize = 100;

function toNamed(opened: readonly Entry[]): readonly Named[] {
  const named = new Map<string, Named>();
  for (const { body, purpose, service } of opened) {
    const version = toEntryBody(body).purposeVersion;
    if (service !== null && purpose !== null && version !== null) {
      named.set(JSON.stringify([service, purpose, version]), { service, purpose, version });
    }
  }
  return [...named.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
}

/** The entry by which this very content took effect. */
async function findRegistration(
  needs: PackNeeds,
  { purpose, service, version }: Named,
  { content, size }: { readonly content: string; readonly size: number },
): Promise<OpenEntry | undefined> {
  const filter = { types: ['purpose.changed'], service, purpose } as const;
  const page = await needs.ledger.queryEntries(filter, { order: 'oldest-first', after: null, limit: pageSize });
  const digest = toDigest(content);
  return page.entries.filter(isOpen).find(({ body, index }) => {
    const { payload, purposeVersion } = toEntryBody(body);
    return index < size && purposeVersion === version && payload['sha256'] === digest;
  });
}

type Line = { readonly line: string; readonly registration: OpenEntry | undefined };

async function toLine(needs: PackNeeds, named: Named, size: number): Promise<Line> {
  const { purpose, service, version } = named;
  const found = await needs.agencies.findPurposeVersion(service, purpose, version);
  const whole = found === undefined ? '' : toCanonicalJson(found);
  const registration = found && (await findRegistration(needs, named, { content: whole, size }));
  const text = found === undefined ? null : { ar: found.text.ar, en: found.text.en };
  const proof = { content: registration === undefined ? null : whole, index: registration?.index ?? null };
  return { line: `${toCanonicalJson({ purpose, service, text, version, ...proof })}\n`, registration };
}

export async function toPurposeParts(needs: PackNeeds, opened: readonly Entry[], place: EntryPlace): Promise<PurposeParts> {
  const lines: Line[] = [];
  for (const named of toNamed(opened)) {
    lines.push(await toLine(needs, named, place.size));
  }
  const registrations = new Map(
    lines.flatMap(({ registration }) => (registration === undefined ? [] : [[registration.index, registration]])),
  );
  const entries: string[] = [];
  for (const [, entry] of [...registrations].toSorted(([left], [right]) => left - right)) {
    entries.push(await toEntryLine(needs.ledger, entry, place));
  }
  const toFile = (name: string, parts: readonly string[]): PackFile => ({ name, bytes: Buffer.from(parts.join('')) });
  const files = [
    toFile(
      'purposes.jsonl',
      lines.map(({ line }) => line),
    ),
    toFile('registrations.jsonl', entries),
  ];
  return { files, areProven: lines.every(({ registration }) => registration !== undefined) };
}
