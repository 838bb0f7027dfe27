// JSON.parse keeps the last of two members of one name (RFC 8259 §4 leaves it open), so a slip of the pen would silently win over what was meant.

const tokenPattern = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

type Reading = { readonly open: readonly ReadonlySet<string>[]; readonly last: string; readonly repeated: string | undefined };

function readName(reading: Reading): Reading {
  const name = String(JSON.parse(reading.last));
  const names = reading.open.at(-1) ?? new Set();
  return names.has(name) ? { ...reading, repeated: name } : { ...reading, open: [...reading.open.slice(0, -1), new Set([...names, name])] };
}

function readToken(reading: Reading, token: string): Reading {
  if (token === '{' || token === '[') {
    return { ...reading, open: [...reading.open, new Set()] };
  }
  if (token === '}' || token === ']') {
    return { ...reading, open: reading.open.slice(0, -1) };
  }
  return token === ':' ? readName(reading) : { ...reading, last: token };
}

/** The first name that comes twice in one object. The text is valid JSON. */
export function findRepeatedMember(text: string): string | undefined {
  let reading: Reading = { open: [], last: '""', repeated: undefined };
  for (const [token] of text.matchAll(tokenPattern)) {
    reading = readToken(reading, token);
    if (reading.repeated !== undefined) {
      return reading.repeated;
    }
  }
  return undefined;
}
