// Finds out who sent a request, from the session cookie or a bearer token. Judges nothing: the road does.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Actor, Role } from '#cases/types.ts';
import { hashToken, tokenOf } from './session.ts';
import type { LoginUnderWay, SessionBook, Visitor } from './session.ts';

type Known = {
  readonly visitor: Visitor | undefined;
  readonly login: LoginUnderWay | undefined;
  readonly lapsed: boolean;
  readonly session?: string;
};

const known = new WeakMap<FastifyRequest, Known>();

/** Looks the session up, once per request. `lapsed`: a token came that is no longer good. */
export async function recognise(request: FastifyRequest, book: SessionBook, secure: boolean): Promise<void> {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? tokenOf(request, secure);
  const row = token === undefined ? undefined : await book.find(hashToken(token));
  known.set(request, {
    visitor: row?.person ?? undefined,
    login: row?.login ?? undefined,
    lapsed: token !== undefined && !row,
    ...(row && token !== undefined && { session: hashToken(token).toString('hex') }),
  });
}

/** The hash by which the database knows a visitor’s sign-in: names it, and opens nothing. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return known.get(request)?.session;
}

export function visitorOf(request: FastifyRequest): Visitor | undefined {
  return known.get(request)?.visitor;
}

export function loginOf(request: FastifyRequest): LoginUnderWay | undefined {
  return known.get(request)?.login;
}

/** Throws Refusal `login-required`, or `session-expired` where there was a session. */
export function requireVisitor(request: FastifyRequest): Visitor {
  const visitor = visitorOf(request);
  if (!visitor) throw new Refusal(known.get(request)?.lapsed === true ? 'session-expired' : 'login-required');
  return visitor;
}

/** The visitor as the road knows actors. */
export function actorOf(visitor: Visitor): Actor {
  return {
    person: visitor.id as PersonId,
    kind: visitor.kind,
    assignments: visitor.assignments.map((one) => ({ role: one.role as Role, unit: one.unit as UnitId })),
  };
}

/** The visitor as the database's row-level security knows readers. */
export function readerOf(visitor: Visitor): {
  readonly person: string;
  readonly units: readonly string[];
  readonly owns: readonly string[];
} {
  const unitsOf = (all: Visitor['assignments']): readonly string[] => [...new Set(all.map((one) => one.unit))];
  return {
    person: visitor.id,
    units: unitsOf(visitor.assignments),
    owns: unitsOf(visitor.assignments.filter((one) => one.role === 'owner')),
  };
}
