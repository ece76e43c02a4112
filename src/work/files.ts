// Uploads and issued documents: inspected while they stream, kept by content, opened only through the case that holds them.
import type { Readable } from 'node:stream';
import { Refusal } from '#base/refusal.ts';
import type { CaseId } from '#base/ids.ts';
import { fileField } from '#cases/answers.ts';
import type { Actor, FileRef } from '#cases/types.ts';
import { load } from '#store/load.ts';
import type { Reader } from '#store/read-as.ts';
import { perform } from './perform.ts';
import type { Road } from './road.ts';
import { loadCaseFile } from './views/case-file.ts';

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

type Upload = {
  readonly actor: Actor;
  readonly key: string;
  readonly field: string;
  readonly name: string;
  readonly stream: Readable;
};

/** Keeps an upload and attaches it to a field of the case. Throws Refusal `upload-…` with the field's pointer. */
export async function attachFile(road: Road, id: CaseId, upload: Upload): Promise<FileRef> {
  const { actor, key, field: name } = upload;
  const { state } = await load(road.pool, id);
  // Nobody uploads into a case that is not theirs to write: judged before a byte is read.
  if (state.applicant.id !== actor.person && actor.assignments.length === 0) throw new Refusal('case-not-found', { case: id });
  const pkg = await road.catalogue.byDefinition(state.definition);
  const field = fileField(state, name, { package: pkg });
  try {
    const accept = field.accept ?? ['pdf', 'png', 'jpeg'];
    const kept = await road.ports.uploads.inspect(upload.stream, {
      name: upload.name,
      accept,
      maxBytes: field.maxBytes ?? DEFAULT_MAX_BYTES,
    });
    const file: FileRef = { file: `${name}-${kept.sha256.slice(0, 16)}`, ...kept };
    await perform(road, id, { actor, key, command: { type: 'AttachFile', field: name, file } });
    return file;
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('upload-'))
      throw new Refusal(error.code, { ...error.facts, pointer: `/${name}` });
    throw error;
  }
}

/** A file of a case the viewer may see. Throws Refusal `file-not-found`. */
export async function openFile(
  road: Road,
  viewer: { readonly reader: Reader; readonly actor: Actor },
  wanted: { readonly id: CaseId; readonly file: string },
): Promise<{ readonly file: FileRef; readonly stream: Readable }> {
  const { state } = await loadCaseFile(road, viewer, wanted.id);
  const file = state.files.find((one) => one.file === wanted.file);
  if (!file) throw new Refusal('file-not-found', { file: wanted.file });
  return { file, stream: await road.ports.files.open(file.sha256) };
}

/** The signed PDF of a document of a case the viewer may see. Throws Refusal `document-not-found`. */
export async function openDocument(
  road: Road,
  viewer: { readonly reader: Reader; readonly actor: Actor },
  wanted: { readonly id: CaseId; readonly code: string },
): Promise<{ readonly name: string; readonly stream: Readable }> {
  const { state } = await loadCaseFile(road, viewer, wanted.id);
  const document = state.documents.find((one) => one.code === wanted.code);
  if (!document) throw new Refusal('document-not-found', { code: wanted.code });
  return { name: `${state.service}-${state.id}.pdf`, stream: await road.ports.files.open(document.file) };
}
