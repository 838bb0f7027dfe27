// `huwiya keys list`: which keys sign, which wait, which have ended, and what happens to each next. Shows public halves by
// name only, and begins none.

import type { Parts } from '../app.ts';
import { sortKeys } from '../domain/keys/key-set.ts';
import type { KeySet } from '../domain/keys/key-set.ts';
import { toStanding } from '../domain/keys/next-step.ts';
import type { Standing } from '../domain/keys/next-step.ts';
import { findNextRotation } from '../domain/keys/tend-keys.ts';
import type { TokenKey } from '../domain/keys/token-key.ts';
import { dayMs, systemClock, toTimestamp } from '../domain/kernel/clock.ts';
import type { ExitCode } from './context.ts';
import { printJson, printLine, printTable } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

type Listed = { readonly key: TokenKey; readonly standing: Standing };

function toListed(set: KeySet, lifeDays: number): readonly Listed[] {
  const now = systemClock.now();
  const rotationAt = findNextRotation(set, lifeDays * dayMs);
  return sortKeys(set.keys, now).map((key) => ({ key, standing: toStanding(key, { now, rotationAt }) }));
}

const words = { sign: 'may sign from', rotate: 'rotated by itself', disappear: 'accepted until' } as const;

function toNext({ state, next }: Standing): string {
  if (next !== null) {
    return `${words[next.step]} ${toTimestamp(next.at)}`;
  }
  return state === 'active' ? '-' : 'refused';
}

function toJson({ key: { kid, alg }, standing: { state, since, next } }: Listed) {
  return {
    use: 'token',
    kid,
    alg,
    state,
    since: toTimestamp(since),
    next: next === null ? null : { step: next.step, at: toTimestamp(next.at) },
  };
}

/** Keys of files, which a node reads at its start. */
function toFileKeys({ keys }: Parts) {
  return [
    { use: 'receipt', kid: keys.receipt.kid, alg: keys.receipt.alg },
    { use: 'checkpoint', kid: keys.checkpoint.kid, alg: keys.checkpoint.alg },
  ];
}

export async function runKeysList(parts: Parts, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const listed = toListed(await parts.storage.keys.readKeys(), parts.config.tokenKeyDays);
  if (listed.length === 0) {
    printLine(standardErr, 'keys list: the first start of a node makes the keys of tokens');
  }
  const fromFiles = toFileKeys(parts);
  if (json) {
    const files = fromFiles.map((key) => ({ ...key, state: 'active', since: null, next: null }));
    printJson(standardOut, { keys: [...listed.map(toJson), ...files] });
    return 0;
  }
  printTable(standardOut, [
    ['KID', 'USE', 'ALG', 'STATE', 'SINCE', 'NEXT'],
    ...listed.map(({ key, standing }) => [key.kid, 'token', key.alg, standing.state, toTimestamp(standing.since), toNext(standing)]),
    ...fromFiles.map(({ use, kid, alg }) => [kid, use, alg, 'active', '-', 'by hand: docs/runbooks/key-rotation.md']),
  ]);
  return 0;
}
