// A ZIP file without compression (APPNOTE.TXT 4.3): any system opens it, and whoever checks a pack needs a hundred lines to read it.
// Nothing in it depends on the machine or the moment: the same files give the same bytes.

import { crc32 } from 'node:zlib';

export type PackFile = { readonly name: string; readonly bytes: Uint8Array };

/** 1980-01-01, the first day that the format knows; when a pack was made stands in its manifest. */
const noDate = 0x0021;
/** Bit 11: names are UTF-8. */
const utf8Names = 0x0800;
const version = 20;

function toLocalHeader({ name, bytes }: PackFile): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(noDate, 12);
  header.writeUInt32LE(crc32(bytes), 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt32LE(bytes.length, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name)]);
}

function toCentralHeader(file: PackFile, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(version, 4);
  // From "version needed" to the length of the name both headers say the same.
  toLocalHeader(file).copy(header, 6, 4, 30);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(file.name)]);
}

/** All files in the order given. Together they MUST stay below 4 GiB, and be fewer than 65,535. */
export function toZip(files: readonly PackFile[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const header = toLocalHeader(file);
    central.push(toCentralHeader(file, offset));
    parts.push(header, Buffer.from(file.bytes));
    offset += header.length + file.bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
