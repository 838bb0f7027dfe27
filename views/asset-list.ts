// Which files the browser may fetch besides pages, and nothing else. The server reads them once, names each by its content
// (`huwiya.css` → `/assets/huwiya.<hash>.css`) and serves them as immutable.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkScript } from './link-script.ts';

export type Asset = {
  /** Stable name; in style sheets it is written `/assets/<name>`. */
  readonly name: string;
  /** Absolute path of the source. */
  readonly file: string;
  readonly type: string;
  /** The module in `file` together with those that it imports. */
  readonly isLinked?: boolean;
};

/** What a page names, each address with its content hash: `/assets/huwiya.3f2a….css`. */
export type PageAssets = {
  readonly stylesheet: string;
  /** Wanted by every page before its first paint. */
  readonly fonts: readonly string[];
  readonly sign: string;
  readonly webauthn: string;
  readonly ceremony: string;
  /** Checks what the pages of auditors were given. */
  readonly audit: string;
  /** Says how far a file has come that is on its way. */
  readonly exportProgress: string;
  /** Sends the form of a page that goes on by itself. */
  readonly goOn: string;
};

const fontPackage = '@fontsource/ibm-plex-sans-arabic/files';
const fontNames = [
  'ibm-plex-sans-arabic-arabic-400-normal.woff2',
  'ibm-plex-sans-arabic-arabic-700-normal.woff2',
  'ibm-plex-sans-arabic-latin-400-normal.woff2',
  'ibm-plex-sans-arabic-latin-700-normal.woff2',
];

function toOwnFile(name: string): string {
  return join(import.meta.dirname, 'assets', name);
}

/** Both scripts of nearly every page, one file for each weight. Preloaded, so that a page is painted once and with its letters. */
const pageFontNames = ['huwiya-sans-400.woff2', 'huwiya-sans-700.woff2'];

/** The bundle is no export of its package, so it is found beside the module that is. */
const webauthnBundle = fileURLToPath(new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser')));

/** `findAddress`: stable name → address as served. */
export function toPageAssets(findAddress: (name: string) => string): PageAssets {
  return {
    stylesheet: findAddress('huwiya.css'),
    fonts: pageFontNames.map(findAddress),
    sign: findAddress('sign.svg'),
    webauthn: findAddress('webauthn.js'),
    ceremony: findAddress('ceremony.js'),
    audit: findAddress('audit.js'),
    exportProgress: findAddress('export-progress.js'),
    goOn: findAddress('go-on.js'),
  };
}

/** In the order in which they must be hashed: the style sheet names the fonts, so it comes after them. */
export const assetList: readonly Asset[] = [
  ...pageFontNames.map((name) => ({ name, file: toOwnFile(`fonts/${name}`), type: 'font/woff2' })),
  ...fontNames.map((name) => ({ name, file: fileURLToPath(import.meta.resolve(`${fontPackage}/${name}`)), type: 'font/woff2' })),
  { name: 'sign.svg', file: toOwnFile('sign.svg'), type: 'image/svg+xml' },
  { name: 'webauthn.js', file: webauthnBundle, type: 'text/javascript; charset=utf-8' },
  { name: 'ceremony.js', file: toOwnFile('ceremony.js'), type: 'text/javascript; charset=utf-8' },
  { name: 'audit.js', file: toOwnFile('audit.js'), type: 'text/javascript; charset=utf-8', isLinked: true },
  { name: 'export-progress.js', file: toOwnFile('export-progress.js'), type: 'text/javascript; charset=utf-8' },
  { name: 'go-on.js', file: toOwnFile('go-on.js'), type: 'text/javascript; charset=utf-8' },
  { name: 'huwiya.css', file: toOwnFile('huwiya.css'), type: 'text/css; charset=utf-8' },
];

/** Without comments and indentation, which only weigh. */
const toLight = (styleSheet: string): string => styleSheet.replace(/\/\*[^]*?\*\/\s*/g, '').replace(/^ +/gm, '');

/** As it is served, but for the addresses in a style sheet. */
export function readSource({ file, type, isLinked }: Asset): Buffer {
  if (isLinked === true) {
    return Buffer.from(linkScript(file));
  }
  return type.startsWith('text/css') ? Buffer.from(toLight(readFileSync(file, 'utf8'))) : readFileSync(file);
}

const verifierFile = fileURLToPath(new URL('../docs/reference/huwiya-verify.mjs', import.meta.url));

/** The offline verifier as one file, as `npm run docs` printed it. */
export function readVerifierFile(): string {
  return readFileSync(verifierFile, 'utf8');
}

/** Writes the hashed addresses into a style sheet. `addresses`: stable name → address as served. An unknown name stops the start. */
export function linkAssets(styleSheet: string, addresses: ReadonlyMap<string, string>): string {
  return styleSheet.replace(/\/assets\/([a-z0-9.-]+)/g, (_, name: string) => {
    const address = addresses.get(name);
    if (address === undefined) {
      throw new TypeError(`the style sheet names an asset that is not served: ${name}`);
    }
    return address;
  });
}

const fontFace = /@font-face\s*\{[^}]*\}\s*/g;

/** The font of a rule as text inside it; of fonts that only a rare letter needs nothing. */
function toInlineFont(rule: string): string {
  const name = pageFontNames.find((font) => rule.includes(`/assets/${font}`));
  const file = name === undefined ? undefined : readFileSync(toOwnFile(`fonts/${name}`), 'base64');
  return file === undefined ? '' : rule.replace('optional', 'block').replace(/url\("[^"]*"\)/, `url("data:font/woff2;base64,${file}")`);
}

/** Style and script that stand inside the page /verify, the style without its indentation, which only weighs. It has to read the same from a disk, on a device that may have no Arabic letters of its own. */
export function readVerifyParts(): { readonly style: string; readonly script: string } {
  const style = toLight(readFileSync(toOwnFile('huwiya.css'), 'utf8').replace(fontFace, toInlineFont));
  return { style, script: linkScript(toOwnFile('verify.js')) };
}
