// The configuration of nginx, with nginx itself in front of a node: what reaches the node, what does not, and what is written down.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { prepareDoor, registerCertified } from '../support/certificate-door.ts';
import type { CertificateDoorOfTests } from '../support/certificate-door.ts';
import { createCertificate } from '../support/certificate.ts';
import type { TestCertificate } from '../support/certificate.ts';
import { toObject } from '../support/raw-request.ts';
import { createRequest } from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { describeWithTool, findTool } from './find-tool.ts';

const nginx = findTool('nginx', 'deploy/nginx');
const host = 'id.example.gov';
const deploy = fileURLToPath(new URL('../../deploy/nginx/', import.meta.url));
const day = 86_400_000;

type Ports = Readonly<Record<'people' | 'services' | 'plain' | 'node' | 'door', number>>;

/** The file as it stands, but for its paths and ports. */
function place(folder: string, ports: Ports): string {
  mkdirSync(join(folder, 'tmp'));
  const written = readFileSync(join(deploy, 'huwiya.conf'), 'utf8')
    .replaceAll('listen 443 ', `listen 127.0.0.1:${ports.people} `)
    .replaceAll('listen 9443 ', `listen 127.0.0.1:${ports.services} `)
    .replaceAll('listen 80 ', `listen 127.0.0.1:${ports.plain} `)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${ports.node}`)
    .replaceAll('127.0.0.1:9444', `127.0.0.1:${ports.door}`)
    .replaceAll('/etc/nginx/', `${folder}/`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll('/usr/share/huwiya', deploy.replace(/\/$/, ''));
  writeFileSync(join(folder, 'huwiya.conf'), written);
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/tmp/${kind};`);
  const main = `worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; daemon off; events { worker_connections 256; }
http { ${kinds.join(' ')} include ${folder}/huwiya.conf; }`;
  writeFileSync(join(folder, 'nginx.conf'), process.getuid?.() === 0 ? `user root; ${main}` : main);
  return join(folder, 'nginx.conf');
}

type Asked = {
  readonly to?: 'people' | 'services';
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly name?: string;
  readonly shown?: Pick<TestCertificate, 'certificate' | 'key'>;
};

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

