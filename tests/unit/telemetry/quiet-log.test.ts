// That a line which says too much is found: every world of every test is asked for one when it closes.

import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findLoudLine } from '../../support/quiet-log.ts';

const keys = {
  cookies: [createSecretKey(randomBytes(32))],
  data: { encryption: createSecretKey(randomBytes(32)), lookup: createSecretKey(randomBytes(32)) },
};
const values = ['سارة', 'Alqahtani', '1990-05-17', 'female'];
const toLine = (message: string): string => `${JSON.stringify({ level: 'info', time: '2026-11-23T10:00:00.000Z', message })}\n`;
const find = (message: string): string | undefined => findLoudLine({ lines: [toLine('started'), toLine(message)], values, keys });

describe('The log of a world', () => {
  it.each([
    ['a name of one of its people', 'no room for Alqahtani'],
    ['a day of birth', 'born on 1990-05-17'],
    ['a name in Arabic', 'للسيدة سارة'],
    ['a word in Arabic that nobody entered', 'مرحبا'],
    ['a JWT', 'got eyJhbGciOiJFUzI1NiJ9.e30.x'],
    ['a token', `code ${'aB3'.repeat(14)}x`],
    ['a digest', `key ${'0a'.repeat(32)}`],
    ['a private key', '-----BEGIN PRIVATE KEY-----'],
    ['the number of a person', 'asked for 1012345678'],
    ['an address of mail', 'sent to sara@example.test'],
    ['an address of a machine', 'from 203.0.113.7'],
    ['a parameter of a request', 'GET /auth?state=abc'],
    ['a key of its own', `opened with ${keys.data.lookup.export().toString('base64url')}`],
  ])('is loud where it says %s', (_, message) => {
    expect(find(message)).toContain('stands in the log');
  });

  it.each(['GET /auth 303 4 ms', 'listening on 127.0.0.1:3000', 'female', 'client service-00001 version 0.1.0'])(
    'is quiet with %s',
    (message) => {
      expect(find(message)).toBeUndefined();
    },
  );
});
