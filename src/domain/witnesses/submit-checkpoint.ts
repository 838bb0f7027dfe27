// Takes the newest checkpoint to each witness of the policy (C2SP tlog-witness, "add-checkpoint"). Several nodes may do so at once: who comes second is told the
// size and goes on from there. After an outage one proof leads from what the witness saw last to now, so that no gap is left.

import type { Clock, Millis } from '../kernel/clock.ts';
import type { LedgerStore, StoredCheckpoint } from '../ledger/store.ts';
import { getConsistencyPath } from '../ledger/tiles.ts';
import { findCosignedAt, addLines, findOwnLine } from './cosignature.ts';
import type { Policy, PolicyWitness } from './policy.ts';
import { parseNote } from '../ledger/signed-note.ts';
import { findSize, toRequestBody } from './submission.ts';
import type { WitnessesStore } from './store.ts';

export type Posted =
  | { readonly ok: true; readonly value: { readonly status: number; readonly body: string } }
  | { readonly ok: false; readonly failure: string };

export type PostToWitness = (url: string, body: string) => Promise<Posted>;

export type SubmitNeeds = {
  readonly policy: Policy;
  readonly witnesses: Pick<WitnessesStore, 'saveCosignature' | 'findLargest'>;
  readonly ledger: Pick<LedgerStore, 'findCheckpoint' | 'readTile'>;
  readonly post: PostToWitness;
  readonly clock: Clock;
};

/**
 * `contradicted`: the witness holds a head that ours does not go on from. `ahead`: it says that it cosigned more than our log has.
 * Both mean that somebody rewrote or cut the log, or that the witness errs.
 */
export type WitnessState = 'cosigned' | 'unreachable' | 'refused' | 'ahead' | 'contradicted';

export type WitnessReport = {
  readonly name: string;
  readonly state: WitnessState;
  /** A stable code, never words of the other side; empty where there is nothing to say. */
  readonly failure: string;
  /** What the witness says that it cosigned last; `null` where it did not say. */
  readonly size: number | null;
  readonly at: Millis;
};

type Asked = { readonly witness: PolicyWitness; readonly head: StoredCheckpoint };

type Answer = Pick<WitnessReport, 'state' | 'failure' | 'size'>;

const refused: Readonly<Record<number, string>> = { 403: 'key-refused', 404: 'log-unknown', 409: 'conflict' };

async function send({ ledger, post }: SubmitNeeds, { witness, head }: Asked, old: number): Promise<Posted> {
  const proof = old === 0 || old === head.size ? [] : await getConsistencyPath(ledger, old, head.size);
  return post(`${(witness.url ?? '').replace(/\/$/, '')}/add-checkpoint`, toRequestBody({ old, proof, checkpoint: head.text }));
}

async function keep(needs: SubmitNeeds, { witness, head }: Asked, body: string): Promise<Answer> {
  const line = findOwnLine(head.text, body, { witness: witness.key, now: needs.clock.now() });
  const note = line === undefined ? undefined : parseNote(addLines(head.text, [line]));
  const cosignedAt = note?.ok === true ? findCosignedAt(note.value, witness.key, needs.clock.now()) : undefined;
  if (line === undefined || cosignedAt === undefined) {
    return { state: 'refused', failure: 'cosignature-wrong', size: null };
  }
  const { name, keyId } = witness.key;
  await needs.witnesses.saveCosignature({ size: head.size, witness: name, keyId, line, cosignedAt });
  return { state: 'cosigned', failure: '', size: head.size };
}

/** The log may have grown, and another node may have been there, since we read its head. */
async function judgeAhead({ ledger }: SubmitNeeds, size: number): Promise<Answer> {
  const newest = (await ledger.findCheckpoint())?.size ?? 0;
  return size <= newest ? { state: 'cosigned', failure: '', size } : { state: 'ahead', failure: 'ahead', size };
}

async function goOnFrom(needs: SubmitNeeds, asked: Asked, told: { readonly old: number; readonly size: number }): Promise<Answer> {
  const { old, size } = told;
  if (size > asked.head.size) {
    return judgeAhead(needs, size);
  }
  // The specification answers 409 with our own size only when the roots of that size differ.
  return size === old ? { state: 'contradicted', failure: 'other-root', size } : submitFrom(needs, asked, { old: size, tries: 0 });
}

/** What an answer without a cosignature means; `retry` where it only tells from where to go on. */
function judgeRefusal(status: number, size: number | undefined, told: { readonly old: number; readonly tries: number }): Answer | 'retry' {
  if (status === 422) {
    return { state: 'contradicted', failure: 'inconsistent', size: told.old };
  }
  if (size !== undefined && (told.tries > 0 || size === told.old)) {
    return 'retry';
  }
  return { state: status >= 500 ? 'unreachable' : 'refused', failure: refused[status] ?? `status-${status}`, size: size ?? null };
}

async function submitFrom(needs: SubmitNeeds, asked: Asked, told: { readonly old: number; readonly tries: number }): Promise<Answer> {
  const posted = await send(needs, asked, told.old);
  if (!posted.ok) {
    return { state: 'unreachable', failure: posted.failure, size: null };
  }
  const { status, body } = posted.value;
  if (status === 200) {
    return keep(needs, asked, body);
  }
  const size = status === 409 ? findSize(body.replace(/\n$/, '')) : undefined;
  const judged = judgeRefusal(status, size, told);
  return judged === 'retry' ? goOnFrom(needs, asked, { old: told.old, size: size ?? 0 }) : judged;
}

async function submitTo(needs: SubmitNeeds, asked: Asked): Promise<Answer> {
  const { witness, head } = asked;
  const last = (await needs.witnesses.findLargest(witness.key)) ?? 0;
  return last === head.size
    ? { state: 'cosigned', failure: '', size: last }
    : submitFrom(needs, asked, { old: Math.min(last, head.size), tries: 1 });
}

/** One report for each witness. Those who have cosigned the newest checkpoint already are left alone, unless `isProbing` asks what they hold. */
export async function submitCheckpoint(needs: SubmitNeeds, isProbing?: 'probing'): Promise<readonly WitnessReport[]> {
  const head = await needs.ledger.findCheckpoint();
  if (head === undefined) {
    return [];
  }
  return Promise.all(
    needs.policy.witnesses.map(async (witness): Promise<WitnessReport> => {
      const asked = { witness, head };
      const answer = isProbing === undefined ? await submitTo(needs, asked) : await submitFrom(needs, asked, { old: head.size, tries: 1 });
      return { name: witness.name, ...answer, at: needs.clock.now() };
    }),
  );
}
