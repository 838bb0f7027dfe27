import { Fault } from '../kernel/errors.ts';
import { unsealData } from '../people/seal-data.ts';
import type { Channel } from './channel.ts';
import { changeLifeMs, mostTries } from './contact-change.ts';
import type { ContactChange } from './contact-change.ts';
import type { DeclaredNeeds } from './needs.ts';
import { toDestinationOwner } from './send-code.ts';

export type WaitingChange = {
  readonly change: ContactChange;
  readonly address: string;
  /** 0 when the code can no longer be used. */
  readonly triesLeft: number;
};

export function openAddress(needs: Pick<DeclaredNeeds, 'dataKey'>, change: ContactChange): string {
  const { address } = unsealData(needs.dataKey, toDestinationOwner(change.id), change.destination);
  if (typeof address !== 'string') {
    throw new Fault('internal/unexpected', 'a change of a contact holds no address');
  }
  return address;
}

export type WaitingAsked = { readonly personId: string; readonly channel: Channel; readonly sessionDigest: string };

/** The change that this session began and that new codes can still be had for. */
export async function findContactChange(needs: DeclaredNeeds, asked: WaitingAsked): Promise<WaitingChange | undefined> {
  const change = await needs.declared.findChange(asked.personId, asked.channel);
  const now = needs.clock.now();
  if (change === undefined || change.sessionDigest !== asked.sessionDigest || change.begunAt + changeLifeMs <= now) {
    return undefined;
  }
  const triesLeft = change.expiresAt <= now ? 0 : mostTries - change.tries;
  return { change, address: openAddress(needs, change), triesLeft };
}
