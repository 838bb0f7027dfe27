// Looks for a value in bytes in every form in which a careless program could have left it there.

/** Base64 of a value depends on where in a group of three bytes it begins; the characters at either end mix with the neighbours. */
function toBase64Forms(value: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), value])
      .toString('base64')
      .replaceAll('=', '');
    const first = Math.ceil((offset * 8) / 6);
    const inner = encoded.slice(first, encoded.length - 1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** JSON as a serialiser writes it that keeps to ASCII (RFC 8259 §7). */
function toEscaped(value: string): string {
  return value.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function toForms(value: string): readonly Buffer[] {
  const bytes = Buffer.from(value, 'utf8');
  const texts = [value, toEscaped(value), encodeURIComponent(value), bytes.toString('hex'), ...toBase64Forms(bytes)];
  return [...[...new Set(texts)].map((text) => Buffer.from(text, 'utf8')), Buffer.from(value, 'utf16le')];
}

export function isFoundIn(bytes: Buffer, value: string): boolean {
  return toForms(value).some((form) => bytes.includes(form));
}
