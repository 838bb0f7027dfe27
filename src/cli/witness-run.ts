// `huwiya witness`: runs an independent witness until it is told to stop.

import { once } from 'node:events';
import { parseListener } from '../config/parse-address.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { parseVerifier, toVerifier } from '../domain/ledger/signed-note.ts';
import type { NoteSigner, NoteVerifier } from '../domain/ledger/signed-note.ts';
import { toMonitoringPath } from '../witness/answer.ts';
import { createWitnessServer } from '../witness/listen.ts';
import { findStateProblem, openState } from '../witness/state.ts';
import type { ExitCode } from './context.ts';
import { findFileText } from './files/read-file.ts';
import { toListenProblem } from './listen-problem.ts';
import { printLine } from './print.ts';
import { waitForStop } from './wait-for-stop.ts';
import { readWitnessKey, toPolicyLine, toWitnessKeyText } from './witness-key.ts';
import { standardErr } from './with-parts.ts';

export type WitnessRunAsked = { readonly folder: string; readonly listen: string; readonly logs: readonly string[] };

type Ready = {
  readonly signer: NoteSigner;
  readonly logs: readonly NoteVerifier[];
  readonly listen: { readonly host: string; readonly port: number };
};

function readLogKey(given: string): NoteVerifier | string {
  const text = /^[^\s+]+\+[0-9a-f]{8}\+/.test(given) ? given : (findFileText(given)?.trim() ?? '');
  const parsed = parseVerifier(text, 'log');
  return parsed.ok ? parsed.value : `--log ${given}: ${parsed.detail}`;
}

function prepare({ folder, listen, logs }: WitnessRunAsked): Ready | readonly string[] {
  const place = parseListener(listen);
  const signer = readWitnessKey(folder);
  const keys = logs.map(readLogKey);
  const problems = [...(place === undefined ? ['--listen: is not host:port'] : []), signer, ...keys].filter(
    (each) => typeof each === 'string',
  );
  if (place === undefined || typeof signer === 'string' || problems.length > 0) {
    return problems;
  }
  const problem = findStateProblem(folder, toVerifier(signer, 'witness').keyId);
  return problem === undefined ? { signer, logs: keys.filter((each) => typeof each !== 'string'), listen: place } : [problem];
}

export async function runWitness(asked: WitnessRunAsked): Promise<ExitCode> {
  const ready = prepare(asked);
  if (!('signer' in ready)) {
    ready.forEach((problem) => printLine(standardErr, problem));
    return 1;
  }
  const { signer, logs, listen } = ready;
  const state = openState(asked.folder);
  const alarm = (line: string): void => printLine(standardErr, `${new Date().toISOString()} ${line}`);
  const server = createWitnessServer({ clock: systemClock, signer, logs, state, alarm });
  server.listen(listen.port, listen.host);
  try {
    await once(server, 'listening');
  } catch (thrown) {
    printLine(standardErr, `--listen: cannot listen at ${listen.host}:${listen.port}: ${toListenProblem(thrown)}`);
    state.close();
    return 1;
  }
  const stopped = waitForStop();
  printLine(standardErr, `key       ${toWitnessKeyText(signer)}`);
  // Under which address others reach it, only whoever set up the proxy knows.
  printLine(standardErr, `policy    ${toPolicyLine(signer, 'URL')}`);
  logs.forEach(({ name }) => printLine(standardErr, `log       ${name} at ${toMonitoringPath(name)}`));
  printLine(standardErr, `listens   ${listen.host}:${listen.port}`);
  await stopped;
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  state.close();
  return 0;
}
