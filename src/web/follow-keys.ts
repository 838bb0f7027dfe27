// With which keys a request is answered: those of this moment, and while the database does not answer those that were seen last, so that a page can say what is wrong.
// They sign nothing then, and after half a minute they are shown to nobody (the ring decides both).

import { Fault } from '../domain/kernel/errors.ts';
import type { KeyRing, Published } from '../domain/keys/key-ring.ts';
import type { Sleep } from '../domain/ledger/sleep.ts';
import type { Log } from '../telemetry/log.ts';

export type FollowNeeds = {
  readonly ring: Pick<KeyRing, 'find' | 'refresh' | 'findLast'>;
  readonly sleep: Sleep;
  readonly log: Pick<Log, 'fault'>;
};

/** `any`: for what is the same under every key, so that it waits for nothing. */
export type Wanted = 'current' | 'any';

/** A database that takes longer is away: others would only wait behind it. That it went away is logged once; whoever needs it says the rest. */
const longestLookMs = 1000;

type Outage = { readonly isOn: () => boolean; readonly begin: (thrown: unknown) => void; readonly end: () => void };

function createOutage(log: FollowNeeds['log']): Outage {
  let isOn = false;
  return {
    isOn: () => isOn,
    begin: (thrown) => {
      if (!isOn) {
        log.fault('store/unavailable', thrown, {});
      }
      isOn = true;
    },
    end: () => {
      isOn = false;
    },
  };
}

/** Undefined where this node has never seen a key. */
export function createKeyFollower({ ring, sleep, log }: FollowNeeds): (wanted: Wanted) => Promise<Published | undefined> {
  const outage = createOutage(log);
  let looking: { readonly inTime: Promise<void> } | undefined;
  const look = async (): Promise<void> => {
    try {
      await ring.refresh();
      outage.end();
    } catch (thrown) {
      outage.begin(thrown);
    } finally {
      looking = undefined;
    }
  };
  const lookInTime = async (): Promise<void> => {
    const ended = new AbortController();
    const late = async (): Promise<void> => {
      await sleep(longestLookMs, ended.signal);
      if (!ended.signal.aborted) {
        outage.begin(new Fault('store/unavailable', 'the database has not said in time which keys there are'));
      }
    };
    await Promise.race([look().finally(() => ended.abort()), late()]);
  };
  return async (wanted) => {
    const fresh = ring.find();
    if (fresh !== undefined) {
      return fresh;
    }
    looking ??= { inTime: lookInTime() };
    if (ring.findLast() === undefined || (wanted === 'current' && !outage.isOn())) {
      await looking.inTime;
    }
    return ring.findLast();
  };
}
