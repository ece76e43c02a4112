// Seeds the demo city and publishes the services of this repository: by two people, as publishing requires.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { readInquiryType } from '#catalog/inquiry-type.ts';
import { publishInquiryType } from '#store/inquiries.ts';
import { readCity } from '#catalog/city.ts';
import { checkConnectorsOf, readConnectors } from '#catalog/connector.ts';
import type { Connector } from '#inquiries/connector.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { publishConnector } from '#store/connectors.ts';
import type { City } from '#catalog/city.ts';
import { hashPackage } from '#catalog/hash.ts';
import { checkInCity } from '#catalog/in-city.ts';
import { readPackage } from '#catalog/read.ts';
import { checkInquiryInCity } from '#catalog/inquiry-in-city.ts';
import type { InquiryPackage, PackageFiles } from '#catalog/types.ts';
import type { Finding } from '#base/finding.ts';
import { publishService } from '#store/catalogue.ts';
import { openPool } from '#store/pool.ts';
import { seedCity } from '#store/seed.ts';
import { ROOT } from './compose.ts';
import { missingLayer, putPlaces, readPlaces } from './places.ts';
import type { Places } from './places.ts';
import { seedContracts } from './seed-contracts.ts';
import { seedRegistry } from './seed-registry.ts';
import { seedSources } from './seed-sources.ts';
import { sha256 } from './sha256.ts';
import { recordsOf } from './stage.ts';

export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/** Every text file below a folder, by its path in it. */
export async function readFolder(folder: string): Promise<PackageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const),
  );
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function loadCity(): Promise<City> {
  const { city, findings } = readCity(await readFolder(join(ROOT, 'city')));
  if (!city) throw new SeedError(`The demo city's data has errors: ${words(findings)}`);
  return city;
}

/** The inquiry types of this repository. */
export async function loadInquiryTypes(): Promise<readonly InquiryPackage[]> {
  const ids = (await readdir(join(ROOT, 'inquiries'))).sort();
  return Promise.all(
    ids.map(async (id) => {
      const { inquiry, findings } = readInquiryType(await readFolder(join(ROOT, 'inquiries', id)));
      if (!inquiry) throw new SeedError(`The inquiry type ${id} has errors: ${words(findings)}`);
      return inquiry;
    }),
  );
}

/** The systems of other organisations that the demo city asks. */
export async function loadConnectors(): Promise<readonly Connector[]> {
  const { connectors, findings } = readConnectors(await readFolder(join(ROOT, 'city')));
  if (findings.length > 0) throw new SeedError(`The demo city's connectors have errors: ${words(findings)}`);
  return connectors;
}

/** Runs as the migrator. What is there already stays. */
export async function seed(migratorUrl: string, log: (line: string) => void): Promise<void> {
  const city = await loadCity();
  const pool = openPool(migratorUrl, { max: 1 });
  const at = instant(new Date().toISOString());
  try {
    const places = await loadPlaces();
    const records = [...recordsOf(city), ...places.vehicles];
    await seedCity(pool, {
      units: city.units,
      people: city.personas,
      records,
      calendars: city.calendars,
      source: 'demo-property-register',
      at,
    });
    const faults = await seedRegistry(pool, records, at);
    if (faults.length > 0) throw new SeedError(`The city's registry has errors: ${words(faults)}`);
    const wrong = await seedSources(pool, new Set(city.units.map((one) => one.id)), at);
    if (wrong.length > 0) throw new SeedError(`The city's sources have errors: ${wrong.slice(0, 5).join('; ')}`);
    const inquiries = await loadInquiryTypes();
    await seedInquiries(pool, { city, inquiries, at, log });
    const types = inquiries.map((one) => one.type);
    await seedConnectors(pool, types, at);
    await seedPlaces(pool, places, types, at);
    for (const service of (await readdir(join(ROOT, 'services'))).sort()) {
      const files = await readFolder(join(ROOT, 'services', service));
      const read = await readPackage(files);
      const findings = [...read.findings, ...(read.package ? checkInCity(read.package, city, types) : [])];
      if (!read.package || findings.some((one) => one.severity === 'error')) {
        throw new SeedError(`The service ${service} has errors: ${words(findings)}`);
      }
      const { id, version } = read.package.manifest;
      const definition = hashPackage(files, sha256);
      await publishService(pool, { definition, service: id, version, files, author: 'demo-author', approver: 'demo-owner', at });
      log(`published ${id} ${version} (${definition.slice(0, 12)})`);
    }
  } finally {
    await pool.end();
  }
}

type Inquired = {
  readonly city: City;
  readonly inquiries: readonly InquiryPackage[];
  readonly at: Instant;
  readonly log: (line: string) => void;
};

/** Inquiry types of this repository, by two people as services are; and the contracts of the demo city. */
async function seedInquiries(pool: Pool, { city, inquiries, at, log }: Inquired): Promise<void> {
  for (const { type, files } of inquiries) {
    const wrong = checkInquiryInCity(type, city).filter((one) => one.severity === 'error');
    if (wrong.length > 0) throw new SeedError(`The inquiry type ${type.id} does not fit the city: ${words(wrong)}`);
    await publishInquiryType(pool, {
      definition: hashPackage(files, sha256),
      type: type.id,
      version: type.version,
      files,
      author: 'demo-author',
      approver: 'demo-owner',
      at,
    });
    log(`published inquiry ${type.id} ${type.version}`);
  }
  const known = new Set(inquiries.map((one) => one.type.id));
  for (const contract of city.contracts) {
    const missing = Object.keys(contract.types).find((type) => !known.has(type));
    if (missing !== undefined)
      throw new SeedError(`The contract ${contract.id} names an inquiry type that is not there: ${missing}`);
  }
  const types = inquiries.map((one) => one.type);
  await seedContracts(pool, city, types, at);
}

async function seedConnectors(pool: Pool, types: readonly InquiryType[], at: Instant): Promise<void> {
  const connectors = await loadConnectors();
  const wrong = types.flatMap((type) => checkConnectorsOf(type, connectors));
  if (wrong.length > 0) throw new SeedError(`Inquiry types and connectors do not fit: ${words(wrong)}`);
  for (const one of connectors) await publishConnector(pool, one, at);
}

async function loadPlaces(): Promise<Places> {
  const places = readPlaces(await readFolder(join(ROOT, 'city')));
  if (places.faults.length > 0) throw new SeedError(`The city's places have errors: ${places.faults.slice(0, 5).join('; ')}`);
  return places;
}

async function seedPlaces(pool: Pool, places: Places, types: readonly InquiryType[], at: Instant): Promise<void> {
  const lost = types.flatMap((type) => missingLayer(type, places.layers) ?? []);
  if (lost.length > 0) throw new SeedError(`Inquiry types ask about layers that the city has not: ${lost.join(', ')}`);
  await putPlaces(pool, places, at);
}

function words(findings: readonly Finding[]): string {
  return findings
    .filter((one) => one.severity === 'error')
    .slice(0, 5)
    .map((one) => `${one.file ?? ''} ${one.place}: ${one.reason.en}`)
    .join('; ');
}
