// One round: one unit of work against one server, for a time or a number of operations.

import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyObject } from 'node:crypto';
import type { ServerProcess } from './child.ts';
import { createCaller } from './requests.ts';
import type { Caller } from './requests.ts';
import type { Target } from './target.ts';
import { createAssertion, enterFirst, getTurn, signIn, toAuthentication, unitWork } from './units.ts';
import type { Load, Refresh, UnitName } from './units.ts';

export type Side = {
  readonly target: Target;
  readonly server: Pick<ServerProcess, 'readUsage' | 'tidy'>;
  readonly signingKey: KeyObject;
  /** In the place of connections to the issuer itself. */
  readonly openCaller?: (connections: number) => Caller;
};

/** `seconds` may end a round before `operations` do. */
export type Extent = { readonly connections: number; readonly seconds: number; readonly operations: number };

export type Round = { readonly operations: number; readonly cpuMs: number; readonly rate: number; readonly commits: number };

/** More sign-ins than any server here answers in a second; an assertion that was not prepared is made when it is needed. */
const signInsPerSecond = 2000;

/** The sequencer numbers the last entries of a round within this time: its work counts too. */
const settleMs = 400;

/** The tokens that W3 shows in turn. */
async function prepareTokens(bare: Load): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let turn = 0; turn < Math.min(64, bare.visits.length); turn += 1) {
    tokens.push((await signIn(bare, turn)).accessToken);
  }
  return tokens;
}

/** Offline access is asked for and agreed to like everything else, each time at a new browser. */
async function prepareRefreshes(bare: Load, unit: UnitName, count: number): Promise<Refresh[]> {
  const { scope, people, publicServices } = bare.target;
  const places = unit === 'W2' ? publicServices.map((service, turn) => ({ service, person: turn % people })) : bare.visits;
  const refreshes: Refresh[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const { service, person } = getTurn(places, turn);
    const extra = { scope: `${scope} offline_access`, prompt: 'consent' };
    const { refreshToken } = await enterFirst(bare, { person, service, extra }, turn);
    refreshes.push({ service, token: refreshToken ?? '' });
  }
  return refreshes;
}

/** Signed beforehand, for as many operations as a round can have. */
function prepareAssertions(bare: Load, unit: UnitName, extent: Extent): readonly string[] {
  const names = unit === 'W4' ? bare.target.programs : bare.visits.map(({ service }) => service.clientId);
  return Array.from({ length: Math.min(extent.operations, extent.seconds * signInsPerSecond) }, (_, turn) =>
    createAssertion(bare, names[turn % names.length] ?? ''),
  );
}

type Preparation = (bare: Load, unit: UnitName, extent: Extent) => Promise<Partial<Load>>;

const refreshing: Preparation = async (bare, unit, { connections }) => ({ refreshes: await prepareRefreshes(bare, unit, 2 * connections) });
const signing: Preparation = async (bare, unit, extent) => ({ assertions: prepareAssertions(bare, unit, extent) });
const showing: Preparation = async (bare) => ({ tokens: await prepareTokens(bare) });

const preparations: Readonly<Partial<Record<UnitName, Preparation>>> = {
  'W1-key': signing,
  'W1u-key': signing,
  W2: refreshing,
  'W2-kept': refreshing,
  W3: showing,
  W4: signing,
};

async function prepareLoad(side: Side, unit: UnitName, extent: Extent): Promise<Load> {
  const visits = side.target.visits.filter(({ service }) => service.authentication === toAuthentication(unit));
  const open = side.openCaller ?? ((connections) => createCaller(side.target.issuer, connections));
  const caller = open(extent.connections);
  const bare: Load = { ...side, caller, visits, assertions: [], tokens: [], refreshes: [] };
  return { ...bare, ...(await preparations[unit]?.(bare, unit, extent)) };
}

async function runLoad(unit: UnitName, load: Load, extent: Extent): Promise<number> {
  const deadline = performance.now() + extent.seconds * 1000;
  let turn = 0;
  const work = async (): Promise<void> => {
    while (turn < extent.operations && performance.now() < deadline) {
      const mine = turn;
      turn += 1;
      await unitWork[unit](load, mine);
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
