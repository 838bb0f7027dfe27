// The checker of the crash harness can fail: each invariant is shown a history or a look that breaks it, and the same one that does not.

import { describe, expect, it } from 'vitest';
import type { Line } from './history.ts';
import { findUnheard, isExplained, judge } from './judge.ts';
import type { Evidence } from './judge.ts';
import { findBrokenHeads } from './log-watch.ts';
import { kinds, toPlan } from './plan.ts';
import { findUnsynced } from './power-loss.ts';

const line = (act: string, outcome: Line['outcome'], about = 'permit'): Line => ({ who: 'person 1', act, about, outcome });

const whole: Evidence = {
  lines: [line('given', 'ok'), line('exchange', 'ok'), line('withdrawn', 'unknown')],
  records: [{ who: 'person 1', about: 'permit', changes: ['given'], hasGap: false, unproven: [] }],
  entries: [{ who: 'person 1', about: 'permit', act: 'exchange', count: 1 }],
  tokens: [{ who: 'person 1', what: 'a token', fate: 'open', works: true }],
  passkeys: [{ who: 'person 1', what: 'a passkey', fate: 'live', works: true }],
  sessions: [{ who: 'person 1', what: 'a session', fate: 'dead', works: false }],
  store: { consents: [], keys: [], integrity: [] },
  log: [],
  deliveries: [
    { jti: 'a', sid: 's', service: 'c' },
    { jti: 'a', sid: 's', service: 'c' },
  ],
  process: [],
};

const record = { who: 'person 1', about: 'permit', changes: ['given'], hasGap: false, unproven: [] };
const token = { who: 'person 1', what: 'a token' };

const broken: readonly (readonly [invariant: string, what: string, Partial<Evidence>])[] = [
  ['I0', 'a process that goes on after its disk failed', { process: ['goes on'] }],
  ['I1', 'an acknowledged consent that is not there', { records: [{ ...record, changes: [] }] }],
  ['I1', 'a withdrawal that nobody asked for', { records: [{ ...record, changes: ['given', 'paused'] }] }],
  ['I1', 'a receipt that the verifier refuses', { records: [{ ...record, unproven: ['inclusion'] }] }],
  ['I1', 'a version that is missing in between', { records: [{ ...record, hasGap: true }] }],
  ['I2', 'a consent without an entry', { store: { ...whole.store, consents: ['a version'] } }],
  ['I3', 'tokens that were entered twice for one exchange', { entries: [{ who: 'person 1', about: 'permit', act: 'exchange', count: 2 }] }],
  ['I3', 'an acknowledged exchange without an entry', { entries: [{ who: 'person 1', about: 'permit', act: 'exchange', count: 0 }] }],
  ['I3', 'a code that served two', { lines: [...whole.lines, line('served-twice', 'ok')] }],
  ['I4', 'a token of a consent that was withdrawn', { tokens: [{ ...token, fate: 'dead', works: true }] }],
  ['I4', 'a token that was handed out and is not there', { tokens: [{ ...token, fate: 'live', works: false }] }],
  ['I4', 'a passkey that was removed', { passkeys: [{ ...token, fate: 'dead', works: true }] }],
  ['I5', 'a checkpoint that is no beginning of the log', { log: ['another root'] }],
  ['I6', 'a session that came back', { sessions: [{ ...token, fate: 'dead', works: true }] }],
  ['I7', 'two active keys', { store: { ...whole.store, keys: ['ES256 has 2'] } }],
  ['I8', 'two messages of one end', { deliveries: [...whole.deliveries, { jti: 'b', sid: 's', service: 'c' }] }],
  ['I9', 'a page that is damaged', { store: { ...whole.store, integrity: ['row 1 missing from index'] } }],
];

describe('the checker of the crash harness', () => {
  it('accepts what was told, and what was not answered either way', () => {
    expect(judge(whole)).toEqual([]);
    expect(judge({ ...whole, records: [{ ...record, changes: ['given', 'withdrawn'] }] })).toEqual([]);
  });

  it.each(broken)('%s refuses %s', (invariant, _, change) => {
    expect(judge({ ...whole, ...change }).map((found) => found.invariant)).toEqual([invariant]);
  });

  it('I8 refuses a sign-out of which nobody heard', () => {
    expect(findUnheard(['s'], whole.deliveries)).toEqual([]);
    expect(findUnheard(['s', 'other'], whole.deliveries).map(({ invariant }) => invariant)).toEqual(['I8']);
  });

  it('I5 compares each checkpoint with the root of the leaves', () => {
    const head = { origin: 'log', size: 2, root: Buffer.alloc(32, 1) };
    expect(findBrokenHeads([head], new Map([[2, Buffer.alloc(32, 1).toString('latin1')]]))).toEqual([]);
    expect(findBrokenHeads([head], new Map([[2, Buffer.alloc(32, 2).toString('latin1')]]))).toHaveLength(1);
  });

  it('explains what is there by what was asked, in its order', () => {
    const [given, withdrawn] = [line('given', 'ok'), line('withdrawn', 'ok')];
    expect(isExplained([given, withdrawn], ['renewed', 'withdrawn'])).toBe(true);
    expect(isExplained([given, withdrawn], ['withdrawn', 'given'])).toBe(false);
    expect(isExplained([given, line('paused', 'refused')], ['given', 'paused'])).toBe(false);
  });

  it('knows which bytes a power cut may take: those that no finished fsync followed', () => {
    const trace = [
      '7 pwrite64(20</d/h.db-wal>, ""..., 4120, 32) = 4120',
      '7 fdatasync(20</d/h.db-wal>) = 0',
      '7 pwrite64(20</d/h.db-wal>, ""..., 24, 4152) = 24',
      '7 fdatasync(20</d/h.db-wal> <unfinished ...>',
      '8 pwrite64(21</d/h.db>, ""..., 4096, 8192) = 4096',
      '7 <... fdatasync resumed>) = 0',
      '7 pwrite64(20</d/h.db-wal>, ""..., 100, 4176) = 100',
      '7 fdatasync(20</d/h.db-wal>) = ? (DELAYED)',
    ];
    expect(findUnsynced(trace.join('\n'))).toEqual([
      { path: '/d/h.db', from: 8192, to: 12_288 },
      { path: '/d/h.db-wal', from: 4176, to: 4276 },
    ]);
  });

  it('plans the same for the same seed, and in a hundred seeds whatever can happen', () => {
    expect(toPlan(7, 'sqlite')).toEqual(toPlan(7, 'sqlite'));
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    expect(new Set(seeds.map((seed) => toPlan(seed, 'sqlite').kind))).toEqual(new Set(kinds.sqlite));
    expect(new Set(seeds.map((seed) => toPlan(seed, 'postgres').kind))).toEqual(new Set(kinds.postgres));
  });
});
