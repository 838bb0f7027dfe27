// What a program needs beside entries: the newest checkpoint, and the values that a filter takes. None of it is an entry, so reading it leaves none.

import type { Context } from 'koa';
import type { z } from 'zod';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { eventCatalogue, isEventType } from '../../domain/ledger/event.ts';
import { toVerifierText } from '../../domain/ledger/signed-note.ts';
import type { PageNeeds } from '../needs.ts';
import { getCaller } from './access.ts';
import type { checkpointAnswer, eventTypesAnswer, servicesAnswer } from './answers.ts';

export async function showCheckpoint(needs: PageNeeds, ctx: Context): Promise<void> {
  await getCaller(needs, ctx);
  const checkpoint = await needs.ledger.findCheckpoint();
  if (checkpoint === undefined) {
    throw new Fault('request/not-found', 'no checkpoint yet');
  }
  const { size, root, at, text } = checkpoint;
  const answer: z.infer<typeof checkpointAnswer> = {
    size,
    root,
    at: toTimestamp(at),
    checkpoint: text,
    log: toVerifierText(needs.logVerifier),
  };
  ctx.body = answer;
}

export async function listEventTypes(needs: PageNeeds, ctx: Context): Promise<void> {
  await getCaller(needs, ctx);
  const types = Object.keys(eventCatalogue).filter(isEventType);
  const answer: z.infer<typeof eventTypesAnswer> = { event_types: types.map((type) => ({ type, when: eventCatalogue[type] })) };
  ctx.body = answer;
}

type ServiceAnswer = z.infer<typeof servicesAnswer>['services'][number];

function toServiceJson({ agency, service, purposes }: RegisteredService): ServiceAnswer {
  return {
    client_id: service.clientId,
    name: { ...service.name },
    class: service.serviceClass,
    status: service.status,
    agency: { id: agency.id, name: { ...agency.name } },
    purposes: purposes.map(({ id, version, text }) => ({ id, version, text: { ...text } })),
  };
}

export async function listServices(needs: PageNeeds, ctx: Context): Promise<void> {
  await getCaller(needs, ctx);
  const services = await needs.agencies.listServices();
  const answer: z.infer<typeof servicesAnswer> = { services: services.map(toServiceJson) };
  ctx.body = answer;
}
