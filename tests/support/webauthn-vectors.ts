// The fifteen pairs of registration and authentication that WebAuthn Level 3 publishes (§16, Test Vectors), as the page would hand them in.

import { readFileSync } from 'node:fs';

type Hex = Readonly<Record<string, string>>;

export type Vector = { readonly title: string; readonly registration: Hex; readonly authentication: Hex };

type VectorFile = { readonly attestation_ca_cert: string; readonly vectors: readonly Vector[] };

const file: VectorFile = JSON.parse(readFileSync(new URL('../unit/passkeys/webauthn-l3.json', import.meta.url), 'utf8'));

export const vectors = file.vectors;

/** Of everybody who attests in them, DER. */
export const vectorRoot = Buffer.from(file.attestation_ca_cert, 'hex');

/** To whom they are addressed. */
export const vectorParty = { id: 'example.org', origin: 'https://example.org' };

export const toVectorText = (hex: string | undefined): string => Buffer.from(hex ?? '', 'hex').toString('base64url');

export const toVectorId = ({ registration }: Vector): string => toVectorText(registration['credential_id']);

export function toRegistrationJson(vector: Vector) {
  const { clientDataJSON, attestationObject } = vector.registration;
  const id = toVectorId(vector);
  const response = { clientDataJSON: toVectorText(clientDataJSON), attestationObject: toVectorText(attestationObject) };
  return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response };
}

/** They say nobody's handle; a sign-in needs one. */
export function toAuthenticationJson(vector: Vector, userHandle: string, forged: Hex = {}) {
  const { clientDataJSON, authenticatorData, signature } = { ...vector.authentication, ...forged };
  const id = toVectorId(vector);
  const response = {
    clientDataJSON: toVectorText(clientDataJSON),
    authenticatorData: toVectorText(authenticatorData),
    signature: toVectorText(signature),
    userHandle,
  };
  return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response };
}

/** The key is the last part of the authenticator data, which is the last part of the attestation object. */
export function findVectorKey({ registration }: Vector): Buffer {
  const id = Buffer.from(registration['credential_id'] ?? '', 'hex');
  const object = Buffer.from(registration['attestationObject'] ?? '', 'hex');
  return object.subarray(object.lastIndexOf(id) + id.length);
}

/** Of the registration: BE is the bit 0x08 of the flags, which stand 23 bytes before the id. */
export function isVectorSynced({ registration }: Vector): boolean {
  const object = Buffer.from(registration['attestationObject'] ?? '', 'hex');
  const at = object.lastIndexOf(Buffer.from(registration['credential_id'] ?? '', 'hex'));
  return (object.readUInt8(at - 23) & 0x08) !== 0;
}
