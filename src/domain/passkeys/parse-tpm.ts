// The two structures of a TPM that its statement holds (TCG TPM 2.0 Library, Part 2: TPMS_ATTEST §10.12.12, TPMT_PUBLIC §12.2.4).

export type TpmCertification = {
  readonly extraData: Buffer;
  /** Name of the key that is certified: number of a hash, and the hash of its public area. */
  readonly name: Buffer;
};

export type TpmPublicArea = {
  readonly type: 'rsa' | 'ecc';
  /** Number of the hash by which it is named. */
  readonly nameHash: number;
  /** TPMA_OBJECT, Part 2 §8.3.2. */
  readonly attributes: number;
  /** RSA: modulus and exponent. ECC: curve, x and y. */
  readonly members: readonly Buffer[];
};

class TpmError extends Error {}

type Reader = { readonly take: (sizeBytes: number) => Buffer; readonly whole: (sizeBytes: number) => number; readonly sized: () => Buffer };

function createReader(bytes: Buffer): Reader & { readonly isAtEnd: () => boolean } {
  let at = 0;
  const take = (sizeBytes: number): Buffer => {
    if (at + sizeBytes > bytes.length) {
      throw new TpmError('end');
    }
    at += sizeBytes;
    return bytes.subarray(at - sizeBytes, at);
  };
  const whole = (sizeBytes: number): number => take(sizeBytes).readUIntBE(0, sizeBytes);
  return { take, whole, sized: () => take(whole(2)), isAtEnd: () => at === bytes.length };
}

/** Undefined where the bytes are anything else, or more. */
function readWhole<T>(bytes: Uint8Array, read: (reader: Reader) => T): T | undefined {
  const reader = createReader(Buffer.from(bytes));
  try {
    const value = read(reader);
    return reader.isAtEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof TpmError) {
      return undefined;
    }
    throw error;
  }
}

const magic = 0xff54_4347;
const attestCertify = 0x8017;
/** Clock, counters and version of the firmware. */
const clockSizeBytes = 17;
const firmwareSizeBytes = 8;

export function findCertification(bytes: Uint8Array): TpmCertification | undefined {
  return readWhole(bytes, ({ take, whole, sized }) => {
    if (whole(4) !== magic || whole(2) !== attestCertify) {
      throw new TpmError('kind');
    }
    sized();
    const extraData = sized();
    take(clockSizeBytes + firmwareSizeBytes);
    const name = sized();
    sized();
    return { extraData, name };
  });
}

const keyTypes = { rsa: 0x0001, ecc: 0x0023 };
const none = 0x0010;

export function findPublicArea(bytes: Uint8Array): TpmPublicArea | undefined {
  return readWhole(bytes, (reader) => {
    const type = reader.whole(2);
    const nameHash = reader.whole(2);
    const attributes = reader.whole(4);
    reader.sized();
    skipSchemes(reader);
    if (type === keyTypes.rsa) {
      reader.whole(2);
      const exponent = reader.take(4);
      return { type: 'rsa', nameHash, attributes, members: [reader.sized(), exponent] };
    }
    if (type !== keyTypes.ecc) {
      throw new TpmError('type');
    }
    const curve = reader.take(2);
    // How keys would be derived from it: never, for a key that signs.
    if (reader.whole(2) !== none) {
      throw new TpmError('derivation');
    }
    return { type: 'ecc', nameHash, attributes, members: [curve, reader.sized(), reader.sized()] };
  });
}

/** A key that signs has no symmetric algorithm; its scheme, where it has one, names a hash. */
function skipSchemes(reader: Reader): void {
  if (reader.whole(2) !== none) {
    throw new TpmError('symmetric');
  }
  if (reader.whole(2) !== none) {
    reader.take(2);
  }
}
