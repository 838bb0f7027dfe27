// Builds the engine and is the only way to it: everything that knows oidc-provider lives in this folder, everything else talks to this type.
// It answers protocol requests, tells what a pending interaction waits for, and takes the answer back.

import { Provider } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import type Koa from 'koa';
import type { Context } from 'koa';
import type { KeyObject } from 'node:crypto';
import type { PublishedKey } from '../domain/keys/key-ring.ts';
import { listFrameworks } from '../domain/proofing/find-frameworks.ts';
import type { FrameworkNeeds } from '../domain/proofing/find-frameworks.ts';
import type { ProofingReadNeeds } from '../domain/proofing/find-proofing.ts';
import type { PersonalData, StoredPerson } from '../domain/people/person.ts';
import type { RecoveriesStore } from '../domain/recovery/store.ts';
import { isOfflineAllowed } from './allow-offline.ts';
import { findAccount, getPairwiseSubject } from './account.ts';
import { createAdapterFactory, createClientFinder } from './adapter.ts';
import type { EngineAdapterNeeds } from './adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import { compareSecretByDigest } from './client-secret.ts';
import type { CertificateSource } from './certificates.ts';
import { assertConfiguration } from './assert-configuration.ts';
import { toConfiguration } from './configuration.ts';
import { createCookieKeys } from './cookie-keys.ts';
import { correctDiscovery } from './discovery.ts';
import { findFailureAnswer } from './failure-answer.ts';
import { findFormTarget } from './form-target.ts';
import { nameInsufficientSignIn } from './insufficient-sign-in.ts';
import { createInteractions } from './interaction.ts';
import type { Interactions } from './interaction.ts';
import { keepClients } from './kept-clients.ts';
import { loadGrant } from './load-grant.ts';
import { LocalSigningKey } from './local-signing-key.ts';
import type { MaySign } from './local-signing-key.ts';
import { createSessions } from './person-session.ts';
import type { Sessions } from './person-session.ts';
import { forgetOldHint } from './old-hint.ts';
import type { EnginePages } from './pages.ts';
import { createPrograms } from './program-access.ts';
import type { Programs } from './program-access.ts';
import { createPromptPolicy } from './prompts.ts';
import { createRegistry } from './registry.ts';
import { passOverRequestObject } from './request-object.ts';
import type { Registry, RegistryNeeds } from './registry.ts';
import { passOnDefects } from './defects.ts';
import { createErrorRenderer } from './render-error.ts';
import { createLogoutPages, noteSignOuts } from './logout-pages.ts';
import { findSelfPosting } from './self-posting.ts';
import type { SelfPosting } from './self-posting.ts';
import { createTokenRules, findSubjectOwner } from './token-rules.ts';
import { createTracedRequests } from './traced/traced-requests.ts';
import type { TracedRequests } from './traced/traced-requests.ts';
import { nameUnregisteredGrant } from './unregistered-grant.ts';

export type EngineNeeds = AdapterNeeds &
  RegistryNeeds &
  ProofingReadNeeds &
  FrameworkNeeds &
  Pick<EngineAdapterNeeds, 'findKeys'> & {
    readonly recoveries: Pick<RecoveriesStore, 'listOpen'>;
    readonly issuer: string;
    readonly isSecure: boolean;
    readonly trustedHops: number;
    /** What services see; of each algorithm the one that signs comes first. The engine reads them once: other keys are another engine. */
    readonly signingKeys: readonly PublishedKey[];
    /** Names of keys that signed once and are published no more. */
    readonly goneKids: readonly string[];
    readonly maySign: MaySign;
    readonly cookieKeys: readonly KeyObject[];
    readonly dpopNonceSecret: KeyObject;
    readonly certificates: CertificateSource | undefined;
    readonly referenceKey: KeyObject;
    readonly pages: EnginePages;
    readonly openData: (person: StoredPerson) => PersonalData;
    readonly getSubject: (person: StoredPerson, sector: string) => Promise<string>;
  };

