// Do the city's rows fit together: names that are named exist, are there once, and no unit stands above itself.
import type { Finding } from '#base/finding.ts';
import type { Text } from '#base/text.ts';
import type { City } from './city-types.ts';

type Tie = { readonly file: string; readonly place: string; readonly name: string };

export function checkTies(city: City): readonly Finding[] {
  const units = new Set(city.units.map((one) => one.id));
  const districts = new Set(city.districts.map((one) => one.id));
  const owners = new Set(city.personas.map((one) => one.nationalId));
  const unit = (file: string, place: string, name: string | null): readonly Finding[] =>
    name === null || units.has(name) ? [] : [absent({ file, place, name }, 'unit')];
  return [
    ...twins(
      'units.yaml',
      city.units.map((one) => one.id),
    ),
    ...twins(
      'personas.yaml',
      city.personas.map((one) => one.id),
    ),
    ...twins(
      'personas.yaml',
      city.personas.map((one) => one.nationalId),
    ),
    ...twins(
      'properties.yaml',
      city.properties.map((one) => String(one['renovationCode'])),
    ),
    ...contractTies(city),
    ...city.units.flatMap((one) => [
      ...unit('units.yaml', `[${one.id}].parent`, one.parent),
      ...(one.district === null || districts.has(one.district)
        ? []
        : [absent({ file: 'units.yaml', place: `[${one.id}].district`, name: one.district }, 'district')]),
    ]),
    ...loops(city),
    ...city.personas.flatMap((one) =>
      one.assignments.flatMap((held, at) => unit('personas.yaml', `[${one.id}].assignments[${at}].unit`, held.unit)),
    ),
    ...city.properties.flatMap((one) => {
      const place = `[${String(one['renovationCode'])}]`;
      const [district, owner] = [String(one['district']), String(one['ownerNationalId'])];
      return [
        ...(districts.has(district)
          ? []
          : [absent({ file: 'properties.yaml', place: `${place}.district`, name: district }, 'district')]),
        ...(owners.has(owner)
          ? []
          : [absent({ file: 'properties.yaml', place: `${place}.ownerNationalId`, name: owner }, 'person')]),
      ];
    }),
  ];
}

function contractTies({ contracts, personas }: City): readonly Finding[] {
  const people = new Set<string>(personas.map((one) => one.id));
  const file = 'contracts.yaml';
  return [
    ...twins(
      file,
      contracts.map((one) => one.id),
    ),
    ...contracts.flatMap((one) =>
      one.persons.flatMap((name) => (people.has(name) ? [] : [absent({ file, place: `[${one.id}].persons`, name }, 'person')])),
    ),
  ];
}

const WHAT: Readonly<Record<'unit' | 'district' | 'person', Text>> = {
  unit: { fa: 'واحدی', en: 'unit' },
  district: { fa: 'منطقه‌ای', en: 'district' },
  person: { fa: 'شخصی', en: 'person' },
};

function absent({ file, place, name }: Tie, what: keyof typeof WHAT): Finding {
  return {
    code: 'missing-reference',
    severity: 'error',
    file,
    place,
    reason: { fa: `${WHAT[what].fa} با شناسه «${name}» در داده شهر نیست.`, en: `The city has no ${WHAT[what].en} “${name}”.` },
    mend: { fa: 'شناسه را درست کنید یا آن را بیفزایید.', en: 'Correct the id, or add it.' },
  };
}

function twins(file: string, names: readonly string[]): readonly Finding[] {
  const again = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return [...again].map((name) => ({
    code: 'duplicate-name',
    severity: 'error',
    file,
    place: `[${name}]`,
    reason: { fa: `«${name}» بیش از یک بار آمده است.`, en: `“${name}” is there more than once.` },
    mend: { fa: 'یکی را بردارید یا شناسه دیگری بدهید.', en: 'Remove one, or give it another id.' },
  }));
}

function loops(city: City): readonly Finding[] {
  const above = new Map(city.units.map((one) => [one.id, one.parent]));
  const isUnderItself = (id: string): boolean => {
    const seen = new Set<string>();
    for (let at = above.get(id) ?? null; at !== null && !seen.has(at); at = above.get(at) ?? null) {
      if (at === id) return true;
      seen.add(at);
    }
    return false;
  };
  return city.units
    .filter((one) => isUnderItself(one.id))
    .map((one) => ({
      code: 'unit-loop',
      severity: 'error',
      file: 'units.yaml',
      place: `[${one.id}].parent`,
      reason: { fa: `واحد «${one.id}» زیر خودش ایستاده است.`, en: `The unit “${one.id}” stands under itself.` },
      mend: { fa: 'واحد بالادست را درست کنید.', en: 'Correct the unit above it.' },
    }));
}
