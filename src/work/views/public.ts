// What anyone may see: services with their real times, who answers for what, and whether a document is good.
import { Refusal } from '#base/refusal.ts';
import { latinDigits } from '#base/persian.ts';
import { searchText } from '#base/persian.ts';
import type { Text } from '#base/text.ts';
import { MAY } from '#cases/may.ts';
import { stepName } from '#cases/timeline.ts';
import type { Manifest, ServicePackage } from '#catalog/types.ts';
import { findPublicDocument, listRealTimes } from '#store/public.ts';
import type { PublicDocument, RealTimes } from '#store/public.ts';
import type { Road } from '#work/road.ts';

export type ServiceView = {
  readonly manifest: Manifest;
  readonly definition: string;
  readonly publishedAt: string;
  readonly package: ServicePackage;
  /** Last 90 days; absent where no case has ended. */
  readonly real?: RealTimes;
};

/** Services in force that match a Persian-aware search; all where it is empty. */
export async function serviceList(road: Road, search: string): Promise<readonly ServiceView[]> {
  const times = new Map((await listRealTimes(road.pool, road.ports.world.now())).map((one) => [one.service, one]));
  const words = searchText(search).split(' ').filter(Boolean);
  return road.catalogue
    .services()
    .map((one) => serviceView(one, times))
    .filter(({ manifest }) => {
      const text = searchText(`${manifest.title.fa} ${manifest.title.en} ${manifest.summary.fa} ${manifest.summary.en}`);
      return words.every((word) => text.includes(word));
    });
}

/** Throws Refusal `service-not-found`. */
export async function loadService(road: Road, id: string): Promise<ServiceView> {
  const times = new Map((await listRealTimes(road.pool, road.ports.world.now())).map((one) => [one.service, one]));
  return serviceView(road.catalogue.current(id), times);
}

function serviceView(one: ReturnType<Road['catalogue']['current']>, times: ReadonlyMap<string, RealTimes>): ServiceView {
  const { manifest } = one.package;
  const real = times.get(manifest.id);
  return { manifest, definition: one.definition, publishedAt: one.publishedAt, package: one.package, ...(real ? { real } : {}) };
}

export type Duty = {
  readonly service: string;
  readonly title: Text;
  readonly steward: Text;
  readonly owner: Text;
  readonly executors: readonly { readonly step: Text; readonly unit: Text; readonly role: string }[];
  readonly infrastructure: readonly { readonly unit: Text; readonly provides: Text }[];
};

const EVERY_DISTRICT: Text = { fa: 'واحد همان منطقه', en: 'the unit of the district' };

/** Who answers for each service and each of its steps. */
export function dutyRegister(road: Road): readonly Duty[] {
  return road.catalogue.services().map(({ package: pkg }) => {
    const { duties, id, title } = pkg.manifest;
    const source = { elements: pkg.process.elements, texts: pkg.texts };
    return {
      service: id,
      title,
      steward: road.catalogue.unitName(duties.steward),
      owner: road.catalogue.unitName(duties.owner),
      executors: duties.executors.map((one) => ({
        step: stepName(one.step, source),
        unit: one.unit === 'district' ? EVERY_DISTRICT : road.catalogue.unitName(one.unit),
        role: one.role,
      })),
      infrastructure: duties.infrastructure.map((one) => ({ unit: road.catalogue.unitName(one.unit), provides: one.provides })),
    };
  });
}

/** The aligned table as the public reads it: which roles may do what in which state. */
export function permissions(): typeof MAY {
  return MAY;
}

/** A document by its code, typed or scanned. Throws Refusal `document-not-found`. */
export async function verifyDocument(road: Road, typed: string): Promise<PublicDocument & { readonly code: string }> {
  // Crockford base 32: what people misread is read as meant.
  const code = latinDigits(typed).toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  const found = /^[0-9a-z]{26}$/.test(code) ? await findPublicDocument(road.pool, code) : undefined;
  if (!found) throw new Refusal('document-not-found', { code: typed.slice(0, 60) });
  return { ...found, code };
}
