// Follows the published log as a stranger would: keeps every checkpoint it ever saw, reads each leaf once, and computes the roots anew. Written without the server's code.

import { createTree, toTreeHash } from '../../src/verifier/tree.ts';
import { findSignedHead } from '../../src/verifier/checkpoint.ts';
import type { Head } from '../../src/verifier/checkpoint.ts';
import { findLogKeys } from '../../src/verifier/log-keys.ts';

const perTile = 256;
const hashSize = 32;

export type LogWatch = {
  /** Reads the newest checkpoint; throws when there is none to be had. */
  readonly look: () => Promise<number>;
  /** The checkpoints that were seen, as texts. */
  readonly seen: () => readonly string[];
  /** Takes in what a checkpoint said, as if it had been seen. */
  readonly take: (text: string) => void;
  /** Reads the leaves up to the newest checkpoint, and says in words what does not fit what was seen. */
  readonly findFaults: () => Promise<readonly string[]>;
  readonly readKey: () => string;
};

async function read(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(8000) });
  if (response.status !== 200) {
    throw new Error(`${new URL(url).pathname} answers ${response.status}`);
  }
  return Buffer.from(await response.arrayBuffer());
}

const toIndexPath = (index: number): string => String(index).padStart(3, '0');

/** The leaves of one tile; `width` of them. */
async function readLeaves(issuer: string, index: number, width: number): Promise<readonly string[]> {
  const partial = width === perTile ? '' : `.p/${width}`;
  const bytes = await read(`${issuer}/ledger/tile/0/${toIndexPath(index)}${partial}`);
  return Array.from({ length: bytes.length / hashSize }, (_, at) => toTreeHash(bytes.subarray(at * hashSize, (at + 1) * hashSize)));
}

/** What two heads of one size, or a root that the leaves do not have, look like. `roots` are those of the leaves that were read, by size. */
export function findBrokenHeads(heads: readonly Head[], roots: ReadonlyMap<number, string>): readonly string[] {
  return heads.flatMap(({ size, root }) => {
    const expected = roots.get(size);
    return expected === undefined || expected === toTreeHash(root)
      ? []
      : [`the checkpoint of ${size} entries has another root than its entries`];
  });
}

type Reading = { readonly tree: ReturnType<typeof createTree>; readonly roots: Map<number, string>; size: number };

/** Goes on from what was read before, so that an earlier leaf that changes later gives another root. */
async function readUpTo(issuer: string, reading: Reading, size: number): Promise<void> {
  while (reading.size < size) {
    const index = Math.floor(reading.size / perTile);
    const width = Math.min(perTile, size - index * perTile);
    const leaves = await readLeaves(issuer, index, width);
    for (const leaf of leaves.slice(reading.size % perTile)) {
      reading.tree.add(leaf);
      reading.size += 1;
      reading.roots.set(reading.size, reading.tree.root());
    }
  }
}

/** What was checked is kept as roots; only the largest checkpoint still says how long the log must be. */
function forgetAllBut(texts: Set<string>, largest: number): void {
  [...texts].filter((text) => Number(text.split('\n')[1]) !== largest).forEach((text) => texts.delete(text));
}

export function createLogWatch(issuer: string): LogWatch {
  const texts = new Set<string>();
  const reading: Reading = { tree: createTree(), roots: new Map(), size: 0 };
  let key = '';
  const toHeads = (): { readonly heads: readonly Head[]; readonly unsigned: number } => {
    const keys = findLogKeys([key]);
    const found = [...texts].map((text) => (keys === undefined ? undefined : findSignedHead(text, keys)));
    const heads = found.filter((head) => head !== undefined);
    return { heads, unsigned: found.length - heads.length };
  };
  return {
    look: async () => {
      const text = (await read(`${issuer}/ledger/checkpoint`)).toString('utf8');
      texts.add(text);
      return Number(text.split('\n')[1]);
    },
    seen: () => [...texts],
    take: (text) => void texts.add(text),
    readKey: () => key,
    findFaults: async () => {
      key ||= (await read(`${issuer}/ledger/key`)).toString('utf8').trim();
      const newest = Number((await read(`${issuer}/ledger/checkpoint`)).toString('utf8').split('\n')[1]);
      const { heads, unsigned } = toHeads();
      const largest = Math.max(0, ...heads.map(({ size }) => size));
      const shorter = largest > newest ? [`a checkpoint of ${largest} entries was seen, and the newest has ${newest}`] : [];
      await readUpTo(issuer, reading, newest);
      const broken = findBrokenHeads(heads, reading.roots);
      forgetAllBut(texts, largest);
      return [...shorter, ...broken, ...(unsigned > 0 ? [`${unsigned} checkpoints without a signature of the log`] : [])];
    },
  };
}
