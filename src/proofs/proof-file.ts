// A proof as a file that C2SP tools read (c2sp.org/tlog-proof): position, path, and the checkpoint with whatever cosigned it.
// Says nothing of the leaf: who checks it brings that.
import { fromBase64, toBase64 } from './bytes.ts';
import type { Hash } from './types.ts';

const HEAD = 'c2sp.org/tlog-proof@v1';

/** `extra` is not under any signature. */
export type ProofFile = {
  readonly index: number;
  readonly path: readonly Hash[];
  readonly checkpoint: string;
  readonly extra?: Uint8Array;
};

export function proofText({ index, path, checkpoint, extra }: ProofFile): string {
  const lines = [HEAD, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...path.map(toBase64)];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Undefined where the text is not such a file. The proof is unverified: open its checkpoint, then verify the path in a tree of its size. */
export function readProofText(text: string): ProofFile | undefined {
  const split = text.indexOf('\n\n');
  const [head, ...lines] = text.slice(0, Math.max(0, split)).split('\n');
  const said = lines[0]?.startsWith('extra ') === true ? lines.shift()?.slice('extra '.length) : undefined;
  const extra = said === undefined ? undefined : fromBase64(said);
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  const path = lines.map(fromBase64);
  if (head !== HEAD || index === undefined || !Number.isSafeInteger(Number(index)) || (said !== undefined && !extra))
    return undefined;
  if (!path.every((hash): hash is Hash => hash?.length === 32)) return undefined;
  return { index: Number(index), path, checkpoint: text.slice(split + 2), ...(extra ? { extra } : {}) };
}
