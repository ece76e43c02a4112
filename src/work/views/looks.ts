// Who saw or asked about a person: inquiries under a contract or of a case, and staff who opened what the city holds of them.
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import { listLooks } from '#store/inquiries.ts';
import type { InquiryRow } from '#store/inquiries.ts';
import { listStaffLooks } from '#store/looks.ts';
import type { LookRow } from '#store/looks.ts';
import { readAs } from '#store/read-as.ts';
import { subjectKey } from '#work/looks.ts';
import type { Road } from '#work/road.ts';
import type { InquiryViewer } from './inquiries.ts';

const MOST = 200;

/** One look at a person's data: who, what for, under which law, what was asked; never the answer. */
export type Look = {
  readonly id: string;
  readonly at: Instant;
  /** The organisation, or the city's own unit. */
  readonly by?: Text;
  /** The role of staff in that unit. */
  readonly role?: Role;
} & (
  | {
      readonly kind: 'inquiry';
      readonly title: Text;
      readonly question: JsonObject;
      readonly purpose?: Text;
      readonly legal: Text;
      readonly case?: CaseId;
    }
  | { readonly kind: 'case'; readonly case: CaseId }
  | { readonly kind: 'registry'; readonly entity: string }
);

/** Who asked about the reader or opened their data, latest first; later where a contract says so. */
export async function looksAt(road: Road, viewer: InquiryViewer): Promise<readonly Look[]> {
  const subject = subjectKey(road, viewer.nationalId);
  const [asked, opened] = await readAs(road.readers, { ...viewer.reader, subject }, async (client) => [
    await listLooks(client, MOST),
    await listStaffLooks(client, MOST),
  ]);
  const inquiries = await Promise.all(asked.map((row) => lookOfInquiry(road, row)));
  const looks = opened.map((row) => lookOfStaff(road, row));
  return [...inquiries, ...looks].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST);
}

async function lookOfInquiry(road: Road, { id, askedAt, definition, contract: named, state }: InquiryRow): Promise<Look> {
  const { type } = await road.catalogue.inquiryByDefinition(definition);
  const contract = road.catalogue.contracts().find((one) => one.id === named);
  const { asker } = state;
  return {
    kind: 'inquiry',
    id,
    at: askedAt,
    legal: contract?.legal ?? type.legal,
    title: type.title,
    question: state.question,
    ...(contract && { by: contract.organisation.name, purpose: contract.purpose }),
    ...(asker.by === 'case' && { by: road.catalogue.unitName(asker.unit), case: asker.case as CaseId }),
  };
}

function lookOfStaff(road: Road, { person, basis, what, at, role, unit }: LookRow): Look {
  const by = unit === null ? {} : { by: road.catalogue.unitName(unit) };
  const seen = { id: `${person} ${basis} ${what} ${at}`, at, role, ...by };
  return basis === 'case' ? { ...seen, kind: basis, case: what as CaseId } : { ...seen, kind: basis, entity: what };
}
