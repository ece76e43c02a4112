// `dargah verify`: a signed document, a receipt or the evidence of an inquiry, checked offline with public keys alone.
import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as pki from 'pkijs';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { LEDGER_NAME, ROOT } from '#main/compose.ts';
import { noteVerifier, openKeys } from '#outside/keys.ts';
import { verifyPdf } from '#outside/verify-pdf.ts';
import { verifyReceipt } from '#proofs/receipt.ts';
import type { NoteVerifier } from '#proofs/types.ts';
import { findingLines } from './check.ts';
import type { Options, Outcome } from './outcome.ts';
import { fromHere } from './paths.ts';
import { checkEvidence } from './verify-evidence.ts';

type Checked = {
  readonly file: string;
  readonly kind: 'document' | 'receipt' | 'evidence';
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly facts: Readonly<Record<string, unknown>>;
};

/** The keys to trust: those given, else those of this machine's own data folder. */
async function trust(
  options: Options,
): Promise<{ readonly ledger: NoteVerifier | undefined; readonly authority: readonly pki.Certificate[] }> {
  const folder = join(options.data === undefined ? join(ROOT, 'data') : fromHere(options.data), 'keys');
  const own = existsSync(join(folder, 'documents.json')) ? await openKeys(folder, LEDGER_NAME) : undefined;
  return {
    ledger: options.key === undefined ? own?.ledger.verifier : noteVerifier(LEDGER_NAME, options.key),
    authority: options.authority === undefined ? (own?.documents.chain ?? []) : [await certificate(fromHere(options.authority))],
  };
}

async function certificate(file: string): Promise<pki.Certificate> {
  const parsed = new X509Certificate(await readFile(file));
  return pki.Certificate.fromBER(Uint8Array.from(parsed.raw).buffer);
}

async function verifyFile(file: string, options: Options): Promise<Checked> {
  const bytes = await readFile(fromHere(file));
  const json = parsed(bytes.toString('utf8'));
  if (isObject(json) && String(json['dargah']).startsWith('evidence/')) {
    return { file, kind: 'evidence', ...(await checkEvidence(bytes.toString('utf8'), options)) };
  }
  const keys = await trust(options);
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    const { ok, findings, signedBy, at, sha256 } = await verifyPdf(bytes, keys.authority);
    return { file, kind: 'document', ok, findings, facts: { signedBy, at, sha256 } };
  }
  if (!keys.ledger) throw new KeyMissing();
  const { ok, findings, included, event } = await verifyReceipt(json, keys.ledger);
  return {
    file,
    kind: 'receipt',
    ok,
    findings,
    facts: { included, case: event?.['case'], type: event?.['type'], at: event?.['at'] },
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

class KeyMissing extends Error {
  override readonly name = 'Refusal';
  constructor() {
    super('no key to check with: give --key, or --data with the city’s data folder');
  }
}

export async function verify(files: readonly string[], options: Options): Promise<Outcome> {
  const missing = files.find((file) => !existsSync(fromHere(file)));
  if (missing !== undefined)
    return { ok: false, lines: [`${missing}: there is no such file`], result: [{ file: missing, ok: false }] };
  const checked: Checked[] = [];
  for (const file of files) checked.push(await verifyFile(file, options));
  const lines = checked.flatMap(({ file, kind, ok, findings, facts }) => [
    `${file}: ${ok ? 'good' : 'NOT GOOD'} (${kind})`,
    ...Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${String(value)}`])),
    ...findings.flatMap((one) => findingLines(one, options.language)),
  ]);
  return { ok: checked.every((one) => one.ok), lines, result: checked };
}
