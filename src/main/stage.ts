// The demo city as the stage of rehearsals: its people, its property register, its calendars.
import type { City } from '#catalog/city.ts';
import type { Stage } from '#cases/rehearse.ts';
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
    register: (register, key) =>
      register === 'property' ? city.properties.find((one) => one['renovationCode'] === key) : undefined,
    calendar(id) {
      const found = city.calendars.findLast((one) => one.id === id);
      if (!found) throw new TypeError(`no calendar ${id}`);
      return found;
    },
  };
}
