// `dargah check`: every finding of a service package, inquiry type or model, with its file, place, reason and mend, and the way there drawn as a path.
import type { Finding } from '#base/finding.ts';
import { checkConnectorsOf } from '#catalog/connector.ts';
import { checkInCity } from '#catalog/in-city.ts';
import { checkInquiryInCity } from '#catalog/inquiry-in-city.ts';
import type { City } from '#catalog/city.ts';
import type { Connector } from '#inquiries/connector.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { loadCity, loadConnectors, loadInquiryTypes } from '#main/seed.ts';
import { drawPath, type Drawn } from './draw-path.ts';
import { openPackage, type Opened } from './open.ts';
import type { Options, Outcome } from './outcome.ts';

export { openPackage };

/** Words of two languages alike on any terminal; `draw` makes lines of the path where the model is at hand. */
export function findingLines(
  finding: Finding,
  language: 'fa' | 'en',
  draw?: (finding: Finding) => readonly string[],
): readonly string[] {
  const where = [finding.file, finding.place].filter((one) => one !== undefined && one !== '').join(' ');
  const mark = finding.severity === 'error' ? '✗' : '!';
  const hasPath = finding.path !== undefined && finding.path.length > 0;
  const path = hasPath ? (draw?.(finding) ?? [finding.path?.join(' → ') ?? '']) : [];
  return [
    `  ${mark} ${where} [${finding.code}]`,
    `      ${finding.reason[language]} ${finding.mend[language]}`,
    ...path.map((line) => `      ${line}`),
  ];
}

const INDENT = 6;

function isPlain(): boolean {
  return !process.stdout.isTTY || (process.env['NO_COLOR'] ?? '') !== '';
}

/** ASCII alone where no person looks on, or where they ask for it. */
function terminal(language: 'fa' | 'en'): Drawn {
  const width = process.stdout.columns || Number(process.env['COLUMNS']) || 100;
  return { language, unicode: !isPlain(), width: Math.max(width - INDENT, 24) };
}

function coloured(line: string): string {
  if (isPlain()) return line;
  const at = line.search(/✗|^ {2}!/u);
  const colour = line[at] === '✗' ? 31 : 33;
  return at < 0 ? line : `${line.slice(0, at)}\u001b[${colour}m${line.slice(at)}\u001b[39m`;
}

export async function check(names: readonly string[], options: Options): Promise<Outcome> {
  const began = performance.now();
  const read = await Promise.all(names.map(openPackage));
  // The city is asked only where something is to be offered in it.
  const isOffered = read.some((one) => one.package ?? one.inquiry);
  const city = isOffered ? await loadPlace() : undefined;
  const opened = read.map((one) => (city ? { ...one, findings: [...one.findings, ...inCity(one, city)] } : one));
  const millis = Math.round((performance.now() - began) * 10) / 10;
  const isBad = (one: Opened): boolean =>
    (one.package === undefined && one.inquiry === undefined && !one.alone) ||
    one.findings.some((each) => each.severity === 'error');
  const lines = opened.flatMap((one) => packageLines(one, isBad(one), options.language));
  const result = opened.map((one) => ({
    name: one.name,
    definition: one.definition,
    ok: !isBad(one),
    findings: one.findings,
    ...(options.time && { millis }),
  }));
  return { ok: !opened.some(isBad), lines: options.time ? [...lines, `${millis} ms`] : lines, result };
}

type Place = { readonly city: City; readonly types: readonly InquiryType[]; readonly connectors: readonly Connector[] };

async function loadPlace(): Promise<Place> {
  const types = (await loadInquiryTypes()).map((one) => one.type);
  return { city: await loadCity(), types, connectors: await loadConnectors() };
}

function inCity({ package: pkg, inquiry }: Opened, { city, types, connectors }: Place): readonly Finding[] {
  return [
    ...(pkg ? checkInCity(pkg, city, types) : []),
    ...(inquiry ? [...checkInquiryInCity(inquiry.type, city), ...checkConnectorsOf(inquiry.type, connectors)] : []),
  ];
}

function packageLines(one: Opened, isBad: boolean, language: 'fa' | 'en'): readonly string[] {
  const errors = one.findings.filter((each) => each.severity === 'error').length;
  const numbered = one.package?.manifest.version ?? one.inquiry?.type.version;
  const version = numbered === undefined ? '' : ` · ${numbered} · ${one.definition.slice(0, 12)}`;
  const words = isBad ? `${errors} errors` : `good${version}`;
  const drawn = terminal(language);
  const draw = (finding: Finding): readonly string[] => {
    const model = one.models[finding.file ?? 'process.bpmn'];
    return model ? drawPath(finding, model, drawn) : [finding.path?.join(' → ') ?? ''];
  };
  return [
    `${one.name}: ${words}, ${one.findings.length - errors} warnings`,
    ...one.findings.flatMap((each) => findingLines(each, language, draw)),
  ].map(coloured);
}
