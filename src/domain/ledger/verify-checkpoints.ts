// The signed sizes at which the tree is compared while it is read: the checkpoints of the store, and those that somebody kept elsewhere.

import { parseCheckpoint } from './checkpoint.ts';
import type { TrustedKey } from './checkpoint.ts';
import { addFault } from './log-report.ts';
import type { Findings } from './log-report.ts';
import { isSameHash } from './merkle.ts';
import type { Hash } from './merkle.ts';
import type { StoredCheckpoint } from './store.ts';

export type WatchPoint = { readonly size: number; readonly root: Hash; readonly source: 'stored' | 'kept' };

/** The point of a stored checkpoint, if its text is signed and its columns repeat the text. */
export function findStoredPoint(findings: Findings, stored: StoredCheckpoint, trusted: readonly TrustedKey[]): WatchPoint | undefined {
  const parsed = parseCheckpoint(stored.text, trusted);
  const about = { index: null, id: null };
  if (!parsed.ok) {
    addFault(findings, { code: 'checkpoint-signature', ...about, detail: `stored checkpoint of size ${stored.size}: ${parsed.detail}` });
    return undefined;
  }
  const { size, root } = parsed.value;
  if (size !== stored.size || Buffer.from(root).toString('base64url') !== stored.root) {
    addFault(findings, {
      code: 'checkpoint-column',
      ...about,
      detail: `stored checkpoint of size ${stored.size} says otherwise in its text`,
    });
    return undefined;
  }
  return { size, root, source: 'stored' };
}

export type KeptAsked = { readonly texts: readonly string[]; readonly trusted: readonly TrustedKey[]; readonly size: number };

/** The points of kept checkpoints. One that reaches beyond the log is the proof that its tail was cut. */
export function toKeptPoints(findings: Findings, asked: KeptAsked): readonly WatchPoint[] {
  const points: WatchPoint[] = [];
  for (const text of asked.texts) {
    const parsed = parseCheckpoint(text, asked.trusted);
    if (!parsed.ok) {
      addFault(findings, { code: 'checkpoint-signature', index: null, id: null, detail: `kept checkpoint: ${parsed.detail}` });
    } else if (parsed.value.size > asked.size) {
      const detail = `a kept checkpoint covers ${parsed.value.size} entries, the log has ${asked.size}`;
      addFault(findings, { code: 'tail-missing', index: asked.size, id: null, detail });
    } else {
      points.push({ size: parsed.value.size, root: parsed.value.root, source: 'kept' });
    }
  }
  return points;
}

/** Where the roots agreed last, and with one that was kept; and whether they have gone apart since. */
export type Agreement = { lastSize: number; lastKept: number; isApart: boolean };

const pointFaults = { stored: 'root-mismatch', kept: 'inconsistent-with-earlier-checkpoint' } as const;

export type Comparison = { readonly point: WatchPoint; readonly roots: readonly Hash[] };

/** A point holds when one of the candidate roots is its root. The first that does not tells between which entries the fault lies. */
export function comparePoint(findings: Findings, agreement: Agreement, { point, roots }: Comparison): void {
  if (roots.some((root) => isSameHash(root, point.root))) {
    agreement.lastSize = point.size;
    agreement.lastKept = point.source === 'kept' ? point.size : agreement.lastKept;
    agreement.isApart = false;
    return;
  }
  if (agreement.isApart && point.source === 'stored') {
    return;
  }
  // Whoever wrote the log again signed it again: that it agrees with what is stored says nothing about what was kept.
  const from = point.source === 'kept' ? agreement.lastKept : agreement.lastSize;
  const detail = `the checkpoint of size ${point.size} has another root; entries ${from} to ${point.size - 1} are in doubt`;
  addFault(findings, { code: pointFaults[point.source], index: from, id: null, detail });
  agreement.isApart = point.source === 'stored';
}
