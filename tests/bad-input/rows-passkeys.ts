// Answers of a passkey ceremony in which one thing is wrong, sent to the running product as the page's script would send them.

import { createSoftwareKey } from '../support/software-keys.ts';
import type { AuthenticatorSettings, Tampering } from '../support/software-authenticator.ts';
import { person } from './row.ts';
import type { PersonAnswer } from './row.ts';

export type PasskeyRow = {
  readonly id: string;
  /** `create` with a good enrolment link; `use` at the sign-in page of a person who has a passkey. */
  readonly ceremony: 'create' | 'use';
  readonly what: string;
  readonly settings?: AuthenticatorSettings;
  readonly origin?: string;
  readonly tampering?: Tampering;
  /** Members of the whole answer, in the place of what the authenticator gave; `undefined` takes one out. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** The same for its `response`. */
  readonly response?: Readonly<Record<string, unknown>>;
  /** The passkey was used once before, as good. */
  readonly isUsedBefore?: true;
  /** It looks like a copy of the passkey: that is kept, and told. */
  readonly isSuspended?: true;
  readonly answer: PersonAnswer;
};

type Asked = Omit<PasskeyRow, 'id' | 'ceremony' | 'answer'> & { readonly answer?: PersonAnswer };

const refused = person(400, 'passkey/refused');
const suspended = { isSuspended: true, answer: person(403, 'passkey/suspended') } as const;
const longText = 'A'.repeat(20_000);
const stranger = createSoftwareKey(-7);
const withAlgorithm = (algorithm: number): Tampering => ({ coseKey: new Map([...createSoftwareKey(-7).cose, [3, algorithm]]) });

/** Wrong in either ceremony. */
const inBoth: readonly Asked[] = [
  { what: 'a type that is no public key', members: { type: 'password' } },
  { what: 'no id', members: { id: undefined, rawId: undefined } },
  { what: 'an id that is not the rawId', members: { rawId: 'AAAA' } },
  { what: 'an id with characters that base64url does not have', members: { id: 'a+b/c=', rawId: 'a+b/c=' } },
  { what: 'no response', members: { response: undefined } },
  { what: 'a response that is a list', members: { response: [] } },
  { what: 'no clientDataJSON', response: { clientDataJSON: undefined } },
  { what: 'a clientDataJSON that is a number', response: { clientDataJSON: 7 } },
  { what: 'a clientDataJSON of 20 000 characters', response: { clientDataJSON: longText } },
  { what: 'client data that are not JSON', tampering: { clientDataText: '{' } },
  { what: 'client data with a byte order mark', tampering: { clientDataText: '\u{FEFF}{}' } },
  { what: 'the type of the other ceremony', tampering: { clientData: { type: 'payment.get' } } },
  { what: 'another challenge', tampering: { clientData: { challenge: 'AAAA' } } },
  { what: 'no challenge', tampering: { clientData: { challenge: undefined } } },
  { what: 'another origin', origin: 'https://evil.example' },
  { what: 'an origin that ends like ours', origin: 'http://evil-localhost' },
  { what: 'crossOrigin true', tampering: { clientData: { crossOrigin: true } } },
  { what: 'a topOrigin', tampering: { clientData: { topOrigin: 'https://evil.example' } } },
  { what: 'another relying party', tampering: { rpId: 'evil.example' } },
  { what: 'the flag of user presence not set', tampering: { isUserPresent: false } },
  { what: 'the flag of user verification not set', tampering: { isUserVerified: false } },
  { what: 'backed up, where it may not be', tampering: { isBackedUp: true } },
  { what: 'extension data that are not CBOR', tampering: { extensions: Buffer.from([0xff, 0xff]) } },
];

const inCreation: readonly Asked[] = [
  { what: 'an attestation object cut in the middle', tampering: { attestationObject: Buffer.from([0xa3, 0x63, 0x66, 0x6d, 0x74]) } },
  { what: 'an attestation object of one byte', tampering: { attestationObject: Buffer.from([0x00]) } },
  { what: 'an attestation object nested without end', tampering: { attestationObject: Buffer.alloc(4000, 0x81) } },
  { what: 'an attestation object that claims 4 GB', tampering: { attestationObject: Buffer.from([0x5a, 0xff, 0xff, 0xff, 0xff]) } },
  { what: 'no attestationObject', response: { attestationObject: undefined } },
  { what: 'the algorithm RS1', tampering: withAlgorithm(-65535) },
  { what: 'an algorithm that was not offered', tampering: withAlgorithm(-47) },
  { what: 'a point that is not on the curve', tampering: { coseKey: new Map([...createSoftwareKey(-7).cose, [-3, Buffer.alloc(32, 5)]]) } },
  { what: 'a credential id of 1 024 bytes', tampering: { attestedId: Buffer.alloc(1024, 1) } },
  { what: 'a statement beside the format "none"', tampering: { statement: new Map([['sig', Buffer.alloc(64)]]) } },
];

const inUse: readonly Asked[] = [
  { what: 'a passkey that nobody registered', tampering: { outerId: Buffer.alloc(32, 7).toString('base64url') } },
  { what: 'the user handle of somebody else', tampering: { userHandle: Buffer.alloc(32, 9).toString('base64url') } },
  { what: 'no user handle', tampering: { userHandle: null } },
  { what: 'a signature by another key', tampering: { signature: stranger.sign(Buffer.from('something else')) } },
  { what: 'a signature cut short', tampering: { signature: Buffer.of(0x30, 0x02) } },
  { what: 'no signature', response: { signature: undefined } },
  { what: 'authenticator data cut short', response: { authenticatorData: 'AAAA' } },
  { what: 'a counter that stands still', tampering: { counter: 1 }, isUsedBefore: true, ...suspended },
  { what: 'a counter that went back', tampering: { counter: 0 }, isUsedBefore: true, ...suspended },
  { what: 'backup eligibility that was not there before', tampering: { isBackupEligible: true }, ...suspended },
];

function toRows(ceremony: PasskeyRow['ceremony'], asked: readonly Asked[], prefix: string): readonly PasskeyRow[] {
  return asked.map((row, index) => ({
    id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    ceremony,
    answer: refused,
    ...row,
  }));
}

export const passkeyRows: readonly PasskeyRow[] = [
  ...toRows('create', [...inBoth, ...inCreation], 'BC'),
  ...toRows('use', [...inBoth, ...inUse], 'BU'),
];
