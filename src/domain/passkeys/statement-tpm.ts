// `tpm` (WebAuthn L3 §8.3): a key of the chip certifies the passkey, and the ceremony stands in what it signs.

import type { JsonWebKey } from 'node:crypto';
import { extensionIds, findUses } from '../metadata/certificate.ts';
import type { Certificate } from '../metadata/certificate.ts';
import { findCoseHash, isCoseSignature } from '../metadata/verify-signature.ts';
import { findJwk } from './check-public-key.ts';
import { findCertification, findPublicArea } from './parse-tpm.ts';
import type { TpmCertification, TpmPublicArea } from './parse-tpm.ts';
import { findBytes, findLeaf, hash, namesOtherModel, toSignedBytes } from './statement.ts';
import type { Examination, ExaminedStatement } from './statement.ts';

/** Hashes by which a TPM names keys. SHA-1 is not among them. */
const nameHashes: Readonly<Record<number, string>> = { 0x000b: 'sha256', 0x000c: 'sha384', 0x000d: 'sha512' };
const curveP256 = 0x0003;
/** 65,537, for which a TPM writes zero. */
const defaultExponent = Buffer.of(1, 0, 1);

/** tcg-kp-AIKCertificate: for a key that speaks for the chip and signs nothing from outside. */
const attestationKeyUse = '2.23.133.8.3';

export function examineTpm(asked: ExaminedStatement): Examination {
  const { statement } = asked;
  const [algorithm, leaf] = [statement.get('alg'), findLeaf(statement)];
  const [signature, certInfo, pubArea] = ['sig', 'certInfo', 'pubArea'].map((name) => findBytes(statement, name));
  if (typeof algorithm !== 'number' || leaf === undefined) {
    return 'wrong';
  }
  if (signature === undefined || certInfo === undefined || pubArea === undefined) {
    return 'wrong';
  }
  return examineWhole(asked, { algorithm, leaf, signature, certInfo, pubArea });
}

type Whole = {
  readonly algorithm: number;
  readonly leaf: Certificate;
  readonly signature: Uint8Array;
  readonly certInfo: Uint8Array;
  readonly pubArea: Uint8Array;
};

function examineWhole(asked: ExaminedStatement, { algorithm, leaf, signature, certInfo, pubArea }: Whole): Examination {
  const digest = findCoseHash(algorithm);
  if (typeof digest !== 'string') {
    // Among them SHA-1 (-65535), with which chips of some years ago sign.
    return 'unexamined';
  }
  const parts = { certification: findCertification(certInfo), area: findPublicArea(pubArea), pubArea, digest };
  const isSigned = isCoseSignature(algorithm, { key: leaf.publicKey, data: certInfo, signature });
  if (!isSigned || namesOtherModel(leaf, asked.credential) || !certifies(asked, parts)) {
    return 'wrong';
  }
  const isProof = asked.statement.get('ver') === '2.0' && isAttestationKey(leaf) && isBornInChip(parts.area);
  return isProof ? 'verified' : 'unexamined';
}

/** TPMA_OBJECT: fixedTPM, fixedParent, sensitiveDataOrigin. A chip certifies keys too that were made outside and brought in, or that may go to another chip. */
const bornInChip = 0x02 | 0x10 | 0x20;

function isBornInChip(area: TpmPublicArea | undefined): boolean {
  return area !== undefined && (area.attributes & bornInChip) === bornInChip;
}

type Parts = {
  readonly certification: TpmCertification | undefined;
  readonly area: TpmPublicArea | undefined;
  readonly pubArea: Uint8Array;
  readonly digest: string;
};

function certifies(asked: ExaminedStatement, { certification, area, pubArea, digest }: Parts): boolean {
  const nameHash = area && nameHashes[area.nameHash];
  if (certification === undefined || area === undefined || nameHash === undefined) {
    return false;
  }
  const number = Buffer.alloc(2);
  number.writeUInt16BE(area.nameHash);
  const isNamed = certification.name.equals(Buffer.concat([number, hash(nameHash, pubArea)]));
  return (
    isNamed && certification.extraData.equals(hash(digest, toSignedBytes(asked))) && isAreaOf(area, findJwk(asked.credential.publicKey))
  );
}

function isAreaOf(area: TpmPublicArea, jwk: JsonWebKey | undefined): boolean {
  if (jwk === undefined) {
    return false;
  }
  return area.type === 'rsa' ? isRsaOf(area, jwk) : isCurveOf(area, jwk);
}

function isRsaOf({ members: [modulus, exponent] }: TpmPublicArea, jwk: JsonWebKey): boolean {
  const written = exponent?.readUInt32BE(0) === 0 ? defaultExponent : exponent;
  return jwk.kty === 'RSA' && isSameNumber(modulus, jwk.n) && isSameNumber(written, jwk.e);
}

function isCurveOf({ members: [curve, x, y] }: TpmPublicArea, jwk: JsonWebKey): boolean {
  return jwk.crv === 'P-256' && curve?.readUInt16BE(0) === curveP256 && isSameNumber(x, jwk.x) && isSameNumber(y, jwk.y);
}

const toHex = (text: string | undefined): string =>
  Buffer.from(text ?? '', 'base64url')
    .toString('hex')
    .replace(/^0+/, '');

function isSameNumber(bytes: Buffer | undefined, text: string | undefined): boolean {
  return bytes !== undefined && text !== undefined && bytes.toString('hex').replace(/^0+/, '') === toHex(text);
}

/** WebAuthn L3 §8.3.1: version 3, no subject but a name of the chip among the alternative names, and for this use alone. */
function isAttestationKey(leaf: Certificate): boolean {
  const hasNoSubject = leaf.subject.length === 2;
  return leaf.isVersion3 && hasNoSubject && leaf.extensions.has(extensionIds.names) && findUses(leaf)?.includes(attestationKeyUse) === true;
}
