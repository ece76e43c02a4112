// Uploads judged by what they are, not by what they say: counted while they stream, typed by content, images drawn anew.
// What is refused is never kept.
import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { normalText } from '#base/persian.ts';
import { Refusal } from '#base/refusal.ts';
import type { FilePort, UploadPort } from '#work/ports.ts';

type Kind = 'pdf' | 'png' | 'jpeg';

const MIME: Readonly<Record<Kind, string>> = { pdf: 'application/pdf', png: 'image/png', jpeg: 'image/jpeg' };
const KINDS: Readonly<Record<string, Kind>> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpeg' };
const EXTENSIONS: Readonly<Record<string, Kind>> = { pdf: 'pdf', png: 'png', jpg: 'jpeg', jpeg: 'jpeg' };
/** 40 megapixels: a large phone's photo; a bomb is a thousand times that. */
const MOST_PIXELS = 40_000_000;
const LONGEST_NAME = 120;

/** Decides whether content is harmful; a city configures a scanner (ClamAV INSTREAM). */
export type Scanner = (bytes: Uint8Array) => Promise<'clean' | 'infected'>;

export function openUploads(files: FilePort, scan: Scanner = () => Promise.resolve('clean')): UploadPort {
  return {
    async inspect(stream, declared) {
      const name = safeName(declared.name);
      const bytes = await readWithin(stream, declared.maxBytes, name);
      if (bytes.length === 0) throw new Refusal('upload-missing', { name });
      const kind = await kindOf(bytes, { name, accept: declared.accept });
      if ((await scan(bytes)) === 'infected') throw new Refusal('upload-infected', { name });
      const kept = kind === 'pdf' ? bytes : await drawnAnew(bytes, kind, name);
      return { name, type: MIME[kind], size: kept.length, sha256: await files.put(kept) };
    },
  };
}

/** The last part of a path, without control and bidi characters: `../../x.pdf` is `x.pdf`. */
function safeName(name: string): string {
  const last = normalText(name).split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}"<>|:*?]/gu, '')
    .replace(/^[.\s]+/, '')
    .trim();
  const extension = /\.[a-z0-9]{1,5}$/i.exec(clean)?.[0] ?? '';
  return clean.length > LONGEST_NAME ? clean.slice(0, LONGEST_NAME - extension.length) + extension : clean || 'file';
}

async function readWithin(stream: Readable, limit: number, name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    // Stop reading at once: the rest of a huge upload is not worth a byte of memory.
    if (size > limit) throw new Refusal('upload-too-large', { name, limit: `${Math.floor(limit / 1_000_000)} MB` });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function kindOf(
  bytes: Buffer,
  { name, accept }: { readonly name: string; readonly accept: readonly string[] },
): Promise<Kind> {
  const found = KINDS[(await fileTypeFromBuffer(bytes))?.mime ?? ''];
  const said = EXTENSIONS[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (found && said && found !== said) throw new Refusal('upload-type-mismatch', { name });
  if (!found && said) throw new Refusal('upload-type-mismatch', { name });
  if (!found || !said || !accept.includes(found)) throw new Refusal('upload-type-refused', { name, accept: accept.join(', ') });
  return found;
}

/** Position, camera and whatever hides in an image's margins or behind its end stay behind. */
async function drawnAnew(bytes: Buffer, kind: 'png' | 'jpeg', name: string): Promise<Buffer> {
  try {
    // The header alone is read here: a bomb is told by the size it promises, before a pixel of it is unpacked.
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) throw new Refusal('upload-too-large', { name, limit: `${MOST_PIXELS / 1_000_000} MP` });
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate();
    return await (kind === 'png' ? image.png() : image.jpeg({ quality: 85 })).toBuffer();
  } catch (error) {
    // What the library cannot read is no image, whatever its first bytes say.
    throw error instanceof Refusal ? error : new Refusal('upload-type-mismatch', { name });
  }
}
