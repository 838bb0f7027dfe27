// A small government service that signs people in with Huwiya: what an agency would write itself, in a few short files, on openid-client.
// It knows nothing of the provider but its address, and asks no more than the registered purpose says.

import { createApplication } from './service/application.ts';
import { readSettings } from './service/settings.ts';

const settings = readSettings(process.env);
const server = createApplication(settings).listen(settings.port, '127.0.0.1', () => {
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
