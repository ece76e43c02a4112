// What registers say for an application, as its applicant sees it: each value with its source, how old it is, and whether it is disputed.
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { REGISTERS } from '#catalog/registers.ts';
import { asTyped } from '#cases/known.ts';
import type { AnswerSource, Origin, Standings } from '#cases/known.ts';
import type { CaseState } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { sourceOf } from '#registry/dispute.ts';
import { findSourceName } from '#store/register-sources.ts';
import { knownNow } from '#work/known.ts';
import type { Road } from '#work/road.ts';

/** Where a value comes from, to be read: the source by its name; `corrected` where an accepted dispute stands over it. */
export type Told = {
  readonly register: string;
  readonly key: string;
  readonly member: string;
  readonly source: Text;
  readonly asOf: Instant;
  readonly corrected: boolean;
  readonly disputed?: string;
};

export type KnownDatum = Told & { readonly value: Json; readonly typed: Json };
export type KnownFields = { readonly standings: Standings; readonly data: ReadonlyMap<string, KnownDatum> };

/** For a draft; nothing of it once it was submitted. */
export async function knownFields(
  road: Road,
  file: { readonly state: CaseState; readonly package: ServicePackage },
): Promise<KnownFields> {
  const standings: Standings = file.state.status === 'draft' ? await knownNow(road, file) : new Map();
  const known = [...standings].flatMap(([field, one]) => (one.is === 'known' ? [{ field, ...one }] : []));
  const data = await Promise.all(
    known.map(
      async ({ field, value, origin }) => [field, { ...(await told(road, origin)), value, typed: asTyped(value) }] as const,
    ),
  );
  return { standings, data: new Map(data) };
}

export async function told(road: Road, { register, key, member, source, asOf, disputed }: Origin): Promise<Told> {
  const named = sourceOf(source);
  const title = (await findSourceName(road.pool, named))?.title ?? REGISTERS[register]?.title ?? { fa: named, en: named };
  return {
    register,
    key,
    member,
    source: title,
    asOf,
    corrected: named !== source,
    ...(disputed !== undefined && { disputed }),
  };
}

/** Where each answer of a submitted application comes from; `differs` where the applicant said otherwise than the register. */
export type AnswerOrigin = { readonly by: 'register' | 'applicant'; readonly told?: Told; readonly differs?: Json };

export async function answerOrigins(
  road: Road,
  { sources = {} }: Pick<CaseState, 'sources'>,
): Promise<ReadonlyMap<string, AnswerOrigin>> {
  const list = await Promise.all(
    Object.entries(sources).map(async ([field, source]) => [field, await originOf(road, source)] as const),
  );
  return new Map(list);
}

async function originOf(road: Road, source: AnswerSource): Promise<AnswerOrigin> {
  if (source.from === 'register') return { by: 'register', told: await told(road, source) };
  const { against } = source;
  return against === undefined
    ? { by: 'applicant' }
    : { by: 'applicant', told: await told(road, against), differs: against.value };
}
