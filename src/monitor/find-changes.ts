// The published history of a log's keys, against what was seen of it before: it may only grow at its end.

import { z } from 'zod';
import { findText } from './read-published.ts';
import type { Published } from './read-published.ts';

const historyForm = z.object({ format: z.literal('huwiya-log-keys/1'), changes: z.array(z.string().max(4000)).max(1000) });

export type SeenChanges = {
  /** What is taken to be true now. */
  readonly known: readonly string[];
  readonly shown: readonly string[];
  readonly alarm: string | undefined;
};

function findShown(text: string): readonly string[] | undefined {
  try {
    const parsed = historyForm.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.changes : undefined;
  } catch {
    return undefined;
  }
}

/** A log that publishes no history has had one key. */
export async function findChanges(published: Published, known: readonly string[]): Promise<SeenChanges> {
  const text = await findText(published, 'keys');
  if (text === undefined) {
    return { known, shown: [], alarm: undefined };
  }
  const shown = findShown(text);
  if (shown === undefined) {
    return { known, shown: [text], alarm: 'the history of the keys cannot be read' };
  }
  const isContinued = known.every((change, place) => shown[place] === change);
  return isContinued
    ? { known: shown, shown, alarm: undefined }
    : { known, shown, alarm: 'the history of the keys is not the one seen before' };
}
