// Every call that leaves goes through here (security findings M20, RG-08 to RG-10). One place decides where to, how long and how much; it follows no
// redirect, sends no cookie, asks for no compression and says nothing about anybody but what the caller hands it.

import { request as requestPlain } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestTls } from 'node:https';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { findDestination } from './destination.ts';
import type { Address, Destination, DestinationFault, GuardRules, Resolve } from './destination.ts';

export type GuardedRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Headers as they came; empty where there was none. */
export type GuardedAnswer = {
  readonly status: number;
  readonly type: string;
  readonly retryAfter: string;
  readonly cacheControl: string;
  /** Never unpacked: an answer that came compressed although we asked it not to is no text. */
  readonly body: string;
};

/** Stable codes: they stand in the outbox, in the log and in the guide for operators. */
export type OutboundFailure =
  | DestinationFault
  | 'timed-out'
  | 'unreachable'
  | 'certificate-refused'
  | 'redirected'
  | 'too-large'
  | 'no-http';

export type GuardedOutcome =
  | { readonly ok: true; readonly value: GuardedAnswer }
  | { readonly ok: false; readonly failure: OutboundFailure };

export type GuardedFetch = (request: GuardedRequest) => Promise<GuardedOutcome>;

export type GuardNeeds = {
  readonly rules: GuardRules;
  readonly resolve: Resolve;
  /** Certificate authorities trusted besides those of the runtime, in PEM. */
  readonly extraCa: string | undefined;
  /** For everything together, from the question for the address to the last byte. */
  readonly timeoutMs: number;
};

const longestAnswerBytes = 65_536;
const longestHeadBytes = 16_384;

class Refused extends Error {
  readonly failure: OutboundFailure;

  constructor(failure: OutboundFailure) {
    super(failure);
    this.name = 'Refused';
    this.failure = failure;
  }
}

function findCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

const ofCertificates = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;

function toFailure(thrown: unknown, signal: AbortSignal): OutboundFailure {
  if (thrown instanceof Refused) {
    return thrown.failure;
  }
  if (signal.aborted) {
    return 'timed-out';
  }
  const code = findCode(thrown);
  if (ofCertificates.test(code)) {
    return 'certificate-refused';
  }
  return code.startsWith('HPE_') ? 'no-http' : 'unreachable';
}

/** Gives the addresses that were judged, whatever the name says by now. */
function pinTo(addresses: readonly Address[]): NonNullable<RequestOptions['lookup']> {
  return (_host, options, answer) => {
    const [first] = addresses;
    if (options.all === true || first === undefined) {
      answer(null, [...addresses]);
    } else {
      answer(null, first.address, first.family);
    }
  };
}

function readBody(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    answer.on('data', (part: Buffer) => {
      size += part.length;
      parts.push(part);
      if (size > longestAnswerBytes) {
        reject(new Refused('too-large'));
        answer.destroy();
      }
    });
    answer.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    answer.on('error', reject);
  });
}

async function toAnswer(answer: IncomingMessage): Promise<GuardedAnswer> {
  const { statusCode: status = 0, headers } = answer;
  if (status >= 300 && status < 400) {
    answer.destroy();
    throw new Refused('redirected');
  }
  const body = await readBody(answer);
  const { 'content-type': type = '', 'retry-after': retryAfter = '', 'cache-control': cacheControl = '' } = headers;
  return { status, type, retryAfter, cacheControl, body };
}

type Call = {
  readonly needs: GuardNeeds;
  readonly asked: GuardedRequest;
  readonly signal: AbortSignal;
  readonly trust: { readonly secureContext?: SecureContext };
};

function send({ asked, signal, trust }: Call, { url, addresses }: Extract<Destination, { ok: true }>): Promise<GuardedAnswer> {
  const options = {
    method: asked.method,
    headers: { ...asked.headers, 'accept-encoding': 'identity', connection: 'close', 'user-agent': 'Huwiya' },
    // No connection is kept: the next call to the same name is judged anew.
    agent: false,
    lookup: pinTo(addresses),
    maxHeaderSize: longestHeadBytes,
    signal,
  } as const;
  return new Promise((resolve, reject) => {
    const answerTo = (answer: IncomingMessage): void => {
      toAnswer(answer).then(resolve, reject);
    };
    const call = url.protocol === 'https:' ? requestTls(url, { ...options, ...trust }, answerTo) : requestPlain(url, options, answerTo);
    call.on('error', reject);
    call.end(asked.body);
  });
}

async function findInTime(call: Call): Promise<Destination> {
  const { rules, resolve } = call.needs;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new Refused('timed-out'));
  call.signal.addEventListener('abort', stop);
  try {
    return await Promise.race([promise, findDestination(rules, resolve, call.asked.url)]);
  } finally {
    call.signal.removeEventListener('abort', stop);
  }
}

/** Made once: reading every authority of the runtime takes long. */
function toTrust(extraCa: string | undefined): Call['trust'] {
  return extraCa === undefined ? {} : { secureContext: createSecureContext({ ca: [...getCACertificates('default'), extraCa] }) };
}

export function createGuardedFetch(needs: GuardNeeds): GuardedFetch {
  const trust = toTrust(needs.extraCa);
  return async (asked) => {
    const call: Call = { needs, asked, trust, signal: AbortSignal.timeout(needs.timeoutMs) };
    try {
      const destination = await findInTime(call);
      return destination.ok ? { ok: true, value: await send(call, destination) } : destination;
    } catch (thrown) {
      return { ok: false, failure: toFailure(thrown, call.signal) };
    }
  };
}
