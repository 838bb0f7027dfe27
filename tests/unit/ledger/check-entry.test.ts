// In which words the server says what is wrong with an entry by itself.

import { describe, expect, it } from 'vitest';
import { checkEntry } from '../../../src/domain/ledger/check-entry.ts';
import { toCommitment } from '../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import type { Entry } from '../../../src/domain/ledger/store.ts';
import { createSampleEvents, createSigner, createSteppingClock, sampleStart } from '../../support/ledger-samples.ts';
import { createMemoryLedgerStore } from '../../support/memory-ledger-store.ts';

const log = createMemoryLedgerStore();
await log.append(createSampleEvents(9));
await sequenceAll({ store: log, signer: createSigner('id.example/ledger'), clock: createSteppingClock(sampleStart, 1) });

/** The same entry with another opening, committed to as it is. */
const commit = (entry: Entry, members: Partial<Entry>): Entry => {
  const bent = { ...entry, ...members };
  return { ...bent, commitment: toCommitment({ ...bent, salt: bent.salt ?? '' }) };
};

describe('an entry', () => {
  const [entry] = log.rows.entries;
  if (entry === undefined) {
    throw new TypeError('the sample has entries');
  }
  const body = 'body-not-canonical: the body is not in its one canonical form';
  const commitment = 'commitment-mismatch: body, salt and person reference do not give the commitment';
  const salt = Buffer.from(entry.salt ?? '', 'base64url');

  it.each<[string, Entry, readonly string[]]>([
    ['nothing another', entry, []],
    ['a body that is a list', commit(entry, { body: '[]' }), [body]],
    ['a body that is nothing', commit(entry, { body: 'null' }), [body]],
    ['a body that is a number', commit(entry, { body: '7' }), [body]],
    ['a body that is no JSON', commit(entry, { body: 'none' }), [body]],
    ['a body in another spelling', commit(entry, { body: ` ${entry.body}` }), [body]],
    ['a body that says nothing', commit(entry, { body: '{}' }), ['column-mismatch: the column id differs from the body']],
    ['another id', { ...entry, id: 'x' }, ['column-mismatch: the column id differs from the body']],
    ['another type', { ...entry, type: 'data.released' }, ['column-mismatch: the column type differs from the body']],
    ['another moment', { ...entry, at: 5 }, ['column-mismatch: the column at differs from the body']],
    ['no service', { ...entry, service: null }, ['column-mismatch: the column service differs from the body']],
    ['another purpose', { ...entry, purpose: 'x' }, ['column-mismatch: the column purpose differs from the body']],
    ['no attributes', { ...entry, attributes: [] }, ['column-mismatch: the column attributes differs from the body']],
    ['a shorter salt', commit(entry, { salt: salt.subarray(1).toString('base64url') }), [commitment]],
    ['a longer salt', commit(entry, { salt: Buffer.concat([salt, salt]).toString('base64url') }), [commitment]],
    ['a salt in another spelling', commit(entry, { salt: `${entry.salt}=` }), [commitment]],
    ['another person', { ...entry, personRef: 'x' }, [commitment]],
    ['no salt', { ...entry, salt: null }, [commitment]],
    ['no person', { ...entry, personRef: null }, [commitment]],
    ['neither salt nor person', { ...entry, salt: null, personRef: null }, []],
    ['another body and another column', { ...entry, body: 'none', type: 'data.released' }, [body, commitment]],
  ])('with %s has these faults', (_, bent, faults) => {
    expect(checkEntry(bent).map(({ code, detail }) => `${code}: ${detail}`)).toEqual(faults);
  });
});
