// The road: the only function that changes a case. Seen this key? → load → authorise → decide → append → receipt.
// Conflicts are retried inside; a repeated command gives the answer of the first time and changes nothing.
import { createHash, randomInt } from 'node:crypto';
import { Refusal } from '#base/refusal.ts';
import { canonical } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { caseId } from '#base/ids.ts';
import type { CaseId } from '#base/ids.ts';
import { jalaliYear } from '#calendar/jalali.ts';
import { decide } from '#cases/decide.ts';
import { evolve } from '#cases/evolve.ts';
import type { Actor, CaseEnv, CaseEvent, CaseState, Command, Evolved } from '#cases/types.ts';
import { append } from '#store/append.ts';
import type { Step } from '#store/append.ts';
import { insertDenial } from '#store/denials.ts';
import { find, findKey, load } from '#store/load.ts';
import type { Loaded, UsedKey } from '#store/load.ts';
import { digestOf } from './digest.ts';
import { commitEvents } from './commit-events.ts';
import { project } from './project.ts';
import type { Road } from './road.ts';

/** `key`: the caller's idempotency key, one per intent (a rendered form, an API call, a want). */
export type Request = {
  readonly actor: Actor;
  readonly key: string;
  readonly command: Command;
  /** What the caller sent, where the command holds more than that (facts looked up for it): what a repeat is known by. */
  readonly said?: Json;
  /** Records of registers that the command's facts were taken from: nothing is written where one has changed. */
  readonly held?: Step['held'];
};
export type NewCase = Request & { readonly service: string };

/** `seq`: where the case stands after it. `events`: what this call appended; none where it was a repeat or already so. */
export type Performed = {
  readonly id: CaseId;
  readonly seq: number;
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
};

const MOST_TRIES = 8;

/** Opens a case. The number comes from who asks and the key, so that the same intent never opens two. Throws Refusal. */
export async function open(road: Road, request: NewCase): Promise<Performed> {
  const { definition } = road.catalogue.current(request.service);
  const year = jalaliYear(road.ports.world.now());
  let salt = 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const id = caseId(year, chosenNumber(request, salt));
    const existing = await find(road.pool, id);
    if (!existing) {
      const done = await attempt(road, { id, request, definition, loaded: undefined });
      if (done) return done;
    } else if (existing.state.applicant.id === request.actor.person && (await findKey(road.pool, id, request.key))) {
      return repeated(road, id, request);
    } else salt += 1; // the number is another case's
  }
  throw new Refusal('conflict-persisted', {});
}

function chosenNumber(request: NewCase, salt: number): number {
  const digest = createHash('sha256')
    .update(canonical([request.actor.person, request.key, request.service, salt]))
    .digest();
  return Number(digest.readBigUInt64BE(0) % 1_000_000_000n);
}

/** One command on an existing case. `anew` makes the request again for a further try, where it holds what may have changed. Throws Refusal. */
export async function perform(
  road: Road,
  id: CaseId,
  request: Request,
  anew: () => Promise<Request> = () => Promise.resolve(request),
): Promise<Performed> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const asked = tries === 0 ? request : await anew();
    const loaded = road.cases.get(id) ?? (await load(road.pool, id));
    const done = await attempt(road, { id, request: asked, definition: loaded.state.definition, loaded });
    if (done) return done;
    road.cases.drop(id);
    // Two callers on one case: whoever lost lets the other through before it tries again.
    await new Promise((resolve) => setTimeout(resolve, randomInt(1, 4 + tries * 4)));
  }
  throw new Refusal('conflict-persisted', { case: id });
}

type Attempt = {
  readonly id: CaseId;
  readonly request: Request;
  readonly definition: string;
  readonly loaded: Loaded | undefined;
};

/** One try. Undefined where another step came first. */
async function attempt(road: Road, { id, request, definition, loaded }: Attempt): Promise<Performed | undefined> {
  const env = await envOf(road, { definition, loaded, command: request.command });
  const before = loaded?.state;
  const decided = await judged(road, { id, request, env, loaded });
  if ('seq' in decided) return decided;
  const { events, evolved } = foldFacts(before, { decided, env, seq: loaded?.seq ?? 0 });
  const committed = commitEvents(events, { id, definition, leaf: loaded?.leaf ?? '', random: road.ports.world.random });
  const step = project({ id, before, evolved, events: committed, env, key: keyOf(request) });
  road.crash('before-commit');
  const appended = await append(road.pool, { ...step, expected: loaded?.seq ?? 0, ...(request.held && { held: request.held }) });
  road.crash('after-commit');
  if (appended === 'repeated') return repeated(road, id, request);
  if (appended !== 'written') return undefined;
  const { state } = evolved;
  const seq = events.at(-1)?.seq ?? 0;
  road.cases.put(id, { state, seq, leaf: committed.at(-1)?.leaf ?? '', at: env.now });
  if (step.wants.length > 0) road.nudge();
  return { id, seq, state, events };
}

