// Whether a document is good, by its code, for anyone: number, kind, dates and standing; nothing of whoever holds it.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { PROBLEMS } from '#door/problems.ts';
import type { Road } from '#work/road.ts';
import { verifyDocument } from '#work/views/public.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Button } from '#portal/ui/actions.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { href } from '#portal/ui/href.ts';
import { TextInput } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { Code, JalaliDateText, JalaliTime } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function verifyRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/verify', (request) => {
    const { language, query } = request;
    const code = (query['code'] ?? '').trim();
    if (code !== '') return request.go(`/verify/${encodeURIComponent(code.slice(0, LONGEST_CODE))}`);
    const body = (
      <>
        <Heading title={words(language, 'verify.title')} lead={words(language, 'verify.lead')} />
        <CodeForm language={language} />
        <p>
          <a href={href(language, '/verify-receipt')}>{words(language, 'receipt.title')}</a>
        </p>
      </>
    );
    return composePage(road, request, { title: words(language, 'verify.title'), body });
  });
  page(server, '/verify/:code', async (request) => {
    const code = request.params['code'] ?? '';
    try {
      const document = await verifyDocument(road, code);
      const body = <Verdict language={request.language} document={document} now={road.ports.world.now()} />;
      return composePage(road, request, { title: words(request.language, 'verify.title'), body });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'document-not-found') throw error;
      return notFound(road, request, code);
    }
  });
}

/** Longer than any code with the blanks that people type. */
const LONGEST_CODE = 60;

/** The box to type a code in, with what was typed. */
export function CodeForm({ language, code = '' }: { readonly language: Language; readonly code?: string }): JSX.Element {
  return (
    <form method="get" action={href(language, '/verify')}>
      <TextInput language={language} name="code" label={words(language, 'verify.code')} value={code} content="code" />
      <p>
        <Button>{words(language, 'verify.check')}</Button>
      </p>
    </form>
  );
}

/** No such document: what that means, and the code again to be corrected. */
function notFound(road: Road, request: PageRequest, code: string): FastifyReply {
  const { language } = request;
  const { status, title, mend } = PROBLEMS['document-not-found'];
  const body = (
    <>
      <Heading title={words(language, 'verify.title')} />
      <Notice language={language} tone="danger" title={title[language]} live>
        <p>{mend[language]}</p>
      </Notice>
      <CodeForm language={language} code={code.slice(0, LONGEST_CODE)} />
    </>
  );
  return request.reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(composePage(road, request, { title: title[language], body }));
}

type Shown = Awaited<ReturnType<typeof verifyDocument>>;

export function Verdict({
  language,
  document,
  now,
}: {
  readonly language: Language;
  readonly document: Shown;
  readonly now: string;
}): JSX.Element {
  const isExpired = document.validUntil !== null && document.validUntil < now;
  const verdict = document.status === 'revoked' ? 'revoked' : isExpired ? 'expired' : 'valid';
  const rows = [
    { label: words(language, 'verify.status'), value: say(language, `document.${document.status}`) },
    { label: words(language, 'verify.document'), value: language === 'fa' ? document.titleFa : document.titleEn },
    { label: words(language, 'verify.kind'), value: say(language, `kind.${document.kind}` as 'kind.certificate') },
    { label: words(language, 'verify.number'), value: <Code language={language} code={document.number} /> },
    { label: words(language, 'verify.issued'), value: <JalaliDateText language={language} at={document.issuedAt} /> },
    ...(document.validUntil === null
      ? []
      : [{ label: words(language, 'verify.until'), value: <JalaliDateText language={language} at={document.validUntil} /> }]),
    ...(document.revokedAt === null
      ? []
      : [{ label: words(language, 'verify.revoked-at'), value: <JalaliTime language={language} at={document.revokedAt} /> }]),
  ];
  return (
    <>
      <Heading title={words(language, 'verify.title')} />
      <Notice
        language={language}
        tone={verdict === 'valid' ? 'success' : 'danger'}
        title={words(language, `verify.${verdict}`)}
        live
      />
      <SummaryList language={language} rows={rows} />
      <p>{words(language, 'verify.compare')}</p>
    </>
  );
}
