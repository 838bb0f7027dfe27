// From the answer to a withdrawal until nobody gets anything any more: at the node where it was withdrawn, and at another of the same database.

import { createNode } from '../../src/app.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { obtainTokens, withdraw, createEnrolled } from '../../tests/support/visits.ts';
import { createWorld, findFreePort } from '../../tests/support/world.ts';
import type { World, WorldSettings } from '../../tests/support/world.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createCaller } from '../requests.ts';

const turns = 20;
const giveUpMs = 10_000;

type Other = { readonly url: string; readonly close: () => Promise<void> };

/** Another node of the same installation, with connections of its own. */
async function startOther({ clock, config, keys }: World): Promise<Other> {
  const port = await findFreePort();
  const storage = openStorage(config.database, config.auditDatabase);
  const listen = { ...config.listen, port };
  const node = createNode({ config: { ...config, listen }, keys, storage, clock, log: createLog('error', { write: () => undefined }) });
  await node.start();
  return { url: `http://127.0.0.1:${port}`, close: async () => node.stop() };
}

/** Milliseconds until the token of a service is refused there, asked without a pause. */
async function waitForRefusal(url: string, issuer: string, accessToken: string): Promise<number> {
  const caller = createCaller(url, 1);
  const headers = { host: new URL(issuer).host, authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const begun = performance.now();
  try {
    for (;;) {
      const asked = performance.now() - begun;
      const { status } = await caller.send({ method: 'GET', path: '/me', headers });
      if (status === 401) {
        return asked;
      }
      if (status !== 200 || asked > giveUpMs) {
        throw new Error(`a token whose consent was withdrawn is answered with ${status} after ${asked.toFixed(0)} ms`);
      }
    }
  } finally {
    caller.close();
  }
}

/** The longest of some turns, in milliseconds: 0 where the very next request was refused. */
export async function measureWithdrawal(settings: WorldSettings, hasOther: boolean): Promise<number> {
  const world = await createWorld(settings);
  const other = hasOther ? await startOther(world) : undefined;
  const waits: number[] = [];
  try {
    const traveller = await createEnrolled(world);
    for (let turn = 0; turn < turns; turn += 1) {
      const { body } = await obtainTokens(traveller, 'permit');
      const accessToken = String(body['access_token']);
      const url = other?.url ?? world.issuer;
      await waitForAnswer(url, world.issuer, accessToken);
      await withdraw(traveller, 'permit');
      waits.push(await waitForRefusal(url, world.issuer, accessToken));
    }
  } finally {
    await other?.close();
    await world.close();
  }
  return Math.max(...waits);
}

/** Before the withdrawal the token works there, or its refusal would say nothing. */
async function waitForAnswer(url: string, issuer: string, accessToken: string): Promise<void> {
  const caller = createCaller(url, 1);
  const headers = { host: new URL(issuer).host, authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const { status } = await caller.send({ method: 'GET', path: '/me', headers });
  caller.close();
  if (status !== 200) {
    throw new Error(`a token whose consent stands is answered with ${status}`);
  }
}
