// Bytes that Node cannot read as a request, or not in time: no context exists, so neither language nor host is known. The answer is a page all the
// same, in Arabic, and the connection is closed: what follows on it could be read as anything.

import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { renderErrorPage } from '../../views/error.ts';
import { errorCatalogue } from '../domain/kernel/errors.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import { createBareFrame } from './frame.ts';
import type { WebNeeds } from './needs.ts';
import { createReference } from './reference.ts';
import { toSecurityHeaders } from './security-headers.ts';

type Unreadable = { readonly code: ErrorCode; readonly status: number };

const kinds: ReadonlyMap<string, Unreadable> = new Map([
  ['HPE_HEADER_OVERFLOW', { code: 'request/too-large', status: 431 }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { code: 'request/invalid', status: 408 }],
]);

function toHead(needs: WebNeeds, status: number, sizeBytes: number): string {
  const headers = {
    ...toSecurityHeaders(needs.isSecure),
    Connection: 'close',
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(sizeBytes),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n');
}

export function createUnreadableAnswer(needs: WebNeeds) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { code, status } = kinds.get(error.code ?? '') ?? { code: 'request/invalid', status: errorCatalogue['request/invalid'].status };
    const reference = createReference(needs.random);
    needs.log.fault(code, undefined, { reference, method: '-' });
    const { text } = errorCatalogue[code];
    const page = renderErrorPage(createBareFrame(needs, 'ar'), { code, text, reference, at: needs.clock.now(), back: null });
    socket.end(toHead(needs, status, Buffer.byteLength(page)) + page);
  };
}
