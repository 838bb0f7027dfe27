// What a check of `huwiya doctor` found: one line, and what to do about it. A finding never holds a secret or anything about a person.

import type { Checked, Config, Locations, StartFault } from '../../config/config.ts';
import type { Keys } from '../../config/keys.ts';
import { Fault, getErrorRow } from '../../domain/kernel/errors.ts';
import type { Storage } from '../../storage/open-storage.ts';

export const checkNames = [
  'configuration',
  'keys',
  'clock',
  'database',
  'disk',
  'certificate',
  'listener',
  'log',
  'services',
  'outbox',
  'mail',
  'metadata',
  'staff',
] as const;

export type CheckName = (typeof checkNames)[number];

export type Finding = {
  readonly check: CheckName;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  /** What to do; null where there is nothing to do. */
  readonly fix: string | null;
};

/** What is there to be looked at. Each part may be missing: the others are looked at all the same. */
export type Ground = {
  readonly locations: Locations;
  readonly config: Checked<Config>;
  readonly keys: Checked<Keys>;
  /** Undefined where it is nowhere, or cannot be opened. */
  readonly storage: Storage | undefined;
  /** Why it cannot be opened. */
  readonly storageFaults: readonly StartFault[];
  readonly depth: 'quick' | 'full';
  readonly progress: (done: number, total: number) => void;
};

export const passed = (check: CheckName, detail: string): Finding => ({ check, result: 'ok', detail, fix: null });

export const warned = (check: CheckName, detail: string, fix: string): Finding => ({ check, result: 'warning', detail, fix });

export const failed = (check: CheckName, detail: string, fix: string): Finding => ({ check, result: 'failed', detail, fix });

export function toFindings(check: CheckName, faults: readonly StartFault[]): readonly Finding[] {
  return faults.map(({ setting, problem, fix }) => failed(check, `${setting} ${problem}`, fix));
}

/** What a check could not get over. Messages of the system name files and ports, as those of our own faults do. */
export function toFailure(check: CheckName, thrown: unknown): Finding {
  if (thrown instanceof Fault) {
    return failed(check, thrown.detail, getErrorRow(thrown.code).advice);
  }
  return failed(check, thrown instanceof Error ? thrown.message : 'could not be looked at', 'Repair what is named, then ask again');
}
