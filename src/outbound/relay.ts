// The way to the relay of the operator, as a transport: TLS or nothing, nothing read from disk or fetched for a letter, and an end to every wait.

import { getCACertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type { SmtpRelay } from '../config/config.ts';
import { isLoopbackHost } from '../config/parse-address.ts';

export type RelayNeeds = {
  readonly relay: SmtpRelay;
  /** Certificate authorities trusted besides those of the runtime, in PEM. */
  readonly extraCa: string | undefined;
};

const waitMs = 5000;

/** Towards a loopback host nobody listens in between, and no certificate names it. */
function toTls({ relay, extraCa }: RelayNeeds): {
  readonly secure: boolean;
  readonly requireTLS?: boolean;
  readonly ignoreTLS?: boolean;
  readonly tls: object;
} {
  const tls = extraCa === undefined ? {} : { ca: [...getCACertificates('default'), extraCa] };
  if (relay.tls === 'implicit') {
    return { secure: true, tls };
  }
  return isLoopbackHost(relay.host) ? { secure: false, ignoreTLS: true, tls } : { secure: false, requireTLS: true, tls };
}

export function createRelayTransport(needs: RelayNeeds) {
  const { host, port, login } = needs.relay;
  return createTransport({
    host,
    port,
    ...toTls(needs),
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
    dnsTimeout: waitMs,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

type Facts = { readonly code: string; readonly responseCode: number | undefined };

function toFacts(thrown: unknown): Facts {
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'unknown';
  const response = thrown instanceof Error && 'responseCode' in thrown ? thrown.responseCode : undefined;
  return { code, responseCode: typeof response === 'number' ? response : undefined };
}

/** A code of the protocol or of the library, never the words of the relay: those repeat the address. */
export function toRelayFailure(thrown: unknown): string {
  const { code, responseCode } = toFacts(thrown);
  // Whatever the relay said: that there is no TLS is what an operator has to know.
  const isBare = responseCode === undefined || code === 'ETLS';
  return isBare ? `mail-${code.toLowerCase().replaceAll(/[^a-z]/g, '')}` : `smtp-${responseCode}`;
}

const ofTheLetter: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

/** Whether the relay will say the same next time: 5yz about this letter (RFC 5321 §4.2.1). A login that is refused is the operator's to mend. */
export function isFinal(thrown: unknown): boolean {
  const { code, responseCode } = toFacts(thrown);
  return responseCode !== undefined && responseCode >= 500 && ofTheLetter.has(code);
}

const longestMs = 12_000;

class TimedOut extends Error {
  readonly code = 'ETIMEDOUT';
}

/** The library ends each wait; this ends a relay that answers each of many questions just in time. */
export async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimedOut('the relay took too long')), longestMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
