// The city's data from its files: read, judged and matched against each other. Lists every fault; never throws for what was written.
import { parse } from 'yaml';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { readCalendar } from '#calendar/read.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import type { City, District, Persona, Property, Unit } from './city-types.ts';
import type { Contract } from '#inquiries/types.ts';
import { CITY_NEEDS, CONTRACT_NEEDS, DISTRICT_NEEDS, PERSONA_NEEDS, PROPERTY_NEEDS, UNIT_NEEDS } from './city-needs.ts';
import { checkTies } from './city-ties.ts';
import { inFile } from './findings.ts';
import { isList, judge, need } from './shape.ts';
import type { Needs } from './shape.ts';
import type { PackageFiles } from './types.ts';

export type { City, District, Persona, Property, Unit } from './city-types.ts';

export type ReadCity = { readonly city?: City; readonly findings: readonly Finding[] };

/** `files`: the folder city/. Every `calendar*.yaml` is a calendar version. A city with errors is not given. */
export function readCity(files: PackageFiles): ReadCity {
  const findings: Finding[] = [];
  const head = yamlOf(files, 'city.yaml', findings);
  if (head !== undefined) findings.push(...judge(head, CITY_NEEDS, { file: 'city.yaml', code: 'city-shape' }));
  const root = isObject(head) ? head : {};
  const districts = rowsIn(root['districts'], DISTRICT_NEEDS, { file: 'city.yaml', prefix: 'districts', findings });
  const list = (file: string, needs: Needs): readonly Json[] =>
    rowsIn(yamlOf(files, file, findings), needs, { file, prefix: '', findings });
  const city: City = {
    id: String(root['id']),
    name: root['name'] as unknown as City['name'],
    sample: root['sample'] === true,
    districts: districts.map((one) => Object.assign({ neighbourhoods: [] }, one)) as unknown as readonly District[],
    units: list('units.yaml', UNIT_NEEDS) as unknown as readonly Unit[],
    personas: list('personas.yaml', PERSONA_NEEDS) as unknown as readonly Persona[],
    properties: list('properties.yaml', PROPERTY_NEEDS) as readonly Property[],
    contracts: list('contracts.yaml', CONTRACT_NEEDS) as unknown as readonly Contract[],
    calendars: calendarsIn(files, findings),
  };
  // Ties between broken rows would explain nothing.
  if (findings.length === 0) findings.push(...checkTies(city));
  return findings.some((one) => one.severity === 'error') ? { findings } : { city, findings };
}

function yamlOf(files: PackageFiles, file: string, findings: Finding[]): Json | undefined {
  const text = files[file];
  try {
    if (text !== undefined) return parse(text) as Json;
    findings.push(
      fault(
        'missing-file',
        file,
        { fa: `داده شهر ${file} را ندارد.`, en: `The city has no ${file}.` },
        { fa: 'آن را بیفزایید.', en: 'Add it.' },
      ),
    );
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    findings.push(
      fault(
        'yaml-syntax',
        file,
        { fa: `${file} خوانا نیست: ${words}`, en: `${file} cannot be read: ${words}` },
        { fa: 'نوشتار YAML را درست کنید.', en: 'Correct its YAML.' },
      ),
    );
  }
  return undefined;
}

function fault(code: string, file: string, reason: Finding['reason'], mend: Finding['mend']): Finding {
  return { code, severity: 'error', file, place: file, reason, mend };
}

type Rows = { readonly file: string; readonly prefix: string; readonly findings: Finding[] };

function rowsIn(rows: Json | undefined, needs: Needs, { file, prefix, findings }: Rows): readonly Json[] {
  const where = { file, code: 'city-shape' };
  // A file that is not there or does not parse has its finding already.
  if (rows === undefined && findings.some((one) => one.file === file)) return [];
  const wrong = judge(
    { rows: rows ?? null },
    {
      rows: need(
        'یک فهرست',
        'a list',
        isList(() => true),
      ),
    },
    { ...where, prefix },
  );
  findings.push(...wrong);
  if (wrong.length > 0) return [];
  const all = rows as readonly Json[];
  for (const [at, row] of all.entries())
    findings.push(...judge(row, needs, { ...where, prefix: `${prefix}[${nameOf(row, at)}]` }));
  return all;
}

/** A row is named by its id where it has one: an author finds it faster than by its place. */
function nameOf(row: Json, at: number): string {
  const id = isObject(row) ? (row['id'] ?? row['renovationCode']) : undefined;
  return typeof id === 'string' ? id : String(at);
}

function calendarsIn(files: PackageFiles, findings: Finding[]): readonly CalendarVersion[] {
  const named = Object.keys(files).filter((file) => /^calendar[\w-]*\.yaml$/.test(file));
  if (named.length === 0) yamlOf(files, 'calendar.yaml', findings);
  const read = named.flatMap((file) => {
    const data = yamlOf(files, file, findings);
    if (data === undefined) return [];
    const { calendar, findings: found } = readCalendar(data);
    findings.push(...inFile(file, found));
    return calendar ? [calendar] : [];
  });
  return read.toSorted((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1));
}
