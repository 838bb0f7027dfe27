// What the parts that answer a request leave for its trace, for as long as the request is there.

import type { IncomingMessage } from 'node:http';
import { Fault } from '../domain/kernel/errors.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import type { Failure } from '../oidc/traced/name-failure.ts';
import type { CommitFailure } from '../oidc/store.ts';
import type { UnitOfWork } from '../oidc/unit-of-work.ts';

export type TraceNotes = {
  /** Of a refusal of our own. */
  readonly code?: ErrorCode;
  /** The answer was replaced because nothing of it was written. */
  readonly failure?: Failure;
  readonly visit?: string | null | undefined;
  /** Whose the token was that was refused. */
  readonly tokenOwner?: string | undefined;
  readonly isReplay?: boolean;
};

type Noted = { readonly req: IncomingMessage };

const notes = new WeakMap<IncomingMessage, TraceNotes>();

export function readNotes({ req }: Noted): TraceNotes {
  return notes.get(req) ?? {};
}

function note({ req }: Noted, more: TraceNotes): void {
  notes.set(req, { ...notes.get(req), ...more });
}

/** What the engine refused has a better name than the page that tells it. */
export function noteCode(ctx: Noted, { code, fault }: { readonly code: ErrorCode; readonly fault: unknown }): void {
  if (fault === undefined || fault instanceof Fault || code === 'internal/unexpected') {
    note(ctx, { code });
  }
}

export function noteFailure(ctx: Noted, reason: CommitFailure, unit: UnitOfWork | undefined): void {
  const replayKeys = (unit?.writes ?? []).flatMap((write) => (write.kind === 'save-replay' ? [write.key] : []));
  note(ctx, { failure: { reason, replayKeys } });
}

export function noteWork(ctx: Noted, unit: UnitOfWork | undefined): void {
  note(ctx, { visit: unit?.visit.id, tokenOwner: unit?.refused.clientId, isReplay: unit?.refused.isReplay === true });
}
