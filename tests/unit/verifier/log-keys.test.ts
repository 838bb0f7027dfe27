// What the verifier believes of a log whose key was changed, and of who else saw it. Statements and cosignatures are made by the product, judged by other code.

import { describe, expect, it } from 'vitest';
import { createCheckpoint, createSharedCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import type { KeyChangeDraft } from '../../../src/domain/ledger/key-change.ts';
import { createNote, createSharedNote, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../../src/domain/ledger/signed-note.ts';
import { findSignedHead } from '../../../src/verifier/checkpoint.ts';
import { findLogKeys } from '../../../src/verifier/log-keys.ts';
import { createSigner, sampleStart } from '../../support/ledger-samples.ts';

const name = 'id.example/ledger';
const [first, second, third] = [createSigner(name, 'first'), createSigner(name, 'second'), createSigner(name, 'third')];
const stranger = createSigner(name, 'stranger');
const toKey = (signer: NoteSigner): string => toVerifierText(toVerifier(signer));
const root = Buffer.alloc(32, 5);

const draft = (size: number): KeyChangeDraft => ({ last: { size, root }, at: sampleStart, reason: 'planned' });
const toHistory = (...changes: readonly string[]): string => JSON.stringify({ format: 'huwiya-log-keys/1', changes });

const changes = [createKeyChange(first, second, draft(10)), createKeyChange(second, third, draft(20))] as const;
const history = toHistory(...changes);

/** Which of the keys are believed for a head of this size, by somebody who trusts `trusted`. */
function findBelieved(trusted: NoteSigner, size: number): readonly string[] {
  const keys = findLogKeys([toKey(trusted)], history);
  const signers = { first, second, third, stranger };
  return Object.entries(signers)
    .filter(([, signer]) => keys !== undefined && findSignedHead(createCheckpoint(signer, { size, root }), keys) !== undefined)
    .map(([each]) => each);
}

describe('the history of the keys of a log', () => {
  it.each([first, second, third])('leads from any key that is trusted to the one that answers for a size, and to no other', (trusted) => {
    expect([0, 10, 11, 20, 21].map((size) => findBelieved(trusted, size))).toEqual([
      ['first'],
      ['first'],
      ['second'],
      ['second'],
      ['third'],
    ]);
  });

  it('believes a head that both keys signed, as they do for a while', () => {
    const keys = findLogKeys([toKey(first)], history);
    const shared = createSharedCheckpoint([first, second], { size: 15, root });
    expect(keys && findSignedHead(shared, keys)?.size).toBe(15);
  });

  it('believes no head that says otherwise of the size at which the key was changed', () => {
    const keys = findLogKeys([toKey(first)], history);
    const other = createCheckpoint(first, { size: 10, root: Buffer.alloc(32, 6) });
    expect(keys && findSignedHead(other, keys)).toBeUndefined();
    const alone = findLogKeys([toKey(first)]);
    expect(alone && findSignedHead(other, alone)?.size).toBe(10);
    const elsewhere = createCheckpoint(first, { size: 9, root: Buffer.alloc(32, 6) });
    expect(keys && findSignedHead(elsewhere, keys)?.size).toBe(9);
  });

  it('of no change lets the trusted key answer for everything', () => {
    expect(findLogKeys([toKey(first)], toHistory())).toMatchObject({ spans: [{ after: -1, upTo: Infinity }], turns: [] });
  });

  it('leads nowhere from a key that is none of its keys', () => {
    expect(findLogKeys([toKey(stranger)], history)).toBeUndefined();
    expect(findLogKeys([toKey(createSigner('other.example/ledger', 'first'))], history)).toBeUndefined();
    expect(findLogKeys([], history)).toBeUndefined();
    expect(findLogKeys([])).toBeUndefined();
    expect(findLogKeys([toKey(first), toKey(createSigner('other.example/ledger', 'other'))])).toBeUndefined();
    expect(findLogKeys([toKey(first), toKey(stranger)])?.spans).toHaveLength(2);
    expect(findLogKeys([toKey(first), 'no key'], history)).toBeUndefined();
  });

  const otherName = createSigner('other.example/ledger', 'other');
  const forged = (signers: readonly NoteSigner[]): string => createSharedNote(signers, changes[0].slice(0, changes[0].indexOf('\n\n') + 1));

  it.each([
    ['a gap', toHistory(createKeyChange(first, second, draft(10)), createKeyChange(third, stranger, draft(20)))],
    ['another order', toHistory(changes[1], changes[0])],
    ['a size that goes back', toHistory(changes[0], createKeyChange(second, third, draft(9)))],
    ['a change that only the earlier key signed', toHistory(forged([first]))],
    ['a change that only the later key signed', toHistory(forged([second]))],
    ['a change that somebody else signed', toHistory(forged([first, stranger]))],
    [
      'a key of another log',
      toHistory(createNote(first, changes[0].slice(0, changes[0].indexOf('\n\n') + 1).replace(toKey(second), toKey(otherName)))),
    ],
    ['a checkpoint in the place of a change', toHistory(createCheckpoint(first, { size: 10, root }))],
    ['another format', history.replace('huwiya-log-keys/1', 'huwiya-log-keys/2')],
    ['no list', JSON.stringify({ format: 'huwiya-log-keys/1' })],
    ['a number in the list', JSON.stringify({ format: 'huwiya-log-keys/1', changes: [1] })],
    ['no JSON', 'none'],
  ])('is refused with %s', (_, text) => {
    expect(findLogKeys([toKey(first)], text)).toBeUndefined();
  });

  const body = changes[0].slice(0, changes[0].indexOf('\n\n') + 1);
  const encoded = root.toString('base64');
  const both = (text: string, signers: readonly NoteSigner[] = [first, second]): boolean =>
    findLogKeys([toKey(first)], toHistory(createSharedNote(signers, text))) !== undefined;

  it.each([
    ['a line before it', `more\n${body}`],
    ['a letter before it', `x${body}`],
    ['a line behind it', `${body}more\n`],
    ['a root of 31 bytes', body.replace(encoded, Buffer.alloc(31).toString('base64'))],
    ['a root of 35 bytes', body.replace(encoded, Buffer.alloc(35).toString('base64'))],
    ['a root in another spelling', body.replace(encoded, encoded.slice(0, -1))],
    ['a size beyond all numbers', body.replace('\n10\n', '\n9007199254740992\n')],
    ['a size with a zero before it', body.replace('\n10\n', '\n010\n')],
    ['another name than its keys', body.replace(`\n${name}\n`, '\nother.example/ledger\n')],
    ['a time in another spelling', body.replace('.000Z', 'Z')],
    ['another reason', body.replace('planned', 'because')],
  ])('is refused where both keys signed %s', (_, text) => {
    expect([both(body), text === body, both(text)]).toEqual([true, false, false]);
  });

  it('is refused where a key follows itself, or one of them is of another log', () => {
    expect(both(body.replace(toKey(second), toKey(first)), [first])).toBe(false);
    expect(both(body.replace(toKey(second), toKey(otherName)), [first, otherName])).toBe(false);
    const moved = body.replace(toKey(first), toKey(otherName));
    expect(findLogKeys([toKey(second)], toHistory(createSharedNote([otherName, second], moved)))).toBeUndefined();
  });

  it('may change a key twice at one size', () => {
    const twice = toHistory(changes[0], createKeyChange(second, third, draft(10)));
    expect(findLogKeys([toKey(first)], twice)?.spans.map(({ after, upTo }) => [after, upTo])).toEqual([
      [-1, 10],
      [10, 10],
      [10, Infinity],
    ]);
  });

  it('is refused with one byte of a change changed, wherever it is', () => {
    const bytes = Buffer.from(changes[0]);
    const unnoticed = Array.from(bytes.keys()).filter((at) => {
      const changed = Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ 1 : byte))).toString();
      return findLogKeys([toKey(first)], toHistory(changed)) !== undefined;
    });
    expect(unnoticed).toEqual([]);
  });
});
