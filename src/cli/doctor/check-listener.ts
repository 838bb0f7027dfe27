// Whether the address of the node is free, or answered by a node of this issuer. Speaks to the node's own address only.

import { readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { createServer } from 'node:net';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Config } from '../../config/config.ts';
import { failed, passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const longestWaitMs = 3000;
const longestAnswer = 100_000;

const readiness = z.object({ status: z.string(), checks: z.record(z.string(), z.string()) });
const discovery = z.object({ issuer: z.string() });

async function readBody(answer: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > longestAnswer) {
      throw new RangeError('the answer is too long');
    }
  }
  return JSON.parse(text);
}

/** What the node answers, as if it had been asked through its own name; undefined where nothing of that kind answers. */
async function findAnswer({ issuer, listen, tls }: Config, path: string): Promise<unknown> {
  const { host, hostname } = new URL(issuer);
  const asked = { host: listen.host, port: listen.port, path, headers: { host }, timeout: longestWaitMs, agent: false };
  const named = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { servername: hostname } : {};
  // Trusted is the certificate of the settings and no other: whoever answers with another one is not this node.
  const trusted = (file: string) => ({ ...named, ca: readFileSync(file), allowPartialTrustChain: true });
  try {
    return await new Promise((resolve, reject) => {
      const take = (answer: IncomingMessage): void => void readBody(answer).then(resolve, reject);
      const sent = tls === undefined ? requestPlain(asked, take) : requestSecure({ ...asked, ...trusted(tls.certificateFile) }, take);
      sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
      sent.once('error', reject).end();
    });
  } catch {
    return undefined;
  }
}

/** Undefined when it is free; else why it cannot be had. */
async function findHindrance({ host, port }: Config['listen']): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

export type Standing = 'free' | 'answered' | 'unknown';

export type ListenerReport = { readonly standing: Standing; readonly findings: readonly Finding[] };

function toReport(standing: Standing, finding: Finding): ListenerReport {
  return { standing, findings: [finding] };
}

async function lookAtNode(config: Config, address: string): Promise<ListenerReport> {
  const found = discovery.safeParse(await findAnswer(config, '/.well-known/openid-configuration'));
  if (found.data?.issuer !== config.issuer) {
    const other = failed('listener', `${address} is answered by something else`, 'Stop the other program, or set another HUWIYA_LISTEN');
    return toReport('unknown', other);
  }
  const ready = readiness.safeParse(await findAnswer(config, '/readyz'));
  const wrong = Object.entries(ready.data?.checks ?? {}).filter(([, value]) => value !== 'ok');
  if (ready.data?.status === 'ok') {
    return toReport('answered', passed('listener', `a node of this issuer answers at ${address} and is ready`));
  }
  const names = wrong.map(([name]) => name).join(', ');
  return toReport('answered', failed('listener', `the node at ${address} is not ready (${names})`, 'Look into its log; it says why'));
}

/** A proxy says by a header whose certificate it saw: believed of whoever reaches the port, which is the operator's to close. */
function warnOfOpenDoor({ certificateDoor: door }: Config): readonly Finding[] {
  const isOpen = door?.header !== undefined && ['0.0.0.0', '::'].includes(door.listen.host);
  const detail =
    'HUWIYA_MTLS_LISTEN takes connections at every address of this machine, and whoever reaches it says whose certificate they have';
  return isOpen ? [warned('listener', detail, 'Listen at the address that the proxy calls, and see that nobody else reaches it')] : [];
}

/** That of a node that runs is taken by the node. */
async function checkDoor(config: Config, standing: Standing): Promise<readonly Finding[]> {
  const { certificateDoor: door } = config;
  const hindrance = door === undefined || standing !== 'free' ? undefined : await findHindrance(door.listen);
  const detail = `${door?.listen.host}:${door?.listen.port} cannot be had (${hindrance})`;
  const taken = hindrance === undefined ? [] : [failed('listener', detail, 'Stop the other program, or set another HUWIYA_MTLS_LISTEN')];
  return [...taken, ...warnOfOpenDoor(config)];
}

async function lookAtOwn(config: Config): Promise<ListenerReport> {
  const { host, port } = config.listen;
  const address = `${host}:${port}`;
  const hindrance = await findHindrance(config.listen);
  if (hindrance === undefined) {
    return toReport('free', passed('listener', `${address} is free; no node runs there`));
  }
  return hindrance === 'EADDRINUSE'
    ? lookAtNode(config, address)
    : toReport('unknown', failed('listener', `this process may not listen at ${address} (${hindrance})`, 'Set another HUWIYA_LISTEN'));
}

export async function checkListener({ config }: Ground): Promise<ListenerReport> {
  if (!config.ok) {
    return toReport('unknown', warned('listener', 'not looked at', 'Repair the configuration first'));
  }
  const { standing, findings } = await lookAtOwn(config.value);
  return { standing, findings: [...findings, ...(await checkDoor(config.value, standing))] };
}
