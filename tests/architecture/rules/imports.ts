// Rules about who may know whom.

import { posix } from 'node:path';

import { findZone, rootFiles } from '../matrix.ts';
import type { Zone } from '../matrix.ts';
import type { Import, Source } from '../source.ts';
import { isProduct, perFile } from './rule.ts';
import type { Rule, Violation } from './rule.ts';

/** The path of a file of ours, or undefined for a package or a built-in module. */
function toTarget(from: string, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}

function toPackage(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function covers(allowed: readonly string[], target: string): boolean {
  return allowed.some((at) => target === at || (at.endsWith('/') && target.startsWith(at)));
}

export const unknownZone: Rule = perFile('unknown-zone', ({ path }) =>
  findZone(path) === undefined ? ['belongs to no zone of the matrix'] : [],
);

export const importMatrix: Rule = perFile('import-matrix', ({ path, imports }) =>
  imports.flatMap((one) => {
    const zone = findZone(path);
    const target = toTarget(path, one);
    return zone === undefined || target === undefined || isAllowed(zone, target, one) ? [] : [`${zone.at} may not import ${target}`];
  }),
);

function isAllowed(zone: Zone, target: string, { isType }: Import): boolean {
  if (findZone(target) === zone) {
    return true;
  }
  if (rootFiles.includes(target) && isProduct(zone.at)) {
    return mayCompose(zone, target);
  }
  return covers(zone.imports, target) || (isType && covers(zone.types ?? [], target));
}

/** The process and the commands start the composition; nobody starts the process. */
function mayCompose(zone: Zone, target: string): boolean {
  return target === 'src/app.ts' && ['src/main.ts', 'src/cli/'].includes(zone.at);
}

export const thirdParty: Rule = perFile('third-party', ({ path, imports }) =>
  imports.flatMap((one) => {
    const zone = findZone(path);
    const isForeign = toTarget(path, one) === undefined;
    return zone === undefined || !isForeign || mayUse(zone, one.specifier) ? [] : [`${zone.at} may not import ${one.specifier}`];
  }),
);

function mayUse(zone: Zone, specifier: string): boolean {
  if (specifier.startsWith('node:')) {
    return zone.builtins?.includes(specifier) ?? true;
  }
  return zone.packages.includes('*') || zone.packages.includes(toPackage(specifier));
}

/** The WebAuthn library is seen by one file, so that what it answers is interpreted once. */
export const oneWebauthnFile: Rule = (sources) => {
  const users = sources.filter(
    ({ path, imports }) => path.startsWith('src/') && imports.some(({ specifier }) => toPackage(specifier) === '@simplewebauthn/server'),
  );
  return users
    .slice(1)
    .map(({ path }) => ({ rule: 'one-webauthn-file', path, detail: `${users[0]?.path} is the one file that knows the library` }));
};

export const engineInside: Rule = perFile('engine-inside', ({ imports }) =>
  imports.filter(({ specifier }) => specifier.startsWith('oidc-provider/')).map(({ specifier }) => `reaches into the engine: ${specifier}`),
);

export const rawHtml: Rule = perFile('raw-html', ({ path, imports }) =>
  imports
    .filter(({ specifier, clause }) => path !== 'views/html.ts' && toPackage(specifier) === 'hono' && /\braw\b|\*/.test(clause))
    .map(({ specifier }) => `takes the unescaped form from ${specifier}`),
);

export const cycle: Rule = (sources) => {
  const graph = new Map(sources.map((source) => [source.path, source.imports.flatMap((one) => toTarget(source.path, one) ?? [])]));
  const done = new Set<string>();
  const violations: Violation[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      violations.push({ rule: 'cycle', path, detail: [...trail.slice(trail.indexOf(path)), path].join(' → ') });
    }
    if (done.has(path) || trail.includes(path)) {
      return;
    }
    graph.get(path)?.forEach((next) => visit(next, [...trail, path]));
    done.add(path);
  };
  sources.forEach(({ path }: Source) => visit(path, []));
  return violations;
};
