// What a passkey says of its maker, forged in every way, and keys that no passkey may have: from outside, at the running product, for people and for staff.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { der, hex, sequence } from '../support/certificate.ts';
import type { EncodableMap } from '../support/encode-cbor.ts';
import { readIdToken } from '../support/id-token.ts';
import { createMetadataSource, toEntry } from '../support/metadata/blob.ts';
import { importEdition } from '../support/metadata/import-edition.ts';
import { createMaker, toModelExtension } from '../support/metadata/maker.ts';
import type { Maker } from '../support/metadata/maker.ts';
import { beginCeremony, createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import type { AuthenticatorSettings, Tampering } from '../support/software-authenticator.ts';
import { createSoftwareKey } from '../support/software-keys.ts';
import { inviteStaff } from '../support/staff-journey.ts';
import { inviteStrongly } from '../support/strong-passkey.ts';
import { obtainTokens } from '../support/visits.ts';

const maker = createMaker('Maker of the case');
const other = createMaker('Another maker');
const lost = createMaker('Maker that lost its key');
const toModel = ({ aaguid }: Maker): Buffer => Buffer.from(aaguid.replaceAll('-', ''), 'hex');
const model = toModel(maker);

type Made = AuthenticatorSettings & { readonly tampering?: Tampering };
type Row = readonly [what: string, made: Made];

/** They prove nothing: a person may have such a passkey, and it raises nobody's level. */
const forgeries: readonly Row[] = [
  ['no statement, and the name of a trusted model', { aaguid: model }],
  ['a statement of its own, and the name of a trusted model', { attestation: 'packed', aaguid: model }],
  ['a chain to a root of its own making', { attestation: createMaker('Maker of the case', model).packed() }],
  ['the chain of another trusted maker', { attestation: { ...other.packed({ leaf: { extras: [] } }), aaguid: model } }],
  ['a certificate that has run out', { attestation: maker.packed({ leaf: { until: -400 } }) }],
  ['a certificate with a key of RSA 1,024', { attestation: maker.packed({ leaf: { rsaBits: 1024 } }) }],
  ['a chain whose key the metadata call compromised', { attestation: lost.packed() }],
  ['the statement of a keystore under another name', { attestation: { ...maker.androidKey(), format: 'packed' } }],
  ['a certificate of the maker for something else', { attestation: maker.packed({ leaf: { subject: { O: 'Maker', CN: 'mail' } } }) }],
];

/** They contradict themselves, and get nobody a passkey. */
const contradictions: readonly Row[] = [
  ['a certificate of another model', { attestation: { ...other.packed(), aaguid: model } }],
  ['a statement of another format in the place of its own', { attestation: { ...maker.packed(), format: 'tpm' } }],
  ['a statement made for another key', { attestation: stolen(maker) }],
];

/** Everything true, over the ceremony of somebody else's registration. */
function stolen(from: Maker): NonNullable<AuthenticatorSettings['attestation']> {
  const { attest, ...rest } = from.packed();
  return { ...rest, attest: (asked) => attest({ ...asked, clientDataHash: Buffer.alloc(32, 7) }) };
}

describe('what a passkey says of its maker', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
    const compromised = [{ status: 'ATTESTATION_KEY_COMPROMISE', effectiveDate: '2026-01-01', certificate: lost.root.base64 }];
    const entries = [
      toEntry({ aaguid: maker.aaguid, roots: [maker.root] }),
      toEntry({ aaguid: other.aaguid, roots: [other.root] }),
      toEntry({ aaguid: lost.aaguid, roots: [lost.root], status: compromised }),
    ];
    await importEdition(at.world.storage, createMetadataSource('National scheme'), { entries });
  });

  afterAll(async () => at.close());

  const hold = ({ tampering, ...settings }: Made): Traveller => {
    const authenticator = createSoftwareAuthenticator(settings);
    const register: typeof authenticator.register = (options, origin) => authenticator.register(options, origin, tampering);
    return createTraveller(at.issuer, { ...authenticator, register });
  };

  const invitePerson = async (): Promise<string> => inviteStrongly(at.world, (await at.world.addPerson()).id);

  let invited = 0;
  const inviteRegistrar = async (): Promise<string> => {
    invited += 1;
    return (await inviteStaff(at.world, 'registrar', `Registrar ${invited}`)).link;
  };

  /** `ok`, or the code of the refusal. */
  const register = async (who: Traveller, link: string): Promise<string> => {
    const { verifyUrl, token, answer } = await beginCeremony(who, await who.agent.get(link), 'register');
    const { body } = await who.agent.postJson(verifyUrl, token, answer);
    return /"code":"([^"]*)"/.exec(body)?.[1] ?? 'ok';
  };

  const readLevel = async (who: Traveller): Promise<string> => {
    const tokens = await obtainTokens(who, 'permit');
    return String((await readIdToken(at.issuer, tokens.body['id_token']))['acr']).replace('urn:huwiya:loa:', '');
  };

  test('WA-14 told truly by a chain that the metadata name reaches high, and opens a desk', async () => {
    const person = hold({ attestation: maker.packed() });
    expect([await register(person, await invitePerson()), await readLevel(person)]).toEqual(['ok', 'high']);
    expect(await register(hold({ attestation: maker.packed() }), await inviteRegistrar())).toBe('ok');
  });

  /** The link waits for the right passkey. */
  const expectNoDesk = async (made: Made, code: string): Promise<void> => {
    const link = await inviteRegistrar();
    await at.changesNothing(async () => expect(await register(hold(made), link)).toBe(code));
    expect(await register(hold({ attestation: maker.tpm() }), link)).toBe('ok');
  };

  test.each(forgeries)('WA-14 raises nobody with %s, and enrols no registrar', async (_what, made) => {
    const person = hold(made);
    expect([await register(person, await invitePerson()), await readLevel(person)]).toEqual(['ok', 'substantial']);
    await expectNoDesk(made, 'officer/passkey-unproven');
  });

  test.each(contradictions)('WA-14 is refused of everybody with %s', async (_what, made) => {
    const link = await invitePerson();
    await at.changesNothing(async () => expect(await register(hold(made), link)).toBe('passkey/refused'));
    await expectNoDesk(made, 'passkey/refused');
  });

  test('WA-14 has nobody called: no list of revoked certificates, no responder, no address that its certificates name', async () => {
    const called: string[] = [];
    const inside = createServer((request, response) => {
      called.push(String(request.url));
      response.end();
    });
    await new Promise<void>((resolve) => {
      inside.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(async () => {
      inside.closeAllConnections();
      await new Promise((resolve) => {
        inside.close(resolve);
      });
    });
    const address = inside.address();
    const { port } = isAddress(address) ? address : { port: 0 };
    const toUrl = (path: string): Buffer => der(0x86, Buffer.from(`http://127.0.0.1:${port}/${path}`));
    const oid = (bytes: string): Buffer => der(0x06, hex(bytes));
    const points = sequence(sequence(der(0xa0, der(0xa0, toUrl('list')))));
    const access = sequence(...['2b06010505073001', '2b06010505073002'].map((use) => sequence(oid(use), toUrl(use))));
    const named = [
      { id: '551d1f', value: points },
      { id: '2b06010505070101', value: access },
    ];
    const asked = { leaf: { extras: [toModelExtension(model), ...named] }, between: { extras: named } };
    const person = hold({ attestation: maker.packed(asked) });
    expect([await register(person, await invitePerson()), await readLevel(person)]).toEqual(['ok', 'high']);
    expect(await register(hold({ attestation: maker.packed(asked) }), await inviteRegistrar())).toBe('ok');
    expect(called).toEqual([]);
    await fetch(`http://127.0.0.1:${port}/itself`);
    expect(called).toEqual(['/itself']);
  });

  const fine = createSoftwareKey(-7).cose;
  const change = (key: EncodableMap, ...changes: readonly (readonly [number, number | Uint8Array])[]): EncodableMap =>
    new Map([...key, ...changes]);
  const keys: readonly (readonly [what: string, coseKey: EncodableMap])[] = [
    ['of RS1 (-65535)', change(createSoftwareKey(-257).cose, [3, -65_535])],
    ['of ES256K', change(fine, [3, -47], [-1, 8])],
    ['of ES384', change(fine, [3, -35], [-1, 2])],
    ['of Ed448', change(createSoftwareKey(-8).cose, [3, -53], [-1, 7])],
    ['of RSA with 1,024 bits', createSoftwareKey(-257, 1024).cose],
    ['of RSA with 16,384 bits (RX-05)', change(createSoftwareKey(-257).cose, [-1, Buffer.alloc(2048, 0xb5)])],
    [
      'of RSA with an exponent that takes a thousand times as long (RX-05)',
      change(createSoftwareKey(-257).cose, [-2, Buffer.alloc(255, 0xb5)]),
    ],
    ['that is no point of its curve', change(fine, [-3, Buffer.alloc(32, 5)])],
    ['of another type than its algorithm', change(createSoftwareKey(-8).cose, [3, -7])],
  ];

  test.each(keys)('WA-15 gets nobody a passkey with a key %s, whatever the page offered', async (_what, coseKey) => {
    for (const link of [await invitePerson(), await inviteRegistrar()]) {
      for (const attestation of ['none', maker.packed()] as const) {
        const who = hold({ attestation, tampering: { coseKey } });
        await at.changesNothing(async () => expect(await register(who, link)).toBe('passkey/refused'));
      }
      expect(await register(hold({ attestation: maker.packed() }), link)).toBe('ok');
    }
  });
});

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
