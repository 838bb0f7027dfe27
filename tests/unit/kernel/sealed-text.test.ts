// Sealing: what opens, what does not, and the form in which it rests.

import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { openBytes, sealBytes } from '../../../src/domain/kernel/sealed-text.ts';

const key = createSecretKey(randomBytes(32));
const needs = { random: systemRandom };
const sealing = { key, bound: 'huwiya/test/1\nmine' };

describe('what is sealed', () => {
  test('opens under its key and at its place as what it was, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (plain, bound) => {
        const [one, other] = [sealBytes(needs, { key, bound }, plain), sealBytes(needs, { key, bound }, plain)];
        expect(one).not.toBe(other);
        expect(Uint8Array.from(openBytes({ key, bound }, one))).toEqual(plain);
      }),
    );
  });

  test('opens nowhere else, under no other key, and not with one bit changed, cut off or put in front', () => {
    const sealed = Buffer.from(sealBytes(needs, sealing, Buffer.from('secret')), 'base64url');
    const opens = (bytes: Buffer, changes: Partial<typeof sealing> = {}): boolean => {
      try {
        openBytes({ ...sealing, ...changes }, bytes.toString('base64url'));
        return true;
      } catch {
        return false;
      }
    };
    expect(opens(sealed)).toBe(true);
    expect([opens(sealed, { bound: 'huwiya/test/1\nyours' }), opens(sealed, { key: createSecretKey(randomBytes(32)) })]).toEqual([
      false,
      false,
    ]);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const bent = Buffer.from(sealed);
      bent.writeUInt8(bent.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect([bit, opens(bent)]).toEqual([bit, false]);
    }
    const lengths = Array.from({ length: sealed.length }, (_, length) => length);
    expect(lengths.filter((length) => opens(sealed.subarray(0, length)) || opens(sealed.subarray(length + 1)))).toEqual([]);
  });

  test('rests as nonce, ciphertext and tag, so that what was sealed by earlier versions opens', () => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(sealing.bound));
    const parts = [nonce, cipher.update('سر'), cipher.final(), cipher.getAuthTag()];
    expect(openBytes(sealing, Buffer.concat(parts).toString('base64url')).toString()).toBe('سر');
  });
});
