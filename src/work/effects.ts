// What each kind of want means in the world, and the command its outcome becomes. Every effect may run twice: ids and keys come from the want.
import { createHash, createHmac } from 'node:crypto';
import type { JsonObject } from '#base/json.ts';
import { isObject } from '#base/json.ts';
import type { Money } from '#base/money.ts';
import { printedCaseId } from '#base/ids.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { jalaliText } from '#calendar/jalali.ts';
import { plusPeriod } from '#calendar/period.ts';
import type { Actor, Command } from '#cases/types.ts';
import type { WaitId } from '#engine/types.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { load } from '#store/load.ts';
import { insertMessage } from '#store/messages.ts';
import { holdWant } from '#store/wants.ts';
import type { DueWant } from '#store/wants.ts';
import { ask } from './inquiries/ask.ts';
import { wakeIfAnswered } from './inquiries/change.ts';
import { perform } from './perform.ts';
import type { Road } from './road.ts';

export const SYSTEM: Actor = { person: 'system', kind: 'system', assignments: [] };

/** True where the want is finished and its row may go; its own step may already have taken it. */
export async function carryOut(road: Road, want: DueWant): Promise<boolean> {
  switch (want.kind) {
    case 'timer':
      return recorded(road, want, { type: 'FireTimer', wait: want.id as WaitId });
    case 'service':
      return service(road, want);
    case 'check-payment':
      return checkPayment(road, want);
    case 'refund': {
      const { reference } = want.body;
      await road.ports.payment.refund(want.id.slice('refund:'.length), String(reference));
      return true;
    }
    default:
      throw new Error(`no effect for a want of kind ${want.kind}`);
  }
}

/** The key is the want's own id: carried out twice, recorded once. */
async function recorded(road: Road, want: DueWant, command: Command): Promise<true> {
  await perform(road, want.caseId, { actor: SYSTEM, key: `want:${want.id}:${want.due}`, command });
  return true;
}

async function service(road: Road, want: DueWant): Promise<boolean> {
  const input = isObject(want.body['input']) ? want.body['input'] : {};
  const wait = want.id as WaitId;
  switch (want.body['type']) {
    case 'dargah:register': {
      const record = await findRegisterRecord(road.pool, String(input['register']), String(input['key']));
      const result: JsonObject = record
        ? { found: true, record: record.body, source: record.source, asOf: record.asOf }
        : { found: false };
      return recorded(road, want, { type: 'RecordService', wait, result });
    }
    case 'dargah:notify':
      await notify(road, want, input);
      return recorded(road, want, { type: 'RecordService', wait, result: {} });
    case 'dargah:issue':
      return issue(road, want, input);
    case 'dargah:inquire':
      return inquire(road, want, input);
    default:
      return recorded(road, want, { type: 'RecordFailure', wait, reason: `unknown service ${String(want.body['type'])}` });
  }
}

async function notify(road: Road, want: DueWant, input: JsonObject): Promise<void> {
  const { state } = await load(road.pool, want.caseId);
  const pkg = await road.catalogue.byDefinition(state.definition);
  const key = String(input['message']);
  const to = String(input['to']);
  const text = { fa: pkg.texts.fa[key] ?? key, en: pkg.texts.en[key] ?? key };
  const unit = to.startsWith('unit:') ? to.slice('unit:'.length) : null;
  const person: PersonId | null = unit === null ? state.applicant.id : null;
  await insertMessage(road.pool, { caseId: want.caseId, id: want.id, person, unit, key, text, at: road.ports.world.now() });
  await road.ports.messages.send({ id: `${want.caseId}:${want.id}`, to: unit ?? state.applicant.id, text });
}

/** How soon an inquiry that waits for people is looked at again, should nobody have woken its want. */
const LOOK_AGAIN_MS = 3_600_000;

