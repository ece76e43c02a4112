// Does an inquiry type fit the city it is to be asked in: its owner, who may ask, who answers, and the registers it looks into.
import type { Finding } from '#base/finding.ts';
import { names } from '#inquiries/may-ask.ts';
import type { InquiryType, Responder } from '#inquiries/types.ts';
import type { City } from './city-types.ts';
import { problem, warning } from './findings.ts';
import { REGISTERS } from './registers.ts';

const FILE = 'inquiry.yaml';

/** Findings of one type in one city; none where everything it names is there. */
export function checkInquiryInCity({ owner, asks = [], responders }: InquiryType, city: City): readonly Finding[] {
  const isUnit = (entry: string): boolean => city.units.some((one) => names(entry, one.id));
  return [
    ...(isUnit(owner) ? [] : [absent('unknown-unit', 'owner', owner)]),
    ...asks.flatMap((one, at) => (isUnit(one) ? [] : [absent('unknown-unit', `asks.${at}`, one)])),
    ...responders.flatMap((one, at) => checkResponder(one, `responders.${at}`, city)),
  ];
}

function checkResponder(one: Responder, place: string, city: City): readonly Finding[] {
  switch (one.by) {
    case 'register':
      return [one.register, ...(one.with ?? [])]
        .filter((name) => !Object.hasOwn(REGISTERS, name))
        .map((name) => absent('unknown-register', place, name));
    case 'unit':
      if (!city.units.some((unit) => unit.id === one.unit)) return [absent('unknown-unit', place, one.unit)];
      return city.personas.some((person) => person.assignments.some((held) => held.role === 'officer' && held.unit === one.unit))
        ? []
        : [
            warning(
              { code: 'nobody-to-answer', file: FILE, place },
              [`«${one.unit}» کارشناسی ندارد؛ پرسش می‌ماند.`, `“${one.unit}” has no officer: the question would stay.`],
              ['کسی را در آن واحد بگمارید.', 'Assign somebody in that unit.'],
            ),
          ];
    case 'connector':
      return [];
  }
}

function absent(code: string, place: string, id: string): Finding {
  return problem(
    { code, file: FILE, place },
    [`«${id}» در داده شهر نیست.`, `The city has no “${id}”.`],
    ['شناسه را درست کنید یا آن را به داده شهر بیفزایید.', 'Correct the id, or add it to the city’s data.'],
  );
}
