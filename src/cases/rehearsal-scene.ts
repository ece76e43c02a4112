// A rehearsal under way: its clock, its case, and what is due in it; the one place where time and state move. Registers and ports are played.
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import type { WaitId } from '#engine/types.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { Actor, Applicant, CaseEnv, CaseEvent, CaseState, Command, Want } from './types.ts';

/** What a rehearsal needs of the city. */
export type Stage = {
  readonly persona: (id: string) => { readonly applicant: Applicant; readonly actor: Actor } | undefined;
  readonly register: (register: string, key: string) => JsonObject | undefined;
  readonly calendar: (id: string) => CalendarVersion;
};

export type Scene = {
  readonly pkg: ServicePackage;
  readonly stage: Stage;
  readonly given: JsonObject;
  readonly id: CaseId;
  now: Instant;
  state: CaseState | undefined;
  readonly events: CaseEvent[];
  readonly wants: Map<string, Want>;
  readonly notified: string[];
};

export const SYSTEM: Actor = { person: 'system', kind: 'system', assignments: [] };
/** A rehearsal that never comes to rest is a fault of the model. */
const MOST_EFFECTS = 1000;

export function lookUp(scene: Scene, register: string, key: string): JsonObject | undefined {
  const override = scene.given[register];
  const own = isObject(override) ? override[key] : undefined;
  const record = scene.stage.register(register, key);
  return isObject(own) ? { ...record, ...own } : record;
}

/** One command, then everything that is due at once. */
export function give(scene: Scene, command: Command, actor: Actor): void {
  apply(scene, command, actor);
  settle(scene);
}

function apply(scene: Scene, command: Command, actor: Actor): void {
  const env: CaseEnv = {
    package: scene.pkg,
    definition: 'rehearsal',
    calendar: scene.stage.calendar(scene.pkg.manifest.deadline.calendar),
    now: scene.now,
  };
  const { facts, hat } = decide(scene.id, scene.state, { command, actor }, env);
  for (const fact of facts) {
    const event: CaseEvent = { ...fact, seq: scene.events.length + 1, at: scene.now, hat };
    const evolved = evolve(scene.state, event, env);
    scene.state = evolved.state;
    scene.events.push(event);
    for (const want of evolved.wants) {
      if (want.kind === 'withdraw') scene.wants.delete(want.id);
      else scene.wants.set(want.id, want);
    }
  }
}

function nextWant(scene: Scene, until: Instant): Exclude<Want, { kind: 'withdraw' }> | undefined {
  return [...scene.wants.values()]
    .filter(
      (want): want is Exclude<Want, { kind: 'withdraw' }> =>
        want.kind !== 'withdraw' && want.kind !== 'check-payment' && want.due <= until,
    )
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0];
}

function settle(scene: Scene): void {
  passTime(scene, scene.now);
}

export function passTime(scene: Scene, until: Instant): void {
  for (let effects = 0; effects < MOST_EFFECTS; effects += 1) {
    const want = nextWant(scene, until);
    if (!want) {
      scene.now = until > scene.now ? until : scene.now;
      return;
    }
    scene.wants.delete(want.id);
    if (want.due > scene.now) scene.now = want.due;
    carryOut(scene, want);
  }
  throw new TypeError(`the process did not come to rest after ${MOST_EFFECTS} effects`);
}

function carryOut(scene: Scene, want: Exclude<Want, { kind: 'withdraw' }>): void {
  const wait = want.id as WaitId;
  if (want.kind === 'timer') return apply(scene, { type: 'FireTimer', wait }, SYSTEM);
  if (want.kind !== 'service') return;
  switch (want.type) {
    case 'dargah:register': {
      const record = lookUp(scene, String(want.input['register']), String(want.input['key']));
      return apply(scene, { type: 'RecordService', wait, result: record ? { found: true, record } : { found: false } }, SYSTEM);
    }
    case 'dargah:notify':
      scene.notified.push(String(want.input['message']));
      return apply(scene, { type: 'RecordService', wait, result: {} }, SYSTEM);
    case 'dargah:issue': {
      const document = { code: `code-${want.id}`, number: `${scene.id}/1`, file: '0'.repeat(64), issuedAt: scene.now };
      return apply(scene, { type: 'RecordDocument', wait, document }, SYSTEM);
    }
    default:
      return apply(scene, { type: 'RecordFailure', wait, reason: `unknown service ${want.type}` }, SYSTEM);
  }
}
