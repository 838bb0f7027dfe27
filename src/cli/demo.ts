// `huwiya demo`, which is what `npm start` runs. Owns the order of things only: everything it does, an operator could do with the other commands.
// Must never read the environment: a demo that was started beside a real provider would load its people there.

import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Parts } from '../app.ts';
import { stockTokenKeys } from '../domain/keys/create-token-key.ts';
import { tokenAlgorithms } from '../domain/keys/token-key.ts';
import { createLog } from '../telemetry/log.ts';
import type { ExitCode } from './context.ts';
import { inviteDemoOfficers, inviteDemoPeople, loadDemoWorld } from './demo-load.ts';
import { printGuide, writeTour } from './demo-guide.ts';
import { findTakenPorts } from './demo-ports.ts';
import { startServices } from './demo-services.ts';
import type { RunningServices } from './demo-services.ts';
import { defaultPort, hasBegun, prepareDemo, removeDemo } from './demo-setup.ts';
import type { DemoSetup } from './demo-setup.ts';
import { loadParts } from './load-parts.ts';
import { printLine, toShownPath } from './print.ts';
import { startNode } from './serve.ts';
import { waitForStop } from './wait-for-stop.ts';
import { printFaults, standardErr, standardOut } from './with-parts.ts';

export type DemoOptions = { readonly folder: string; readonly port: number | undefined; readonly isReset: boolean };

/** A new demo makes its keys while the rest of it is made: those of RSA take a third of a second. */
const stockKeys = (folder: string): Pick<Parts, 'createKey'> => (hasBegun(folder) ? {} : { createKey: stockTokenKeys(tokenAlgorithms) });

export async function runDemo(asked: DemoOptions): Promise<ExitCode> {
  const stopped = waitForStop();
  const folder = resolve(asked.folder);
  const taken = asked.isReset || !hasBegun(folder) ? await findTakenPorts(asked.port ?? defaultPort) : [];
  if (taken.length > 0) {
    printFaults(standardErr, taken, 'Nothing was written');
    return 1;
  }
  if (asked.isReset) {
    removeDemo(folder);
  }
  const stocked = stockKeys(folder);
  const setup = prepareDemo({ folder, port: asked.port });
  if (!setup.ok) {
    printFaults(standardErr, setup.faults);
    return 1;
  }
  const parts = await loadParts({ file: setup.value.settingsFile, allowsPending: true, env: {} });
  if (!parts.ok) {
    printFaults(standardErr, parts.faults);
    return 1;
  }
  return runWorld({ ...parts.value, ...stocked }, setup.value, stopped);
}

async function runWorld(parts: Parts, setup: DemoSetup, stopped: Promise<void>): Promise<ExitCode> {
  if (!(await loadDemoWorld(parts, setup))) {
    await parts.storage.close();
    return 1;
  }
  const logFile = createWriteStream(join(setup.folder, 'huwiya.log'), { flags: 'a', mode: 0o600 });
  const node = await startNode({ ...parts, log: createLog(parts.config.logLevel, logFile) });
  if (node === undefined) {
    return 1;
  }
  const services = await startServices(parts.config.issuer, setup);
  const guide = async (): Promise<void> => {
    const people = await inviteDemoPeople(parts, setup);
    const officers = await inviteDemoOfficers(parts, setup);
    const known = { issuer: parts.config.issuer, setup, people, officers };
    writeTour(known);
    printGuide(standardOut, known);
  };
  try {
    return await wait(services, guide, stopped);
  } finally {
    await services.stop();
    await node.stop();
    logFile.end();
  }
}

async function wait(services: RunningServices, guide: () => Promise<void>, stopped: Promise<void>): Promise<ExitCode> {
  if (!services.isComplete) {
    printLine(standardErr, 'a demo service did not start; the reason is above');
    return 1;
  }
  await guide();
  const failed = await Promise.race([stopped.then(() => undefined), services.failed]);
  if (failed !== undefined) {
    printLine(standardErr, `the demo service ${failed} ended by itself`);
    return 1;
  }
  printLine(standardOut, `stopped; the state is kept in ${toShownPath(services.folder)}`);
  return 0;
}
