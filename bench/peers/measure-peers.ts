// `npm run bench -- peers`: a whole system of others from npm beside Huwiya and the plain engine, in the same run, in turns. What it needs is installed here when it is missing.

import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../tests/support/world.ts';
import { checkAnswers } from '../check-answers.ts';
import { startServer } from '../child.ts';
import { toVisited } from '../first-visits.ts';
import { runRound } from '../measure.ts';
import type { Round } from '../measure.ts';
import type { Options } from '../options.ts';
import { createRegistry } from '../registry.ts';
import { toMedian, toTable } from '../report.ts';
import { operationsPerSecond, startSides, warmUp } from '../sides.ts';
import type { Own } from '../sides.ts';
import type { Target } from '../target.ts';
import type { UnitName } from '../units.ts';

/** What better-auth can be asked for as it is set up; its services hold a secret. */
const units = ['W1', 'W1u', 'W3'] as const satisfies readonly UnitName[];

const scope = 'openid profile email';

export type PeerRatio = { readonly unit: UnitName; readonly peerMs: number; readonly byHuwiya: number; readonly byPlain: number };

function install(): void {
  if (!existsSync(join(import.meta.dirname, 'node_modules', 'better-auth'))) {
    const { status } = spawnSync('npm', ['ci'], { cwd: import.meta.dirname, stdio: 'inherit' });
    if (status !== 0) {
      throw new Error('what is measured beside Huwiya cannot be installed');
    }
  }
}

/** A cookie as better-auth signs it. */
function toCookie(secret: string, token: string): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

type Peer = Own & { readonly close: () => Promise<void> };

const base = '/api/auth';

async function startPeer(options: Options): Promise<Peer> {
  install();
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-peer-'));
  const [port, secret] = [await findFreePort(), randomBytes(32).toString('base64url')];
  const registry = createRegistry(options.services);
  const people = Array.from({ length: options.people }, (_, person) => ({
    email: `sara-${person}@example.test`,
    token: randomBytes(24).toString('base64url'),
    services: toVisited(registry, person),
  }));
  const world = {
    databaseFile: join(folder, 'peer.db'),
    port,
    secret,
    services: registry.services.map((service) => ({ ...service })),
    people: people.map(({ services, ...person }) => ({ ...person, clientIds: services.map(({ clientId }) => clientId) })),
  };
  const file = join(folder, 'world.json');
  writeFileSync(file, JSON.stringify(world), { mode: 0o600 });
  const server = await startServer(fileURLToPath(import.meta.resolve('./serve-better-auth.mjs')), file);
  const target: Target = {
    name: 'better-auth',
    issuer: `http://localhost:${port}${base}`,
    paths: {
      authorize: `${base}/oauth2/authorize`,
      token: `${base}/oauth2/token`,
      userinfo: `${base}/oauth2/userinfo`,
      keys: `${base}/jwks`,
    },
    scope,
    visits: people.flatMap(({ services, token }, person) =>
      services.map((service) => ({ person, service, cookie: toCookie(secret, token) })),
    ),
    people: people.length,
    nextFirst: () => {
      throw new RangeError('nobody comes there for the first time');
    },
    publicServices: [],
    programs: [],
    enter: async () => {
      throw new RangeError('nobody comes there for the first time');
    },
  };
  const close = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, target, signingKey: registry.signingKey, close };
}

type Turn = Readonly<Record<'huwiya' | 'plain' | 'peer', Round>>;

function toRatio(unit: UnitName, turns: readonly Turn[]): PeerRatio {
  return {
    unit,
    peerMs: toMedian(turns.map(({ peer }) => peer.cpuMs)),
    byHuwiya: toMedian(turns.map(({ huwiya, peer }) => peer.cpuMs / huwiya.cpuMs)),
    byPlain: toMedian(turns.map(({ peer, plain }) => peer.cpuMs / plain.cpuMs)),
  };
}

function print(ratios: readonly PeerRatio[]): void {
  const head = ['Unit', 'better-auth, ms CPU', '÷ Huwiya', '÷ plain'];
  console.log(
    toTable([
      head,
      ...ratios.map(({ byHuwiya, byPlain, peerMs, unit }) => [unit, peerMs.toFixed(2), byHuwiya.toFixed(2), byPlain.toFixed(2)]),
    ]),
  );
}

/** CPU of the peer for each unit, and how it stands to the two others in the same run. */
export async function measurePeers(options: Options): Promise<readonly PeerRatio[]> {
  const peer = await startPeer(options);
  const started = await startSides({ ...options, units });
  const { huwiya, plain } = started.sides;
  try {
    await warmUp(started.sides, { ...options, units });
    await checkAnswers(peer, ['secret']);
    await runRound(peer, 'W1u', { connections: options.connections, seconds: Number.POSITIVE_INFINITY, operations: options.warmUp });
    const extent = { connections: options.connections, seconds: options.seconds, operations: options.seconds * operationsPerSecond };
    const ratios: PeerRatio[] = [];
    for (const unit of units) {
      const turns: Turn[] = [];
      for (let round = 0; round < options.rounds; round += 1) {
        turns.push({
          huwiya: await runRound(huwiya, unit, extent),
          plain: await runRound(plain, unit, extent),
          peer: await runRound(peer, unit, extent),
        });
      }
      ratios.push(toRatio(unit, turns));
    }
    print(ratios);
    return ratios;
  } finally {
    await peer.close();
    await started.close();
  }
}