export type Engine = {
  /** The application that answers the paths of the protocol; what is added with `use` comes before it. */
  readonly app: Koa;
  /** What is done to a request and an answer of the protocol right around the engine. MUST come behind the edge, the error boundary and the unit of work. */
  readonly middleware: readonly Koa.Middleware[];
  readonly registry: Registry;
  readonly interactions: Interactions;
  readonly sessions: Sessions;
  /** Who may ask at the auditor's interface. */
  readonly programs: Programs;
  /** Who may ask at the interface for agencies. */
  readonly agencyPrograms: Programs;
  /** Where a page that the engine made by itself posts to in the end. */
  readonly findFormTarget: (ctx: Context) => string | undefined;
  /** What a page of the engine's own posts, and for whom. */
  readonly findSelfPosting: (ctx: Context) => SelfPosting | undefined;
  /** Where a failed answer goes in place of a page that nobody would read. */
  readonly findFailureAnswer: (ctx: Context) => Promise<string | undefined>;
  /** The registered service that a request of the protocol is of. */
  readonly findClientId: (ctx: Context) => string | undefined;
  /** What a trace of a request of the protocol is made of. */
  readonly traced: TracedRequests;
};

type FindSubject = (personId: string, clientId: string) => Promise<string>;

type Parts = { readonly registry: Registry; readonly findSubject: FindSubject };

function toEngineConfiguration(needs: EngineNeeds, { registry, findSubject }: Parts): Configuration {
  const adapter = createAdapterFactory({ ...needs, registry });
  const prompts = {
    registry,
    findSubject,
    clock: needs.clock,
    findOpenRecovery: async (personId: string) => (await needs.recoveries.listOpen(personId, needs.clock.now()))[0]?.id,
  };
  return toConfiguration({
    issuer: needs.issuer,
    isSecure: needs.isSecure,
    longestSessionSeconds: needs.sessionLimits.longestSeconds,
    adapter,
    cookieKeys: createCookieKeys(needs.cookieKeys),
    signingKeys: needs.signingKeys.map((key) => new LocalSigningKey(key, needs.maySign)),
    dpopNonceSecret: needs.dpopNonceSecret.export(),
    certificates: needs.certificates,
    policy: createPromptPolicy(prompts),
    nowSeconds: () => Math.floor(needs.clock.now() / 1000),
    findAccount: (ctx, id) => findAccount({ ...needs, registry }, ctx, id),
    loadGrant: (ctx) => loadGrant(prompts, ctx),
    getSubject: (ctx, accountId, client) => findSubject(accountId, findSubjectOwner(ctx, client)),
    allowsOffline: async (grantId) => isOfflineAllowed(registry, grantId),
    tokenRules: createTokenRules(registry),
    hasPurpose: async (clientId, purposeId) => {
      const registered = await registry.findService(clientId);
      return registered?.purposes.some((purpose) => purpose.id === purposeId) ?? false;
    },
    renderError: createErrorRenderer(needs.pages),
    ...createLogoutPages(needs.pages),
  });
}

export function createEngine(needs: EngineNeeds): Engine {
  const registry = createRegistry(needs);
  const findSubject: FindSubject = (personId, clientId) =>
    getPairwiseSubject({ registry, getSubject: needs.getSubject }, personId, clientId);
  const configuration = toEngineConfiguration(needs, { registry, findSubject });
  assertConfiguration(configuration);
  const provider = new Provider(needs.issuer, configuration);
  provider.proxy = needs.trustedHops > 0;
  provider.maxIpsCount = needs.trustedHops;
  compareSecretByDigest(provider);
  keepClients(provider, createClientFinder({ ...needs, registry }));
  noteSignOuts(provider, needs.pages);
  const traced = createTracedRequests(provider, needs);
  return {
    app: provider,
    middleware: [
      passOnDefects(provider),
      forgetOldHint(needs.goneKids),
      passOverRequestObject({ issuer: needs.issuer, findService: registry.findService }),
      nameUnregisteredGrant(provider),
      correctDiscovery(provider, { certificateOrigin: needs.certificates?.url, listFrameworks: async () => listFrameworks(needs) }),
      nameInsufficientSignIn(provider, registry),
    ],
    registry,
    interactions: createInteractions(provider, { registry, findSubject }),
    sessions: createSessions(provider, needs),
    programs: createPrograms(provider, { ...needs, registry }, 'audit'),
    agencyPrograms: createPrograms(provider, { ...needs, registry }, 'agency'),
    findFormTarget: (ctx) => findFormTarget(provider, ctx),
    findSelfPosting: (ctx) => findSelfPosting(provider, ctx),
    findFailureAnswer: (ctx) => findFailureAnswer(provider, ctx),
    findClientId: (ctx) => {
      const oidc: unknown = ctx['oidc'];
      return oidc instanceof provider.OIDCContext ? oidc.client?.clientId : undefined;
    },
    traced,
  };
}
