// What a monitor keeps on a disk: its state, whole or as it was before, and its evidence, which only ever grows.

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Alarm } from '../../monitor/alarm.ts';
import { createState, findState } from '../../monitor/monitor-state.ts';
import type { MonitorState } from '../../monitor/monitor-state.ts';
import { findFileText } from '../files/read-file.ts';

function write(file: string, flags: 'w' | 'a', text: string): void {
  const handle = openSync(file, flags, 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export const toEvidenceFile = (stateFile: string): string => `${stateFile}.evidence.jsonl`;

/** Appended before the state tells that the alarm is known, so that no fault between the two loses a proof. */
export function keepEvidence(stateFile: string, alarms: readonly Alarm[], at: string): void {
  if (alarms.length > 0) {
    write(toEvidenceFile(stateFile), 'a', alarms.map((alarm) => `${JSON.stringify({ at, ...alarm })}\n`).join(''));
  }
}

export function keepState(stateFile: string, state: MonitorState): void {
  write(`${stateFile}.new`, 'w', `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${stateFile}.new`, stateFile);
}

export type OpenedState = { readonly ok: true; readonly state: MonitorState } | { readonly ok: false; readonly problem: string };

/** A state that cannot be read is never begun anew by itself: what it remembered is what rewrites are seen against. */
export function openState(stateFile: string, origin: string, now: number): OpenedState {
  const text = findFileText(stateFile);
  if (text === undefined) {
    return { ok: true, state: createState(origin, now) };
  }
  const state = findState(text);
  if (state === undefined) {
    return { ok: false, problem: 'is no state of a monitor; bring it back from a copy, or name another file to begin anew' };
  }
  return state.origin === origin ? { ok: true, state } : { ok: false, problem: `is the state of another log, ${state.origin}` };
}
