// `huwiya serve`: runs a node until it is told to stop. Applies nothing to the database by itself.

import { createNode } from '../app.ts';
import type { Node, Parts } from '../app.ts';
import { createWayOut } from '../outbound/way-out.ts';
import { createPostToWitness } from '../outbound/witnesses.ts';
import { checkWitnessed } from './check-witnessed.ts';
import type { ExitCode } from './context.ts';
import { loadParts } from './load-parts.ts';
import { waitForStop } from './wait-for-stop.ts';
import { printFaults, standardErr } from './with-parts.ts';

function toStartProblem(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EADDRINUSE') {
    return 'another program listens there already';
  }
  return code === 'EACCES' || code === 'EADDRNOTAVAIL' ? 'this process may not listen there' : String(thrown);
}

/** `undefined`, with the reason printed and the database closed, when it cannot listen. */
export async function startNode(parts: Parts): Promise<Node | undefined> {
  const node = createNode(parts);
  try {
    await node.start();
    return node;
  } catch (thrown) {
    const { host, port } = parts.config.listen;
    const problem = `cannot listen at ${host}:${port}: ${toStartProblem(thrown)}`;
    printFaults(standardErr, [
      { setting: 'HUWIYA_LISTEN', problem, fix: 'Stop the other program, or set another address (the demo: --port)' },
    ]);
    await node.stop();
    return undefined;
  }
}

export async function serve(asked: { readonly file: string | undefined }): Promise<ExitCode> {
  const parts = await loadParts({ file: asked.file, allowsPending: false, isListening: true });
  if (!parts.ok) {
    printFaults(standardErr, parts.faults);
    return 1;
  }
  const { faults, warnings } = await checkWitnessed(parts.value, createPostToWitness(createWayOut(parts.value.config)));
  warnings.forEach((warning) => standardErr.write(`care      ${warning}\n`));
  if (faults.length > 0) {
    await parts.value.storage.close();
    printFaults(standardErr, faults);
    return 1;
  }
  const stopped = waitForStop();
  const node = await startNode(parts.value);
  if (node === undefined) {
    return 1;
  }
  standardErr.write(`Huwiya answers at ${parts.value.config.issuer}\n`);
  await stopped;
  await node.stop();
  return 0;
}
