// `huwiya agencies preview SERVICE`: the pages on which people will decide, as files, before anybody does.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Purpose, RegisteredService } from '../domain/agencies/agency.ts';
import { readState } from '../domain/agencies/apply-agencies.ts';
import { checkAgencies } from '../domain/agencies/check-agencies.ts';
import { toRegistration } from '../domain/agencies/to-registered.ts';
import { toBasis } from '../domain/agencies/agency.ts';
import type { PersonKind } from '../domain/people/person.ts';
import { renderPreview, toPreviewedKinds } from '../web/interactions/preview.ts';
import { readVerifyParts, toPageAssets } from '../../views/asset-list.ts';
import { createDates } from '../../views/dates.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { Frame } from '../../views/models.ts';
import { toPreviewFile } from '../../views/preview.ts';
import { printRefused, readProposal } from './agencies-findings.ts';
import type { Context, ExitCode } from './context.ts';
import { printJson, printLine } from './print.ts';

export type PreviewOptions = {
  readonly service: string;
  /** Of a file that need not be applied; otherwise what is registered. */
  readonly file: string | undefined;
  readonly purpose: string | undefined;
  readonly kind: string | undefined;
  readonly folder: string;
  readonly json: boolean;
};

type Found = RegisteredService | 'unknown' | 'refused';

export async function runAgenciesPreview(context: Context, options: PreviewOptions): Promise<ExitCode> {
  const found = await find(context, options);
  if (typeof found === 'string') {
    return found === 'refused' ? 1 : fail(context, options);
  }
  const pages = found.purposes
    .filter(({ id }) => options.purpose === undefined || id === options.purpose)
    .flatMap((purpose) => toPages(found, purpose, options.kind));
  if (pages.length === 0) {
    return fail(context, options);
  }
  const written = write(context, found, { pages, folder: options.folder });
  if (options.json) {
    printJson(context.out, { pages: written });
  } else {
    written.forEach(({ path }) => printLine(context.out, path));
  }
  return 0;
}

function fail(context: Context, { service, purpose = '', kind = '' }: PreviewOptions): ExitCode {
  printLine(context.err, `agencies preview: nothing to show of ${[service, purpose, kind].filter((word) => word !== '').join(' ')}`);
  return 1;
}

async function find(context: Context, options: PreviewOptions): Promise<Found> {
  const { agencies } = context.storage;
  if (options.file === undefined) {
    return (await agencies.findService(options.service)) ?? 'unknown';
  }
  const asked = { file: options.file, json: options.json };
  const proposal = readProposal(context, asked);
  if (proposal === undefined) {
    return 'refused';
  }
  const state = await readState(agencies, proposal);
  const findings = checkAgencies({ isLoopback: context.config.loopback }, proposal, state);
  if (findings.some(({ severity }) => severity === 'refusal')) {
    printRefused(context, asked, findings);
    return 'refused';
  }
  return toRegistration(proposal, options.service) ?? 'unknown';
}

type Page = { readonly purpose: Purpose; readonly kind: PersonKind; readonly language: 'ar' | 'en' };

/** Nothing for a kind of person whom the service does not serve. */
function toPages(registered: RegisteredService, purpose: Purpose, kind: string | undefined): readonly Page[] {
  const { audience } = registered.service;
  const kinds = kind === undefined ? toPreviewedKinds(registered, purpose) : audience.filter((served) => served === kind);
  return kinds.flatMap((each) => (['ar', 'en'] as const).map((language) => ({ purpose, kind: each, language })));
}

type Written = {
  readonly purpose: string;
  readonly kind: PersonKind;
  readonly basis: string;
  readonly language: string;
  readonly path: string;
};
type Writing = { readonly pages: readonly Page[]; readonly folder: string };

function write({ clock, issuer }: Context, registered: RegisteredService, { pages, folder }: Writing): readonly Written[] {
  const { style } = readVerifyParts();
  mkdirSync(folder, { recursive: true });
  return pages.map(({ purpose, kind, language }) => {
    const name = `${registered.service.clientId}-${purpose.id}-${kind}-${language}.html`;
    const path = join(folder, name);
    const frame = createFrame(issuer, language, name.replace(`${language}.html`, `${language === 'ar' ? 'en' : 'ar'}.html`));
    writeFileSync(path, toPreviewFile(renderPreview(frame, { registered, purpose, kind, now: clock.now() }), style));
    return { purpose: purpose.id, kind, basis: toBasis(purpose, kind).type, language, path };
  });
}

function createFrame(issuer: string, language: 'ar' | 'en', otherLanguageUrl: string): Frame {
  return {
    texts: createTexts(language),
    dates: createDates(language, 'Asia/Riyadh'),
    assets: toPageAssets((name) => `/assets/${name}`),
    siteHost: new URL(issuer).host,
    homeUrl: `${issuer}/`,
    otherLanguageUrl: `?${otherLanguageUrl}`,
    signedIn: null,
    finish: null,
  };
}
