// Nodes of one installation on PostgreSQL, each with a share of a core and a port of its own, and a load that goes round them like a balancer that knows nobody.

import { fileURLToPath } from 'node:url';
import { createSchema } from '../../tests/support/postgres-database.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { findFreePort } from '../../tests/support/world.ts';
import { startServer } from '../child.ts';
import type { ServerProcess } from '../child.ts';
import { toVisited } from '../first-visits.ts';
import { createHuwiyaWorld } from '../huwiya-world.ts';
import type { HuwiyaWorld } from '../huwiya-world.ts';
import type { Side } from '../measure.ts';
import { createRegistry } from '../registry.ts';
import { createCaller } from '../requests.ts';
import type { Call, Caller, Reply } from '../requests.ts';
import { createCpuGroup } from './limit-cpu.ts';
import type { CpuGroup } from './limit-cpu.ts';
import { writeSettings } from './write-settings.ts';

export type Node = {
  readonly port: number;
  readonly server: () => ServerProcess;
  /** As when its machine dies. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
};

export type Nodes = {
  readonly world: HuwiyaWorld;
  readonly url: string;
  readonly nodes: readonly Node[];
  /** What the load sees of these nodes alone. */
  readonly toSide: (places: readonly number[]) => Side;
  readonly close: () => Promise<void>;
};

export type NodesAsked = { readonly count: number; readonly share: number; readonly services: number; readonly people: number };

const script = fileURLToPath(import.meta.resolve('../serve-huwiya.ts'));

async function createNode(file: string, port: number, group: CpuGroup): Promise<Node> {
  const start = async (): Promise<ServerProcess> => {
    // Starting takes a core; what is measured comes afterwards.
    const server = await startServer(script, file, { isPinned: false });
    group.add(server.processId);
    return server;
  };
  let server = await start();
  return {
    port,
    server: () => server,
    kill: async () => server.kill(),
    start: async () => {
      server = await start();
    },
  };
}

/** Nothing was sent, so it may be sent elsewhere. */
function isNobodyThere(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === 'ECONNREFUSED';
}

/** Each call goes to the next node; one that finds no node there goes to the one after it, once. */
export function createRoundCaller(issuer: string, ports: readonly number[], connections: number): Caller {
  const { host } = new URL(issuer);
  const callers = ports.map((port) => createCaller(`http://127.0.0.1:${port}`, connections));
  let turn = 0;
  const sendTo = async (place: number, call: Call): Promise<Reply> => {
    const caller = callers[place % callers.length];
    if (caller === undefined) {
      throw new RangeError('there is no node');
    }
    return caller.send({ ...call, headers: { ...call.headers, host } });
  };
  return {
    send: async (call) => {
      const place = (turn += 1);
      try {
        return await sendTo(place, call);
      } catch (error) {
        if (!isNobodyThere(error)) {
          throw error;
        }
        return sendTo(place + 1, call);
      }
    },
    close: () => callers.forEach((caller) => caller.close()),
  };
}

function toSide(world: HuwiyaWorld, nodes: readonly Node[], signingKey: Side['signingKey']): Side {
  const sum = async (ask: (server: ServerProcess) => ReturnType<ServerProcess['readUsage']>) => {
    const all = await Promise.all(nodes.map(async (node) => ask(node.server())));
    return { cpuMicros: all.reduce((total, one) => total + one.cpuMicros, 0), commits: all.reduce((total, one) => total + one.commits, 0) };
  };
  return {
    target: world.target,
    signingKey,
    server: { readUsage: async () => sum((server) => server.readUsage()), tidy: async () => sum((server) => server.tidy()) },
    openCaller: (connections) =>
      createRoundCaller(
        world.target.issuer,
        nodes.map(({ port }) => port),
        connections,
      ),
  };
}

/** Throws where there is no PostgreSQL to be had, or nobody may limit a process. */
export async function createNodes({ count, people, services, share }: NodesAsked): Promise<Nodes> {
  const postgres = await startPostgres('the benchmark of nodes');
  const groups = Array.from({ length: count }, (_, place) => createCpuGroup(`node-${place}`, share));
  if (postgres === undefined || groups.includes(undefined)) {
    throw new Error('nodes are measured where the programs of PostgreSQL are found and control groups may be written');
  }
  const { url } = await createSchema(postgres);
  const registry = createRegistry(services);
  const visitedBy = Array.from({ length: people }, (_, person) => toVisited(registry, person));
  const world = await createHuwiyaWorld(registry, visitedBy, { settings: { database: url } });
  const nodes: Node[] = [];
  for (const group of groups.filter((one) => one !== undefined)) {
    // The first stands where the issuer says.
    const port = nodes.length === 0 ? Number(new URL(world.target.issuer).port) : await findFreePort();
    nodes.push(await createNode(writeSettings(world, url, port), port, group));
  }
  return {
    world,
    url,
    nodes,
    toSide: (places) =>
      toSide(
        world,
        nodes.filter((_, place) => places.includes(place)),
        registry.signingKey,
      ),
    close: async () => {
      await Promise.all(nodes.map(async (node) => node.server().stop()));
      groups.forEach((group) => group?.remove());
      await postgres.stop();
      world.remove();
    },
  };
}
