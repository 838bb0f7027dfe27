// What others were shown: the state of another monitor, or a checkpoint as a witness gives it out (C2SP tlog-witness, monitoring), from a file or an address.

import { findState } from '../../monitor/monitor-state.ts';
import type { OtherHead } from '../../monitor/compare-others.ts';
import { findFileText } from '../files/read-file.ts';
import { fetchBytes } from './fetch-bytes.ts';

const mostBytes = 10_000_000;

async function findSource(source: string): Promise<string | undefined> {
  if (!/^https?:\/\//.test(source)) {
    return findFileText(source);
  }
  const got = await fetchBytes(source, mostBytes);
  return got.kind === 'bytes' ? got.bytes.toString() : undefined;
}

function toHeads(from: string, text: string): readonly OtherHead[] {
  const state = findState(text);
  const texts = state === undefined ? [text] : [state.checkpoint, ...state.waiting.map((each) => each.text)];
  return texts.filter((each) => each !== null).map((each) => ({ from, text: each }));
}

/** A source that does not answer is told and passed over: it says nothing about the log. */
export async function readOthers(sources: readonly string[], tell: (source: string) => void): Promise<readonly OtherHead[]> {
  const heads: OtherHead[] = [];
  for (const source of sources) {
    const text = await findSource(source);
    if (text === undefined) {
      tell(source);
    } else {
      heads.push(...toHeads(source, text));
    }
  }
  return heads;
}
