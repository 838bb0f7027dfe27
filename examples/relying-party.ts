// A government service that signs people in with Huwiya: what an agency would write itself, in short files, on openid-client.
// It knows nothing of the provider but its address, and asks no more than the registered purpose says.

import Koa from 'koa';
import { clinic } from './clinic/clinic.ts';
import { permit } from './permit/permit.ts';
import { createService } from './service/application.ts';
import type { Desk } from './service/desk.ts';
import { readSettings } from './service/settings.ts';
import { createTour } from './tour/tour.ts';

const desks = new Map([
  ['mol-work-permit', permit],
  ['moh-clinic', clinic],
]);

/** The demo world shows its tour beside one of the services. */
function createServer(desk: Desk): Koa {
  const app = new Koa();
  const tourFile = process.env['TOUR_FILE'];
  if (tourFile !== undefined) {
    app.use(createTour(tourFile));
  }
  return app.use(createService(settings, desk));
}

const settings = readSettings(process.env);
const desk = desks.get(settings.profile.clientId);
if (desk === undefined) {
  throw new Error(`there is no desk for ${settings.profile.clientId}`);
}
const server = createServer(desk).listen(settings.port, '127.0.0.1', () => {
  console.log(`${settings.profile.name.en}: ${settings.address}`);
});
server.on('error', (error) => {
  console.error(`${settings.profile.name.en} cannot listen at ${settings.address}: ${error.message}`);
  process.exitCode = 1;
});

const stop = (): void => {
  if (process.connected) {
    process.disconnect?.();
  }
  server.close();
  server.closeAllConnections();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
// The demo that started this service is gone: so is the service.
process.once('disconnect', stop);
