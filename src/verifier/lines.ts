// Lines of a file of any length, one after the other. What does not end in a newline is a line too, and said to be cut.

export type Line = { readonly text: string; readonly isWhole: boolean };

/** Whole lines, each with its newline; or one that has none. */
export type Block = { readonly bytes: Buffer; readonly isWhole: boolean };

/** Longer lines are no entries; they come out cut, so that a hostile file cannot fill the memory. */
const longestLine = 4_000_000;

const newline = 10;

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The lines that end in each chunk are a block, so that a caller awaits once per chunk and not once per line. */
export async function* readBlocks(chunks: Chunks): AsyncGenerator<Block> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    yield { bytes: bytes.subarray(0, end), isWhole: true };
    if (rest.length > longestLine) {
      yield { bytes: rest.subarray(0, longestLine), isWhole: false };
      return;
    }
  }
  if (rest.length > 0) {
    yield { bytes: rest, isWhole: false };
  }
}

/** The first line of whole ones, and those behind it. */
export function cutFirst({ bytes, isWhole }: Block): readonly [first: Line, others: Block] {
  const end = isWhole ? bytes.indexOf(newline) : bytes.length;
  return [
    { text: bytes.toString('utf8', 0, end), isWhole },
    { bytes: bytes.subarray(end + 1), isWhole: true },
  ];
}

export function* toLines({ bytes, isWhole }: Block): Generator<Line> {
  if (!isWhole) {
    yield { text: bytes.toString(), isWhole };
    return;
  }
  let from = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    yield { text: bytes.toString('utf8', from, end), isWhole };
    from = end + 1;
  }
}

/** `first` is what stands behind the header in its block. */
export async function* behindHeader(blocks: AsyncIterator<Block>, first: Block): AsyncGenerator<Block> {
  yield first;
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) {
    yield next.value;
  }
}

/** The first block that holds anything. */
export async function findFirst(blocks: AsyncIterator<Block>): Promise<Block | undefined> {
  let next = await blocks.next();
  while (next.done !== true && next.value.bytes.length === 0) {
    next = await blocks.next();
  }
  return next.done === true ? undefined : next.value;
}
