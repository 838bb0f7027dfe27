// The engine's grant id names a consent record, a session and a service; the Grant itself is never stored (decision 3).

export type GrantId = {
  /** Null for our own first-party pages, which share nothing. */
  readonly consentId: string | null;
  readonly sessionUid: string;
  readonly clientId: string;
};

export function toGrantId(grant: GrantId): string {
  return [grant.consentId ?? '', grant.sessionUid, grant.clientId].join('~');
}

/** Undefined for a text that is no grant id of ours. */
export function findGrantId(text: unknown): GrantId | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  const [consentId, sessionUid, ...rest] = text.split('~');
  const clientId = rest.join('~');
  if (consentId === undefined || sessionUid === undefined || sessionUid === '' || clientId === '') {
    return undefined;
  }
  return { consentId: consentId === '' ? null : consentId, sessionUid, clientId };
}
