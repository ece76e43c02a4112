// The demo city's contracts as they were before the portal began: drafted by an owner, signed on paper by both sides, in force.
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { City } from '#catalog/city.ts';
import { documentsOf, evolveAgreement } from '#inquiries/agreement-evolve.ts';
import type { AgreementFact, AgreementState, Terms } from '#inquiries/agreement-types.ts';
import type { Contract, InquiryType, TermsSignature } from '#inquiries/types.ts';
import { ledgerName, seedAgreement } from '#store/agreements.ts';
import { commitEvents } from '#work/commit-events.ts';
import { termsHash } from '#work/contracts/act.ts';

/** What is there already stays. */
export async function seedContracts(pool: Pool, city: City, types: readonly InquiryType[], at: Instant): Promise<void> {
  for (const contract of city.contracts) await seedContract(pool, { city, types, at, contract });
}

type Seeding = { readonly city: City; readonly types: readonly InquiryType[]; readonly at: Instant; readonly contract: Contract };

async function seedContract(pool: Pool, { city, types, at, contract }: Seeding): Promise<void> {
  const { version: _version, keys, test: _test, signatures: _signatures, ...terms } = contract;
  const owners = [...new Set(types.filter((one) => Object.hasOwn(terms.types, one.id)).map((one) => one.owner as UnitId))];
  const holder = (role: string, units?: readonly string[]): PersonId => {
    const has = city.personas.find((one) =>
      one.assignments.some((each) => each.role === role && (units?.includes(each.unit) ?? true)),
    );
    return (has?.id ?? `demo-${role}`) as PersonId;
  };
  const signature = (side: TermsSignature['side'], person: PersonId): AgreementFact => ({
    type: 'AgreementSigned',
    data: { signature: { side, person, at: terms.from, how: 'paper' } },
  });
  const hash = termsHash(terms as Terms);
  const drafter = holder('owner', owners);
  const steward = holder('steward');
  const [signer = 'demo-organisation' as PersonId] = terms.persons;
  const facts: readonly AgreementFact[] = [
    { type: 'AgreementDrafted', data: { id: terms.id, terms, hash, drafter, owners, agreed: owners } },
    ...keys.map((jwk): AgreementFact => ({ type: 'KeyRegistered', data: { use: 'real', jwk, by: signer } })),
    signature('organisation', signer),
    signature('city', steward),
    { type: 'AgreementEntered', data: { hash } },
  ];
  let state: AgreementState | undefined;
  for (const fact of facts) state = evolveAgreement(state, { ...fact, at });
  if (!state) throw new TypeError('a contract begins with its draft');
  const numbered = facts.map((fact, index) => ({
    ...fact,
    seq: index + 1,
    at,
    hat: { person: steward, role: 'steward' as const },
  }));
  const id = ledgerName(state.id);
  const events = commitEvents(numbered, { id, definition: hash, leaf: '', random: (bytes) => randomBytes(bytes) });
  await seedAgreement(pool, { state, expected: 0, events, documents: documentsOf(state), at });
}
