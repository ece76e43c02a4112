// CPU and wall time of some work, per turn. CPU is of the whole process: the collector's threads count.

export type Cost = { readonly cpu: number; readonly wall: number };

/** Microseconds per turn: the best of `rounds`, so that a noisy moment of the machine harms none. */
export async function cost(rounds: number, work: () => Promise<number> | number): Promise<Cost> {
  let best: Cost = { cpu: Number.POSITIVE_INFINITY, wall: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    const cpu = process.cpuUsage();
    const began = performance.now();
    const turns = await work();
    const wall = ((performance.now() - began) * 1000) / turns;
    const { user, system } = process.cpuUsage(cpu);
    best = { cpu: Math.min(best.cpu, (user + system) / turns), wall: Math.min(best.wall, wall) };
  }
  return best;
}

/** Turns of `work` in at least `millis`. */
export function turnsIn(millis: number, work: () => void): number {
  const until = performance.now() + millis;
  let turns = 0;
  for (; performance.now() < until; turns += 1) work();
  return turns;
}
