// The portal as a child process that is to be killed composes it: address and folder from its arguments, its clock AHEAD_MS ahead,
// so that a successor comes when the leases of the dead have run out.
import { randomBytes } from 'node:crypto';
import { fromEpochMillis } from '#base/instant.ts';
import { compose } from '#main/compose.ts';
import type { Composed } from '#main/compose.ts';

export function composeToCrash(): Promise<Composed> {
  const [appUrl = '', dataFolder = ''] = process.argv.slice(2);
  const ahead = Number(process.env['AHEAD_MS'] ?? 0);
  const world = { now: () => fromEpochMillis(Date.now() + ahead), random: (bytes: number) => randomBytes(bytes) };
  return compose({ appUrl, dataFolder, origin: 'http://localhost', production: false, ticking: false, world });
}
