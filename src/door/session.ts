// Sessions: an opaque random token in a __Host- cookie, its hash in the database; a new token at every login.
// Knows who is there; never what they may do.
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_MINUTES = 60;

/** What the door needs of the database about sessions; store/sessions.ts fulfils it. */
export type SessionBook = {
  find(tokenHash: Buffer): Promise<SessionRow | undefined>;
  create(tokenHash: Buffer, personId: string | null, login: LoginUnderWay | null): Promise<void>;
  end(tokenHash: Buffer): Promise<void>;
};

export type LoginUnderWay = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
};
export type SessionRow = { readonly person: Visitor | null; readonly login: LoginUnderWay | null };

/** Who is signed in: names in both languages, and what they hold in the organisation. */
export type Visitor = {
  readonly id: string;
  readonly kind: 'citizen' | 'business';
  readonly name: { readonly fa: string; readonly en: string };
  readonly nationalId: string;
  readonly assignments: readonly { readonly role: string; readonly unit: string }[];
};

/** `__Host-` needs https; a plain-http demo on localhost uses the bare name. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-dargah' : 'dargah';
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function tokenOf(request: FastifyRequest, secure: boolean): string | undefined {
  const token = request.cookies[cookieName(secure)];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

/** Starts a session and sets its cookie; the token before, if any, ends. */
export async function startSession(
  book: SessionBook,
  given: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly secure: boolean },
  who: { readonly personId: string | null; readonly login: LoginUnderWay | null },
): Promise<void> {
  const { request, reply, secure } = given;
  const before = tokenOf(request, secure);
  const token = randomBytes(32).toString('base64url');
  await book.create(hashToken(token), who.personId, who.login);
  if (before !== undefined) await book.end(hashToken(before));
  reply.setCookie(cookieName(secure), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: SESSION_MINUTES * 60,
  });
}

export async function endSession(
  book: SessionBook,
  given: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly secure: boolean },
): Promise<void> {
  const token = tokenOf(given.request, given.secure);
  if (token !== undefined) await book.end(hashToken(token));
  given.reply.clearCookie(cookieName(given.secure), { path: '/' });
}
