// What happens to requests when a node is told to stop (FT-17): answers are not lost, and nothing stays behind that was committed and not numbered.

import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Environment, Running } from '../support/command.ts';
import { startOnlyNode } from '../support/only-node.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import { toPort } from '../support/raw-request.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { createAssertion } from '../support/service.ts';
import { createEnrolled, visit } from '../support/visits.ts';
import type { Visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Pending = {
  readonly sent: ClientRequest;
  readonly answer: Promise<{ readonly status: number; readonly connection: string; readonly body: string }>;
};

async function read(message: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of message.setEncoding('utf8')) {
    chunks.push(String(chunk));
  }
  return chunks.join('');
}

/** A request that the node has begun to answer, and whose body has not come. */
async function begin(issuer: string, body: string): Promise<Pending> {
  const headers = {
    expect: '100-continue',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  };
  const sent = request({
    host: '127.0.0.1',
    port: toPort(issuer),
    method: 'POST',
    path: '/token',
    headers: { ...headers, host: new URL(issuer).host },
    agent: false,
  });
  const answer = once(sent, 'response').then(async ([message]: IncomingMessage[]) => {
    if (message === undefined) {
      throw new Error('no answer');
    }
    return { status: message.statusCode ?? 0, connection: message.headers.connection ?? '', body: await read(message) };
  });
  answer.catch(() => undefined);
  sent.flushHeaders();
  await once(sent, 'continue');
  return { sent, answer };
}

function toExchange(issuer: string, { answer, request: { verifier } }: Visit): string {
  return new URLSearchParams({
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: permitRedirect,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: createAssertion(issuer),
  }).toString();
}

const ask = async (issuer: string, path: string): Promise<number> => (await fetch(`${issuer}${path}`)).status;

async function waitForStatus(issuer: string, path: string, status: number): Promise<void> {
  while ((await ask(issuer, path)) !== status) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

describe('a node that is told to stop', () => {
  let world: World;

  async function startAlone(env: Environment = {}): Promise<Running> {
    await world.node.stop();
    return startOnlyNode(world, env);
  }

  beforeEach(async () => {
    world = await createWorld();
  });

  /** Codes that wait for their exchange. */
  async function collectCodes(): Promise<readonly Visit[]> {
    const traveller = await createEnrolled(world);
    const visits: Visit[] = [];
    for (let count = 0; count < 4; count += 1) {
      visits.push(await visit(traveller, 'permit', { attributes: ['email'] }));
    }
    return visits;
  }

  afterEach(() => {
    rmSync(world.folder, { recursive: true, force: true });
  });

  test('FT-17: answers every request under way, closes what is idle, numbers what was committed, and ends with 0', async () => {
    const codes = await collectCodes();
    const node = await startAlone();
    const agent = new Agent({ keepAlive: true });
    const idle = request({ host: '127.0.0.1', port: toPort(world.issuer), path: '/healthz', agent });
    idle.end();
    const [idleAnswer]: IncomingMessage[] = await once(idle, 'response');
    idleAnswer?.resume();
    const socket: Socket | null = idle.socket;
    const bodies = codes.map((code) => toExchange(world.issuer, code));
    const pending = await Promise.all(bodies.map((body) => begin(world.issuer, body)));
    const idleClosed = socket === null ? Promise.reject(new Error('no socket')) : once(socket, 'close');
    const ended = node.stop('SIGTERM');
    await idleClosed;
    await expect(fetch(`${world.issuer}/healthz`)).rejects.toThrow('fetch failed');
    pending.forEach(({ sent }, place) => sent.end(bodies[place]));
    const answers = await Promise.all(pending.map(({ answer }) => answer));
    expect(answers.map(({ status, connection }) => `${status} ${connection}`)).toEqual(answers.map(() => '200 close'));
    expect(answers.every(({ body }) => body.includes('access_token'))).toBe(true);
    expect(await ended).toMatchObject({ code: 0 });
    agent.destroy();
    const database = openWorldDatabase(world);
    expect(database.rows('SELECT count(*) AS n FROM entries WHERE log_index IS NULL')).toEqual([{ n: 0 }]);
    expect(database.rows('SELECT max(size) - (SELECT count(*) FROM entries) AS n FROM checkpoints')).toEqual([{ n: 0 }]);
    expect(database.rows("SELECT count(*) AS n FROM artefacts WHERE model = 'AccessToken'")).toEqual([{ n: answers.length }]);
    database.close();
    expect(existsSync(`${world.folder}/node/huwiya.db-wal`)).toBe(false);
  });

  it('says for as long as it was told that it is not ready, and ends at once when it is told again', async () => {
    const node = await startAlone({ HUWIYA_STOP_NOTICE: '30' });
    expect(await ask(world.issuer, '/readyz')).toBe(200);
    node.process.kill('SIGTERM');
    await waitForStatus(world.issuer, '/readyz', 503);
    const unready: unknown = await (await fetch(`${world.issuer}/readyz`)).json();
    expect(unready).toMatchObject({ status: 'unavailable', checks: { accepting: 'failed', database: 'ok' } });
    expect(await ask(world.issuer, '/.well-known/openid-configuration')).toBe(200);
    expect(await ask(world.issuer, '/healthz')).toBe(200);
    expect(await node.stop('SIGTERM')).toMatchObject({ code: 143 });
  });

  const planted = { NODE_OPTIONS: `--import ${new URL('../support/planted-defect.ts', import.meta.url).href}` };

  test('FT-21: ends by itself when something nobody caught goes wrong, says so without its words, and leaves no half of an answer', async () => {
    const [code] = await collectCodes();
    const body = code === undefined ? '' : toExchange(world.issuer, code);
    const node = await startAlone(planted);
    const { answer, sent } = await begin(world.issuer, body);
    node.process.kill('SIGUSR2');
    await expect(answer).rejects.toThrow('socket hang up');
    sent.destroy();
    const ended = await node.stop();
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('internal/unexpected');
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('sara@');
    const next = await startOnlyNode(world);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(`${world.issuer}/token`, { method: 'POST', body, headers })).status).toBe(200);
    await next.stop();
  });

  test('FT-21: answers no probe while it is blocked, and afterwards everybody wholly', async () => {
    const node = await startAlone(planted);
    expect(await ask(world.issuer, '/readyz')).toBe(200);
    node.process.kill('SIGWINCH');
    await expect(fetch(`${world.issuer}/readyz`, { signal: AbortSignal.timeout(2000) })).rejects.toThrow('timeout');
    const waiting = await fetch(`${world.issuer}/.well-known/openid-configuration`);
    expect(await waiting.json()).toMatchObject({ issuer: world.issuer });
    expect(await ask(world.issuer, '/readyz')).toBe(200);
    await node.stop();
  });

  it('waits no longer than ten seconds for a request that does not end', async () => {
    const node = await startAlone();
    const { answer } = await begin(world.issuer, 'grant_type=authorization_code');
    const begunAt = performance.now();
    const ended = await node.stop('SIGTERM');
    expect(ended.code).toBe(0);
    expect(performance.now() - begunAt).toBeGreaterThan(9000);
    expect(performance.now() - begunAt).toBeLessThan(25_000);
    await expect(answer).rejects.toThrow('socket hang up');
  });
});
