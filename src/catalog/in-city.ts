// Does a package fit the city it is to run in: its units, inquiry types, calendar, and the people of its examples.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { mayAsk } from '#inquiries/may-ask.ts';
import type { InquiryType } from '#inquiries/types.ts';
import type { City } from './city-types.ts';
import { problem, warning } from './findings.ts';
import type { Place } from './findings.ts';
import type { ServicePackage } from './types.ts';

/** Findings of one package in one city and among its inquiry types; none where everything it names is there. */
export function checkInCity(pkg: ServicePackage, city: City, inquiries: readonly InquiryType[]): readonly Finding[] {
  const { manifest } = pkg;
  const units = new Set(city.units.map((one) => one.id));
  const unit = (place: string, id: string): readonly Finding[] =>
    units.has(id) ? [] : [absent({ code: 'unknown-unit', file: 'service.yaml', place }, id)];
  return [
    ...unit('duties.steward', manifest.duties.steward),
    ...unit('duties.owner', manifest.duties.owner),
    ...manifest.duties.executors.flatMap((one, at) =>
      one.unit === 'district' ? [] : unit(`duties.executors[${at}].unit`, one.unit),
    ),
    ...manifest.duties.infrastructure.flatMap((one, at) => unit(`duties.infrastructure[${at}].unit`, one.unit)),
    ...manifest.inquiries.flatMap((id) => checkAsking(id, pkg, { city, inquiries })),
    ...(city.calendars.some((one) => one.id === manifest.deadline.calendar)
      ? []
      : [absent({ code: 'unknown-calendar', file: 'service.yaml', place: 'deadline.calendar' }, manifest.deadline.calendar)]),
    ...checkElements(pkg, { city, inquiries }, units),
    ...Object.entries(pkg.examples).flatMap(([file, example]) => checkPeople(file, example, city)),
  ];
}

type Inquired = { readonly city: City; readonly inquiries: readonly InquiryType[] };

/** A process asks for the unit that owns it: that unit must be one of those that may. */
function checkAsking(id: string, { manifest }: ServicePackage, { city, inquiries }: Inquired): readonly Finding[] {
  const where = { file: 'service.yaml', place: 'inquiries' };
  const type = inquiries.find((one) => one.id === id);
  if (!type) return [absent({ ...where, code: 'unknown-inquiry' }, id)];
  const { owner } = manifest.duties;
  const above = (unit: string) => city.units.find((one) => one.id === unit)?.parent;
  if (mayAsk(type, owner, above) || above(owner) === undefined) return [];
  return [
    problem(
      { ...where, code: 'inquiry-not-askable' },
      [`واحد «${owner}» اجازهٔ پرسیدن «${id}» را ندارد.`, `The unit “${owner}” may not ask “${id}”.`],
      [
        'مالک این استعلام باید آن واحد را به asks بیفزاید، یا استعلام را از فرایند بردارید.',
        'Let the owner of the inquiry add that unit to its asks, or take the inquiry out of the process.',
      ],
    ),
  ];
}

function checkElements(pkg: ServicePackage, { city, inquiries }: Inquired, units: ReadonlySet<string>): readonly Finding[] {
  return pkg.process.elements.flatMap(({ id, executor, inquiry }) => {
    if (!executor || executor.role === 'applicant' || executor.unit.startsWith('=')) return [];
    const at = { file: 'process.bpmn', place: id };
    const answering = inquiries
      .find((one) => one.id === inquiry)
      ?.responders.flatMap((one) => (one.by === 'unit' ? [one.unit] : []));
    const held = city.personas.some((one) =>
      one.assignments.some((each) => each.unit === executor.unit && each.role === executor.role),
    );
    return [
      ...(units.has(executor.unit) ? [] : [absent({ ...at, code: 'unknown-unit' }, executor.unit)]),
      ...(answering === undefined || answering.includes(executor.unit)
        ? []
        : [otherResponder({ ...at, code: 'inquiry-responder' }, answering.join(', '))]),
      ...(held || !units.has(executor.unit)
        ? []
        : [nobody({ ...at, code: 'nobody-to-work' }, `${executor.role} · ${executor.unit}`)]),
    ];
  });
}

function checkPeople(file: string, example: JsonObject, city: City): readonly Finding[] {
  const people = new Set(city.personas.map((one) => one.id));
  const given = isObject(example['given']) ? example['given'] : {};
  const named = [given['applicant'], ...byIn(example['when'])].filter((one): one is string => typeof one === 'string');
  return [...new Set(named)]
    .filter((id) => !people.has(id))
    .map((id) => absent({ code: 'unknown-persona', file, place: id }, id));
}

/** Every `by` of the steps, also inside `refused`. */
function byIn(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(byIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'by' ? [inner] : key === 'answers' || key === 'submit' ? [] : byIn(inner),
  );
}

function absent(where: Place, id: string): Finding {
  return problem(
    where,
    [`«${id}» در داده شهر نیست.`, `The city has no “${id}”.`],
    ['شناسه را درست کنید یا آن را به داده شهر بیفزایید.', 'Correct the id, or add it to the city’s data.'],
  );
}

function otherResponder(where: Place, unit: string): Finding {
  return problem(
    where,
    [`پاسخ‌دهندهٔ این استعلام واحد «${unit}» است.`, `This inquiry is answered by the unit “${unit}”.`],
    ['مجری گام را همان واحد کنید.', 'Make that unit the executor of the step.'],
  );
}

function nobody(where: Place, what: string): Finding {
  return warning(
    where,
    [`هیچ‌کس ${what} نیست؛ کار می‌ماند.`, `Nobody is ${what}: the task would stay.`],
    ['کسی را به این نقش بگمارید.', 'Assign somebody to this role.'],
  );
}