describeWithTool('nginx in front of a node', nginx, (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-nginx-'));
  let door: CertificateDoorOfTests;
  let world: World;
  let server: ChildProcess;
  let ports: Ports;
  const own = createCertificate({ host, from: new Date(Date.now() - day), until: new Date(Date.now() + day) });

  const send = async ({ to = 'people', path, method = 'GET', body = '', headers = {}, name = host, shown }: Asked): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const usual = { host, ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }) };
      const proof = shown === undefined ? {} : { cert: shown.certificate, key: shown.key };
      const at = { host: '127.0.0.1', port: ports[to], servername: name, ca: own.certificate, agent: false, ...proof };
      const sent = request({ ...at, method, path, headers: { ...usual, ...headers } }, (response) => {
        const { statusCode: status = 0 } = response;
        void text(response).then((said) => resolve({ status, headers: response.headers, body: said }), reject);
      });
      sent.on('error', reject).end(body);
    });

  beforeAll(async () => {
    door = await prepareDoor();
    const [people = 0, services = 0, plain = 0, node = 0] = await Promise.all([1, 2, 3, 4].map(findFreePort));
    ports = { people, services, plain, node, door: Number(new URL(door.origin).port) };
    const { HUWIYA_MTLS_CERT: _certificate, HUWIYA_MTLS_KEY: _key, ...env } = door.env;
    const proxied = { HUWIYA_LISTEN: `127.0.0.1:${node}`, HUWIYA_TRUSTED_HOPS: '1', HUWIYA_MTLS_HEADER: 'X-Client-Cert' };
    world = await createWorld({ issuer: `https://${host}`, env: { ...env, ...proxied, HUWIYA_MTLS_URL: `https://${host}:9443` } });
    writeFileSync(join(folder, 'id.pem'), own.certificate);
    writeFileSync(join(folder, 'id.key'), own.key);
    server = spawn(program, ['-p', folder, '-c', place(folder, ports)], { stdio: 'ignore' });
    await vi.waitFor(async () => send({ path: '/' }), { timeout: 20_000, interval: 50 });
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => {
      server.once('exit', resolve);
    });
    server.kill('SIGTERM');
    await ended;
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('IN-05 people reach the node, and what they say of themselves in headers of proxies does not', async () => {
    const discovery = await send({ path: '/.well-known/openid-configuration' });
    expect([discovery.status, toObject(discovery.body)['issuer']]).toEqual([200, `https://${host}`]);
    const { pathname, search } = new URL(createRequest(`https://${host}`, 'permit').url);
    const lies = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '203.0.113.7',
      'x-real-ip': '203.0.113.7',
    };
    const begun = await send({ path: `${pathname}${search}`, headers: { accept: 'text/html', ...lies } });
    expect(begun.status).toBe(303);
    expect((begun.headers['set-cookie'] ?? []).every((cookie) => /; ?secure/i.test(cookie))).toBe(true);
    expect(begun.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    expect(begun.headers['server']).toBe('nginx');
  });

  test('IN-04 another name gets no handshake, and another host no answer of the node', async () => {
    await expect(send({ path: '/', name: 'evil.example' })).rejects.toThrow(/unrecognized name|handshake/i);
    const other = await send({ path: '/', headers: { host: 'evil.example' } });
    expect([other.status, other.headers['x-request-id']]).toEqual([421, undefined]);
  });

  test('IN-01 what is too large is refused before the node, and what the node refuses by the node', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = async (sizeBytes: number) => send({ path: '/token', method: 'POST', body: 'x'.repeat(sizeBytes), headers: form });
    const large = await post(257 * 1024);
    expect([large.status, large.headers['x-request-id']]).toEqual([413, undefined]);
    const refused = await post(100 * 1024);
    expect([refused.status, typeof refused.headers['x-request-id']]).toEqual([400, 'string']);
    expect((await send({ path: '/', headers: { cookie: `a=${'x'.repeat(17 * 1024)}` } })).status).toBe(400);
    expect((await send({ path: '/', headers: { cookie: `a=${'x'.repeat(15 * 1024)}` } })).status).toBe(200);
  });

  test('IN-14 probes and numbers are not for people', async () => {
    for (const path of ['/readyz', '/healthz', '/metrics']) {
      expect([path, (await send({ path })).status]).toEqual([path, 404]);
    }
  });

  test('TK-26 a certificate is passed on as it was shown, and never as somebody wrote it', async () => {
    const subject = { C: 'SA', O: 'Conformance', CN: 'conformance-fapi-1' };
    const clientId = await registerCertified(world, {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=conformance-fapi-1,O=Conformance,C=SA',
    });
    const shown = door.authority.issue({ subject });
    const body = new URLSearchParams({ client_id: clientId, token: 'unknown' }).toString();
    const revoke = async (more: Partial<Asked>, headers: OutgoingHttpHeaders = {}): Promise<unknown> => {
      const form = { host: `${host}:9443`, 'content-type': 'application/x-www-form-urlencoded', ...headers };
      const answer = await send({ to: 'services', path: '/token/revocation', method: 'POST', body, headers: form, ...more });
      return answer.status === 200 ? 'believed' : toObject(answer.body)['error'];
    };
    const written = { 'x-client-cert': encodeURIComponent(shown.certificate) };
    expect(await revoke({ shown })).toBe('believed');
    expect(await revoke({})).toBe('invalid_client');
    expect(await revoke({}, written)).toBe('invalid_client');
    expect(await revoke({ shown: own }, written)).toBe('invalid_client');
    expect(await revoke({ to: 'people' }, { ...written, host })).toBe('invalid_client');
    expect((await send({ to: 'services', path: '/account', headers: { host: `${host}:9443` } })).status).toBe(404);
  });

  test('AL-19 its log leads to the line of the node, and holds no address, path or query', async () => {
    const secret = 'planted-4711-in-a-path';
    const answer = await send({
      path: `/enrol/${secret}?code=${secret}`,
      headers: { referer: `https://${secret}/`, 'user-agent': secret },
    });
    const reference = String(answer.headers['x-request-id']);
    const lines = await vi.waitFor(() => {
      const written = readFileSync(join(folder, 'huwiya.log'), 'utf8');
      expect(written).toContain(reference);
      return written;
    });
    const line = lines.split('\n').find((line) => line.includes(reference)) ?? '';
    expect(Object.keys(toObject(line))).toEqual(['time', 'reference', 'method', 'status', 'seconds', 'node', 'bytes']);
    expect(lines).not.toContain(secret);
    expect(lines).not.toMatch(/"127\.0\.0\.1"|\/enrol/);
    expect(world.logLines.some((line) => line.includes(reference))).toBe(true);
    expect(readFileSync(join(folder, 'huwiya-error.log'), 'utf8')).toBe('');
  });

  test('without a node people read in both languages that nothing has changed', async () => {
    await world.node.stop();
    const answer = await send({ path: '/account' });
    expect([answer.status, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([503, '5', 'text/html; charset=utf-8']);
    expect(answer.body).toMatch(/لم يتغيّر شيء[^]*Nothing has changed/);
  });
});
