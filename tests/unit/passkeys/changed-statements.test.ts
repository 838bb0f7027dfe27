// Statements of makers that were changed on the way, at every byte and in every member: nothing but the statement that the maker made gets a passkey trusted.

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import type { Model } from '../../../src/domain/metadata/model.ts';
import { judgeStanding } from '../../../src/domain/passkeys/judge-standing.ts';
import { parseRegistrationAnswer } from '../../../src/domain/passkeys/parse-answer.ts';
import { isCborMap, parseCborItem } from '../../../src/domain/passkeys/parse-cbor.ts';
import type { CborMap, CborValue } from '../../../src/domain/passkeys/parse-cbor.ts';
import { verifyRegistration } from '../../../src/domain/passkeys/verify-ceremony.ts';
import { isFull } from '../../support/counts.ts';
import { encodeCbor } from '../../support/encode-cbor.ts';
import type { Encodable, EncodableMap } from '../../support/encode-cbor.ts';
import { createMaker } from '../../support/metadata/maker.ts';
import { startOfWorld } from '../../support/passkey-world.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';

const relyingParty = { id: 'id.example', origin: 'https://id.example' };
const maker = createMaker();
const formats = ['packed', 'tpm', 'androidKey', 'apple'] as const;
type Format = (typeof formats)[number];

const models: readonly Model[] = [
  {
    source: 'fido',
    aaguid: maker.aaguid,
    description: 'Security key of the test',
    isListed: true,
    isWarned: false,
    status: null,
    statusSince: null,
    roots: [maker.root.base64],
    userVerification: [],
    keyProtection: ['hardware'],
    attestationTypes: ['basic_full'],
  },
];

type Made = { readonly challenge: string; readonly id: string; readonly clientData: Buffer; readonly object: Buffer };

function make(format: Format): Made {
  const challenge = Buffer.alloc(32, 3).toString('base64url');
  const options = { challenge, rp: { id: relyingParty.id }, user: { id: challenge }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }] };
  const { id, response } = createSoftwareAuthenticator({ attestation: maker[format]() }).register(options, relyingParty.origin);
  return {
    challenge,
    id,
    clientData: Buffer.from(response.clientDataJSON, 'base64url'),
    object: Buffer.from(response.attestationObject, 'base64url'),
  };
}

/** `trusted`, or what else becomes of it. */
async function judge({ challenge, id, clientData, object }: Made): Promise<string> {
  const response = { clientDataJSON: clientData.toString('base64url'), attestationObject: object.toString('base64url') };
  const parsed = parseRegistrationAnswer({ id, rawId: id, type: 'public-key', response });
  const verified = parsed.ok ? await verifyRegistration({ relyingParty, challenge }, parsed.value) : parsed;
  if (!verified.ok) {
    return 'refused';
  }
  return judgeStanding(
    { ...verified.value, createdAt: startOfWorld },
    models.filter(({ aaguid }) => aaguid === verified.value.aaguid),
  );
}

function flip(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return changed;
}

const readMap = (bytes: Buffer): CborMap => {
  const { value } = getValue(parseCborItem(bytes, 0));
  if (!isCborMap(value)) {
    throw new TypeError('no map');
  }
  return value;
};

