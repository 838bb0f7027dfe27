// `huwiya audit monitor`: whoever runs it needs this folder, an address and a key; no settings, no database, no word of the operator.

import { systemClock, toTimestamp } from '../domain/kernel/clock.ts';
import { parseVerifier } from '../domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../domain/ledger/signed-note.ts';
import { parsePolicy } from '../domain/witnesses/policy.ts';
import type { Policy } from '../domain/witnesses/policy.ts';
import { systemSleep } from '../domain/ledger/sleep.ts';
import { alarmTexts, toExitCode } from '../monitor/alarm.ts';
import { followLog } from '../monitor/follow-log.ts';
import type { Look, LookNeeds } from '../monitor/follow-log.ts';
import { toStanding } from '../monitor/monitor-state.ts';
import type { MonitorState } from '../monitor/monitor-state.ts';
import { openPublished } from '../monitor/read-published.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { fetchBytes } from './monitor/fetch-bytes.ts';
import { keepEvidence, keepState, openState, toEvidenceFile } from './monitor/monitor-files.ts';
import { readOthers } from './monitor/read-others.ts';
import { printLine } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type MonitorAsked = {
  readonly log: string;
  readonly key: string;
  readonly stateFile: string;
  readonly compare: readonly string[];
  readonly policy: string | undefined;
  readonly intervalSeconds: number;
  readonly patienceSeconds: number;
  readonly rebuilds: 'never' | 'always';
  readonly looks: 'once' | 'on-and-on';
  readonly json: boolean;
};

function findKey(given: string): NoteVerifier | undefined {
  const parsed = parseVerifier(/^[^\s+]+\+[0-9a-f]{8}\+/.test(given) ? given : (findFileText(given) ?? '').trim());
  return parsed.ok ? parsed.value : undefined;
}

type Trusted = { readonly trusted: NoteVerifier; readonly policy: Policy | null };

/** What the watcher brought; a sentence where it cannot be used. */
function readTrusted({ key, policy: file }: MonitorAsked): Trusted | string {
  const trusted = findKey(key);
  if (trusted === undefined) {
    return `${key}: is no key of a log; take it from /ledger/key and keep it`;
  }
  const policy = file === undefined ? undefined : parsePolicy(findFileText(file) ?? '');
  if (policy?.ok === false) {
    return `${file}: is no policy (${policy.detail}); docs/guides/witness.md shows one`;
  }
  return { trusted, policy: policy?.value ?? null };
}

/** What a look came to; `missed` says why it verified nothing. */
type Looked = Look & { readonly missed: string | null };

function findSizeText({ looks }: MonitorAsked, before: MonitorState, { state, alarms, missed }: Looked): string | undefined {
  if (missed !== null) {
    return undefined;
  }
  if (before.checkpoint === null) {
    return state.checkpoint === null ? undefined : `${state.size} entries at the first look, which every later one is held against`;
  }
  if (state.size !== before.size) {
    return `${state.size} entries, as a continuation of everything seen before`;
  }
  return looks === 'once' && alarms.length === 0 ? `${state.size} entries, as before` : undefined;
}

/** One line of JSON for each look, or for people what has changed since the one before. */
function tell(asked: MonitorAsked, before: MonitorState, looked: Looked): void {
  const { state, alarms, missed } = looked;
  const at = toTimestamp(systemClock.now());
  const standing = toStanding(state);
  const began = standing.filter((name) => before.alarms[name] === undefined);
  const ended = toStanding(before).filter((name) => state.alarms[name] === undefined);
  if (asked.json) {
    const found = alarms.map(({ name, detail }) => ({ name, detail }));
    standardOut.write(`${JSON.stringify({ at, size: state.size, standing, began, ended, found, missed })}\n`);
    return;
  }
  const size = findSizeText(asked, before, looked);
  if (size !== undefined) {
    printLine(standardOut, `${at} ${size}`);
  }
  if (missed !== null) {
    printLine(standardErr, `${at} nothing was verified: ${missed}`);
  }
  for (const name of began) {
    const detail = alarms.find((alarm) => alarm.name === name)?.detail ?? '';
    printLine(standardErr, `${at} ALARM ${name}: ${alarmTexts[name]} ${detail}`);
  }
  ended.forEach((name) => printLine(standardErr, `${at} ended ${name}`));
}

function createNeeds(asked: MonitorAsked, { trusted, policy }: Trusted): LookNeeds {
  return {
    published: openPublished(asked.log, fetchBytes),
    trusted,
    clock: systemClock,
    readOthers: async () =>
      readOthers(asked.compare, (source) => printLine(standardErr, `${source}: cannot be read; nothing was compared with it`)),
    policy,
    rebuilds: asked.rebuilds,
    patience: asked.patienceSeconds * 1000,
  };
}

function findMissed({ published }: LookNeeds, { state, alarms }: Look): string | null {
  const isNowhere = state.checkpoint === null && alarms.length === 0;
  return published.lost() ?? (isNowhere ? 'no log shows a checkpoint at this address' : null);
}

async function lookOnce(asked: MonitorAsked, trusted: Trusted, before: MonitorState): Promise<Looked> {
  const needs = createNeeds(asked, trusted);
  const look = await followLog(needs, before);
  const looked = { ...look, missed: findMissed(needs, look) };
  const news = look.alarms.filter(({ name }) => before.alarms[name] === undefined);
  keepEvidence(asked.stateFile, news, toTimestamp(systemClock.now()));
  keepState(asked.stateFile, look.state);
  tell(asked, before, looked);
  return looked;
}

/** A short outage is no alarm; to have verified nothing, ever, is no success. */
function toEnd({ state, missed }: Looked): ExitCode {
  const standing = toStanding(state);
  return standing.length === 0 && missed !== null && state.checkpoint === null ? 1 : toExitCode(standing);
}

export async function runAuditMonitor(asked: MonitorAsked): Promise<ExitCode> {
  const trusted = readTrusted(asked);
  if (typeof trusted === 'string') {
    printLine(standardErr, trusted);
    return 2;
  }
  const opened = openState(asked.stateFile, trusted.trusted.name, systemClock.now());
  if (!opened.ok) {
    printLine(standardErr, `${asked.stateFile}: ${opened.problem}`);
    return 2;
  }
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  let last = await lookOnce(asked, trusted, opened.state);
  while (asked.looks === 'on-and-on' && !stop.signal.aborted) {
    await systemSleep(asked.intervalSeconds * 1000, stop.signal);
    last = stop.signal.aborted ? last : await lookOnce(asked, trusted, last.state);
  }
  process.off('SIGINT', end).off('SIGTERM', end);
  const standing = toStanding(last.state);
  if (standing.length > 0 && !asked.json) {
    printLine(standardErr, `standing: ${standing.join(', ')}; proof is in ${toEvidenceFile(asked.stateFile)}`);
  }
  return toEnd(last);
}
