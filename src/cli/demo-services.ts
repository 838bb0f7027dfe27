// The two demo services as processes of their own, as far from the provider as a real agency's.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DemoSetup } from './demo-setup.ts';

export type RunningServices = {
  readonly folder: string;
  readonly isComplete: boolean;
  /** The first service that ended without being told to. */
  readonly failed: Promise<string>;
  readonly stop: () => Promise<void>;
};

const program = fileURLToPath(new URL('../../examples/relying-party.ts', import.meta.url));

type Service = {
  readonly clientId: string;
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly ready: Promise<boolean>;
};

/** The channel lets a service notice that the demo is gone, however it went. */
function start(clientId: string, env: Readonly<Record<string, string>>): Service {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...env, CLIENT_ID: clientId } });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const listening = new Promise<boolean>((resolve) => {
    child.stdout?.once('data', () => resolve(true));
  });
  return { clientId, process: child, ended, ready: Promise.race([listening, ended.then(() => false)]) };
}

export async function startServices(issuer: string, setup: DemoSetup): Promise<RunningServices> {
  const known = { ISSUER: issuer, AGENCIES_FILE: setup.agenciesFile };
  const services = [
    start('mol-work-permit', {
      ...known,
      PORT: String(setup.port + 1),
      CLIENT_KEY_FILE: setup.keyFile,
      TOUR_FILE: setup.tourFile,
    }),
    start('moh-clinic', { ...known, PORT: String(setup.port + 2), CLIENT_SECRET_FILE: setup.secretFile }),
  ];
  const ready = await Promise.all(services.map(async (service) => service.ready));
  return {
    folder: setup.folder,
    isComplete: ready.every(Boolean),
    failed: Promise.race(services.map(async ({ ended, clientId }) => ended.then(() => clientId))),
    stop: async () => {
      services.forEach((service) => service.process.kill('SIGTERM'));
      await Promise.all(services.map(async ({ ended }) => ended));
    },
  };
}
