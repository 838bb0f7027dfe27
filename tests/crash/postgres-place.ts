// A PostgreSQL server of our own that can be killed and started again, and a wire to it that can be cut at the worst moment: after a commit was sent, before its answer.

import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from '../support/postgres-binaries.ts';
import { askCluster, createCluster } from '../support/postgres-cluster.ts';

export type Ways = {
  /** Of the runner itself, which nothing cuts. */
  readonly url: string;
  /** Of the processes that are killed. */
  readonly reach: string;
};

export type PostgresPlace = {
  readonly createDatabase: () => Promise<Ways>;
  readonly wire: Wire;
  /** As a machine that loses its power does, without a checkpoint; and starts it again. */
  readonly crash: (downMs: number) => Promise<void>;
  /** How many connections of the product it ended. */
  readonly killBackends: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

export type Wire = {
  readonly port: number;
  /** The commit after `passes` others gets through, and its answer does not. */
  readonly cutAfterCommit: (passes: number) => void;
  /** Every answer takes this long, in milliseconds. */
  delay: number;
  readonly hasCut: () => boolean;
  readonly close: () => Promise<void>;
};

const commit = Buffer.from('COMMIT\0');

/** Between a TCP port and the socket of a server. */
export async function startWire(socketFile: string): Promise<Wire> {
  let passes: number | undefined;
  let hasCut = false;
  const open = new Set<Socket>();
  const wire = { delay: 0 };
  const carry = (near: Socket): void => {
    const far = connect(socketFile);
    const end = (): void => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    open.add(near);
    let isCut = false;
    near.on('data', (bytes: Buffer) => {
      far.write(bytes);
      if (passes !== undefined && bytes.includes(commit)) {
        passes -= 1;
        isCut = passes < 0;
        passes = isCut ? undefined : passes;
        hasCut ||= isCut;
      }
    });
    far.on('data', (bytes: Buffer) => {
      if (isCut) {
        end();
      } else {
        setTimeout(() => near.write(bytes), wire.delay);
      }
    });
    [near, far].forEach((side) => side.on('error', end).on('close', end));
  };
  const server = createServer(carry);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return Object.assign(wire, {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutAfterCommit: (after: number) => {
      passes = after;
      hasCut = false;
    },
    hasCut: () => hasCut,
    close: async () => {
      open.forEach((socket) => socket.destroy());
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  });
}

const endBackends = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = $1';

/** Undefined when no PostgreSQL is to be had. */
export async function startPostgresPlace(): Promise<PostgresPlace | undefined> {
  const [binaries] = findBinaries();
  if (binaries === undefined) {
    return undefined;
  }
  const cluster = createCluster(binaries);
  const { url } = cluster;
  await cluster.start();
  const wire = await startWire(cluster.socketFile);
  let databases = 0;
  return {
    createDatabase: async () => {
      databases += 1;
      const name = `block_${databases}`;
      await askCluster(url, `CREATE DATABASE ${name}`);
      return { url: url.replace('/postgres?', `/${name}?`), reach: `postgres://huwiya@127.0.0.1:${wire.port}/${name}` };
    },
    wire,
    crash: async (downMs) => {
      await cluster.end('SIGQUIT');
      await sleep(downMs);
      await cluster.start();
    },
    killBackends: async () => (await askCluster(url, endBackends, ['client backend'])).length,
    stop: async () => {
      await wire.close();
      await cluster.end('SIGINT');
      await cluster.remove();
    },
  };
}
