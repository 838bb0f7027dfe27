// The person's row is the lock of links and passkeys: of two invitations at once the later replaces the earlier, and a first link never stands beside a
// passkey that is registered at the same moment. Whoever takes it takes it before any other row.

import type { Statement } from './engine.ts';

export function lockPerson(personId: string): Statement {
  return { text: 'UPDATE people SET updated_at = updated_at WHERE id = ?', values: [personId] };
}
