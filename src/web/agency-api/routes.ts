// The addresses of the interface for agencies.

import type { Context } from 'koa';
import { agencyApiPath } from '../../domain/duties/service-notice.ts';
import type { PageNeeds } from '../needs.ts';
import { metadataPath } from './access.ts';
import { checkConsents } from './check-consents.ts';
import { listDeliveries } from './deliveries.ts';
import { listDuties, submitAnswer } from './duties.ts';
import { serveOpenApi, serveResourceMetadata } from './openapi.ts';

type ApiRoute = readonly [
  method: 'get' | 'post',
  path: string,
  answer: (needs: PageNeeds, ctx: Context, parameter: string) => Promise<void>,
  parameter?: string,
];

export const agencyApiRoutes: readonly ApiRoute[] = [
  ['post', `${agencyApiPath}/consents/status`, checkConsents],
  ['get', `${agencyApiPath}/duties`, listDuties],
  ['post', `${agencyApiPath}/duties/:duty/answer`, submitAnswer, 'duty'],
  ['get', `${agencyApiPath}/deliveries`, listDeliveries],
  ['get', `${agencyApiPath}/openapi.json`, serveOpenApi],
  ['get', metadataPath, serveResourceMetadata],
];
