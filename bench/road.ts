// Durable steps per second through `perform` beside the raw rate of one-statement transactions, same database, same run.
import { roadRates } from './parts/road.ts';
import { report } from './table.ts';

const SECONDS = Number(process.argv.find((one) => one.startsWith('--seconds='))?.slice('--seconds='.length) ?? 5);
const ROUNDS = 3;

const best = await roadRates({ seconds: SECONDS, rounds: ROUNDS });
report(`road: ${ROUNDS} rounds of ${SECONDS} s each, best of each`, [
  { name: 'durable_steps_per_s_1', value: best.steps1, unit: 'steps/s' },
  { name: 'raw_tx_per_s_1', value: best.raw1, unit: 'tx/s' },
  { name: 'durable_steps_per_s_16', value: best.steps16, unit: 'steps/s' },
  { name: 'raw_tx_per_s_16', value: best.raw16, unit: 'tx/s' },
  { name: 'share_of_raw_1', value: best.steps1 / best.raw1, unit: '' },
  { name: 'share_of_raw_16', value: best.steps16 / best.raw16, unit: '', note: 'aim ≥ 0.5' },
  { name: 'state_bytes', value: best.bytes, unit: 'bytes', note: 'a submitted case of the mini service, JSON' },
]);
