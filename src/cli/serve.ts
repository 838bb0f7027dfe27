// `huwiya serve`: runs a node until it is told to stop. Applies nothing to the database by itself.

import { createNode } from '../app.ts';
import type { Node, Parts } from '../app.ts';
import { createWayOut } from '../outbound/way-out.ts';
import { createPostToWitness } from '../outbound/witnesses.ts';
import { createLog } from '../telemetry/log.ts';
import type { Log } from '../telemetry/log.ts';
import { checkWitnessed } from './check-witnessed.ts';
import type { ExitCode } from './context.ts';
import { toListenProblem } from './listen-problem.ts';
import { loadParts } from './load-parts.ts';
import { waitForStop } from './wait-for-stop.ts';
import { printFaults, standardErr } from './with-parts.ts';

/** `undefined`, with the reason printed and the database closed, when it cannot listen. */
export async function startNode(parts: Parts): Promise<Node | undefined> {
  const node = createNode(parts);
  try {
    await node.start();
    return node;
  } catch (thrown) {
    const { host, port } = parts.config.listen;
    const problem = `cannot listen at ${host}:${port}: ${toListenProblem(thrown)}`;
    printFaults(standardErr, [
      { setting: 'HUWIYA_LISTEN', problem, fix: 'Stop the other program, or set another address (the demo: --port)' },
    ]);
    await node.stop();
    return undefined;
  }
}

/**
 * A defect that nobody caught leaves a process of which nothing is known: it says so in its log, by the rules of the log, and ends. Whoever supervises it starts another;
 * requests under way get no answer rather than half of one, and what they had committed stays (FT-21).
 */
function endOnDefect(log: Log): void {
  process.once('uncaughtException', (thrown) => {
    log.fault('internal/unexpected', thrown, {});
    process.exit(1);
  });
}

export async function serve(asked: { readonly file: string | undefined }): Promise<ExitCode> {
  const parts = await loadParts({ file: asked.file, allowsPending: false, isListening: true });
  if (!parts.ok) {
    printFaults(standardErr, parts.faults);
    return 1;
  }
  // That nodes own the tables is usual where one role does it all; `doctor` says it.
  const cares = (await parts.value.storage.health.findCares()).filter(({ kind }) => kind === 'standby');
  cares.forEach(({ problem, fix }) => standardErr.write(`care      ${problem}. ${fix}\n`));
  const { faults, warnings } = await checkWitnessed(parts.value, createPostToWitness(createWayOut(parts.value.config)));
  warnings.forEach((warning) => standardErr.write(`care      ${warning}\n`));
  if (faults.length > 0) {
    await parts.value.storage.close();
    printFaults(standardErr, faults);
    return 1;
  }
  const stopped = waitForStop();
  const log = createLog(parts.value.config.logLevel);
  endOnDefect(log);
  const node = await startNode({ ...parts.value, log });
  if (node === undefined) {
    return 1;
  }
  standardErr.write(`Huwiya answers at ${parts.value.config.issuer}\n`);
  const isBroken = await Promise.race([stopped.then(() => false), node.broken.then(() => true)]);
  if (isBroken) {
    standardErr.write(
      'ends      the disk failed; what was answered is kept. Start again when "huwiya doctor" finds nothing, see docs/reliability.md\n',
    );
  }
  await node.stop();
  return isBroken ? 1 : 0;
}
