// Writes the CBOR that an authenticator writes (CTAP 2.2 §8: shortest lengths, definite). Members keep the order in which they are given.

export type Encodable = number | string | boolean | Uint8Array | readonly Encodable[] | EncodableMap;
export type EncodableMap = ReadonlyMap<string | number, Encodable>;

export function encodeCbor(value: Encodable): Buffer {
  if (typeof value === 'number') {
    return value < 0 ? encodeHead(1, -1 - value) : encodeHead(0, value);
  }
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([encodeHead(3, bytes.length), bytes]);
  }
  if (typeof value === 'boolean') {
    return Buffer.of(value ? 0xf5 : 0xf4);
  }
  if (value instanceof Uint8Array) {
    return Buffer.concat([encodeHead(2, value.length), value]);
  }
  if (isEncodableMap(value)) {
    const members = [...value].flatMap(([key, item]) => [encodeCbor(key), encodeCbor(item)]);
    return Buffer.concat([encodeHead(5, value.size), ...members]);
  }
  return Buffer.concat([encodeHead(4, value.length), ...value.map(encodeCbor)]);
}

function isEncodableMap(value: readonly Encodable[] | EncodableMap): value is EncodableMap {
  return value instanceof Map;
}

function encodeHead(major: number, count: number): Buffer {
  const first = major << 5;
  if (count < 24) {
    return Buffer.of(first | count);
  }
  if (count < 0x100) {
    return Buffer.of(first | 24, count);
  }
  if (count < 0x10000) {
    return Buffer.of(first | 25, count >> 8, count & 0xff);
  }
  const head = Buffer.alloc(5);
  head.writeUInt8(first | 26, 0);
  head.writeUInt32BE(count, 1);
  return head;
}
