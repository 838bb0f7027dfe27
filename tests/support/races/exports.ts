// What happens once to a file that an auditor asked for.

import { openCaseDesk } from '../audit-case.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import { getForm } from '../visits.ts';
import { countEntries, repeat } from './arena.ts';
import type { SingleUse } from './arena.ts';

const wanted = { form: 'csv', service: 'mol-work-permit', recipient: 'A court', reason: 'A complaint' };

const callingOff: SingleUse = {
  name: 'calling off a file',
  table: 'entries',
  begin: async ({ world }) => {
    const desk = await openCaseDesk(world, { number: 'race-1', names: ['Race One', 'Race Two'] });
    const list = `${desk.url}/exports`;
    return async () => {
      const page = await desk.send(desk.opener, { page: list, action: /\/exports$/, fields: wanted });
      const { action, fields } = getForm(page, /\/cancel$/);
      const shot = asBrowser(desk.opener.traveller.agent, createPost(world.issuer, new URL(action).pathname, fields));
      const lost = /^409 audit\/export-settled$/;
      return { shots: repeat(() => shot), won: '303 /audit/cases/…/exports/…', lost, left: countEntries('export.cancelled') };
    };
  },
};

export const exportUses: readonly SingleUse[] = [callingOff];
