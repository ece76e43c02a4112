// What passed over the wire between the city and another organisation about one question: for the unit that asked, to be kept or held against them.
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import type { Actor } from '#cases/types.ts';
import type { InquiryState } from '#inquiries/types.ts';
import { listExchanges } from '#store/connectors.ts';
import { findVisibleInquiry } from '#store/inquiries.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import type { Road } from '#work/road.ts';

type Viewer = { readonly reader: Reader; readonly actor: Actor; readonly nationalId: string };

/** The organisation whose system is asked, or answered; `hasExchange`: the reader may have what passed over the wire. */
export type Outside = { readonly organisation: Text; readonly isDelivered: boolean; readonly hasExchange: boolean };

/** The system outside that a question is with, or that answered it. */
export function outsideOf(road: Road, viewer: Viewer, state: InquiryState): { readonly outside?: Outside } {
  const connector = road.catalogue.connectors().find((one) => one.id === state.connector);
  if (!connector) return {};
  const hasExchange = state.answer?.provenance.responder === 'connector' && isTheirs(viewer, state);
  return { outside: { organisation: connector.organisation, isDelivered: state.deliveredAt !== undefined, hasExchange } };
}

/** People of the unit whose case or officer asked, and whom it is not about. */
function isTheirs({ actor, nationalId }: Viewer, { asker, subject }: InquiryState): boolean {
  const isAskers =
    asker.by === 'case' &&
    actor.assignments.some((one) => one.unit === asker.unit && (one.role === 'officer' || one.role === 'manager'));
  return isAskers && subject.person !== nationalId;
}

/** Messages as they were, bodies in base64. Throws Refusal `inquiry-not-found` for all but the unit that asked. */
export async function exchangeText(road: Road, viewer: Viewer, id: string): Promise<string> {
  const row = await readAs(road.readers, viewer.reader, (client) => findVisibleInquiry(client, id.slice(0, 60)));
  if (!row || !isTheirs(viewer, row.state)) throw new Refusal('inquiry-not-found', { inquiry: id.slice(0, 60) });
  const exchanges = await listExchanges(road.pool, row.id);
  if (exchanges.length === 0) throw new Refusal('inquiry-not-found', { inquiry: row.id });
  return JSON.stringify({ inquiry: row.id, exchanges }, undefined, 2);
}
