// A browser's form with files: texts as a body, each file handed on while the rest still streams. Files are judged elsewhere.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '#base/refusal.ts';

export type SentFile = { readonly field: string; readonly name: string; readonly sha256: string; readonly stream: Readable };
export type SentForm = { readonly body: Readonly<Record<string, unknown>>; readonly refusals: readonly Refusal[] };

/** Largest file held in memory at a time; a form's own limit is usually lower. */
export const LARGEST_FILE = 16 * 1024 * 1024;

/** `keep` is called for each file that came, in order, with the texts sent before it. Its refusals are collected, not thrown. */
export async function readMultipart(
  request: FastifyRequest,
  keep: (file: SentFile, body: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<SentForm> {
  const body: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const refusals: Refusal[] = [];
  for await (const part of request.parts({
    limits: { fileSize: LARGEST_FILE, files: 20, fields: 300, fieldSize: 100_000, parts: 320 },
  })) {
    if (part.type === 'field') {
      const before = body[part.fieldname];
      body[part.fieldname] = before === undefined ? part.value : [before, part.value].flat();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of part.file as AsyncIterable<Buffer>) chunks.push(chunk);
    if (part.filename === undefined || part.filename === '') continue;
    try {
      if (part.file.truncated)
        throw new Refusal('upload-too-large', { name: part.filename, limit: '16 MB', pointer: `/${part.fieldname}` });
      const sha256 = digestOf(chunks);
      await keep({ field: part.fieldname, name: part.filename, sha256, stream: Readable.from(chunks) }, body);
    } catch (error) {
      if (!(error instanceof Refusal) || !error.code.startsWith('upload-')) throw error;
      refusals.push(error);
    }
  }
  return { body, refusals };
}

function digestOf(chunks: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
