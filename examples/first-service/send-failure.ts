// How a sign-in that failed is answered by the small services of the guide, and what they write into their log: what the provider said, and the number under
// which it can say more (`huwiya agencies trace`). Neither holds a token, or anything about the person.

import type { ServerResponse } from 'node:http';
import * as client from 'openid-client';

function describe(error: unknown): string {
  if (error instanceof client.ResponseBodyError) {
    const number = error.response.headers.get('x-request-id');
    return [error.error, error.error_description, number !== null && `(X-Request-Id ${number})`].filter(Boolean).join(' ');
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
}

export function sendFailure(response: ServerResponse, error: unknown): void {
  // The person, or the provider, said no: there is nothing to mend.
  const refusal = error instanceof client.AuthorizationResponseError ? error.error : undefined;
  if (refusal === undefined) {
    console.error(`the sign-in did not succeed: ${describe(error)}`);
  }
  response.writeHead(refusal === undefined ? 500 : 200, { 'content-type': 'text/plain' }).end(refusal ?? 'the sign-in did not succeed');
}
