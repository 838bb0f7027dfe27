import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCborItem } from '../../../src/domain/passkeys/parse-cbor.ts';
import type { CborValue } from '../../../src/domain/passkeys/parse-cbor.ts';
import { encodeCbor } from '../../support/encode-cbor.ts';
import type { Encodable, EncodableMap } from '../../support/encode-cbor.ts';
import { createPasskeyWorld, enrol, register, signIn, toVerdict } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';

function toHex(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

/** The value, or `undefined` when it is refused. */
function parse(bytes: Uint8Array): CborValue | undefined {
  const item = parseCborItem(bytes, 0);
  return item.ok ? item.value.value : undefined;
}

const scalar = fc.oneof(
  fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.boolean(),
  fc.uint8Array({ maxLength: 300 }),
);
const key = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.string({ maxLength: 20 }));

function arbitrary(depth: number): fc.Arbitrary<Encodable> {
  if (depth === 0) {
    return scalar;
  }
  const inner = arbitrary(depth - 1);
  const map: fc.Arbitrary<EncodableMap> = fc
    .uniqueArray(fc.tuple(key, inner), { maxLength: 5, selector: ([name]) => name })
    .map((members) => new Map(members));
  return fc.oneof(inner, fc.array(inner, { maxLength: 30 }), map);
}

/** The same shape with plain byte arrays, for comparison. */
function toPlain(value: CborValue | Encodable): unknown {
  if (value instanceof Uint8Array) {
    return { bytes: Buffer.from(value).toString('hex') };
  }
  if (isMap(value)) {
    return { members: [...value].map(([name, item]) => [name, toPlain(item)]) };
  }
  return Array.isArray(value) ? value.map(toPlain) : value;
}

function isMap(value: CborValue | Encodable): value is EncodableMap {
  return value instanceof Map;
}

describe('the CBOR reader', () => {
  it('reads what an authenticator writes, and knows where it ends', () => {
    fc.assert(
      fc.property(arbitrary(3), fc.uint8Array({ maxLength: 10 }), (value, rest) => {
        const bytes = encodeCbor(value);
        const item = parseCborItem(Buffer.concat([bytes, rest]), 0);
        expect(item.ok && item.value.end).toBe(bytes.length);
        expect(item.ok && toPlain(item.value.value)).toEqual(toPlain(value));
      }),
    );
  });

  it('never reads an item that was cut short', () => {
    fc.assert(
      fc.property(arbitrary(2), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (value, part) => {
        const bytes = encodeCbor(value);
        expect(parse(bytes.subarray(0, Math.floor(bytes.length * part)))).toBeUndefined();
      }),
    );
  });

  it('WA-18 answers any bytes with a value or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(parseCborItem(bytes, 0)).toHaveProperty('ok');
      }),
      { numRuns: 2000 },
    );
  });

  it('WA-18 reads integers up to 2^53 - 1 and refuses greater ones', () => {
    expect(parse(toHex('1b001fffffffffffff'))).toBe(Number.MAX_SAFE_INTEGER);
    expect(parse(toHex('1b0020000000000000'))).toBeUndefined();
    expect(parse(toHex('3bffffffffffffffff'))).toBeUndefined();
  });
});

const deep = (levels: number): Buffer => Buffer.concat([Buffer.alloc(levels, 0x81), Buffer.of(0)]);

