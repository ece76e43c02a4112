// The process that runs Typst, started by render.ts: without the city's environment and at nobody's side, so that a template can neither
// look around nor hold up the city. Reads the letterhead and our fonts once; afterwards knows what each job brings, and no file.
import { readFileSync, writeFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export type Job = {
  readonly template: string;
  /** JSON text. */
  readonly data: string;
  /** Names without a folder, `qr.svg`; the template reads them as `/qr.svg`. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Seconds since 1970. */
  readonly timestamp: number;
};
export type Done = { readonly pdf: Uint8Array } | { readonly faults: readonly string[] };

/** There is no such folder, and nobody can make one: all that a template can reach are the files mapped below. */
const ROOT = '/dev/null/dargah';
/** Results of earlier compilations that are kept, in compilations: Typst's own advice for repeated runs. */
const CACHE_AGE = 10;

const [letterhead = '', ...fonts] = process.argv.slice(2);
dieFirst();
const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(font)) }] });
compiler.mapShadow(`${ROOT}/dargah.typ`, readFileSync(letterhead));

process.on('message', (job: Job) => process.send?.(render(job)));
process.on('disconnect', () => process.exit(0));

function render({ template, data, files, timestamp }: Job): Done {
  const paths = Object.keys(files).map((name) => `${ROOT}/${name}`);
  for (const [name, content] of Object.entries(files)) compiler.mapShadow(`${ROOT}/${name}`, Buffer.from(content));
  try {
    const compiled = compiler.compile({ mainFileContent: template, inputs: { data } });
    if (!compiled.result) return { faults: words(compiled.takeError()?.shortDiagnostics ?? []) };
    return { pdf: compiler.pdf(compiled.result, { pdfStandard: 'a-2a', pdfTags: true, creationTimestamp: timestamp }) };
  } catch (error) {
    // What PDF/A forbids is found on export, and thrown.
    return { faults: spoken(error instanceof Error ? error.message : String(error)) };
  } finally {
    for (const path of paths) compiler.unmapShadow(path);
    compiler.evictCache(CACHE_AGE);
  }
}

function words(diagnostics: readonly { readonly message?: unknown }[]): readonly string[] {
  return diagnostics.map((one) => String(one.message ?? 'unknown fault'));
}

/** Export faults arrive as one Rust value in its debug form; what a person can use of it are its messages. */
function spoken(debug: string): readonly string[] {
  const messages = Array.from(debug.matchAll(/message: "((?:[^"\\]|\\.)*)"/g), ([, message = '']) =>
    message.replace(/\\(.)/g, '$1'),
  );
  return messages.length > 0 ? messages : [debug];
}

/** A template that eats all memory ends this process before any other (proc(5), oom_score_adj). Linux alone has the file. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Elsewhere the time limit has to do.
  }
}
