// Bodies that are refused or never come, sent to every address that takes one: each is answered, and the process lives on.

import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../support/command.ts';
import { startOnlyNode } from '../support/only-node.ts';
import { toPort } from '../support/raw-request.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const addresses = [
  '/account/consents/x/withdraw',
  '/account/security/sessions/x/end',
  '/account/sign-out',
  '/auth',
  '/enrol',
  '/enrol/x/verify',
  '/interaction/x/decision',
  '/interaction/x/sign-in/verify',
  '/office/people',
  '/office/people/evidence',
  '/office/people/hand-over',
  '/office/submissions/x',
  '/staff/enrol/x/verify',
  '/staff/sign-in/verify',
  '/staff/sign-out',
  '/token',
] as const;

const tooLong = new URLSearchParams({ token: 'x'.repeat(64 * 1024) }).toString();

/** Promises ten bytes, sends three and hangs up. */
async function hangUp(issuer: string, path: string): Promise<void> {
  const socket = connect(toPort(issuer), '127.0.0.1');
  await once(socket, 'connect');
  const head = [`POST ${path} HTTP/1.1`, `Host: ${new URL(issuer).host}`, `Origin: ${issuer}`];
  const body = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 10', '', 'a=b'];
  socket.write([...head, ...body].join('\r\n'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
}

describe('a body that nobody can read', () => {
  let world: World;
  let node: Running;

  beforeAll(async () => {
    world = await createWorld();
    await world.node.stop();
    node = await startOnlyNode(world);
  });
  afterAll(async () => {
    await node.stop();
    rmSync(world.folder, { recursive: true, force: true });
  });

  it.each(addresses)('is refused at %s, of a wrong type, too long or cut off, and the node lives on', async (path) => {
    const send = (headers: Readonly<Record<string, string>>, body: string): Promise<Response> =>
      fetch(`${world.issuer}${path}`, { method: 'POST', headers, body, redirect: 'manual' });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answers = [
      await send({ 'content-type': 'application/json' }, '{}'),
      await send({ ...form, origin: world.issuer }, tooLong),
      await send({ ...form, origin: 'https://elsewhere.example' }, 'token=x'),
    ];
    await hangUp(world.issuer, path);
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect((await fetch(`${world.issuer}/healthz`)).status).toBe(200);
  });
});
