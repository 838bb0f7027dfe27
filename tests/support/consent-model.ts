// What a person said, and what may therefore leave, as the domain model's words have it (domain model 3.3, decision 11): written from those words, not from
// the product's code, so that the two can be compared.

export type Retention = 'P1Y' | 'P2Y' | 'P3Y';

export type ModelPurpose = {
  readonly version: number;
  readonly retention: Retention;
  readonly required: readonly string[];
  readonly optional: readonly string[];
};

export type ModelRecord = {
  readonly granted: ReadonlySet<string>;
  /** Those of them that were no choice when they were agreed to. */
  readonly needed: ReadonlySet<string>;
  readonly declined: ReadonlySet<string>;
  readonly retention: Retention;
  readonly expiresAt: number;
  readonly isPaused: boolean;
};

export type Said = {
  readonly request: readonly string[];
  readonly offered: readonly string[];
  readonly ticked: readonly string[];
  readonly expiresAt: number;
};

const all = ({ required, optional }: ModelPurpose): readonly string[] => [...required, ...optional];

const isLonger = (one: Retention, other: Retention): boolean => one > other;

export const isOpen = (record: ModelRecord | undefined, now: number): record is ModelRecord =>
  record !== undefined && !record.isPaused && now < record.expiresAt;

/** Whether what was agreed to covers what is registered now. */
const isCovering = (record: ModelRecord, purpose: ModelPurpose): boolean => !isLonger(purpose.retention, record.retention);

export type Circumstances = { readonly record: ModelRecord | undefined; readonly purpose: ModelPurpose; readonly now: number };

/** Whether anything may leave under the record. */
export const isBinding = ({ record, purpose, now }: Circumstances): boolean => isOpen(record, now) && isCovering(record, purpose);

export const isGoing = (record: ModelRecord | undefined, now: number): record is ModelRecord =>
  record !== undefined && now < record.expiresAt;

/** The person is told that nothing leaves, because more is asked now than they agreed to. */
export const isOutgrown = ({ record, purpose, now }: Circumstances): boolean => isGoing(record, now) && !isCovering(record, purpose);

/** Nothing but the person's own word keeps it from going on. */
export const isPaused = ({ record, purpose, now }: Circumstances): boolean =>
  isGoing(record, now) && record.isPaused && isCovering(record, purpose);

export function mustBeAsked(at: Circumstances, request: readonly string[]): boolean {
  const { record, purpose } = at;
  if (record === undefined || !isBinding(at)) {
    return true;
  }
  return request.some((name) => !record.granted.has(name) && (purpose.required.includes(name) || !record.declined.has(name)));
}

/** released = requested ∩ approved ∩ granted ∩ available. */
export function toLeaving(at: Circumstances, request: readonly string[], available: readonly string[]): readonly string[] {
  const approved = all(at.purpose);
  return isBinding(at)
    ? request.filter((name) => approved.includes(name) && at.record?.granted.has(name) === true && available.includes(name))
    : [];
}

/** Agreed on a page that offered some choices and named everything needed that was requested. */
export function toAgreed(at: Circumstances, { request, offered, ticked, expiresAt }: Said): ModelRecord {
  const { record, purpose } = at;
  const needed = purpose.required.filter((name) => request.includes(name));
  const shown = new Set([...needed, ...offered]);
  const untouched = all(purpose).filter((name) => !shown.has(name));
  const carried = isBinding(at) ? untouched.filter((name) => record?.granted.has(name)) : [];
  const stillDeclined = untouched.filter((name) => purpose.optional.includes(name) && record?.declined.has(name));
  return {
    granted: new Set([...needed, ...ticked, ...carried]),
    needed: new Set([...needed, ...carried.filter((name) => record?.needed.has(name))]),
    declined: new Set([...offered.filter((name) => !ticked.includes(name)), ...stillDeclined]),
    retention: purpose.retention,
    expiresAt: carried.length > 0 ? Math.min(record?.expiresAt ?? expiresAt, expiresAt) : expiresAt,
    isPaused: false,
  };
}

export function toNarrowed(record: ModelRecord, removed: readonly string[]): ModelRecord {
  const granted = new Set([...record.granted].filter((name) => !removed.includes(name)));
  return { ...record, granted, declined: new Set([...record.declined, ...removed]) };
}
