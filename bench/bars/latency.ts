// How long a remembered sign-in takes at half of what the server can do, each counted from when it was due.

import { again, toRank, workAtRate } from '../at-rate.ts';
import { createCaller } from '../requests.ts';
import { runRound } from '../measure.ts';
import type { Side } from '../measure.ts';
import { signIn } from '../units.ts';
import type { Load } from '../units.ts';

const connections = 64;
const seconds = 15;
/** The number of connections with which the most is done. */
const fullConnections = 16;

export type Latency = { readonly perSecond: number; readonly median: number; readonly p99: number };

export function toLoad(side: Side): Load {
  const visits = side.target.visits.filter(({ service }) => service.authentication === 'secret');
  return { ...side, caller: createCaller(side.target.issuer, connections), visits, assertions: [], tokens: [], refreshes: [] };
}

/** Sign-ins a second when nothing holds the load back. */
export async function measureMaximum(side: Side, forSeconds: number): Promise<number> {
  const extent = { connections: fullConnections, seconds: forSeconds, operations: Number.MAX_SAFE_INTEGER };
  return (await runRound(side, 'W1', extent)).rate;
}

/** Milliseconds. */
export async function measureLatency(side: Side): Promise<Latency> {
  const perSecond = Math.floor((await measureMaximum(side, 5)) / 2);
  const load = toLoad(side);
  try {
    const times = await workAtRate((turn) => again(() => signIn(load, turn)), { perSecond, seconds });
    return { perSecond, median: toRank(times, 0.5), p99: toRank(times, 0.99) };
  } finally {
    load.caller.close();
  }
}
