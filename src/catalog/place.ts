// Gives findings the name of the file they are about, where the room that found them could not know it.
import type { Finding } from '#base/finding.ts';

export function inFile(file: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((one) => Object.assign({}, one, { file }));
}
