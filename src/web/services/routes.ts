// What anybody may read about services without signing in: the register, and the public figures of each month.

import type { Context } from 'koa';
import type { PageNeeds } from '../needs.ts';
import { serveFigures } from '../transparency/serve-figures.ts';
import { showTransparency, showTransparencyMonth } from '../transparency/show-transparency.ts';
import { serveFeed } from './serve-feed.ts';
import { showRegisteredService } from './show-service.ts';
import { showServices } from './show-services.ts';

type Answer = (needs: PageNeeds, ctx: Context, parameter: string) => Promise<void>;

export const publicRoutes: readonly (readonly [method: 'get', path: string, answer: Answer, parameter?: string])[] = [
  ['get', '/services', showServices],
  ['get', '/services.json', serveFeed],
  ['get', '/services/:client', showRegisteredService, 'client'],
  ['get', '/transparency', showTransparency],
  ['get', '/transparency/:month.json', serveFigures, 'month'],
  ['get', '/transparency/:month', showTransparencyMonth, 'month'],
];
