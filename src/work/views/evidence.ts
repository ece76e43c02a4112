// The evidence of what a person asked by hand, for that person: the file that a program gets, signed for them by the door.
import { Refusal } from '#base/refusal.ts';
import { readQuestion } from '#proofs/http-exchange.ts';
import { findDocument } from '#store/agreements.ts';
import { loadInquiry } from '#store/inquiries.ts';
import { findEvidence, keepEvidence } from '#store/partners.ts';
import { evidenceFile, keptAnswer, requestOf, signedAnswer } from '#work/inquiries/exchange.ts';
import type { Road } from '#work/road.ts';
import { inquiryFor } from './inquiries.ts';
import type { InquiryViewer } from './inquiries.ts';

/** Throws Refusal `inquiry-not-found` for others, and until there is an answer. */
export async function evidenceByHand(road: Road, viewer: InquiryViewer, id: string): Promise<string> {
  const view = await inquiryFor(road, viewer, id);
  const { state } = await loadInquiry(road.pool, view.id);
  const { asker } = state;
  const evidence = await findEvidence(road.pool, view.id);
  const question = evidence && readQuestion(requestOf(evidence.question));
  const isOwn = asker.by === 'contract' && asker.person === viewer.actor.person;
  if (!isOwn || !state.answer || !evidence || !question) throw new Refusal('inquiry-not-found', { inquiry: view.id });
  if (evidence.answer) return evidenceFile(road, state, { question: evidence.question, answer: evidence.answer });
  const contract = await findDocument(road.pool, asker.contract, asker.version);
  if (!contract) throw new Refusal('inquiry-not-found', { inquiry: view.id });
  const answer = keptAnswer(await signedAnswer(road, contract, { state, question, isDirect: false }));
  await keepEvidence(road.pool, view.id, evidence.question, answer);
  return evidenceFile(road, state, { question: evidence.question, answer });
}
