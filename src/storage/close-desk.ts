// What an officer had open ends with their standing: sessions and links that nobody used. For acts that hold the officer's row.

import type { Millis } from '../domain/kernel/clock.ts';
import type { Act } from './engine.ts';

export function* closeDesk(officerId: string, at: Millis): Act<void> {
  yield { text: 'UPDATE staff_sessions SET ended_at = ? WHERE officer_id = ? AND ended_at IS NULL', values: [at, officerId] };
  yield { text: 'DELETE FROM officer_invitations WHERE officer_id = ? AND used_at IS NULL', values: [officerId] };
}
