// Many receivers of sign-outs at once, each of which misbehaves in its own way, and a person who entered all of their services.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CaseWorld } from './case-world.ts';
import { createService } from './store-samples.ts';
import { findFreePort } from './world.ts';

export type Crowd = {
  /** The address of a receiver that is `down`, `slow`, `302`, `500`, `huge`, or `ok`. */
  readonly urlOf: (kind: 'down' | 'slow' | '302' | '500' | 'huge' | 'ok') => string;
  readonly mostAtOnce: () => number;
  /** How many came where they were sent. */
  readonly elsewhere: () => number;
  readonly close: () => Promise<void>;
};

const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/slow': () => undefined,
  '/302': (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  '/500': (response) => void response.writeHead(500).end(),
  '/huge': (response) => void response.writeHead(200).end('x'.repeat(200_000)),
  '/ok': (response) => void response.writeHead(204).end(),
};

export async function startCrowd(): Promise<Crowd> {
  let [open, most, elsewhere] = [0, 0, 0];
  const server = createServer((request: IncomingMessage, response) => {
    const path = request.url ?? '';
    open += 1;
    most = Math.max(most, open);
    elsewhere += path === '/elsewhere' ? 1 : 0;
    response.once('close', () => {
      open -= 1;
    });
    request.resume();
    answers[path]?.(response);
  });
  const [port, closed] = [await findFreePort(), await findFreePort()];
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    urlOf: (kind) => (kind === 'down' ? `http://localhost:${closed}/` : `http://localhost:${port}/${kind}`),
    mostAtOnce: () => most,
    elsewhere: () => elsewhere,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Registers a service for each receiver, as entered in the one session that this person has open. */
export async function enterServices({ world, database }: CaseWorld, personId: string, uris: readonly string[]): Promise<readonly string[]> {
  const none = { agencies: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };
  const services = uris.map((uri) =>
    createService('mol', {
      clientId: `crowd-${randomUUID()}`,
      sector: randomUUID(),
      metadata: { redirect_uris: [], backchannel_logout_uri: uri },
    }),
  );
  await world.storage.agencies.saveChanges({ ...none, services });
  const columns = 'session_uid, person_id, entered_at, state, ended_at, settled_at, expires_at';
  for (const { clientId } of services) {
    database.run(
      `INSERT INTO service_sessions (id, client_id, sid, ${columns})
        SELECT '${randomUUID()}', '${clientId}', '${randomUUID()}', ${columns} FROM service_sessions
        WHERE person_id = '${personId}' AND state = 'open' AND client_id = 'mol-work-permit' LIMIT 1`,
    );
  }
  return services.map(({ clientId }) => clientId);
}
