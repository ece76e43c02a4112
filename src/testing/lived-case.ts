// A case lived in memory for tests of cases/: commands judged and folded as `perform` does, without a database. Never part of the running system.
import assert from 'node:assert/strict';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { CaseId, PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import { decide } from '#cases/decide.ts';
import { evolve } from '#cases/evolve.ts';
import type { Actor, Applicant, CaseEnv, CaseEvent, CaseState, Command, FactType, Role, Task, Want } from '#cases/types.ts';
import { readPackage } from '#catalog/read.ts';
import type { PackageFiles, ServicePackage } from '#catalog/types.ts';
import { MINI_SERVICE } from './mini-service.ts';

const OFFICE_HOURS = [[480, 960]] as const;
export const CALENDAR: CalendarVersion = {
  id: 'city',
  version: 1,
  from: '2026-01-01',
  source: 'test',
  utcOffset: 210,
  week: { '1': OFFICE_HOURS, '2': OFFICE_HOURS, '3': OFFICE_HOURS, '6': OFFICE_HOURS, '7': OFFICE_HOURS },
  days: {},
};

function person(name: string, ...roles: readonly Role[]): Actor {
  return {
    person: name as PersonId,
    kind: 'citizen',
    assignments: roles.map((role) => ({ role, unit: 'office' as UnitId })),
  };
}

export const ALI = person('ali');
export const CHECKER = person('checker', 'officer');
export const APPROVER = person('approver', 'officer', 'manager');
export const OWNER = person('owner', 'owner');
export const SYSTEM: Actor = { person: 'system', kind: 'system', assignments: [] };
const APPLICANT: Applicant = { id: 'ali' as PersonId, kind: 'citizen', nationalId: 'n', name: 'Ali' };

/** The mini service, with other files in place of its own. */
export async function miniPackage(files: PackageFiles = {}): Promise<ServicePackage> {
  const { package: made, findings } = await readPackage({ ...MINI_SERVICE, ...files });
  assert.ok(made, findings.map(({ code, place, reason }) => `${code} ${place}: ${reason.en}`).join('\n'));
  return made;
}

/** One case, open from the start; `at` is its clock. */
export class LivedCase {
  readonly events: CaseEvent[] = [];
  readonly wants: Want[] = [];
  state: CaseState | undefined = undefined;
  at: Instant = instant('2026-11-24T09:00:00+03:30');
  pkg: ServicePackage;
  target: CaseEnv['target'];

  constructor(pkg: ServicePackage) {
    this.pkg = pkg;
    this.give(ALI, { type: 'OpenCase', applicant: APPLICANT });
  }

  get env(): CaseEnv {
    const definition = this.state?.definition ?? 'first';
    return { package: this.pkg, definition, calendar: CALENDAR, now: this.at, ...(this.target && { target: this.target }) };
  }

  /** The facts that followed. Throws the Refusal. */
  give(actor: Actor, command: Command): readonly FactType[] {
    const { facts, hat } = decide('14050000000001' as CaseId, this.state, { command, actor }, this.env);
    for (const fact of facts) {
      const event: CaseEvent = { ...fact, seq: this.events.length + 1, at: this.at, hat };
      const evolved = evolve(this.state, event, this.env);
      this.state = evolved.state;
      this.events.push(event);
      this.wants.push(...evolved.wants);
    }
    return facts.map(({ type }) => type);
  }

  submit(answers: JsonObject = { subject: 'دیوار', area: 12 }): readonly FactType[] {
    return this.give(ALI, { type: 'SubmitApplication', answers, known: {} });
  }

  /** The open task at an element. */
  task(element: string): Task {
    const found = this.state?.tasks.find((one) => one.element === element);
    assert.ok(found, `no task is open at ${element}, but at ${this.open().join(', ')}`);
    return found;
  }

  complete(actor: Actor, element: string, answers: JsonObject): readonly FactType[] {
    return this.give(actor, { type: 'CompleteTask', task: this.task(element).id, answers });
  }

  open(): readonly string[] {
    return (this.state?.tasks ?? []).map(({ element }) => element).toSorted();
  }
}
