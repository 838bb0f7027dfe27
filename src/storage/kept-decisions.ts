// The newest decision on a record, as the last act of this process found it: a record of many releases would otherwise be walked back to its decision for each of
// them. Holds only while nobody else has turned an entry into a fact since.

export type OnRecord = {
  readonly type: number;
  readonly at: number;
  readonly until: number | null;
  readonly attributes: readonly string[];
};

/** Of this process; of acts that were committed. */
export type KeptDecisions = { size: number; readonly byRecord: Map<number, ReadonlyMap<string, OnRecord>> };

export const createKeptDecisions = (): KeptDecisions => ({ size: -1, byRecord: new Map() });

const mostKept = 20_000;

/** For one act. `about`: the same for decisions that count as each other's. */
export type DecisionBook = {
  readonly find: (record: number, about: string) => OnRecord | undefined;
  readonly note: (record: number, about: string, found: OnRecord) => void;
  /** A newer one came in this act. */
  readonly forget: (record: number) => void;
  /** To be called when the act was committed, with the number of facts there are then. */
  readonly keep: (size: number) => void;
};

/** `size`: how many facts there are when the act begins. */
export function createDecisionBook(kept: KeptDecisions, size: number): DecisionBook {
  const [found, forgotten] = [new Map<number, Map<string, OnRecord>>(), new Set<number>()];
  const isCurrent = kept.size === size;
  return {
    find: (record, about) => found.get(record)?.get(about) ?? (isCurrent ? kept.byRecord.get(record)?.get(about) : undefined),
    note: (record, about, decision) => {
      const own = found.get(record) ?? new Map<string, OnRecord>();
      found.set(record, own.set(about, decision));
    },
    forget: (record) => {
      forgotten.add(record);
    },
    keep: (grown) => {
      if (!isCurrent || kept.byRecord.size + found.size > mostKept) {
        kept.byRecord.clear();
      }
      found.forEach((own, record) => kept.byRecord.set(record, new Map([...(kept.byRecord.get(record) ?? []), ...own])));
      forgotten.forEach((record) => kept.byRecord.delete(record));
      kept.size = grown;
    },
  };
}
