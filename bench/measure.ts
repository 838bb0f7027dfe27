// One round: one unit of work against one server, for a time or a number of operations.

import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyObject } from 'node:crypto';
import type { ServerProcess } from './child.ts';
import { createCaller } from './requests.ts';
import type { Target } from './target.ts';
import { createAssertion, runUnit, signIn, toAuthentication } from './units.ts';
import type { Load, UnitName } from './units.ts';

export type Side = { readonly target: Target; readonly server: ServerProcess; readonly signingKey: KeyObject };

/** `seconds` may end a round before `operations` do. */
export type Extent = { readonly connections: number; readonly seconds: number; readonly operations: number };

export type Round = { readonly operations: number; readonly cpuMs: number; readonly rate: number; readonly commits: number };

/** More sign-ins than any server here answers in a second; an assertion that was not prepared is made when it is needed. */
const signInsPerSecond = 2000;

/** The sequencer numbers the last entries of a round within this time: its work counts too. */
const settleMs = 400;

async function prepareLoad(side: Side, unit: UnitName, extent: Extent): Promise<Load> {
  const visits = side.target.visits.filter(({ service }) => service.authentication === toAuthentication(unit));
  const bare: Load = { ...side, caller: createCaller(side.target.issuer, extent.connections), visits, assertions: [], tokens: [] };
  if (unit === 'W3') {
    const tokens: string[] = [];
    for (let turn = 0; turn < Math.min(64, visits.length); turn += 1) {
      tokens.push((await signIn(bare, turn)).accessToken);
    }
    return { ...bare, tokens };
  }
  if (toAuthentication(unit) === 'secret') {
    return bare;
  }
  const assertions = Array.from({ length: Math.min(extent.operations, extent.seconds * signInsPerSecond) }, (_, turn) =>
    createAssertion(bare, visits[turn % visits.length]?.service.clientId ?? ''),
  );
  return { ...bare, assertions };
}

async function runLoad(unit: UnitName, load: Load, extent: Extent): Promise<number> {
  const deadline = performance.now() + extent.seconds * 1000;
  let turn = 0;
  const work = async (): Promise<void> => {
    while (turn < extent.operations && performance.now() < deadline) {
      const mine = turn;
      turn += 1;
      await runUnit(unit, load, mine);
    }
  };
  await Promise.all(Array.from({ length: extent.connections }, work));
  return turn;
}

export async function runRound(side: Side, unit: UnitName, extent: Extent): Promise<Round> {
  await side.server.tidy();
  const load = await prepareLoad(side, unit, extent);
  const before = await side.server.readUsage();
  const startedAt = performance.now();
  try {
    const operations = await runLoad(unit, load, extent);
    const elapsedSeconds = (performance.now() - startedAt) / 1000;
    await sleep(settleMs);
    const after = await side.server.readUsage();
    return {
      operations,
      cpuMs: (after.cpuMicros - before.cpuMicros) / 1000 / operations,
      rate: operations / elapsedSeconds,
      commits: (after.commits - before.commits) / operations,
    };
  } finally {
    load.caller.close();
  }
}
