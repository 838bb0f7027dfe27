// Names in certificates as people write them (RFC 4514): the last part of the name stands first, `CN=…,O=…,C=SA`. Two texts are one name when their parts are the
// same in the same order; letters and spaces inside a value count.

/** One part; spaces around it do not count. A value that is written as bytes (`#…`) is not read. */
const part = /\s*([a-z][a-z\d-]*|\d+(?:\.\d+)+)\s*=\s*((?:[^,+"\\;<>\s]|\\.)(?:[^,+"\\;<>\s]|\\.|\s+(?=[^\s,+]))*)\s*([,+]|$)/iy;

const otherSpellings: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'ORGANIZATIONIDENTIFIER',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'EMAILADDRESS',
};

const longest = 500;

function toType(written: string): string {
  return otherSpellings[written] ?? written.toUpperCase();
}

function toValue(written: string): string {
  return written.replaceAll(/(?:\\[\da-f]{2})+|\\(.)/gi, (bytes: string, plain: string | undefined) =>
    plain === undefined ? Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8') : plain,
  );
}

type Part = { readonly text: string; readonly ending: string };

function readParts(text: string): readonly Part[] | undefined {
  const found = text.length > longest ? [] : [...text.matchAll(new RegExp(part, 'giy'))];
  const isWhole = found.reduce((sum, [whole]) => sum + whole.length, 0) === text.length && found.at(-1)?.[3] === '';
  const parts = found.map(([, type = '', value = '', ending = '']) => ({ text: `${toType(type)}=${toValue(value)}`, ending }));
  return isWhole && !found.some(([, , value = '']) => value.startsWith('#')) ? parts : undefined;
}

/** In one spelling; undefined for what is no such name. */
export function parseName(text: string): string | undefined {
  const groups: string[][] = [[]];
  for (const { text: read, ending } of readParts(text) ?? []) {
    groups.at(-1)?.push(read);
    if (ending === ',') {
      groups.push([]);
    }
  }
  return groups[0]?.length === 0 ? undefined : JSON.stringify(groups.map((group) => group.toSorted()));
}

export function isSameName(one: string, other: string): boolean {
  const name = parseName(one);
  return name !== undefined && name === parseName(other);
}
