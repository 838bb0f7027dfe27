// An authenticator and a browser in one, without a browser: real keys, real WebAuthn bytes, the JSON that the browser's interface returns.
// It behaves well unless a test says, by a `Tampering`, what goes wrong on the way.

import { createHash, randomBytes } from 'node:crypto';
import { encodeCbor } from './encode-cbor.ts';
import type { Encodable, EncodableMap } from './encode-cbor.ts';
import { readCreationOptions, readRequestOptions } from './read-ceremony-options.ts';
import type { Attestor } from './metadata/maker.ts';
import { createSoftwareKey } from './software-keys.ts';
import type { Algorithm, SoftwareKey } from './software-keys.ts';

export type RegistrationJson = {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly authenticatorAttachment: 'platform';
  readonly clientExtensionResults: Readonly<Record<string, never>>;
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string; readonly transports: readonly string[] };
};

export type AuthenticationJson = Omit<RegistrationJson, 'response'> & {
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string;
  };
};

export type AuthenticatorSettings = {
  /** Without it, the first offered algorithm that this authenticator has. */
  readonly algorithm?: Algorithm;
  readonly attestation?: 'none' | 'packed' | Attestor;
  readonly isBackupEligible?: boolean;
  readonly isBackedUp?: boolean;
  /** How far the signature counter moves with each use; 0 for an authenticator without one. */
  readonly counterStep?: number;
  readonly aaguid?: Uint8Array;
  readonly idSizeBytes?: number;
};

/** What goes wrong, each on its own. */
export type Tampering = {
  readonly clientData?: Readonly<Record<string, unknown>>;
  /** Takes the place of the whole client data. */
  readonly clientDataText?: string | Uint8Array;
  readonly rpId?: string;
  readonly isUserPresent?: boolean;
  readonly isUserVerified?: boolean;
  readonly isBackupEligible?: boolean;
  readonly isBackedUp?: boolean;
  readonly counter?: number;
  readonly outerId?: string;
  /** The id in the authenticator's own data. */
  readonly attestedId?: Uint8Array;
  readonly coseKey?: EncodableMap;
  readonly format?: string;
  readonly statement?: EncodableMap;
  readonly attestationObject?: Uint8Array;
  /** Extension data, appended as it is. */
  readonly extensions?: Uint8Array;
  /** `null`: none is sent. */
  readonly userHandle?: string | null;
  readonly signature?: Uint8Array;
};

export type SoftwareCredential = {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly key: SoftwareKey;
  counter: number;
};

export type SoftwareAuthenticator = {
  readonly credentials: readonly SoftwareCredential[];
  readonly register: (options: unknown, origin: string, tampering?: Tampering) => RegistrationJson;
  /** Uses the newest credential of the relying party unless one is named. */
  readonly authenticate: (
    options: unknown,
    origin: string,
    tampering?: Tampering & { readonly credentialId?: string },
  ) => AuthenticationJson;
};

export function createSoftwareAuthenticator(settings: AuthenticatorSettings = {}): SoftwareAuthenticator {
  const credentials: SoftwareCredential[] = [];
  return {
    credentials,
    register: (options, origin, tampering = {}) => {
      const asked = readCreationOptions(options);
      if (credentials.some((credential) => asked.excluded.includes(credential.id))) {
        throw new Error('InvalidStateError: a passkey of this list is here already');
      }
      const key = createSoftwareKey(settings.algorithm ?? chooseAlgorithm(asked.algorithms));
      const rawId = tampering.attestedId ?? randomBytes(settings.idSizeBytes ?? 32);
      const credential = { id: toText(rawId), rpId: asked.rpId, userHandle: asked.userHandle, key, counter: 0 };
      credentials.push(credential);
      return toRegistration(settings, { credential, clientData: toClientData('webauthn.create', asked.challenge, origin) }, tampering);
    },
    authenticate: (options, origin, tampering = {}) => {
      const asked = readRequestOptions(options);
      const isAllowed = (id: string): boolean => asked.allowed.length === 0 || asked.allowed.includes(id);
      const credential = credentials.findLast(
        ({ id, rpId }) => id === (tampering.credentialId ?? id) && rpId === asked.rpId && isAllowed(id),
      );
      if (credential === undefined) {
        throw new Error('NotAllowedError: no passkey for this relying party');
      }
      credential.counter += settings.counterStep ?? 1;
      return toAssertion(settings, { credential, clientData: toClientData('webauthn.get', asked.challenge, origin) }, tampering);
    },
  };
}

type Made = { readonly credential: SoftwareCredential; readonly clientData: Readonly<Record<string, unknown>> };

