// What runs by itself: the ticker's rounds, and beside them what may take long: webhooks, sums, connectors, the linker.
import { deliverWebhooks } from '#work/contracts/hooks.ts';
import { sumUpUse } from '#work/contracts/use.ts';
import { remindOfDisputes } from '#work/disputes/dispute.ts';
import { remindOfInquiries, silenceInquiries } from '#work/inquiries/silence.ts';
import { askConnector } from '#work/inquiries/ask-outside.ts';
import { linkerOf } from '#work/registry/link.ts';
import { linkRounds } from '#work/registry/round.ts';
import { forgetSpent } from '#work/purse.ts';
import { sequenceWaiting } from '#work/sequencer.ts';
import { startTicker } from '#work/tick.ts';
import type { Road } from '#work/road.ts';

export type Rounds = { nudge(): void; stop(): Promise<void> };

export function startRounds(road: Road, log: (line: string) => void): Rounds {
  const tell = (what: string) => (error: unknown) => log(`${what}: ${String(error)}`);
  const hooks = beside(deliverWebhooks, tell('webhooks'));
  const spent = beside(forgetSpent, tell('spent identifiers'));
  const use = beside(sumUpUse, tell('use of contracts'));
  const linked = linkRounds(linkerOf(road));
  const linking = beside(async () => void ((await linked()) && road.nudge()), tell('linker'));
  const outside = askingEach(tell('connectors'));
  const ticker = startTicker(
    () => road,
    async (at) => {
      await sequenceWaiting(at);
      await silenceInquiries(at);
      await remindOfInquiries(at);
      await remindOfDisputes(at);
      for (const one of [hooks, spent, use, outside, linking]) one.begin(at);
    },
    tell('ticker'),
  );
  return {
    nudge: () => ticker.nudge(),
    async stop() {
      await ticker.stop();
      await Promise.all([hooks, spent, use, outside, linking].map((one) => one.end()));
    },
  };
}

/** One run at a time beside the ticker's rounds, which wait for none: a receiver that hangs holds up nobody else. */
function beside(run: (road: Road) => Promise<unknown>, report: (error: unknown) => void) {
  let running: Promise<void> | undefined;
  return {
    begin(road: Road): void {
      running ??= run(road)
        .then(() => undefined, report)
        .finally(() => (running = undefined));
    },
    end: async (): Promise<void> => running,
  };
}

/** The questions of each connector beside those of the others: a slow partner holds up its own alone. */
function askingEach(report: (error: unknown) => void) {
  const each = new Map<string, ReturnType<typeof beside>>();
  let isEnding = false;
  /** Round after round while something moves; by the configuration of the moment. */
  async function asked(road: Road, id: string): Promise<void> {
    const one = road.catalogue.connectors().find((known) => known.id === id);
    while (one && !isEnding && (await askConnector(road, one)) > 0);
  }
  return {
    begin(road: Road): void {
      for (const { id } of road.catalogue.connectors()) {
        const one = each.get(id) ?? beside((at) => asked(at, id), report);
        each.set(id, one);
        one.begin(road);
      }
    },
    async end(): Promise<void> {
      isEnding = true;
      await Promise.all([...each.values()].map((one) => one.end()));
    },
  };
}
