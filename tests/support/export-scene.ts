// An export of a case over the log of a pack world, and what fetching it needs.

import { createSecretKey } from 'node:crypto';
import type { OpenedCase } from '../../src/domain/audit/case.ts';
import type { AuditExport } from '../../src/domain/audit/exports/export.ts';
import type { FetchNeeds } from '../../src/domain/audit/exports/fetch-export.ts';
import { wholeLog } from '../../src/domain/audit/exports/query.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { createListForms } from '../../src/web/audit/exports/list-lines.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { PackWorld } from './pack-world.ts';
import { now } from './store-samples.ts';

const day = 86_400_000;

export type ExportScene = {
  readonly needs: FetchNeeds;
  readonly opened: OpenedCase;
  readonly found: AuditExport;
  readonly recorded: readonly SealedEvent[];
  /** How many rows were read, each time it was told. */
  readonly told: readonly number[];
  readonly callOff: () => void;
};

const paper = { id: 'case-1', number: '1448/Q/9', authority: 'A court', basis: 'complaint', scope: { kind: 'all' } } as const;
const times = { covers: { from: null, to: null }, openedBy: 'officer-1', openedAt: now, endsAt: now + 30 * day, closedAt: null };
const opened: OpenedCase = { ...paper, ...times, sealedKey: 'sealed', key: createSecretKey(Buffer.alloc(32, 7)), agencyId: null };

export async function createExportScene({ needs, store }: PackWorld, changes: Partial<AuditExport> = {}): Promise<ExportScene> {
  const size = (await store.findCheckpoint())?.size ?? 0;
  const asked = { form: 'jsonl', query: wholeLog, reason: 'A complaint', recipient: 'A court', rows: size, size } as const;
  const settled = { askedAt: now, decidedBy: null, decidedAt: null, endsAt: now + 7 * day };
  const found: AuditExport = { id: 'export-1', caseId: 'case-1', state: 'open', askedBy: 'officer-1', ...asked, ...settled, ...changes };
  const recorded: SealedEvent[] = [];
  const told: number[] = [];
  let standing = found;
  return {
    opened,
    found,
    recorded,
    told,
    callOff: () => {
      standing = { ...found, state: 'cancelled' };
    },
    needs: {
      ...needs,
      findHead: () => store.findCheckpointOfSize(found.size),
      cases: { rememberPeople: async () => undefined, findCase: async () => opened },
      exports: { findExport: async () => standing },
      listForms: createListForms(createTexts('en')),
      tell: async ({ rows }) => {
        told.push(rows);
      },
      record: async (event) => {
        recorded.push(event);
      },
    },
  };
}

export async function joinChunks(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
