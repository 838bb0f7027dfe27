// What every act has at hand, and the one way in which what it is told is written down.

import { Unanswered, toOutcome } from './history.ts';
import type { History, Line } from './history.ts';
import type { Citizen } from './citizen.ts';
import type { CrashWorld } from './world.ts';

export type Scene = { readonly world: CrashWorld; readonly history: History; readonly citizen: Citizen };

export type Asked = Pick<Line, 'act' | 'about'>;

/** Does what the act is about and writes down what was told; whoever was told nothing stops there. */
export async function tell({ history, citizen }: Scene, asked: Asked, work: () => Promise<number>): Promise<number> {
  const status = await work().catch(() => 599);
  const outcome = toOutcome(status);
  history.write({ who: citizen.name, ...asked, outcome });
  if (outcome === 'unknown') {
    throw new Unanswered(`${asked.act} ${asked.about}`);
  }
  return status;
}
