// What the browser says about the ceremony (WebAuthn L3 §5.8.1). The origin comes from the browser and not from the page, which is what makes
// a passkey useless to a look-alike site.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';

export type ExpectedClientData = {
  readonly type: 'webauthn.create' | 'webauthn.get';
  readonly challenge: string;
  readonly origin: string;
};

/** WebAuthn L3 §7.1 steps 5 to 12, §7.2 steps 9 to 14. Unknown members are allowed, as the specification demands. */
export function checkClientData(bytes: Buffer, expected: ExpectedClientData): Outcome<'checked', 'passkey/refused'> {
  const data = findObject(bytes);
  if (data === undefined) {
    return refuse('passkey/refused', 'client-data');
  }
  const failed = findFailed(data, expected);
  return failed === undefined ? succeed('checked') : refuse('passkey/refused', failed);
}

function findFailed(data: Readonly<Record<string, unknown>>, expected: ExpectedClientData): string | undefined {
  if (data['type'] !== expected.type) {
    return 'type';
  }
  // An absent challenge on both sides would be equal: the expected one must be there first.
  if (expected.challenge === '' || data['challenge'] !== expected.challenge) {
    return 'challenge';
  }
  if (data['origin'] !== expected.origin) {
    return 'origin';
  }
  // Our ceremonies never run inside another site's frame.
  return (data['crossOrigin'] === undefined || data['crossOrigin'] === false) && data['topOrigin'] === undefined
    ? undefined
    : 'cross-origin';
}

function findObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    // "UTF-8 decode" of the Encoding Standard, which drops a byte order mark (§7.1 step 5).
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
