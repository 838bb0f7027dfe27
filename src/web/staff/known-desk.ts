import { Fault } from '../../domain/kernel/errors.ts';
import { desks } from '../../domain/staff/desks.ts';
import type { Desk } from '../../domain/staff/desks.ts';

export function toKnownDesk(text: string): Desk {
  const desk = desks.find((known) => known === text);
  if (desk === undefined) {
    throw new Fault('request/not-found', 'no such desk');
  }
  return desk;
}
