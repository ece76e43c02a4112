// The demo's simulated organisations: one for each connector of the demo city that is a sample, knowing what city/outside.yaml says.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Connector } from '#inquiries/connector.ts';
import { gsbEnvelope } from '#outside/simulators/gsb.ts';
import { openSimulator } from '#outside/simulators/simulator.ts';
import type { Envelope, Simulator } from '#outside/simulators/simulator.ts';
import { xRoadEnvelope } from '#outside/simulators/x-road.ts';

export type Simulators = ReadonlyMap<string, Simulator>;

export async function openSimulators(folder: string, connectors: readonly Connector[]): Promise<Simulators> {
  if (!connectors.some((one) => one.sample)) return new Map();
  const all = parse(await readFile(join(folder, 'outside.yaml'), 'utf8')) as Json;
  return new Map(
    connectors.flatMap((one) => {
      const envelope = one.sample ? envelopeOf(one) : undefined;
      const known = isObject(all) ? all[one.id] : undefined;
      return envelope && isObject(known) ? [[one.id, openSimulator(one.id, envelope, knowing(known))] as const] : [];
    }),
  );
}

/** Signed connectors have none in the demo: their partner holds a key. */
function envelopeOf(connector: Connector): Envelope | undefined {
  switch (connector.adapter) {
    case 'x-road':
      return xRoadEnvelope;
    case 'gsb':
      return gsbEnvelope(connector);
    case 'signed-rest':
      return undefined;
  }
}

function knowing({ key, records }: JsonObject): (question: JsonObject) => Json | undefined {
  return (question) => {
    const named = String(question[String(key)]);
    return isObject(records) && Object.hasOwn(records, named) ? records[named] : undefined;
  };
}
