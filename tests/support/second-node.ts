// A second process of the product on the same database, keys and issuer, behind the same name: requests reach it by its own port.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sendRaw } from './raw-request.ts';
import { findFreePort } from './world.ts';
import type { World } from './world.ts';

export type SecondNode = { readonly port: number; readonly stop: () => Promise<void> };

const entry = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

async function waitUntilReady(port: number, child: ChildProcess): Promise<void> {
  const said: string[] = [];
  child.stderr?.on('data', (text: Buffer) => said.push(text.toString('utf8')));
  for (let round = 0; round < 400; round += 1) {
    if (child.exitCode !== null) {
      throw new Error(`the second node ended with ${child.exitCode}: ${said.join('')}`);
    }
    const answer = await sendRaw({ port, path: '/readyz' }).catch(() => undefined);
    if (answer?.status === 200) {
      return;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error('the second node did not become ready');
}

function toDatabaseSetting(world: World): string {
  const { database } = world.config;
  return database.kind === 'sqlite' ? `sqlite:${database.path}` : database.url;
}

/** `env`: settings of its own, beside those that the nodes of one installation share. */
export async function startSecondNode(world: World, env: Readonly<Record<string, string>> = {}): Promise<SecondNode> {
  const port = await findFreePort();
  const settings = {
    HUWIYA_ISSUER: world.issuer,
    HUWIYA_LISTEN: `127.0.0.1:${port}`,
    HUWIYA_DATABASE: toDatabaseSetting(world),
    HUWIYA_KEYS: world.config.keysFolder,
  };
  const child = spawn(process.execPath, [entry], { env: { ...process.env, ...settings, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  await waitUntilReady(port, child);
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
