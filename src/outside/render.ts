// Typst to PDF/A-2a, in this process, with our fonts alone. A template sees its data, the city's letterhead and a QR code; no file, no network.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { JsonObject } from '#base/json.ts';
import type { Instant } from '#base/instant.ts';
import { toEpochMillis } from '#base/instant.ts';
import { qrSvg } from './qr.ts';

export class RenderError extends Error {
  override readonly name = 'RenderError';
}

export type Renderer = (order: { readonly template: string; readonly data: JsonObject; readonly at: Instant }) => Promise<Uint8Array>;

/** `letterhead`: path of documents/dargah.typ. The compiler is made once: 5 ms a document afterwards. */
export function openRenderer(letterhead: string): Renderer {
  const fonts = join(createRequire(import.meta.url).resolve('vazirmatn/package.json'), '..', 'fonts', 'ttf');
  const fontBlobs = ['Regular', 'Medium', 'Bold'].map((weight) => readFileSync(join(fonts, `Vazirmatn-${weight}.ttf`)));
  // An empty folder is all a template can reach.
  const workspace = mkdtempSync(join(tmpdir(), 'dargah-typst-'));
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
  compiler.mapShadow(join(workspace, 'dargah.typ'), readFileSync(letterhead));
  return async ({ template, data, at }) => {
    const qr = await qrSvg(String(data['verify']));
    // Everything from here to the bytes is synchronous: two documents cannot see each other's files.
    compiler.mapShadow(join(workspace, 'qr.svg'), Buffer.from(qr));
    const compiled = compiler.compile({ mainFileContent: template, inputs: { data: JSON.stringify(data) } });
    const faults = compiled.takeError();
    if (!compiled.result) throw new RenderError(`The template does not compile: ${JSON.stringify(faults?.shortDiagnostics ?? [])}`);
    return compiler.pdf(compiled.result, { pdfStandard: 'a-2a', pdfTags: true, creationTimestamp: Math.floor(toEpochMillis(at) / 1000) });
  };
}
