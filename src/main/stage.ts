// The demo city as the stage of rehearsals: its people, its property register, its calendars.
import type { City } from '#catalog/city.ts';
import type { Stage } from '#cases/rehearsal-scene.ts';
import type { SeedRecord } from '#store/seed.ts';
import type { Role } from '#cases/types.ts';
import type { PersonId, UnitId } from '#base/ids.ts';

export function stageOf(city: City): Stage {
  return {
    persona(id) {
      const found = city.personas.find((one) => one.id === id);
      if (!found) return undefined;
      const { kind, nationalId, name, assignments } = found;
      const person = id as PersonId;
      return {
        applicant: { id: person, kind, nationalId, name: name.fa },
        actor: { person, kind, assignments: assignments.map((one) => ({ role: one.role as Role, unit: one.unit as UnitId })) },
      };
    },
    register: (register, key) => recordsOf(city).find((one) => one.register === register && one.key === key)?.body,
    calendar(id) {
      const found = city.calendars.findLast((one) => one.id === id);
      if (!found) throw new TypeError(`no calendar ${id}`);
      return found;
    },
  };
}

/** What the demo city's registers hold: its properties, and its people and companies as they were registered. */
export function recordsOf(city: City): readonly SeedRecord[] {
  const people = city.personas.flatMap(({ kind, nationalId, record }): readonly SeedRecord[] => {
    if (!record) return [];
    const [register, key] = kind === 'business' ? ['business', 'legalId'] : ['person', 'nationalId'];
    return [{ register, key: nationalId, body: { [key]: nationalId, ...record }, source: `demo-${register}-register` }];
  });
  const properties = city.properties.map((body) => ({ register: 'property', key: String(body['renovationCode']), body }));
  return [...properties, ...people];
}
