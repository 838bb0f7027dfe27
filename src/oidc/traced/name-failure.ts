// What a request failed on that was good when it came: another one was faster, or what it rested on ended while it was answered.

import type { TraceRule } from '../../domain/traces/rules.ts';
import type { CommitFailure, EngineStore } from '../store.ts';
import { findPresented } from './find-spent.ts';
import type { SpentNeeds } from './find-spent.ts';

export type Failure = {
  readonly reason: CommitFailure;
  /** Of what the request would have used up, in the order in which it is looked at: the assertion, then the proof. */
  readonly replayKeys: readonly string[];
};

export type FailureNeeds = Pick<SpentNeeds, 'clock'> & { readonly store: Pick<EngineStore, 'hasReplay'> };

export type Sent = { readonly known: ReadonlyMap<string, unknown>; readonly hasAssertion: boolean };

async function findReplay({ store, clock }: FailureNeeds, { replayKeys }: Failure, { hasAssertion }: Sent): Promise<TraceRule> {
  const [first] = replayKeys;
  const isFirst = replayKeys.length < 2 || (first !== undefined && (await store.hasReplay(first, clock.now())));
  return hasAssertion && isFirst ? 'assertion/replayed' : 'dpop/replayed';
}

type Presented = 'code' | 'refresh' | 'token';

const rules: Readonly<Record<Exclude<CommitFailure, 'replayed'>, (kind: Presented) => TraceRule>> = {
  'already-consumed': (kind) => (kind === 'token' ? 'par/unusable' : `${kind}/used`),
  'grant-ended': (kind) => `${kind}/ended`,
  'session-ended': (kind) => `${kind}/ended`,
  'used-up': () => 'use/used-up',
  'too-often': () => 'use/too-often',
};

export async function nameFailure(needs: FailureNeeds, failure: Failure, sent: Sent): Promise<TraceRule> {
  const { reason } = failure;
  return reason === 'replayed' ? findReplay(needs, failure, sent) : rules[reason](findPresented(sent.known)?.kind ?? 'token');
}
