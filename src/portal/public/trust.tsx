// What anyone can check: documents by their code, receipts by the ledger's key, who answers for what.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Json } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { checkReceipt, latestCheckpoint } from '#work/receipt.ts';
import type { Road } from '#work/road.ts';
import { dutyRegister, verifyDocument } from '#work/views/public.ts';
import type { Duty } from '#work/views/public.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import { Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea, TextInput } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { Code, JalaliDateText, JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function trustRoutes(server: FastifyInstance, road: Road): void {
  dutyRoutes(server, road);
  verifyRoutes(server, road);
  ledgerRoutes(server, road);
}

function dutyRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/duties', (request) => {
    const { language } = request;
    const body = (
      <>
        <Heading title={words(language, 'duties.title')} lead={words(language, 'duties.lead')} />
        {dutyRegister(road).map((duty) => (
          <DutyOf key={duty.service} language={language} duty={duty} />
        ))}
      </>
    );
    return composePage(road, request, { title: words(language, 'duties.title'), body });
  });
  page(server, '/accessibility', (request) => {
    const { language } = request;
    const body = <Heading title={words(language, 'access.title')} lead={words(language, 'access.lead')} />;
    return composePage(road, request, { title: words(language, 'access.title'), body });
  });
}

function DutyOf({ language, duty }: { readonly language: Language; readonly duty: Duty }): JSX.Element {
  return (
    <Section title={<a href={href(language, `/services/${duty.service}`)}>{duty.title[language]}</a>} id={`duty-${duty.service}`}>
      <SummaryList
        language={language}
        rows={[
          { label: words(language, 'duties.steward'), value: duty.steward[language] },
          { label: words(language, 'duties.owner'), value: duty.owner[language] },
          {
            label: words(language, 'duties.infrastructure'),
            value: duty.infrastructure.map((one, index) => (
              <div key={index}>{`${one.unit[language]}: ${one.provides[language]}`}</div>
            )),
          },
        ]}
      />
      {duty.executors.length === 0 ? (
        <p>{words(language, 'duties.none')}</p>
      ) : (
        <Table
          language={language}
          caption={words(language, 'duties.executors', { title: duty.title[language] })}
          columns={[
            { key: 'step', label: words(language, 'duties.step') },
            { key: 'unit', label: words(language, 'duties.unit') },
            { key: 'role', label: words(language, 'duties.role') },
          ]}
          rows={duty.executors.map((one, index) => ({
            key: String(index),
            cells: {
              step: one.step[language],
              unit: one.unit[language],
              role: say(language, `role.${one.role}` as 'role.officer'),
            },
          }))}
        />
      )}
    </Section>
  );
}

function verifyRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/verify', (request) => {
    const { language, query } = request;
    const code = (query['code'] ?? '').trim();
    if (code !== '') return request.go(`/verify/${encodeURIComponent(code)}`);
    const body = (
      <>
        <Heading title={words(language, 'verify.title')} lead={words(language, 'verify.lead')} />
        <form method="get" action={href(language, '/verify')}>
          <TextInput language={language} name="code" label={words(language, 'verify.code')} value="" width="full" />
          <p>
            <Button>{words(language, 'verify.check')}</Button>
          </p>
        </form>
        <p>
          <a href={href(language, '/verify-receipt')}>{words(language, 'receipt.title')}</a>
        </p>
      </>
    );
    return composePage(road, request, { title: words(language, 'verify.title'), body });
  });
  page(server, '/verify/:code', async (request) => {
    const document = await verifyDocument(road, request.params['code'] ?? '');
    const body = <Verdict language={request.language} document={document} now={road.ports.world.now()} />;
    return composePage(road, request, { title: words(request.language, 'verify.title'), body });
  });
}

type Shown = Awaited<ReturnType<typeof verifyDocument>>;

function Verdict({
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

function ledgerRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/ledger', async (request) => {
    const { language } = request;
    const note = await latestCheckpoint(road);
    const key = Buffer.from(road.ports.ledger.verifier.publicKey).toString('base64');
    const body = (
      <>
        <Heading title={words(language, 'ledger.title')} lead={words(language, 'ledger.lead')} />
        <Section title={words(language, 'ledger.checkpoint')} id="checkpoint">
          {note === '' ? (
            <p>{words(language, 'ledger.empty')}</p>
          ) : (
            <pre dir="ltr" tabindex={0}>
              {note}
            </pre>
          )}
        </Section>
        <Section title={words(language, 'ledger.key')} id="key">
          <pre dir="ltr" tabindex={0}>
            {`${road.ports.ledger.verifier.name}\n${key}`}
          </pre>
        </Section>
        <ButtonLink href={href(language, '/verify-receipt')} weight="secondary">
          {words(language, 'ledger.check')}
        </ButtonLink>
      </>
    );
    return composePage(road, request, { title: words(language, 'ledger.title'), body });
  });
  page(server, '/verify-receipt', (request) => composePage(road, request, receiptPage(request.language, '')));
  post(server, '/verify-receipt', async (request) => {
    const text = textOf(request.body, 'receipt');
    if (text.length > 100_000) throw new Refusal('malformed-request', { reason: 'receipt' });
    return composePage(road, request, receiptPage(request.language, text, await checkReceipt(road, parsed(text))));
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function receiptPage(language: Language, text: string, checked?: Awaited<ReturnType<typeof checkReceipt>>) {
  const verdict = checked && (checked.ok ? (checked.included ? 'good' : 'promised') : 'bad');
  const body = (
    <>
      <Heading title={words(language, 'receipt.title')} lead={words(language, 'receipt.lead')} />
      {verdict && (
        <Notice
          language={language}
          tone={verdict === 'bad' ? 'danger' : 'success'}
          title={words(language, `receipt.${verdict}`)}
          live
        >
          {checked.findings.length > 0 && (
            <ul>
              {checked.findings.map((one) => (
                <li key={one.code}>{`${one.reason[language]} ${one.mend[language]}`}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <form method="post" action={href(language, '/verify-receipt')}>
        <TextArea language={language} name="receipt" label={words(language, 'receipt.text')} value={text} rows={8} />
        <p>
          <Button>{words(language, 'verify.check')}</Button>
        </p>
      </form>
    </>
  );
  return { title: words(language, 'receipt.title'), body };
}
