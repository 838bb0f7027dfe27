// Whether the relay lets us in: connection, TLS and login, without a letter.

import { createRelayTransport, toRelayFailure, withDeadline } from './relay.ts';
import type { RelayNeeds } from './relay.ts';

/** Undefined when all is well; otherwise the failure as the outbox would name it. */
export async function findRelayFailure(needs: RelayNeeds): Promise<string | undefined> {
  const transport = createRelayTransport(needs);
  try {
    await withDeadline(transport.verify());
    return undefined;
  } catch (thrown) {
    return toRelayFailure(thrown);
  } finally {
    transport.close();
  }
}
