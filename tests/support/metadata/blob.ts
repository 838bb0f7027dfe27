// Metadata as a source would publish them (FIDO Metadata Service v3.1), signed by an authority of the test.

import { sign } from 'node:crypto';
import { makeAuthority, uses } from './authority.ts';
import type { CertificateAsked, Made } from './authority.ts';

export type StatusReport = { readonly status: string; readonly effectiveDate?: string };

export type EntryAsked = {
  readonly aaguid: string;
  readonly description?: string;
  readonly status?: readonly StatusReport[];
  readonly roots?: readonly Pick<Made, 'base64'>[];
  readonly keyProtection?: readonly string[];
  readonly attestationTypes?: readonly string[];
  /** Any one of the outer list, all of an inner one together. */
  readonly userVerification?: readonly (readonly string[])[];
};

const certified: readonly StatusReport[] = [{ status: 'FIDO_CERTIFIED_L1', effectiveDate: '2024-01-01' }];

export function toEntry({
  aaguid,
  description = 'Security key of the test',
  status = certified,
  roots = [],
  keyProtection = ['hardware', 'secure_element'],
  attestationTypes = ['basic_full'],
  userVerification = [['fingerprint_internal'], ['passcode_external']],
}: EntryAsked) {
  return {
    aaguid,
    metadataStatement: {
      aaguid,
      description,
      authenticatorVersion: 1,
      protocolFamily: 'fido2',
      schema: 3,
      upv: [{ major: 1, minor: 1 }],
      authenticationAlgorithms: ['secp256r1_ecdsa_sha256_raw'],
      publicKeyAlgAndEncodings: ['cose'],
      attestationTypes,
      userVerificationDetails: userVerification.map((all) => all.map((userVerificationMethod) => ({ userVerificationMethod }))),
      keyProtection,
      matcherProtection: ['on_chip'],
      tcDisplay: [],
      attestationRootCertificates: roots.map(({ base64 }) => base64),
    },
    statusReports: status,
    timeOfLastStatusChange: '2024-01-01',
  };
}

export type BlobContent = { readonly no?: unknown; readonly nextUpdate?: unknown; readonly entries?: readonly unknown[] };

export type BlobAsked = {
  readonly content?: BlobContent;
  /** Of the header. */
  readonly algorithm?: string;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Leaf first; without it the one that the source has. */
  readonly chain?: readonly Made[];
};

export type MetadataSource = {
  readonly root: Made;
  readonly signer: Made;
  readonly blob: (asked?: BlobAsked) => string;
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signBlob(asked: BlobAsked, chain: readonly Made[]): string {
  const { algorithm = 'ES256', header = {}, content = {} } = asked;
  const [leaf] = chain;
  if (leaf?.privateKey === undefined) {
    throw new Error('nobody signs');
  }
  const payload = { legalHeader: 'of a test', no: 1, nextUpdate: '2099-01-01', entries: [], ...content };
  const head = part({ alg: algorithm, typ: 'JWT', x5c: chain.map(({ base64 }) => base64), ...header });
  const signed = `${head}.${part(payload)}`;
  const key = { key: leaf.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** With an authority between root and signer, as FIDO has it. */
export function createMetadataSource(name: string, asked: CertificateAsked = {}): MetadataSource {
  const root = makeAuthority(name);
  const between = root.issue({ subject: { O: name, CN: 'issuing' }, isAuthority: true, pathLength: 0, keyUsage: 0x06 });
  const signer = between.issue({ subject: { O: name, CN: 'metadata' }, keyUsage: 0x80, use: uses.server, isAuthority: false, ...asked });
  return { root, signer, blob: (given = {}) => signBlob(given, given.chain ?? [signer, between]) };
}