/** What the reader makes of bytes goes back into bytes. */
function toEncodable(value: CborValue): Encodable {
  if (isCborMap(value)) {
    return toEncodableMap(value);
  }
  if (Array.isArray(value)) {
    return value.map(toEncodable);
  }
  if (value instanceof Uint8Array || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw new TypeError('nothing of that is in a statement');
}

const toEncodableMap = (map: CborMap): EncodableMap => new Map([...map].map(([name, value]) => [String(name), toEncodable(value)]));

type Change = (statement: EncodableMap, other: EncodableMap) => EncodableMap;

function readStatement({ object }: Made): EncodableMap {
  const statement = readMap(object).get('attStmt');
  return isCborMap(statement) ? toEncodableMap(statement) : new Map();
}

function rewrite(made: Made, other: Made, change: Change): Made {
  const statement = change(readStatement(made), readStatement(other));
  return { ...made, object: encodeCbor(new Map([...toEncodableMap(readMap(made.object)), ['attStmt', statement]])) };
}

const wrongValues: readonly Encodable[] = [
  0,
  -7,
  -8,
  -35,
  -257,
  -65_535,
  '',
  '2.0',
  'none',
  new Uint8Array(0),
  new Uint8Array(64),
  [],
  new Map(),
  true,
];

/** Puts one value, or nothing, in the place of a member. */
const put =
  (name: string, value: Encodable | undefined): Change =>
  (statement) => {
    const rest = [...statement].filter(([own]) => own !== name);
    return new Map(value === undefined ? rest : [...rest, [name, value] as const]);
  };

const inChain =
  (change: (chain: readonly Encodable[]) => readonly Encodable[]): Change =>
  (statement) =>
    new Map([...statement, ['x5c', change([statement.get('x5c') ?? []].flat())]]);

const chains: readonly Change[] = [
  inChain((chain) => chain.slice(1)),
  inChain((chain) => chain.slice(0, 1)),
  inChain((chain) => chain.toReversed()),
  inChain(([leaf = '']) => [leaf, leaf]),
  inChain((chain) => [...chain, 'no certificate']),
  inChain(([, issuer = '']) => [issuer, issuer]),
];

const isSame = (one: Encodable | undefined, other: Encodable | undefined): boolean =>
  one !== undefined && other !== undefined && encodeCbor(one).equals(encodeCbor(other));

describe.each(formats)('a statement of the format %s', (format) => {
  let [made, other]: readonly Made[] = [];

  beforeAll(() => {
    [made, other] = [make(format), make(format)];
  });

  const get = (): readonly [Made, Made] => {
    if (made === undefined || other === undefined) {
      throw new TypeError('nothing was made');
    }
    return [made, other];
  };

  it('is trusted as its maker made it, also with its members in another order', async () => {
    const [good, another] = get();
    expect([await judge(good), await judge(another)]).toEqual(['trusted', 'trusted']);
    expect(await judge(rewrite(good, another, (statement) => new Map([...statement].toReversed())))).toBe('trusted');
  });

  it('WA-14 is never trusted with one bit changed, in it or in what it was made for', async () => {
    const [good] = get();
    const places = good.object.length + good.clientData.length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: places * 8 - 1 }), async (bit) => {
        const within = bit < good.object.length * 8;
        const changed = within
          ? { ...good, object: flip(good.object, bit) }
          : { ...good, clientData: flip(good.clientData, bit - good.object.length * 8) };
        expect([bit, await judge(changed)]).not.toEqual([bit, 'trusted']);
      }),
      { numRuns: isFull ? 4000 : 200 },
    );
  });

  it('WA-14 is never trusted cut short, or with a byte more', async () => {
    const [good] = get();
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: good.object.length - 1 }), async (size) => {
        expect(await judge({ ...good, object: good.object.subarray(0, size) })).toBe('refused');
      }),
      { numRuns: isFull ? 2000 : 50 },
    );
    expect(await judge({ ...good, object: Buffer.concat([good.object, Buffer.alloc(1)]) })).toBe('refused');
  });

  it('WA-14 is never trusted with a member left out, of another kind, or of another statement of the same maker', async () => {
    const [good, another] = get();
    const [own, theirs] = [readStatement(good), readStatement(another)];
    expect([...own.keys()]).toContain('x5c');
    for (const [name, value] of own) {
      // What both have alike, as the name of an algorithm, is no change.
      const changed = [undefined, theirs.get(name), ...wrongValues].filter((wrong) => !isSame(wrong, value));
      for (const wrong of changed) {
        const verdict = await judge(rewrite(good, another, put(String(name), wrong)));
        expect([name, wrong, verdict]).not.toEqual([name, wrong, 'trusted']);
      }
    }
  });

  it('WA-14 is never trusted with its chain in pieces, out of order, or with something else in it', async () => {
    const [good, another] = get();
    for (const [index, change] of chains.entries()) {
      expect([index, await judge(rewrite(good, another, change))]).not.toEqual([index, 'trusted']);
    }
  });

  it('WA-14 is never trusted as one of another format', async () => {
    const [good] = get();
    const own = readMap(good.object).get('fmt');
    for (const name of ['packed', 'tpm', 'android-key', 'apple', 'fido-u2f', 'none', 'compound'].filter((named) => named !== own)) {
      const object = encodeCbor(new Map([...toEncodableMap(readMap(good.object)), ['fmt', name]]));
      expect([name, await judge({ ...good, object })]).not.toEqual([name, 'trusted']);
    }
  });
});
