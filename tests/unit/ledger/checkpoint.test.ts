import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createCheckpoint,
  createLogSigner,
  createSharedCheckpoint,
  parseCheckpoint,
  parseCheckpointBody,
  toLogName,
} from '../../../src/domain/ledger/checkpoint.ts';
import { createNote, isSignedBy, parseNote, parseVerifier, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../../../src/domain/ledger/signed-note.ts';
import { createSigner } from '../../support/ledger-samples.ts';

const signer = createSigner('id.example/ledger');
const verifier = toVerifier(signer);
const root = Buffer.alloc(32, 9);
const checkpoint = createCheckpoint(signer, { size: 42, root });

const getVerifier = (text: string): NoteVerifier => {
  const parsed = parseVerifier(text);
  if (!parsed.ok) {
    throw new Error(parsed.detail);
  }
  return parsed.value;
};

const opens = (text: string, trusted = [verifier]): boolean => parseCheckpoint(text, trusted).ok;
/** A checkpoint whose body is as given, correctly signed. */
const signBody = (body: string): string => createNote(signer, body);

describe('a signed note', () => {
  it('that others published verifies under their published key', () => {
    const published =
      'This is an example message.\n\n' +
      '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    const theirs = getVerifier('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const note = parseNote(published);
    expect(note).toMatchObject({ ok: true, value: { text: 'This is an example message.\n' } });
    expect(note.ok && isSignedBy(note.value, theirs)).toBe(true);
    expect(note.ok && isSignedBy(note.value, verifier)).toBe(false);
  });

  it('keeps its text and verifies, whatever the lines say', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((line) => !/\p{Cc}/u.test(line)),
          { minLength: 1 },
        ),
        (lines) => {
          const text = `${lines.join('\n')}\n`;
          const note = parseNote(createNote(signer, text));
          expect(note).toMatchObject({ ok: true, value: { text } });
          expect(note.ok && isSignedBy(note.value, verifier)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is refused when it is not spelled exactly so', () => {
    const wrong = [
      '',
      checkpoint.slice(0, -1),
      `${checkpoint}\n`,
      checkpoint.replace('— ', '- '),
      checkpoint.replace('— ', '—  '),
      checkpoint.replace('\n\n', '\n'),
      checkpoint.replace('42', '42\r'),
      checkpoint.replace('42', '4\t2'),
      checkpoint.replace(/(\S)=\n$/, '$1\n'),
      `${checkpoint}— someone short AAAA\n`,
      `${checkpoint}— AAAAAAAA\n`,
      `${checkpoint}${'— a/b AAAAAAAA\n'.repeat(100)}`,
    ];
    expect(wrong.filter((text) => parseNote(text).ok)).toEqual([]);
  });

  it('can only be made of text under a name without spaces and plus signs', () => {
    expect(() => createNote(signer, 'no newline')).toThrow('internal/unexpected');
    expect(() => createNote(signer, 'a\u0000b\n')).toThrow('internal/unexpected');
    expect(() => createNote({ ...signer, name: 'a b' }, 'text\n')).toThrow('internal/unexpected');
    expect(() => createNote({ ...signer, name: 'a+b' }, 'text\n')).toThrow('internal/unexpected');
  });
});

describe('the public key of a log in one line', () => {
  it('reads back as the same key', () => {
    const parsed = getVerifier(toVerifierText(verifier));
    expect(parsed.keyId).toBe(verifier.keyId);
    expect(toVerifierText(parsed)).toBe(toVerifierText(verifier));
    expect(opens(checkpoint, [parsed])).toBe(true);
  });

  it('is refused when any of its characters is another', () => {
    const text = toVerifierText(verifier);
    const changed = Array.from(text, (each, at) => `${text.slice(0, at)}${each === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`);
    expect(changed.filter((each) => parseVerifier(each).ok)).toEqual([]);
    expect(parseVerifier(text.replace('+', ' +')).ok).toBe(false);
    expect(parseVerifier('').ok).toBe(false);
  });
});

describe('a checkpoint', () => {
  it('says origin, size and root, and holds under the key of its log only', () => {
    expect(checkpoint.startsWith(`id.example/ledger\n42\n${root.toString('base64')}\n\n— id.example/ledger `)).toBe(true);
    expect(parseCheckpoint(checkpoint, [verifier])).toEqual({ ok: true, value: { origin: 'id.example/ledger', size: 42, root } });
    expect(opens(checkpoint, [])).toBe(false);
    expect(opens(checkpoint, [toVerifier(createSigner('id.example/ledger', 'another key'))])).toBe(false);
    expect(opens(checkpoint, [toVerifier(createSigner('other.example/ledger', 'id.example/ledger'))])).toBe(false);
  });

  it('holds also with signatures of others beside the one of its log', () => {
    expect(opens(`${checkpoint}— witness.example AAAAAAAAAAAA\n`)).toBe(true);
    const ownFalse = `— id.example/ledger ${Buffer.concat([Buffer.from(verifier.keyId, 'hex'), Buffer.alloc(64)]).toString('base64')}\n`;
    expect(opens(`${checkpoint}${ownFalse}`)).toBe(false);
  });

  it('is refused when any byte of it is another', () => {
    const bytes = Buffer.from(checkpoint);
    const survivors = Array.from(bytes.keys()).filter((at) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      return opens(copy.toString());
    });
    expect(survivors).toEqual([]);
  });

  it('is refused when its body is not of the form, even if it is signed', () => {
    const hash = root.toString('base64');
    const bodies = [
      `id.example/ledger\n042\n${hash}\n`,
      `id.example/ledger\n-1\n${hash}\n`,
      `id.example/ledger\n9999999999999999\n${hash}\n`,
      `id.example/ledger\n42\n${hash.slice(0, -1)}\n`,
      `id.example/ledger\n42\n${Buffer.alloc(31).toString('base64')}\n`,
      `id.example/ledger\n42\n${hash}\n\nmore\n`,
      `id.example/ledger\n42\n`,
      `\n42\n${hash}\n`,
      `other.example/ledger\n42\n${hash}\n`,
      `first\nid.example/ledger\n42\n${hash}\n`,
      `id.example/ledger\n42\n${Buffer.alloc(35).toString('base64')}\n`,
      `id.example/ledger\n42\n${hash}\nmore\n\n`,
    ];
    expect(bodies.filter((body) => opens(signBody(body)))).toEqual([]);
    expect(bodies.slice(0, 8).map(parseCheckpointBody)).toEqual(bodies.slice(0, 8).map(() => undefined));
    expect(opens(signBody(`id.example/ledger\n0\n${hash}\nan extension\n`))).toBe(true);
  });

  it('is refused in words that say what is wrong', () => {
    const code = 'request/invalid';
    expect(parseCheckpoint('none', [verifier])).toMatchObject({ code, detail: 'this is not a signed note' });
    expect(parseCheckpoint(signBody('text\n'), [verifier])).toMatchObject({ code, detail: 'the note is no checkpoint' });
    const detail = 'the checkpoint is not signed by a trusted key of the log';
    expect(parseCheckpoint(checkpoint, [])).toMatchObject({ code, detail });
  });

  it.each([
    [{}, true],
    [{ after: 41 }, true],
    [{ after: 42 }, false],
    [{ upTo: 42 }, true],
    [{ upTo: 41 }, false],
    [{ after: 41, upTo: 42 }, true],
    [{ after: 42, upTo: 43 }, false],
    [{ after: 40, upTo: 41 }, false],
  ])('holds where its key answers for its size: %j %s', (span, isGood) => {
    expect(parseCheckpoint(checkpoint, [{ ...verifier, ...span }]).ok).toBe(isGood);
  });

  it('is signed under the name of the log, and by somebody', () => {
    expect(createLogSigner('https://id.gov.example', signer.key)).toEqual({ name: 'id.gov.example/ledger', key: signer.key });
    expect(() => createSharedCheckpoint([], { size: 1, root })).toThrow('internal/unexpected');
  });

  it('is named after the address of the log without its scheme', () => {
    expect(toLogName('https://id.gov.example')).toBe('id.gov.example/ledger');
    expect(toLogName('http://localhost:3000/')).toBe('localhost:3000/ledger');
    expect(toLogName('https://id.gov.example/oidc')).toBe('id.gov.example/oidc/ledger');
  });
});
