// `huwiya agencies preview SERVICE`: the pages on which people will decide, as files, before anybody does.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Purpose, RegisteredService } from '../domain/agencies/agency.ts';
import { readState } from '../domain/agencies/apply-agencies.ts';
import { checkAgencies } from '../domain/agencies/check-agencies.ts';
import { toRegistration } from '../domain/agencies/to-registered.ts';
import { toBasis } from '../domain/agencies/agency.ts';
import type { PersonKind } from '../domain/people/person.ts';
import { findChangedPreview, findConfirmPreview, renderPreview, toPreviewedKinds } from '../web/interactions/preview.ts';
import { readVerifyParts, toPageAssets } from '../../views/asset-list.ts';
import { createDates } from '../../views/dates.ts';
import { createTexts } from '../../views/messages/messages.ts';
import type { Frame } from '../../views/models.ts';
import { toPreviewFile } from '../../views/preview.ts';
import { printRefused, readProposal, toRules } from './agencies-findings.ts';
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
  const purposes = found.purposes.filter(({ id }) => options.purpose === undefined || id === options.purpose);
  const followed = await Promise.all(purposes.map(async (purpose) => toFollowed(context, options, purpose)));
  const pages = followed.flatMap((each) => toPages(found, each, options.kind));
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
  const findings = checkAgencies(toRules(context.config), proposal, state);
  if (findings.some(({ severity }) => severity === 'refusal')) {
    printRefused(context, asked, findings);
    return 'refused';
  }
  return toRegistration(proposal, options.service) ?? 'unknown';
}

type Followed = { readonly purpose: Purpose; readonly before: Purpose | undefined };

/** With the version that people may have agreed to: the one before, and of a file the one that is registered. */
async function toFollowed({ storage: { agencies } }: Context, { file }: PreviewOptions, purpose: Purpose): Promise<Followed> {
  const { clientId, id, version } = purpose;
  if (file === undefined) {
    return { purpose, before: await agencies.findPurposeVersion(clientId, id, version - 1) };
  }
  const before = (await agencies.findService(clientId))?.purposes.find((registered) => registered.id === id);
  return { purpose: { ...purpose, version: (before?.version ?? 0) + 1 }, before };
}

type Page = Followed & { readonly kind: PersonKind; readonly language: 'ar' | 'en' };

/** Nothing for a kind of person whom the service does not serve. */
function toPages(registered: RegisteredService, followed: Followed, kind: string | undefined): readonly Page[] {
  const { audience } = registered.service;
  const kinds = kind === undefined ? toPreviewedKinds(registered, followed.purpose) : audience.filter((served) => served === kind);
  return kinds.flatMap((each) => (['ar', 'en'] as const).map((language) => ({ ...followed, kind: each, language })));
}

const shownPages = ['first', 'changed', 'confirm'] as const;
type ShownPage = (typeof shownPages)[number];

type Written = {
  readonly purpose: string;
  readonly kind: PersonKind;
  readonly basis: string;
  /** At a first visit, asked again after a change, or confirming with the passkey. */
  readonly page: ShownPage;
  readonly language: string;
  readonly path: string;
};
type Writing = { readonly pages: readonly Page[]; readonly folder: string };

function toName({ service }: RegisteredService, { purpose, kind }: Page, shown: ShownPage): (language: string) => string {
  const middle = shown === 'first' ? '' : `-${shown}`;
  return (language) => `${service.clientId}-${purpose.id}-${kind}${middle}-${language}.html`;
}

function write({ clock, issuer }: Context, registered: RegisteredService, { pages, folder }: Writing): readonly Written[] {
  const { style } = readVerifyParts();
  mkdirSync(folder, { recursive: true });
  return pages.flatMap((page) => {
    const { purpose, kind, language, before } = page;
    const asked = { registered, purpose, kind, now: clock.now() };
    const frameOf = (shown: ShownPage): Frame =>
      createFrame(issuer, language, toName(registered, page, shown)(language === 'ar' ? 'en' : 'ar'));
    const documents: Readonly<Record<ShownPage, string | undefined>> = {
      first: renderPreview(frameOf('first'), asked),
      changed: before && findChangedPreview(frameOf('changed'), asked, before),
      confirm: findConfirmPreview(frameOf('confirm'), asked, `?${toName(registered, page, 'first')(language)}`),
    };
    return shownPages.flatMap((shown): readonly Written[] => {
      const document = documents[shown];
      if (document === undefined) {
        return [];
      }
      const path = join(folder, toName(registered, page, shown)(language));
      writeFileSync(path, toPreviewFile(document, { style, siteUrl: issuer }));
      return [{ purpose: purpose.id, kind, basis: toBasis(purpose, kind).type, page: shown, language, path }];
    });
  });
}

function createFrame(issuer: string, language: 'ar' | 'en', otherLanguageUrl: string): Frame {
  return {
    texts: createTexts(language),
    dates: createDates(language, 'Asia/Riyadh'),
    assets: toPageAssets((name) => `/assets/${name}`),
    siteHost: new URL(issuer).host,
    homeUrl: `${issuer}/`,
    verifyUrl: `${issuer}/verify`,
    otherLanguageUrl: `?${otherLanguageUrl}`,
    signedIn: null,
    finish: null,
  };
}