/** Asked once, by the want's own id; the step goes on with its answer, or with the law's silence. What is not well asked is an incident. */
async function inquire(road: Road, want: DueWant, input: JsonObject): Promise<boolean> {
  const { state } = await load(road.pool, want.caseId);
  const { manifest } = await road.catalogue.byDefinition(state.definition);
  // The unit that works the case asks; before any does, the one that owns the process.
  const unit = state.units.at(-1) ?? (manifest.duties.owner as UnitId);
  const wait = want.id as WaitId;
  try {
    const asked = await ask(road, {
      asker: { by: 'case', case: want.caseId, wait, unit, person: 'system' },
      by: { person: `case:${want.caseId}` as PersonId, role: 'system' },
      type: String(input['type']),
      question: isObject(input['question']) ? input['question'] : {},
      key: `inquire:${want.id}`,
    });
    const { status, answer } = asked.state;
    if (status === 'answered' || status === 'silent') {
      const result: JsonObject = {
        status,
        inquiry: asked.id,
        answer: answer?.value ?? null,
        source: answer?.provenance.source ?? null,
      };
      return await recorded(road, want, { type: 'RecordService', wait, result });
    }
    // Nobody can answer: what now is for the owner of the process to say.
    if (status === 'given-up')
      return await recorded(road, want, { type: 'RecordFailure', wait, reason: `inquiry ${asked.id} was closed unanswered` });
    await holdWant(road.pool, want, plusMillis(road.ports.world.now(), LOOK_AGAIN_MS));
    await wakeIfAnswered(road, asked.id);
    return false;
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'invalid-answers' && error.code !== 'service-not-found')) throw error;
    return recorded(road, want, { type: 'RecordFailure', wait, reason: `inquiry ${String(input['type'])}: ${error.message}` });
  }
}

async function checkPayment(road: Road, want: DueWant): Promise<boolean> {
  const attempt = String(want.body['attempt']);
  const answer = await road.ports.payment.ask(attempt);
  // Still at the bank after our patience: given up, until the bank says otherwise.
  const outcome = answer.result === 'pending' ? ({ result: 'abandoned' } as const) : answer;
  return recorded(road, want, paymentCommand(String(want.body['payment']) as WaitId, attempt, outcome));
}

/** A provider's word as a command. */
export function paymentCommand(
  payment: WaitId,
  attempt: string,
  answer: { readonly result: 'paid' | 'failed' | 'abandoned'; readonly amount?: Money; readonly reference?: string },
): Command {
  const { result, amount, reference } = answer;
  return {
    type: 'RecordPayment',
    payment,
    attempt,
    result,
    ...(amount === undefined ? {} : { amount }),
    ...(reference === undefined ? {} : { reference }),
  };
}

async function issue(road: Road, want: DueWant, input: JsonObject): Promise<boolean> {
  const { state } = await load(road.pool, want.caseId);
  const pkg = await road.catalogue.byDefinition(state.definition);
  const { manifest } = pkg;
  if (!pkg.template || !manifest.output) throw new Error(`${manifest.id} has no document to issue`);
  // The want's due time is when the process asked: a second try issues the same document, not another.
  const issuedAt: Instant = want.due;
  const code = documentCode(road, want);
  const number = `${printedCaseId(want.caseId)}/${state.documents.length + 1}`;
  const validUntil = manifest.output.validity === undefined ? undefined : plusPeriod(issuedAt, manifest.output.validity);
  const data: JsonObject = {
    data: input['data'] ?? {},
    number,
    code,
    kind: manifest.kind,
    title: { ...manifest.output.title },
    service: { ...manifest.title },
    applicant: { name: state.applicant.name },
    issuedAt,
    issuedOn: { fa: jalaliText(issuedAt), en: issuedAt.slice(0, 10) },
    validUntil: validUntil ?? null,
    validUntilOn: validUntil === undefined ? null : { fa: jalaliText(validUntil), en: validUntil.slice(0, 10) },
    verify: `${road.origin}/verify/${code}`,
    unit: { ...road.catalogue.unitName(manifest.duties.owner) },
    sample: manifest.sample,
  };
  const pdf = await road.ports.documents.issue({ template: pkg.template, data, reason: manifest.output.title.en, at: issuedAt });
  const file = await road.ports.files.put(pdf);
  const document = { code, number, file, issuedAt, ...(validUntil === undefined ? {} : { validUntil }) };
  return recorded(road, want, { type: 'RecordDocument', wait: want.id as WaitId, document });
}

const CODE_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 128 bits that nobody can guess and a retry makes again: HMAC under the city's secret, Crockford base 32. */
function documentCode(road: Road, want: DueWant): string {
  const bytes = createHmac('sha256', road.secret).update(`document:${want.caseId}:${want.id}`).digest().subarray(0, 16);
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let at = 0; at < 26; at += 1) {
    code = (CODE_ALPHABET[Number(bits & 31n)] ?? '') + code;
    bits >>= 5n;
  }
  return code;
}

/** An idempotency key for something asked by a person through a form without one. */
export function keyFrom(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
