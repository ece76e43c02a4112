// What registers say for an application, as its applicant sees it: each value with its source, how old it is, and whether it is disputed.
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { REGISTERS } from '#catalog/registers.ts';
import type { FieldType } from '#catalog/registers.ts';
import { asTyped } from '#cases/known.ts';
import type { AnswerSource, Origin, Standings } from '#cases/known.ts';
import type { CaseState } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { sourceOf } from '#registry/dispute.ts';
import type { DisputeState } from '#registry/dispute.ts';
import { listDisputeStatuses } from '#store/disputes.ts';
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

export type KnownDatum = Told & { readonly value: Json; readonly typed: Json; readonly type: FieldType };
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
      async ({ field, value, origin }) =>
        [field, { ...(await told(road, origin)), value, typed: asTyped(value), type: typeOf(origin) }] as const,
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

/**
 * Where each answer of a submitted application comes from; `differs`: what the register has where the applicant said otherwise; `dispute`: how the
 * dispute of it stands, where one was open when it was submitted or came later.
 */
export type AnswerOrigin = {
  readonly by: 'register' | 'applicant';
  readonly type: FieldType;
  readonly told?: Told;
  readonly differs?: Json;
  readonly dispute?: DisputeState['status'];
};

export async function answerOrigins(
  road: Road,
  { sources = {}, submittedAt }: Pick<CaseState, 'sources' | 'submittedAt'>,
): Promise<ReadonlyMap<string, AnswerOrigin>> {
  const list = Object.entries(sources);
  if (list.length === 0) return new Map();
  const known = list.flatMap(([, one]) => originIn(one) ?? []);
  const named = known.map(({ register, key, member }) => ({ register, key, field: member }));
  const disputes = await listDisputeStatuses(road.pool, named);
  const statusOf = ({ register, key, member, disputed }: Origin): DisputeState['status'] | undefined =>
    disputes.find(
      (one) =>
        one.register === register &&
        one.key === key &&
        one.field === member &&
        (one.id === disputed || one.openedAt >= (submittedAt ?? one.openedAt)),
    )?.status;
  const views = list.map(async ([field, source]) => [field, await originView(road, source, statusOf)] as const);
  return new Map(await Promise.all(views));
}

function typeOf({ register, member }: Origin): FieldType {
  return REGISTERS[register]?.fields[member]?.type ?? 'word';
}

function originIn(source: AnswerSource): Origin | undefined {
  return source.from === 'register' ? source : source.against;
}

async function originView(
  road: Road,
  source: AnswerSource,
  statusOf: (origin: Origin) => DisputeState['status'] | undefined,
): Promise<AnswerOrigin> {
  const origin = originIn(source);
  if (!origin) return { by: 'applicant', type: 'word' };
  const type = typeOf(origin);
  const dispute = statusOf(origin);
  return {
    by: source.from,
    type,
    told: await told(road, origin),
    ...(source.from === 'applicant' && source.against && { differs: source.against.value }),
    ...(dispute !== undefined && { dispute }),
  };
}
