// The people of one seed, each with a list of things to do, all at once.

import type { Place } from '../support/visits.ts';
import { createDice } from './plan.ts';
import type { ActKind, Plan } from './plan.ts';
import { addPasskey, change, removePasskey, signOut } from './own-acts.ts';
import type { Scene } from './scene.ts';
import { exchangeTwice, refresh, release, visit } from './visit-acts.ts';
import { createHistory } from './history.ts';
import type { History } from './history.ts';
import type { CrashWorld } from './world.ts';

type Act = (scene: Scene, place: Place) => Promise<void>;

/** What stands can be ended or changed, what was paused goes on, and everything else begins with a visit. */
const ifStanding =
  (act: Act): Act =>
  async (scene, place) => {
    const standing = scene.citizen.records[place];
    if (standing === 'paused') {
      return change(scene, place, 'resume');
    }
    return standing === 'stands' ? act(scene, place) : visit(scene, place);
  };

const deeds: Readonly<Record<ActKind, Act>> = {
  visit: ifStanding(visit),
  withdraw: ifStanding(async (scene, place) => change(scene, place, 'withdraw')),
  narrow: ifStanding(async (scene, place) => change(scene, place, 'narrow')),
  pause: ifStanding(async (scene, place) => change(scene, place, 'pause')),
  'exchange-twice': ifStanding(exchangeTwice),
  refresh,
  'rotate-refresh': refresh,
  release,
  'add-passkey': addPasskey,
  'remove-passkey': removePasskey,
  'sign-out': signOut,
};

export function toScenes(world: CrashWorld, { seed, lanes }: Plan): readonly Scene[] {
  const history = createHistory();
  const { people } = world;
  return lanes.flatMap((_, lane) => {
    const citizen = people[(seed + lane) % people.length];
    return citizen === undefined ? [] : [{ world, history, citizen }];
  });
}

/** Until everything is done, or one thing was not answered. Which request failed in which way is in the history. */
async function runLane(scene: Scene, asked: readonly ActKind[], pick: () => Place): Promise<void> {
  for (const kind of asked) {
    await deeds[kind](scene, pick());
  }
}

export async function runLanes(scenes: readonly Scene[], plan: Plan): Promise<readonly string[]> {
  const stopped = scenes.map(async (scene, lane) => {
    const dice = createDice(plan.seed * 31 + lane);
    return runLane(scene, plan.lanes[lane] ?? [], () => dice.pick<Place>(['permit', 'permit', 'clinic'])).then(
      () => '',
      (error: unknown) => String(error),
    );
  });
  return (await Promise.all(stopped)).filter((reason) => reason !== '');
}

export const getHistory = ([scene]: readonly Scene[]): History => scene?.history ?? createHistory();
