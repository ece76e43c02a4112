// The published inquiry types, compiled, and the contracts under which they are asked. An inquiry keeps the version it was asked under.
import type { Pool } from 'pg';
import { Refusal } from '#base/refusal.ts';
import { readInquiryType } from '#catalog/inquiry-type.ts';
import type { InquiryPackage, PackageFiles } from '#catalog/types.ts';
import type { Connector } from '#inquiries/connector.ts';
import type { Contract } from '#inquiries/types.ts';
import { listPartners } from '#store/agreements.ts';
import { listConnectors } from '#store/connectors.ts';
import { listContracts, listInquiryTypes, loadInquiryType } from '#store/inquiries.ts';

export type PublishedInquiry = { readonly definition: string; readonly inquiry: InquiryPackage };

export type InquiryCatalogue = {
  /** In force, by id. */
  inquiryTypes(): readonly PublishedInquiry[];
  /** Throws Refusal `service-not-found`. */
  inquiryType(type: string): PublishedInquiry;
  inquiryByDefinition(definition: string): Promise<InquiryPackage>;
  contracts(): readonly Contract[];
  /** Throws Refusal `contract-not-in-force` where there is none. */
  contract(id: string): Contract;
  /** True for people whom a contract names, be it a draft that waits for their signature. */
  isPartner(person: string): boolean;
  /** Systems of other organisations that the city asks. */
  connectors(): readonly Connector[];
  refresh(): Promise<void>;
};

export function inquiryCatalogue(pool: Pool): InquiryCatalogue {
  const compiled = new Map<string, InquiryPackage>();
  let types = new Map<string, PublishedInquiry>();
  let contracts = new Map<string, Contract>();
  let partners: ReadonlySet<string> = new Set();
  let connectors: readonly Connector[] = [];

  function read(definition: string, files: PackageFiles): InquiryPackage {
    const known = compiled.get(definition);
    if (known) return known;
    const { inquiry, findings } = readInquiryType(files, { isPublished: true });
    if (!inquiry) throw new Refusal('package-invalid', { definition, findings });
    compiled.set(definition, inquiry);
    return inquiry;
  }

  return {
    inquiryTypes: () => [...types.values()],
    inquiryType(type) {
      const found = types.get(type);
      if (!found) throw new Refusal('service-not-found', { service: type });
      return found;
    },
    inquiryByDefinition: async (definition) =>
      compiled.get(definition) ?? read(definition, await loadInquiryType(pool, definition)),
    contracts: () => [...contracts.values()],
    contract(id) {
      const found = contracts.get(id);
      if (!found) throw new Refusal('contract-not-in-force', { contract: id });
      return found;
    },
    isPartner: (person) => partners.has(person),
    connectors: () => connectors,
    async refresh() {
      const rows = await listInquiryTypes(pool);
      types = new Map(rows.map(({ definition, type, files }) => [type, { definition, inquiry: read(definition, files) }]));
      contracts = new Map((await listContracts(pool)).map((one) => [one.id, one]));
      partners = new Set([...(await listPartners(pool)), ...[...contracts.values()].flatMap((one) => one.persons)]);
      connectors = await listConnectors(pool);
    },
  };
}
