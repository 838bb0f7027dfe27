// A ZIP file without compression (APPNOTE.TXT 4.3): any system opens it, and whoever checks a pack needs a hundred lines to read it.
// Nothing in it depends on the machine or the moment: the same files give the same bytes.

import { crc32 } from 'node:zlib';

export type PackFile = { readonly name: string; readonly bytes: Uint8Array };

/** A file whose bytes come when they are asked for: exactly `sizeBytes`, with this checksum. */
export type ZipMember = {
  readonly name: string;
  readonly sizeBytes: number;
  /** CRC-32, as the format asks for it. */
  readonly checksum: number;
  readonly read: () => AsyncIterable<Uint8Array>;
};

type Head = Omit<ZipMember, 'read'>;

/** 1980-01-01, the first day that the format knows; when a pack was made stands in its manifest. */
const noDate = 0x0021;
/** Bit 11: names are UTF-8. */
const utf8Names = 0x0800;
const version = 20;
const localSize = 30;
const centralSize = 46;
const endSize = 22;
/** The format counts in 32 bits. */
export const zipLimitBytes = 0xffff_ffff;

const toHead = ({ bytes, name }: PackFile): Head => ({ name, sizeBytes: bytes.length, checksum: crc32(bytes) });

function toLocalHeader({ name, checksum, sizeBytes }: Head): Buffer {
  const header = Buffer.alloc(localSize);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(noDate, 12);
  header.writeUInt32LE(checksum, 14);
  header.writeUInt32LE(sizeBytes, 18);
  header.writeUInt32LE(sizeBytes, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function toCentralHeader(head: Head, offset: number): Buffer {
  const header = Buffer.alloc(centralSize);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(version, 4);
  // From "version needed" to the length of the name both headers say the same.
  toLocalHeader(head).copy(header, 6, 4, localSize);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(head.name)]);
}

/** What stands behind the files: the directory and its end. */
function toTail(heads: readonly Head[]): Buffer {
  const central: Buffer[] = [];
  let offset = 0;
  for (const head of heads) {
    central.push(toCentralHeader(head, offset));
    offset += localSize + Buffer.byteLength(head.name) + head.sizeBytes;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(endSize);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(heads.length, 8);
  end.writeUInt16LE(heads.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}

/** All files in the order given. Together they MUST stay below 4 GiB, and be fewer than 65,535. */
export function toZip(files: readonly PackFile[]): Buffer {
  const parts = files.flatMap((file) => [toLocalHeader(toHead(file)), Buffer.from(file.bytes)]);
  return Buffer.concat([...parts, toTail(files.map(toHead))]);
}

export function toZipMember(file: PackFile): ZipMember {
  return {
    ...toHead(file),
    read: async function* read() {
      yield file.bytes;
    },
  };
}

export function toZipSize(members: readonly ZipMember[]): number {
  return members.reduce((sum, { name, sizeBytes }) => sum + localSize + centralSize + 2 * Buffer.byteLength(name) + sizeBytes, endSize);
}

/** The same bytes as `toZip`, a part at a time. Throws before the end when a file is not the one that was announced: what is cut short opens nowhere. */
export async function* streamZip(members: readonly ZipMember[]): AsyncGenerator<Uint8Array> {
  for (const member of members) {
    yield toLocalHeader(member);
    let [sizeBytes, checksum] = [0, 0];
    for await (const bytes of member.read()) {
      sizeBytes += bytes.length;
      checksum = crc32(bytes, checksum);
      yield bytes;
    }
    if (sizeBytes !== member.sizeBytes || checksum !== member.checksum) {
      throw new RangeError(`${member.name} is not the file that was announced`);
    }
  }
  yield toTail(members);
}