const hostile: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  '10,000 nested arrays': deep(10_000),
  '10,000 nested maps': Buffer.concat([Buffer.alloc(20_000, 'a100', 'hex'), Buffer.of(0)]),
  'arrays nested one level too deep': deep(6),
  'an array of 2^32 items': toHex('9b0000000100000000'),
  'an array of 2^32 - 1 items with some there': toHex('9affffffff000000'),
  'a map of 2^53 - 1 members': toHex('bb001fffffffffffff'),
  'a byte string longer than the bytes': toHex('5a7fffffff00'),
  'a text longer than the bytes': toHex('7affffffff41'),
  'an array of indefinite length': toHex('9f0102ff'),
  'a map of indefinite length': toHex('bf6161f5ff'),
  'a byte string of indefinite length': toHex('5f4101ff'),
  'a stop code alone': toHex('ff'),
  'a repeated key': toHex('a2010a010b'),
  'a key that is an array': toHex('a18001'),
  'a key that is a byte string': toHex('a1410101'),
  'a tag': toHex('c000'),
  'a tag of the self-described kind': toHex('d9d9f7a0'),
  'a half float': toHex('f97e00'),
  'a float': toHex('fa7f800000'),
  'a double': toHex('fb7ff0000000000000'),
  undefined: toHex('f7'),
  'a reserved length': toHex('1c'),
  'text that is no UTF-8': toHex('62c328'),
  'text with a lone surrogate': toHex('63eda080'),
};

describe('hostile CBOR', () => {
  for (const [name, bytes] of Object.entries(hostile)) {
    it(`WA-18 is refused within 50 ms of work, alone and inside both ceremonies: ${name}`, async () => {
      expect(parse(bytes)).toBeUndefined();
      const world = createPasskeyWorld();
      const authenticator = createSoftwareAuthenticator();
      const person = await enrol(world, authenticator);
      const by = { purpose: 'add-passkey', personId: person.id, sessionUid: 'session', binding: 'session' } as const;
      const [startedAt, heapAtStart] = [process.cpuUsage(), process.memoryUsage().heapUsed];
      const verdicts = [
        toVerdict(await register(world, by, { authenticator: createSoftwareAuthenticator(), tampering: { attestationObject: bytes } })),
        toVerdict(await register(world, by, { authenticator: createSoftwareAuthenticator(), tampering: { extensions: bytes } })),
        toVerdict(await signIn(world, authenticator, { extensions: bytes })),
      ];
      expect(verdicts.map((verdict) => verdict.split(' ')[0])).toEqual(Array.from({ length: 3 }, () => 'passkey/refused'));
      const { user, system } = process.cpuUsage(startedAt);
      expect((user + system) / 1000 / verdicts.length).toBeLessThan(50);
      // What a false length promises is never made room for.
      expect(process.memoryUsage().heapUsed - heapAtStart).toBeLessThan(64 * 1024 * 1024);
    });
  }

  it('WA-18 of 60 KB is refused by its size', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    await enrol(world, authenticator);
    const extensions = encodeCbor(new Map([['filling', Buffer.alloc(60_000)]]));
    expect(toVerdict(await signIn(world, authenticator, { extensions }))).toBe('passkey/refused size');
  });

  it('WA-18 with bytes after the end is refused', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    const person = await enrol(world, authenticator);
    const by = { purpose: 'add-passkey', personId: person.id, sessionUid: 'session', binding: 'session' } as const;
    const trailing = { authenticator: createSoftwareAuthenticator(), tampering: { extensions: toHex('a000') } };
    expect(toVerdict(await register(world, by, trailing))).toBe('passkey/refused authenticator-data');
    expect(toVerdict(await signIn(world, authenticator, { extensions: toHex('a000') }))).toBe('passkey/refused authenticator-data');
  });

  it('does not keep honest extensions out', async () => {
    const world = createPasskeyWorld();
    const authenticator = createSoftwareAuthenticator();
    const person = await enrol(world, authenticator);
    const by = { purpose: 'add-passkey', personId: person.id, sessionUid: 'session', binding: 'session' } as const;
    const extensions = encodeCbor(
      new Map<string, Encodable>([
        ['credProtect', 3],
        ['hmac-secret', true],
      ]),
    );
    expect(toVerdict(await register(world, by, { authenticator: createSoftwareAuthenticator(), tampering: { extensions } }))).toBe('ok');
    expect(toVerdict(await signIn(world, authenticator, { extensions }))).toBe('ok');
  });
});
