// `huwiya agencies list`

import type { Context, ExitCode } from './context.ts';
import { printJson, printTable } from './print.ts';

export async function runAgenciesList(context: Context, options: { readonly json: boolean }): Promise<ExitCode> {
  const agencies = await context.storage.agencies.listAgencies();
  const services = await context.storage.agencies.listServices();
  if (options.json) {
    const listed = agencies.map(({ id, registrationNumber, name }) => ({
      id,
      registration_number: registrationNumber,
      name,
      services: services
        .filter(({ service }) => service.agencyId === id)
        .map(({ service }) => ({ client_id: service.clientId, class: service.serviceClass, status: service.status, name: service.name })),
    }));
    printJson(context.out, { agencies: listed });
    return 0;
  }
  const bare = agencies.filter(({ id }) => !services.some(({ service }) => service.agencyId === id));
  printTable(context.out, [
    ['AGENCY', 'CLIENT_ID', 'CLASS', 'STATUS', 'NAME'],
    ...services.map(({ service }) => [service.agencyId, service.clientId, service.serviceClass, service.status, service.name.en]),
    ...bare.map(({ id, name }) => [id, '-', '-', '-', name.en]),
  ]);
  return 0;
}
