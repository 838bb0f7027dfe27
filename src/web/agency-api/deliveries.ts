// What became of the messages to a service: told, still trying, given up. Never what they say, nor about whom.

import type { Context } from 'koa';
import type { z } from 'zod';
import { toTimestamp, toTimestampOrNull } from '../../domain/kernel/clock.ts';
import type { MessageState } from '../../domain/outbox/message.ts';
import type { ListedMessage } from '../../domain/outbox/store.ts';
import type { PageNeeds } from '../needs.ts';
import { getService, parseSent } from './access.ts';
import { deliveryQuery, mostListed } from './schemas.ts';
import type { delivery as deliverySchema, deliveryList } from './schemas.ts';

type DeliveryJson = z.infer<typeof deliverySchema>;

const states: Readonly<Record<MessageState, DeliveryJson['state']>> = { waiting: 'waiting', sent: 'delivered', dead: 'given_up' };
const stored = { waiting: 'waiting', delivered: 'sent', given_up: 'dead' } as const;

function toDeliveryJson({ id, topic, state, attempts, failure, ...times }: ListedMessage): DeliveryJson {
  return {
    id,
    kind: topic === 'logout' ? 'logout' : 'security_event',
    state: states[state],
    tries: attempts,
    last_failure: failure,
    created_at: toTimestamp(times.createdAt),
    next_try_at: state === 'waiting' ? toTimestamp(times.nextAttemptAt) : null,
    tried_until: toTimestamp(times.giveUpAt),
    delivered_at: toTimestampOrNull(times.sentAt),
  };
}

export async function listDeliveries(needs: PageNeeds, ctx: Context): Promise<void> {
  const { clientId } = await getService(needs, ctx);
  const query = parseSent(needs, ctx, { schema: deliveryQuery, value: { ...ctx.query } });
  if (query === undefined) {
    return;
  }
  const { state, cursor = null } = query;
  const messages = await needs.outbox.listOfRecipient(clientId, {
    state: state === 'all' ? null : stored[state],
    before: cursor,
    limit: mostListed,
  });
  const next = messages.length < mostListed ? null : (messages.at(-1)?.id ?? null);
  const answer: z.infer<typeof deliveryList> = { items: messages.map(toDeliveryJson), next };
  ctx.body = answer;
}
