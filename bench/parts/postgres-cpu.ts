// CPU that an embedded PostgreSQL has used, all its processes together, as Linux counts it (proc(5)). Undefined where there is no /proc.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Microseconds a tick of /proc: USER_HZ is 100 on every Linux that Node runs on. */
const TICK = 10_000;

type Stat = { readonly parent: number; readonly own: number; readonly reaped: number };

function statOf(pid: string): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15);
    return { parent, own: user + system, reaped: reapedUser + reapedSystem };
  } catch {
    return undefined;
  }
}

/** Microseconds since the server at `home` began: its first process, its children now, and those that ended. */
export function postgresCpu(home: string | undefined): number | undefined {
  try {
    const [pid = ''] = readFileSync(join(home ?? '', 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    const first = statOf(pid);
    if (!first) return undefined;
    const children = readdirSync('/proc').flatMap((one) => (/^\d+$/.test(one) ? (statOf(one) ?? []) : []));
    const living = children.filter(({ parent }) => parent === Number(pid)).reduce((sum, { own }) => sum + own, 0);
    return (first.own + first.reaped + living) * TICK;
  } catch {
    return undefined;
  }
}
