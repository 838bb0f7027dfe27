// Cosignatures (C2SP tlog-cosignature, Ed25519): what is signed, and what is not believed.

import { generateKeyPairSync, hash, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCheckpoint, parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { parseNote, parseVerifier, toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import type { Note } from '../../../src/domain/ledger/signed-note.ts';
import { addLines, createCosignature, findCosignedAt, findOwnLine } from '../../../src/domain/witnesses/cosignature.ts';

const log = { name: 'id.example/ledger', key: generateKeyPairSync('ed25519').privateKey };
const court = { name: 'witness.court.example', key: generateKeyPairSync('ed25519').privateKey };
const key = toVerifier(court, 'witness');
const now = Date.UTC(2026, 0, 31, 12, 0, 0, 500);
const root = Buffer.alloc(32, 7);
const checkpoint = createCheckpoint(log, { size: 5, root });

function getNote(text: string): Note {
  const note = parseNote(text);
  if (!note.ok) {
    throw new TypeError(note.detail);
  }
  return note.value;
}

const body = getNote(checkpoint).text;
const line = createCosignature(court, body, now);

describe('a cosignature', () => {
  it('is a line under the name of the witness: key id of type 4, time in big-endian seconds, signature over header, time and body', () => {
    const [, encoded = ''] = line.split(`— ${court.name} `);
    const bytes = Buffer.from(encoded, 'base64');
    const raw = Buffer.from(String(key.key.export({ format: 'jwk' }).x), 'base64url');
    const id = hash('sha256', Buffer.concat([Buffer.from(`${court.name}\n\u0004`), raw]), 'buffer').subarray(0, 4);
    const seconds = Math.floor(now / 1000);
    expect(bytes.length).toBe(4 + 8 + 64);
    expect(bytes.subarray(0, 4)).toEqual(id);
    expect(bytes.readBigUInt64BE(4)).toBe(BigInt(seconds));
    expect(verify(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${body}`), key.key, bytes.subarray(12))).toBe(true);
  });

  it('says when the witness saw the checkpoint, and leaves the word of the log as it was', () => {
    const text = addLines(checkpoint, [line]);
    expect(findCosignedAt(getNote(text), key, now)).toBe(Math.floor(now / 1000) * 1000);
    expect(parseCheckpoint(text, [toVerifier(log)]).ok).toBe(true);
  });

  it('counts for nothing on another checkpoint, from another key, from the future, or beside a wrong one', () => {
    const other = createCheckpoint(log, { size: 6, root });
    const stranger = createCosignature({ ...court, key: generateKeyPairSync('ed25519').privateKey }, body, now);
    const later = createCosignature(court, body, now + 3_600_000);
    const wrong = createCosignature(court, getNote(other).text, now);
    const found = [
      [other, line],
      [checkpoint, stranger],
      [checkpoint, later],
      [checkpoint, line, wrong],
    ].map(([text = '', ...lines]) => findCosignedAt(getNote(addLines(text, lines)), key, now));
    expect(found).toEqual([undefined, undefined, undefined, undefined]);
    expect(findCosignedAt(getNote(addLines(checkpoint, [line])), key, now)).toBeDefined();
  });

  it('is never the signature of a log: the same key under the same name has another id, and a plain signature is none', () => {
    const both = { name: log.name, key: log.key };
    expect(findCosignedAt(getNote(checkpoint), toVerifier(both, 'witness'), now)).toBeUndefined();
    expect(parseVerifier(toVerifierText(toVerifier(both, 'witness'), 'witness'), 'log').ok).toBe(false);
    expect(parseVerifier(toVerifierText(toVerifier(both, 'witness'), 'witness'), 'witness').ok).toBe(true);
  });

  it('is taken from an answer among lines of others, and only when it is right', () => {
    const stranger = createCosignature({ ...court, name: 'other.example' }, body, now);
    expect(findOwnLine(checkpoint, `${stranger}${line}`, { witness: key, now })).toBe(line);
    expect(findOwnLine(checkpoint, `${stranger}\n— no line\n`, { witness: key, now })).toBeUndefined();
    expect(findOwnLine(checkpoint, `\n\nother\n`, { witness: key, now })).toBeUndefined();
  });
});
