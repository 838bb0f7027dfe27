// Signed heads as the verifier reads them. It shares no code with the server, so each judges every bent text alone, and both have to refuse it.

import { describe, expect, it } from 'vitest';
import { createCheckpoint, parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { createNote, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { findSignedHead } from '../../../src/verifier/checkpoint.ts';
import type { Head } from '../../../src/verifier/checkpoint.ts';
import { findLogKeys } from '../../../src/verifier/log-keys.ts';
import { findClaims, findNote, findNoteKey } from '../../../src/verifier/note.ts';
import { createSigner } from '../../support/ledger-samples.ts';

const signer = createSigner('id.example/ledger');
const keyText = toVerifierText(toVerifier(signer));
const root = Buffer.alloc(32, 9);
const checkpoint = createCheckpoint(signer, { size: 42, root });
const head = { origin: 'id.example/ledger', size: 42, root };

const findHead = (text: string, key = keyText): Head | undefined => {
  const keys = findLogKeys([key]);
  return keys && findSignedHead(text, keys);
};
const bothTake = (text: string): readonly boolean[] => [findHead(text) !== undefined, parseCheckpoint(text, [toVerifier(signer)]).ok];
const flip = (text: string, at: number): string => {
  const bytes = Buffer.from(text);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString();
};

describe('the key of a log, as the verifier is given it', () => {
  it('is its name, its id and its type with its key, and nothing that differs in a character', () => {
    expect(findNoteKey(keyText)?.name).toBe('id.example/ledger');
    expect(findNoteKey(keyText)?.id.toString('hex')).toBe(keyText.split('+')[1]);
    const bent = Array.from(keyText, (each, at) => `${keyText.slice(0, at)}${each === 'x' ? 'y' : 'x'}${keyText.slice(at + 1)}`);
    expect(bent.filter((each) => findNoteKey(each) !== undefined)).toEqual([]);
  });

  it('is not the key of a witness, a key of another length, or one without a name', () => {
    const witness = toVerifierText(toVerifier(signer, 'witness'), 'witness');
    const others = [
      witness,
      '',
      '+',
      '++',
      `${keyText}=`,
      `${keyText} `,
      ` ${keyText}`,
      keyText.replace('id.example', 'id example'),
      keyText.slice(0, -4),
    ];
    expect(others.map((each) => findNoteKey(each))).toEqual(others.map(() => undefined));
  });
});

describe('a head that a log signed, as the verifier reads it', () => {
  it('is the origin, the size and the root of the text', () => {
    expect(findHead(checkpoint)).toEqual(head);
    expect(findHead(createNote(signer, `id.example/ledger\n0\n${root.toString('base64')}\nan extension\nand another\n`))).toEqual({
      ...head,
      size: 0,
    });
  });

  it('is taken beside signatures of others, before and behind its own', () => {
    const [body = '', own = ''] = checkpoint.split('\n\n');
    const other = '— witness.example AAAAAAAAAAAA\n';
    for (const text of [`${checkpoint}${other}`, `${body}\n\n${other}${own}`, `${body}\n\n${other}${own}${other}`]) {
      expect(findHead(text)).toEqual(head);
      expect(bothTake(text)).toEqual([true, true]);
    }
    expect(bothTake(`${body}\n\n${other}`)).toEqual([false, false]);
  });

  it('is not taken with a false signature of the same key beside the true one', () => {
    const own = checkpoint.split('— ').at(-1) ?? '';
    const [name = '', encoded = ''] = own.trimEnd().split(' ');
    const bytes = Buffer.from(encoded, 'base64');
    const falseLine = `— ${name} ${Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(64)]).toString('base64')}\n`;
    expect(bothTake(`${checkpoint}${falseLine}`)).toEqual([false, false]);
  });

  it('is not taken when any byte is another', () => {
    const taken = Array.from(Buffer.from(checkpoint).keys()).filter((at) => bothTake(flip(checkpoint, at)).includes(true));
    expect(taken).toEqual([]);
  });

  it('is not taken in another spelling', () => {
    const other = '— w AAAAAAAAAAAA\n';
    const spelled = [
      '',
      '\n\n',
      checkpoint.slice(0, -1),
      `${checkpoint}\n`,
      `${checkpoint}${other}\n`,
      `\n${checkpoint}`,
      checkpoint.replace('\n\n', '\n'),
      checkpoint.replace('\n\n', '\n\n\n'),
      checkpoint.replace('— ', '- '),
      checkpoint.replace('— ', '—  '),
      checkpoint.replace('— ', ' — '),
      checkpoint.replace('\n\n', '\r\n\n'),
      `${checkpoint}— w AAAA\n`,
      `${checkpoint}— w AAAAAAA\n`,
      `${checkpoint}— w AAAAAA==\n`,
      `${checkpoint}— AAAAAAAAAAAA\n`,
      `${checkpoint}— a+b AAAAAAAAAAAA\n`,
      `${checkpoint}— w AAAAAAAAAAAA more\n`,
      `${checkpoint}w AAAAAAAAAAAA\n`,
      `${checkpoint}${other.replace('w', 'w\u0000')}`,
      `${checkpoint}${other.replace('w', 'w\u007f')}`,
    ];
    expect(spelled.filter((text) => bothTake(text).includes(true))).toEqual([]);
  });

  it('is not taken when what is signed is no head of this log', () => {
    const hash = root.toString('base64');
    const bodies = [
      `id.example/ledger\n042\n${hash}\n`,
      `id.example/ledger\n-1\n${hash}\n`,
      `id.example/ledger\n4 2\n${hash}\n`,
      `id.example/ledger\n\n${hash}\n`,
      `id.example/ledger\n9007199254740992\n${hash}\n`,
      `id.example/ledger\n10000000000000000\n${hash}\n`,
      `id.example/ledger\n42\n${hash.slice(0, -1)}\n`,
      `id.example/ledger\n42\n${Buffer.alloc(31).toString('base64')}\n`,
      `id.example/ledger\n42\n${Buffer.alloc(33).toString('base64')}\n`,
      `id.example/ledger\n42\n\n${hash}\n`,
      `id.example/ledger\n42\n${hash}\n\nmore\n`,
      `id.example/ledger\n42\n`,
      `\nid.example/ledger\n42\n${hash}\n`,
      `other.example/ledger\n42\n${hash}\n`,
    ];
    expect(bodies.filter((body) => bothTake(createNote(signer, body)).includes(true))).toEqual([]);
    expect(bothTake(createNote(signer, `id.example/ledger\n9007199254740991\n${hash}\n`))).toEqual([true, true]);
  });

  it('is not taken under the key of another log or another key of the name', () => {
    expect(findHead(checkpoint, toVerifierText(toVerifier(createSigner('id.example/ledger', 'another'))))).toBeUndefined();
    expect(findHead(checkpoint, toVerifierText(toVerifier(createSigner('other.example/ledger', 'id.example/ledger'))))).toBeUndefined();
  });
});

describe('a note, as the verifier reads it', () => {
  const line = '— w AAAAAAAAAAAA\n';

  it('is a text and at least one line under it, of a name, an id and a signature', () => {
    const note = findNote(`a\n\nb\n\n${line}— v AAAAAAA=\n`);
    expect(note?.body).toBe('a\n\nb\n');
    const zero = Buffer.alloc(4);
    expect(note?.lines).toEqual([
      { name: 'w', id: zero, signature: Buffer.alloc(5) },
      { name: 'v', id: zero, signature: Buffer.alloc(1) },
    ]);
    const key = findNoteKey(keyText);
    const own = findNote(checkpoint);
    expect(own && key && findClaims(own, key).map(({ length }) => length)).toEqual([64]);
    expect(note && key && findClaims(note, key)).toEqual([]);
  });

  it.each([
    ['no text', `\n\n${line}`],
    ['an empty beginning', `\n${line}`],
    ['no empty line', `a\n${line}`],
    ['no end', `a\n\n${line.trimEnd()}`],
    ['no line', 'a\n\n'],
    ['a line without a signature', 'a\n\n— w AAAAAA==\n'],
    ['a control character', `a\u0000\n\n${line}`],
    ['half a character', `a\ud800\n\n${line}`],
  ])('is none with %s', (_, text) => {
    expect(findNote(text)).toBeUndefined();
  });

  it.each(['a b', ' a', 'a ', 'a\nb', ''])('has no key of the name %j, however right its id', (name) => {
    expect(findNoteKey(toVerifierText(toVerifier(createSigner(name, 'key'))))).toBeUndefined();
    expect(findNoteKey(toVerifierText(toVerifier(createSigner('a', 'key'))))?.name).toBe('a');
  });
});
