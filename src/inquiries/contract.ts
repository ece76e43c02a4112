// What a contract allows: which types, when, how often, which members of an answer. Judges; asks nothing.
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Contract } from './types.ts';

/** Throws Refusal `contract-not-in-force`, `contract-type-forbidden`. */
export function requireAllowed(contract: Contract, type: string, now: Instant): void {
  if (now < contract.from || now >= contract.until) throw new Refusal('contract-not-in-force', { contract: contract.id });
  if (!Object.hasOwn(contract.types, type)) throw new Refusal('contract-type-forbidden', { contract: contract.id, type });
}

/** The answer with the members that the contract names, and no others (data minimisation). */
export function minimised(contract: Pick<Contract, 'types'>, type: string, answer: JsonObject): JsonObject {
  const fields = contract.types[type]?.fields ?? [];
  return Object.fromEntries(Object.entries(answer).filter(([name]) => fields.includes(name)));
}