/** Decides; but before a refusal (or nothing to do) is believed, asks whether this very intent was done before. */
async function judged(
  road: Road,
  {
    id,
    request,
    env,
    loaded,
  }: { readonly id: CaseId; readonly request: Request; readonly env: CaseEnv; readonly loaded: Loaded | undefined },
): Promise<Performed | ReturnType<typeof decide>> {
  try {
    const decided = decide(id, loaded?.state, request, env);
    if (decided.facts.length > 0 || !loaded) return decided;
    return { id, seq: loaded.seq, state: loaded.state, events: [] };
  } catch (error) {
    if (!(error instanceof Refusal) || !loaded) throw error;
    const before = await findKey(road.pool, id, request.key);
    // Somebody else's use of the key answers nothing to this one: they are refused for what they are.
    if (before && isSameAsker(before, request)) return repeated(road, id, request);
    // A cached state may be behind: a refusal is only given on the newest one.
    const newest = await load(road.pool, id);
    if (newest.seq !== loaded.seq) {
      road.cases.drop(id);
      return perform(road, id, request);
    }
    await insertDenial(road.pool, {
      at: env.now,
      person: request.actor.person,
      command: request.command.type,
      caseId: id,
      code: error.code,
    });
    throw error;
  }
}

type Judged = { readonly definition: string; readonly loaded: Loaded | undefined; readonly command: Command };

async function envOf(road: Road, { definition, loaded, command }: Judged): Promise<CaseEnv> {
  const now = road.ports.world.now();
  const pkg = await road.catalogue.byDefinition(definition);
  const clock = loaded?.state.clock;
  const calendar = road.catalogue.calendar(pkg.manifest.deadline.calendar, clock?.calendarVersion);
  // Time never runs backwards within a case, whatever a machine's clock does.
  const target = command.type === 'MigrateCase' ? await versionOf(road, command.definition) : undefined;
  return { package: pkg, definition, calendar, now: loaded && loaded.at > now ? loaded.at : now, ...(target && { target }) };
}

async function versionOf(road: Road, definition: string): Promise<NonNullable<CaseEnv['target']>> {
  return { package: await road.catalogue.byDefinition(definition), definition };
}

/** True where this intent was carried out before: a form sent twice lands where its first sending did. */
export async function isDone(road: Road, id: CaseId, key: string): Promise<boolean> {
  return (await findKey(road.pool, id, key)) !== undefined;
}

function foldFacts(
  before: CaseState | undefined,
  { decided, env, seq }: { readonly decided: ReturnType<typeof decide>; readonly env: CaseEnv; readonly seq: number },
): { readonly events: readonly CaseEvent[]; readonly evolved: Evolved } {
  const events: CaseEvent[] = [];
  let evolved: Evolved | undefined;
  for (const fact of decided.facts) {
    const event: CaseEvent = { ...fact, seq: seq + events.length + 1, at: env.now, hat: decided.hat };
    const next = evolve(evolved?.state ?? before, event, env);
    evolved = evolved
      ? {
          state: next.state,
          trail: [...evolved.trail, ...next.trail],
          wants: [...evolved.wants, ...next.wants],
          decisions: [...evolved.decisions, ...next.decisions],
        }
      : next;
    events.push(event);
  }
  if (!evolved) throw new TypeError('no facts to fold');
  return { events, evolved };
}

/** `digest`: who asked, a point, what they sent. A key is its user's alone. */
function keyOf(request: Request): { readonly key: string; readonly command: string; readonly digest: string } {
  const said = request.said === undefined ? (request.command as unknown as Json) : request.said;
  return { key: request.key, command: request.command.type, digest: `${digestOf(request.actor.person)}.${digestOf(said)}` };
}

function isSameAsker(used: UsedKey, request: Request): boolean {
  return used.digest.split('.')[0] === keyOf(request).digest.split('.')[0];
}

async function refuseOtherUse(road: Road, id: CaseId, request: Request): Promise<void> {
  const used = await findKey(road.pool, id, request.key);
  const mine = keyOf(request);
  if (used && (used.command !== mine.command || used.digest !== mine.digest))
    throw new Refusal('key-reused', { key: request.key });
}

async function repeated(road: Road, id: CaseId, request: Request): Promise<Performed> {
  await refuseOtherUse(road, id, request);
  road.cases.drop(id);
  const { seq, state } = await load(road.pool, id);
  return { id, seq, state, events: [] };
}