function toRegistration(settings: AuthenticatorSettings, { credential, clientData }: Made, tampering: Tampering): RegistrationJson {
  const clientBytes = toClientBytes(clientData, tampering);
  const attested = toAttestedData(settings, credential, tampering);
  const data = toAuthenticatorData(settings, { credential, attested }, tampering);
  const { format, statement } = toStatement(settings, credential.key, { data, clientBytes });
  const attestation = new Map<string, Encodable>([
    ['fmt', tampering.format ?? format],
    ['attStmt', tampering.statement ?? statement],
    ['authData', data],
  ]);
  return {
    ...toHead(tampering.outerId ?? credential.id),
    response: {
      clientDataJSON: toText(clientBytes),
      attestationObject: toText(tampering.attestationObject ?? encodeCbor(attestation)),
      transports: ['internal', 'hybrid'],
    },
  };
}

type Ceremony = { readonly data: Uint8Array; readonly clientBytes: Uint8Array };

function toStatement({ attestation = 'none' }: AuthenticatorSettings, key: SoftwareKey, { data, clientBytes }: Ceremony) {
  if (attestation === 'none') {
    return { format: attestation, statement: new Map<string, Encodable>() };
  }
  return attestation === 'packed'
    ? { format: attestation, statement: toSelfStatement(key, data, clientBytes) }
    : {
        format: attestation.format,
        statement: attestation.attest({ key, authenticatorData: data, clientDataHash: sha256(clientBytes) }),
      };
}

function toAttestedData(settings: AuthenticatorSettings, credential: SoftwareCredential, tampering: Tampering): Buffer {
  const rawId = Buffer.from(credential.id, 'base64url');
  const idSize = Buffer.alloc(2);
  idSize.writeUInt16BE(rawId.length);
  const model = typeof settings.attestation === 'object' ? settings.attestation.aaguid : Buffer.alloc(16);
  return Buffer.concat([settings.aaguid ?? model, idSize, rawId, encodeCbor(tampering.coseKey ?? credential.key.cose)]);
}

function toSelfStatement(key: SoftwareKey, data: Uint8Array, clientBytes: Uint8Array): EncodableMap {
  const signature = key.sign(Buffer.concat([data, sha256(clientBytes)]));
  return new Map<string, Encodable>([
    ['alg', key.algorithm],
    ['sig', signature],
  ]);
}

function toAssertion(settings: AuthenticatorSettings, { credential, clientData }: Made, tampering: Tampering): AuthenticationJson {
  const clientBytes = toClientBytes(clientData, tampering);
  const data = toAuthenticatorData(settings, { credential, attested: undefined }, tampering);
  const signature = tampering.signature ?? credential.key.sign(Buffer.concat([data, sha256(clientBytes)]));
  const userHandle = tampering.userHandle === undefined ? credential.userHandle : tampering.userHandle;
  const response = { clientDataJSON: toText(clientBytes), authenticatorData: toText(data), signature: toText(signature) };
  return { ...toHead(tampering.outerId ?? credential.id), response: userHandle === null ? response : { ...response, userHandle } };
}

function toHead(id: string): Omit<RegistrationJson, 'response'> {
  return { id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {} };
}

type Contents = { readonly credential: SoftwareCredential; readonly attested: Uint8Array | undefined };

function toAuthenticatorData(settings: AuthenticatorSettings, { credential, attested }: Contents, tampering: Tampering): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(tampering.counter ?? credential.counter);
  return Buffer.concat([
    sha256(Buffer.from(tampering.rpId ?? credential.rpId)),
    Buffer.of(toFlags(settings, tampering) | toFlag(0x40, attested !== undefined)),
    counter,
    attested ?? Buffer.alloc(0),
    tampering.extensions ?? Buffer.alloc(0),
  ]);
}

function toFlags(settings: AuthenticatorSettings, tampering: Tampering): number {
  const { isUserPresent, isUserVerified, isBackupEligible, isBackedUp, extensions } = {
    isUserPresent: true,
    isUserVerified: true,
    isBackupEligible: false,
    isBackedUp: false,
    extensions: undefined,
    ...settings,
    ...tampering,
  };
  return (
    toFlag(0x01, isUserPresent) |
    toFlag(0x04, isUserVerified) |
    toFlag(0x08, isBackupEligible) |
    toFlag(0x10, isBackedUp) |
    toFlag(0x80, extensions !== undefined)
  );
}

function toFlag(bit: number, isSet: boolean): number {
  return isSet ? bit : 0;
}

function toClientData(type: string, challenge: string, origin: string): Readonly<Record<string, unknown>> {
  return { type, challenge, origin, crossOrigin: false };
}

function toClientBytes(clientData: Readonly<Record<string, unknown>>, tampering: Tampering): Buffer {
  return Buffer.from(tampering.clientDataText ?? JSON.stringify({ ...clientData, ...tampering.clientData }));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function chooseAlgorithm(offered: readonly number[]): Algorithm {
  const chosen = ([-7, -8, -257] as const).find((algorithm) => offered.includes(algorithm));
  if (chosen === undefined) {
    throw new Error('NotSupportedError: none of the algorithms is here');
  }
  return chosen;
}
