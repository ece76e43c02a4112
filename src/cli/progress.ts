// How far something is: a bar that stays in its line on a terminal, elsewhere a line every few seconds. Silent where nobody reads.
import type { LoadProgress } from '#work/registry/loading.ts';

const BAR = 30;
const EVERY_MS = 5000;

type Output = { write(text: string): unknown; readonly isTTY?: boolean };

export function progressLine(
  to: Output | undefined,
  clock: () => number = () => performance.now(),
): { show(progress: LoadProgress): void; end(): void } {
  const from = clock();
  let last = from;
  let isShown = false;
  return {
    show({ rows, rejected, done }) {
      if (to === undefined) return;
      const rate = Math.round((rows * 1000) / Math.max(clock() - from, 1));
      const counts = `${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')}/s${rejected > 0 ? `, ${rejected.toLocaleString('en')} rejected` : ''}`;
      const part = done === null ? '' : `${String(Math.floor(done * 100)).padStart(3)} % `;
      if (to.isTTY === true) {
        const full = Math.round((done ?? 0) * BAR);
        const bar = done === null ? '' : `[${'█'.repeat(full)}${' '.repeat(BAR - full)}] `;
        to.write(`\r\u001B[K${bar}${part}${counts}`);
        isShown = true;
      } else if (clock() - last >= EVERY_MS) {
        last = clock();
        to.write(`${part}${counts}\n`);
      }
    },
    end() {
      if (isShown) to?.write('\n');
    },
  };
}
