// The portal's static files: read once at startup, each under a URL that holds the hash of its content, so it may be kept for ever.
// Never serves a file that is not listed here; knows no web framework.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Compiled files live in dist/portal/ui; what `tsc` does not copy is read from the sources beside it. */
const PUBLIC = new URL('../../../src/portal/public-assets/', import.meta.url);
const ISLANDS = new URL('../islands/', import.meta.url);

const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
} as const;

/** In order of need: the style sheet names fonts and pattern by URL, so they come before it. */
const FILES = [
  { name: 'vazirmatn-regular.woff2', folder: PUBLIC },
  { name: 'vazirmatn-bold.woff2', folder: PUBLIC },
  { name: 'mark.svg', folder: PUBLIC },
  { name: 'pattern.svg', folder: PUBLIC },
  { name: 'portal.css', folder: PUBLIC },
  { name: 'diagram.css', folder: PUBLIC },
  { name: 'place.css', folder: PUBLIC },
  { name: 'registry.css', folder: PUBLIC },
  { name: 'enhance.js', folder: ISLANDS },
] as const;
export type AssetName = (typeof FILES)[number]['name'];

export type Asset = { readonly name: AssetName; readonly url: string; readonly type: string; readonly body: Uint8Array };

/** For every asset: what its URL promises. */
export const ASSET_CACHE = 'public, max-age=31536000, immutable';
export const ASSET_PREFIX = '/assets/';

const byName = new Map<AssetName, Asset>();
const byUrl = new Map<string, Asset>();

for (const { name, folder } of FILES) {
  const asset = hashed(name, await readFile(new URL(name, folder)));
  byName.set(name, asset);
  byUrl.set(asset.url, asset);
}

function hashed(name: AssetName, content: Uint8Array): Asset {
  const extension = name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES;
  const body = extension === 'css' ? Buffer.from(withUrls(squeezed(Buffer.from(content).toString('utf8')))) : content;
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return { name, url: `${ASSET_PREFIX}${name.slice(0, -extension.length)}${hash}.${extension}`, type: TYPES[extension], body };
}

/** Without comments and the white space that only people need. Enough for a sheet that has no strings with signs in them. */
function squeezed(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/ > /g, '>')
    .replaceAll(';}', '}')
    .trim();
}

/** `url(name)` of an asset read before becomes its hashed URL. */
function withUrls(css: string): string {
  return css.replace(/url\(([\w.-]+)\)/g, (whole, name: AssetName) => (byName.has(name) ? `url(${assetUrl(name)})` : whole));
}

/** `/assets/portal.<hash>.css`. */
export function assetUrl(name: AssetName): string {
  const asset = byName.get(name);
  if (!asset) throw new Error(`no asset ${name}`);
  return asset.url;
}

/** The asset at a request's path, or undefined: a 404. */
export function findAsset(url: string): Asset | undefined {
  return byUrl.get(url);
}

export function listAssets(): readonly Asset[] {
  return [...byName.values()];
}
