// The published services, compiled, and the calendars and units they name. Loaded at start, refreshed when something is published.
// A running case keeps the definition it began under, whatever is published later.
import type { Pool } from 'pg';
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import { readPackage } from '#catalog/read.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { listCalendars, listCurrentServices, listUnits, loadServiceFiles } from '#store/catalogue.ts';
import type { UnitRow } from '#store/catalogue.ts';
import { inquiryCatalogue } from './inquiry-catalogue.ts';
import type { InquiryCatalogue } from './inquiry-catalogue.ts';

export type Published = { readonly definition: string; readonly package: ServicePackage; readonly publishedAt: string };

export type Catalogue = Omit<InquiryCatalogue, 'refresh'> & {
  /** In force now, by id. */
  services(): readonly Published[];
  /** Throws Refusal `service-not-found`. */
  current(service: string): Published;
  byDefinition(definition: string): Promise<ServicePackage>;
  /** The given version, or the newest. */
  calendar(id: string, version?: number): CalendarVersion;
  units(): readonly UnitRow[];
  unitName(id: string): Text;
  refresh(): Promise<void>;
};

export async function openCatalogue(pool: Pool): Promise<Catalogue> {
  const compiled = new Map<string, ServicePackage>();
  let current = new Map<string, Published>();
  let calendars: readonly CalendarVersion[] = [];
  let units = new Map<string, UnitRow>();
  const { refresh: refreshInquiries, ...inquiries } = inquiryCatalogue(pool);

  async function byDefinition(definition: string): Promise<ServicePackage> {
    const known = compiled.get(definition);
    if (known) return known;
    const read = await readPackage(await loadServiceFiles(pool, definition), { isPublished: true });
    if (!read.package) throw new Refusal('package-invalid', { definition, findings: read.findings });
    compiled.set(definition, read.package);
    return read.package;
  }

  async function refresh(): Promise<void> {
    const services = new Map<string, Published>();
    for (const row of await listCurrentServices(pool)) {
      services.set(row.service, {
        definition: row.definition,
        package: await byDefinition(row.definition),
        publishedAt: row.publishedAt,
      });
    }
    current = services;
    calendars = await listCalendars(pool);
    units = new Map((await listUnits(pool)).map((unit) => [unit.id, unit]));
    await refreshInquiries();
  }

  await refresh();
  return {
    services: () => [...current.values()],
    current(service) {
      const found = current.get(service);
      if (!found) throw new Refusal('service-not-found', { service });
      return found;
    },
    byDefinition,
    ...inquiries,
    calendar(id, version) {
      const named = calendars.filter((one) => one.id === id && (version === undefined || one.version === version));
      const found = named.at(-1);
      if (!found) throw new Error(`no calendar ${id} version ${version ?? 'any'}`);
      return found;
    },
    units: () => [...units.values()],
    unitName: (id) => units.get(id)?.name ?? { fa: id, en: id },
    refresh,
  };
}
