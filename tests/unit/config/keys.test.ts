import { generateKeyPairSync } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import { createKeys } from '../../../src/config/create-keys.ts';
import { keyFileNames, parseKeys } from '../../../src/config/keys.ts';
import type { KeyFile } from '../../../src/config/keys.ts';

let fresh: readonly KeyFile[] = [];

beforeAll(() => {
  fresh = createKeys();
});

function withText(name: string, text: string): readonly KeyFile[] {
  return fresh.map((file) => (file.name === name ? { ...file, text } : file));
}

function textOf(name: string): string {
  return fresh.find((file) => file.name === name)?.text ?? '';
}

function problemsOf(files: readonly KeyFile[]): readonly string[] {
  const parsed = parseKeys(files);
  return parsed.ok ? [] : parsed.faults.map(({ setting, problem }) => `${setting.replace('HUWIYA_KEYS/', '')} ${problem}`);
}

/** As "huwiya setup" wrote them before the database held the keys of tokens. */
function toEarlier(alg: 'ES256' | 'RS256'): KeyFile {
  const pair = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...pair.privateKey.export({ format: 'jwk' }), kid: `earlier-${alg}`, alg };
  return { name: `token-${alg.toLowerCase()}.json`, text: JSON.stringify(jwk), mode: 0o600 };
}

const zeros = Buffer.alloc(32).toString('base64url');
const short = Buffer.from('only sixteen byt').toString('base64url');

describe('Fresh keys', () => {
  test('are accepted, each file for one use', () => {
    const parsed = parseKeys(fresh);
    expect(parsed.ok && [parsed.value.receipt.alg, parsed.value.checkpoint.alg]).toEqual(['EdDSA', 'EdDSA']);
    expect(fresh.map(({ name }) => name)).toEqual(keyFileNames);
    expect(fresh.every(({ mode }) => mode === 0o600)).toBe(true);
  });

  test('show only public members in their public form, those of an earlier version as well', () => {
    const parsed = parseKeys([...fresh, toEarlier('ES256'), toEarlier('RS256')]);
    const members = parsed.ok ? [...parsed.value.earlierTokens, parsed.value.checkpoint] : [];
    expect(members.map(({ publicJwk }) => Object.keys(publicJwk).toSorted().join(' '))).toEqual([
      'alg crv kid kty use x y',
      'alg e kid kty n use',
      'alg crv kid kty use x',
    ]);
  });

  test('do not print themselves', () => {
    const parsed = parseKeys(fresh);
    const secret = /"key": "([^"]+)"/.exec(textOf('dpop-nonce.json'))?.[1] ?? '';
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(parsed)).not.toContain(secret);
  });
});

describe('A key folder is refused', () => {
  test.each([...keyFileNames])('without %s', (name) => {
    expect(problemsOf(fresh.filter((file) => file.name !== name))).toEqual([`${name} is missing or cannot be read`]);
  });

  test.each([...keyFileNames])('when others can read %s', (name) => {
    const open = fresh.map((file) => (file.name === name ? { ...file, mode: 0o640 } : file));
    expect(problemsOf(open)).toEqual([`${name} can be read or changed by others than its owner`]);
  });

  test.each([...keyFileNames])('when %s is not JSON', (name) => {
    expect(problemsOf(withText(name, '{'))).toHaveLength(1);
  });

  test('with an RSA key under 2048 bits', () => {
    const jwk = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' });
    const text = JSON.stringify({ ...jwk, kid: 'weak', alg: 'RS256' });
    expect(problemsOf([...fresh, { name: 'token-rs256.json', text, mode: 0o600 }])).toEqual([
      'token-rs256.json is weak: RSA needs 2048 bits',
    ]);
  });

  test('with a key of another kind than its file says', () => {
    const file = { name: 'token-es256.json', text: textOf('receipt-ed25519.json'), mode: 0o600 };
    expect(problemsOf([...fresh, file])).toContain('token-es256.json is not a private JWK with kid and alg ES256');
  });

  test('with a public part that belongs to another private part', () => {
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const other = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const text = JSON.stringify({ ...jwk, x: other.x, kid: 'mixed', alg: 'EdDSA' });
    expect(problemsOf(withText('checkpoint-ed25519.json', text))).toEqual([
      'checkpoint-ed25519.json is a JWK whose parts do not belong together',
    ]);
  });

  test.each([
    ['of less than 32 bytes', short, 'dpop-nonce.json holds a secret of less than 32 bytes'],
    ['whose bytes are all equal', zeros, 'dpop-nonce.json holds a secret whose bytes are all equal'],
    ['that is not base64url', 'not base64url, but long enough to be one', 'dpop-nonce.json holds a secret that is not base64url'],
  ])('with a secret %s', (_, key, problem) => {
    expect(problemsOf(withText('dpop-nonce.json', JSON.stringify({ key })))).toEqual([problem]);
  });

  test('when one key has two uses', () => {
    const shared = withText('receipt-ed25519.json', textOf('checkpoint-ed25519.json'));
    expect(problemsOf(shared)).toEqual(['checkpoint-ed25519.json holds a key that receipt-ed25519.json uses too']);
  });

  test('when the two data keys are the same', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64url');
    expect(problemsOf(withText('data.json', JSON.stringify({ encryption: key, lookup: key })))).toEqual([
      'data.json holds the same key twice',
    ]);
  });

  test('with all its faults at once', () => {
    const files = withText('cookies.json', '{"keys":[]}').filter(({ name }) => name !== 'data.json');
    const open = files.map((file) => (file.name === 'receipt-ed25519.json' ? { ...file, mode: 0o604 } : file));
    expect(problemsOf(open)).toHaveLength(3);
  });
});
