// The two addresses of a witness: where a log hands in a checkpoint, and where anybody sees what was cosigned last. The specification leaves the second open
// (C2SP tlog-witness, "TBD Monitor Retrieval Mechanism"): ours is /HEX/checkpoint, with HEX the SHA-256 of the origin.

import { createHash } from 'node:crypto';
import type { Clock } from '../domain/kernel/clock.ts';
import { toVerifierText } from '../domain/ledger/signed-note.ts';
import type { NoteSigner, NoteVerifier } from '../domain/ledger/signed-note.ts';
import { toVerifier } from '../domain/ledger/signed-note.ts';
import { createCosignature } from '../domain/witnesses/cosignature.ts';
import { judgeSubmission, readSubmission } from '../domain/witnesses/judge-submission.ts';
import type { ReadSubmission, Verdict } from '../domain/witnesses/judge-submission.ts';
import type { KeptHead, Step, WitnessState } from './state.ts';

export type WitnessNeeds = {
  readonly clock: Clock;
  readonly signer: NoteSigner;
  readonly logs: readonly NoteVerifier[];
  readonly state: WitnessState;
  /** Takes what the people of the witness have to see: a log that contradicts itself. */
  readonly alarm: (line: string) => void;
};

export type WitnessAnswer = { readonly status: number; readonly type: string; readonly body: string };

const plain = 'text/plain; charset=utf-8';

function answer(status: number, body: string, type = plain): WitnessAnswer {
  return { status, type, body };
}

const reasons: Readonly<Record<number, string>> = {
  400: 'malformed\n',
  403: 'not signed by the key of this log\n',
  404: 'unknown log\n',
  422: 'the consistency proof does not hold\n',
};

const problems: Readonly<Record<number, string>> = {
  409: 'contradicts what was cosigned',
  422: 'does not go on, as far as was shown, from what was cosigned',
};

function toRefusal({ status, size }: Extract<Verdict, { kind: 'refused' }>): WitnessAnswer {
  return size === undefined ? answer(status, reasons[status] ?? '') : answer(status, `${size}\n`, 'text/x.tlog.size');
}

function cosign({ clock, signer }: WitnessNeeds, { note, checkpoint, submission }: ReadSubmission, known: KeptHead | undefined) {
  const { origin, size, root } = checkpoint;
  // A clock that went back must not date a larger tree before a smaller one.
  const cosignedAt = Math.max(clock.now(), known?.cosignedAt ?? 0);
  const line = createCosignature(signer, note.text, cosignedAt);
  const head: KeptHead = {
    origin,
    size,
    root: Buffer.from(root).toString('base64url'),
    note: `${submission.checkpoint}${line}`,
    cosignedAt,
  };
  return { line, head };
}

function decide(needs: WitnessNeeds, body: string, read: ReadSubmission) {
  return (known: KeptHead | undefined): { readonly step: Step; readonly answer: WitnessAnswer } => {
    const head = known && { size: known.size, root: Buffer.from(known.root, 'base64url') };
    const verdict = judgeSubmission(read, head);
    if (verdict.kind === 'cosign') {
      const made = cosign(needs, read, known);
      return { step: { head: made.head }, answer: answer(200, made.line) };
    }
    const { origin } = read.checkpoint;
    const contradiction = { origin, at: needs.clock.now(), status: verdict.status, request: body, known: known?.note ?? '' };
    return { step: verdict.isEvidence === true ? { contradiction } : {}, answer: toRefusal(verdict) };
  };
}

/** Answers only after what it answers with is durable. */
export function addCheckpoint(needs: WitnessNeeds, body: string): WitnessAnswer {
  const read = readSubmission(body, needs.logs);
  if (read.kind === 'refused') {
    return toRefusal(read);
  }
  const { origin, size } = read.value.checkpoint;
  const judge = decide(needs, body, read.value);
  let given = answer(500, '');
  const isNews = needs.state.advance(origin, (known) => {
    const judged = judge(known);
    given = judged.answer;
    return judged.step;
  });
  if (isNews) {
    needs.alarm(`ALARM ${origin}: a head of ${size} entries ${problems[given.status] ?? ''}; both are kept`);
  }
  return given;
}

export function toMonitoringPath(origin: string): string {
  return `/${createHash('sha256').update(origin).digest('hex')}/checkpoint`;
}

export function findPublic(needs: WitnessNeeds, path: string): WitnessAnswer {
  if (path === '/key') {
    return answer(200, `${toVerifierText(toVerifier(needs.signer, 'witness'), 'witness')}\n`);
  }
  const log = needs.logs.find(({ name }) => toMonitoringPath(name) === path);
  const head = log && needs.state.findHead(log.name);
  return head === undefined ? answer(404, 'nothing here\n') : answer(200, head.note);
}
