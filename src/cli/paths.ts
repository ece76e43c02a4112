// Where the command finds things: names are relative to where the person stands, not to where the program lives.
import { resolve } from 'node:path';

export function fromHere(name: string): string {
  return resolve(process.env['DARGAH_CWD'] ?? process.cwd(), name);
}
