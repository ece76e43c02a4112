// The published inquiry types, compiled, and the contracts under which they are asked. An inquiry keeps the version it was asked under.
import type { Pool } from 'pg';
import { Refusal } from '#base/refusal.ts';
import { readInquiryType } from '#catalog/inquiry-type.ts';
import type { InquiryPackage, PackageFiles } from '#catalog/types.ts';
import type { Contract } from '#inquiries/types.ts';
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
  refresh(): Promise<void>;
};

export function inquiryCatalogue(pool: Pool): InquiryCatalogue {
  const compiled = new Map<string, InquiryPackage>();
  let types = new Map<string, PublishedInquiry>();
  let contracts = new Map<string, Contract>();

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
    async refresh() {
      const rows = await listInquiryTypes(pool);
      types = new Map(rows.map(({ definition, type, files }) => [type, { definition, inquiry: read(definition, files) }]));
      contracts = new Map((await listContracts(pool)).map((one) => [one.id, one]));
    },
  };
}
