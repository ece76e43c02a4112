// A refusal as a page: what happened and the mend, in the reader's language. Someone whose session ended loses nothing they typed.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import type { Refusal } from '#base/refusal.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import type { Road } from '#work/road.ts';
import { composePage } from './compose-page.tsx';
import { pageRequest } from './page-route.ts';
import type { PageRequest } from './page-route.ts';
import { Actions, Button, ButtonLink } from './ui/actions.tsx';
import { href } from './ui/href.ts';
import { Heading } from './ui/parts.tsx';
import { speaker } from './ui/words.ts';

const words = speaker(
  {
    kept: 'آنچه نوشته‌اید در همین صفحه نگه داشته شده است. نخست در برگهٔ تازه وارد شوید، سپس به همین صفحه برگردید و دوباره بفرستید. فایل‌ها را باید دوباره انتخاب کنید.',
    'sign-in': 'ورود در برگهٔ تازه',
    again: 'وارد شدم؛ دوباره بفرست',
    home: 'صفحهٔ نخست',
    case: 'صفحهٔ پرونده',
  },
  {
    kept: 'What you typed is kept on this page. First sign in in a new tab, then come back here and send again. Files must be chosen again.',
    'sign-in': 'Sign in in a new tab',
    again: 'I have signed in; send again',
    home: 'Front page',
    case: 'The case’s page',
  },
);

export function sendProblemPage(road: Road, refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const page = pageRequest(request, reply);
  const { status, title, mend } = PROBLEMS[refusal.code];
  if (status === 401 && (request.method === 'GET' || request.method === 'HEAD')) {
    return reply.redirect(href(page.language, `/sign-in?next=${encodeURIComponent(request.url)}`), 303);
  }
  const heading = fill(title, refusal.facts)[page.language];
  const body = (
    <>
      <Heading title={heading} lead={fill(mend, refusal.facts)[page.language]} />
      {status === 401 ? <SendAgain page={page} action={request.url} /> : <WayOut page={page} isMissing={status === 404} />}
    </>
  );
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(composePage(road, page, { title: heading, body, personal: true }));
}

/** To the case where the refusal is about one the person may open, else to the front page. */
function WayOut({ page, isMissing }: { readonly page: PageRequest; readonly isMissing: boolean }): JSX.Element {
  const { language, path, visitor } = page;
  const id = visitor && !isMissing ? /^\/(?:desk\/)?cases\/(\d{14})\//.exec(path)?.[1] : undefined;
  return (
    <Actions>
      {id !== undefined && <ButtonLink href={href(language, `/cases/${id}`)}>{words(language, 'case')}</ButtonLink>}
      <ButtonLink href={href(language, '/')} weight="secondary">
        {words(language, 'home')}
      </ButtonLink>
    </Actions>
  );
}

/** The form that was sent, whole, as hidden fields: sent again it is the same intent, with the same key. */
function SendAgain({ page, action }: { readonly page: PageRequest; readonly action: string }): JSX.Element {
  const { language, body } = page;
  const values = Object.entries(body).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const));
  return (
    <form method="post" action={action}>
      <p>{words(language, 'kept')}</p>
      {values.map(([name, value], index) => (
        <input type="hidden" key={index} name={name} value={value} />
      ))}
      <p>
        <a class="button primary" href={href(language, '/sign-in?next=/my')} target="_blank" rel="noopener">
          {words(language, 'sign-in')}
        </a>
      </p>
      <Actions>
        <Button weight="secondary">{words(language, 'again')}</Button>
      </Actions>
    </form>
  );
}
