// What a signed note is refused for, at its limits, and in which words.

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createNote,
  createSharedNote,
  parseNote,
  parseSignatureLine,
  parseVerifier,
  toVerifier,
  toVerifierText,
} from '../../../src/domain/ledger/signed-note.ts';
import { createSigner } from '../../support/ledger-samples.ts';

const line = '— w AAAAAAAA\n';

describe('the key of a log', () => {
  it('is refused in words that say what is wrong, for a log and for a witness', () => {
    const text = toVerifierText(toVerifier(createSigner('id.example/ledger')));
    const [name = '', id = ''] = text.split('+');
    expect(parseVerifier('nothing')).toMatchObject({
      ok: false,
      code: 'request/invalid',
      detail: 'the key of a log is written name+keyid+key',
    });
    expect(parseVerifier('nothing', 'witness')).toMatchObject({ ok: false, detail: 'the key of a witness is written name+keyid+key' });
    const noKey = {
      ok: false,
      code: 'request/invalid',
      detail: 'this is no Ed25519 key of a log, or its id does not belong to its name and key',
    };
    for (const each of [`${name}+${id}+AA==`, `${name}+${id}+!`, `other+${text.slice(name.length + 1)}`]) {
      expect(parseVerifier(each)).toMatchObject(noKey);
    }
    expect([`+${text}`, `${text} more`, `${text}\nmore`].filter((each) => parseVerifier(each).ok)).toEqual([]);
  });

  it('is Ed25519 and nothing else', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => toVerifier({ name: 'a', key: privateKey })).toThrow('configuration/invalid: a log key must be Ed25519');
    const signer = createSigner('a');
    expect(toVerifier({ name: 'a', key: toVerifier(signer).key })).toEqual(toVerifier(signer));
  });
});

describe('a note', () => {
  it('needs somebody who signs, and a right name of each of them', () => {
    expect(() => createSharedNote([], 'text\n')).toThrow('a note can only be made of lines of text under a name without spaces or plus');
    expect(() => createSharedNote([createSigner('a'), createSigner('b c')], 'text\n')).toThrow('internal/unexpected');
    expect(() => createNote(createSigner(''), 'text\n')).toThrow('internal/unexpected');
  });

  it('has at most a million characters and a hundred lines of signatures', () => {
    const toText = (size: number): string => `${'a'.repeat(size - line.length - 2)}\n\n${line}`;
    expect([1_000_000, 1_000_001].map((size) => parseNote(toText(size)).ok)).toEqual([true, false]);
    expect([100, 101].map((count) => parseNote(`a\n\n${line.repeat(count)}`).ok)).toEqual([true, false]);
  });

  it('is refused in words that say whether the note is wrong or a line of it', () => {
    expect(parseNote('a\n')).toMatchObject({ ok: false, code: 'request/invalid', detail: 'this is not a signed note' });
    expect(parseNote(line)).toMatchObject({ ok: false, detail: 'this is not a signed note' });
    expect(parseNote('a\n\nb\n')).toMatchObject({
      ok: false,
      code: 'request/invalid',
      detail: 'a signature line of the note has the wrong form',
    });
  });

  it('has lines of a name, an id of four bytes and a signature of at least one, and no more', () => {
    expect(parseSignatureLine('— w AAAAAAA=')).toEqual({ name: 'w', keyId: '00000000', signature: Buffer.alloc(1) });
    const wrong = ['— w AAAAAA==', '— w AAAA', ' — w AAAAAAAA', 'x — w AAAAAAAA', '— w AAAAAAAA x', '— w', ''];
    expect(wrong.map(parseSignatureLine)).toEqual(wrong.map(() => undefined));
  });
});
