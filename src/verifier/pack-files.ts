// The files of an evidence pack: from its ZIP file, in which no byte is free to change, or from the folder that it was unpacked to.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';

export type PackFiles = ReadonlyMap<string, Buffer>;

const localSize = 30;
const centralSize = 46;
const endSize = 22;
const localMark = 0x04034b50;
/** How a ZIP file begins. */
export const packMark = Buffer.from('PK\u0003\u0004');

type Found = { readonly name: string; readonly bytes: Buffer; readonly offset: number };

/** The fields from "version needed" to the length of the name: no compression, no date, UTF-8 names (APPNOTE.TXT 4.3.7). */
function toFields({ name, bytes }: Found): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt16LE(0x0021, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function toCentral(found: Found): Buffer {
  const header = Buffer.alloc(centralSize);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  toFields(found).copy(header, 6);
  header.writeUInt32LE(found.offset, 42);
  return Buffer.concat([header, Buffer.from(found.name)]);
}

function toTail(found: readonly Found[], offset: number): Buffer {
  const directory = Buffer.concat(found.map(toCentral));
  const end = Buffer.alloc(endSize);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(found.length, 8);
  end.writeUInt16LE(found.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}

function findFile(zip: Buffer, offset: number): Found | undefined {
  if (zip.length < offset + localSize) {
    return undefined;
  }
  const start = offset + localSize + zip.readUInt16LE(offset + 26);
  const bytes = zip.subarray(start, start + zip.readUInt32LE(offset + 18));
  const found = { name: zip.toString('utf8', offset + localSize, start), bytes, offset };
  return zip.subarray(offset + 4, offset + localSize).equals(toFields(found)) ? found : undefined;
}

/** `undefined` for a ZIP file that a pack cannot be: compressed, with bytes between its files, or with a name that stands twice. */
export function findZipFiles(zip: Buffer): PackFiles | undefined {
  const found: Found[] = [];
  let offset = 0;
  while (zip.length >= offset + 4 && zip.readUInt32LE(offset) === localMark) {
    const file = findFile(zip, offset);
    if (file === undefined) {
      return undefined;
    }
    found.push(file);
    offset += localSize + Buffer.byteLength(file.name) + file.bytes.length;
  }
  const files = new Map(found.map(({ name, bytes }) => [name, bytes]));
  return files.size === found.length && zip.subarray(offset).equals(toTail(found, offset)) ? files : undefined;
}

async function readFolder(folder: string): Promise<PackFiles> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => !entry.isDirectory());
  const read = files.map(async ({ name, parentPath }): Promise<[string, Buffer]> => {
    const path = join(parentPath, name);
    return [relative(folder, path).replaceAll(sep, '/'), await readFile(path)];
  });
  return new Map(await Promise.all(read));
}

/** `undefined` when there is no pack; throws when it cannot be read. */
export async function readPackFiles(path: string): Promise<PackFiles | undefined> {
  const isFolder = (await stat(path)).isDirectory();
  return isFolder ? readFolder(path) : findZipFiles(await readFile(path));
}
