// An entry in JSON, the same in a page, in lines, and at the command `huwiya audit query`.

import type { z } from 'zod';
import type { ListedEntry } from '../../domain/audit/look.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import type { entryAnswer } from './answers.ts';

export function toEntryJson({ index, type, at, service, purpose, attributes }: ListedEntry): z.infer<typeof entryAnswer> {
  return { index, type, at: toTimestamp(at), service, purpose, attributes: [...attributes] };
}
