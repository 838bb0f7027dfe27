// Lines of a file of any length, one after the other. What does not end in a newline is a line too, and said to be cut.

export type Line = { readonly text: string; readonly isWhole: boolean };

/** Longer lines are no entries; they come out cut, so that a hostile file cannot fill the memory. */
const longestLine = 4_000_000;

const newline = 10;

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** All lines that end in each chunk, so that a caller awaits once per chunk and not once per line. */
export async function* readLines(chunks: Chunks): AsyncGenerator<readonly Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
    const lines: Line[] = [];
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      lines.push({ text: bytes.toString('utf8', from, end), isWhole: true });
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > longestLine) {
      yield [...lines, { text: rest.toString('utf8', 0, longestLine), isWhole: false }];
      return;
    }
    yield lines;
  }
  if (rest.length > 0) {
    yield [{ text: rest.toString(), isWhole: false }];
  }
}
