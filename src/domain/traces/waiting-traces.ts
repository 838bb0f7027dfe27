// Traces that wait to be written. Each share has a room of its own, and in it whoever waits with the most gives way, so that nobody is passed over because of
// somebody else's flood. They are taken in turns.

import { traceShares } from './store.ts';
import type { KeptTrace, TraceShare } from './store.ts';

export type WaitingTraces = {
  /** Whether one more of this service would stay. */
  readonly hasRoom: (clientId: string, share: TraceShare) => boolean;
  /** The one that gives way to it, which may be itself. */
  readonly add: (kept: KeptTrace) => KeptTrace | undefined;
  /** One of each share and service, and again. */
  readonly take: (most: number) => readonly KeptTrace[];
};

const mostOfShare = 1000;

type Room = { count: number; readonly byService: Map<string, KeptTrace[]> };

function findLongest({ byService }: Room): readonly [string, KeptTrace[]] | undefined {
  let longest: readonly [string, KeptTrace[]] | undefined;
  for (const entry of byService) {
    longest = longest === undefined || entry[1].length > longest[1].length ? entry : longest;
  }
  return longest;
}

/** Undefined where nobody has to; otherwise the service, this one too where it waits with the most itself. */
function findYielding(room: Room, clientId: string): string | undefined {
  if (room.count < mostOfShare) {
    return undefined;
  }
  const [name = clientId, list = []] = findLongest(room) ?? [];
  return list.length > (room.byService.get(clientId)?.length ?? 0) ? name : clientId;
}

function append({ byService }: Room, clientId: string, kept: KeptTrace): void {
  const list = byService.get(clientId);
  if (list === undefined) {
    byService.set(clientId, [kept]);
  } else {
    list.push(kept);
  }
}

/** No list is ever empty. */
function removeWith(room: Room, clientId: string, remove: (list: KeptTrace[]) => KeptTrace | undefined): KeptTrace | undefined {
  const list = room.byService.get(clientId) ?? [];
  const removed = remove(list);
  room.count -= removed === undefined ? 0 : 1;
  if (list.length === 0) {
    room.byService.delete(clientId);
  }
  return removed;
}

function takeNext(room: Room): KeptTrace | undefined {
  const [clientId, list] = room.byService.entries().next().value ?? [];
  if (clientId === undefined || list === undefined) {
    return undefined;
  }
  // Whoever was served comes last.
  room.byService.delete(clientId);
  room.byService.set(clientId, list);
  return removeWith(room, clientId, (waiting) => waiting.shift());
}

function addTo(room: Room, kept: KeptTrace): KeptTrace | undefined {
  const { clientId } = kept.trace;
  const yielding = findYielding(room, clientId);
  if (yielding === clientId) {
    return kept;
  }
  const over = yielding === undefined ? undefined : removeWith(room, yielding, (waiting) => waiting.pop());
  append(room, clientId, kept);
  room.count += 1;
  return over;
}

export function createWaitingTraces(): WaitingTraces {
  const rooms: Readonly<Record<TraceShare, Room>> = {
    proven: { count: 0, byService: new Map() },
    unproven: { count: 0, byService: new Map() },
    begun: { count: 0, byService: new Map() },
    steps: { count: 0, byService: new Map() },
  };
  return {
    hasRoom: (clientId, share) => findYielding(rooms[share], clientId) !== clientId,
    add: (kept) => addTo(rooms[kept.share], kept),
    take: (most) => {
      const taken: KeptTrace[] = [];
      let found = true;
      while (found && taken.length < most) {
        const next = traceShares.map((share) => takeNext(rooms[share])).filter((kept) => kept !== undefined);
        taken.push(...next);
        found = next.length > 0;
      }
      return taken;
    },
  };
}
