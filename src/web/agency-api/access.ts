// Who asks here: a service with a token of its own. It is answered about its own records and duties and nothing else.

import type { Context } from 'koa';
import type { z } from 'zod';
import { Fault } from '../../domain/kernel/errors.ts';
import type { ProgramOwner } from '../../oidc/program-access.ts';
import { sendRefusal } from '../error-page.ts';
import type { PageNeeds } from '../needs.ts';
import { findProgramLanguage } from '../problem.ts';
import { noteService } from '../request-log.ts';

export const metadataPath = '/.well-known/oauth-protected-resource/agency/api/v1';

/** Throws the fault that becomes the answer. */
export async function getService(needs: PageNeeds, ctx: Context): Promise<ProgramOwner> {
  const { agencyPrograms } = needs.engine;
  const found = await agencyPrograms.findProgram(ctx);
  if (found.ok) {
    noteService(ctx, found.value.clientId);
    return found.value;
  }
  const pointer = `resource_metadata="${needs.issuer}${metadataPath}"`;
  ctx.set(
    'WWW-Authenticate',
    agencyPrograms.toChallenges(found.code).map((challenge) => `${challenge}, ${pointer}`),
  );
  throw new Fault(found.code, found.detail);
}

type Wrong = { readonly path: readonly PropertyKey[]; readonly code: string };

/** Of several forms that were allowed, the one that what was sent came nearest to. */
function toWrong(issue: z.core.$ZodIssue): readonly Wrong[] {
  if (issue.code !== 'invalid_union') {
    return [issue];
  }
  const depth = (wrong: readonly Wrong[]): number => Math.max(0, ...wrong.map(({ path }) => path.length));
  const [nearest = []] = issue.errors.map((issues) => issues.flatMap(toWrong)).toSorted((a, b) => depth(b) - depth(a));
  return nearest.length === 0 ? [issue] : nearest.map(({ path, code }) => ({ path: [...issue.path, ...path], code }));
}

const mostNamed = 20;

/** What was sent in the form of `schema`, or undefined when the refusal was sent. */
export function parseSent<T>(
  needs: PageNeeds,
  ctx: Context,
  sent: { readonly schema: z.ZodType<T>; readonly value: unknown },
): T | undefined {
  const parsed = sent.schema.safeParse(sent.value);
  if (parsed.success) {
    return parsed.data;
  }
  const detail = needs.texts[findProgramLanguage(needs, ctx)].t('part-refused');
  const errors = parsed.error.issues
    .flatMap(toWrong)
    .slice(0, mostNamed)
    .map(({ path, code }) => ({ parameter: path.map(String).join('.'), problem: code, detail }));
  sendRefusal(needs, ctx, { code: 'agency/body-refused', errors });
  return undefined;
}
