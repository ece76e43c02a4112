// The case file on one page: what is mine to do first, then all that is known, decided, paid, issued and proved.
// The applicant's own desk shows them nothing here: they follow their case as anyone does.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { PROBLEMS } from '#door/problems.ts';
import type { Form } from '#forms/types.ts';
import { ledgerStanding } from '#work/receipt.ts';
import type { Standing } from '#work/receipt.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { answerRows } from '#portal/answers.tsx';
import { composePage } from '#portal/compose-page.tsx';
import { textIn } from '#portal/fee.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { ButtonLink } from '#portal/ui/actions.tsx';
import { Columns, Section } from '#portal/ui/cards.tsx';
import { StatusTag, SummaryList } from '#portal/ui/case-parts.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Details, Heading, Notice } from '#portal/ui/parts.tsx';
import { Code, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { DueText } from './due.tsx';
import { Application, Attachments, Registers, UnitAnswers } from './file-data.tsx';
import { Fees, Payments, Rules } from './file-money.tsx';
import { Now } from './file-now.tsx';
import { Documents, History, Incidents, Integrity } from './file-proofs.tsx';
import { words } from './file-words.ts';
import { refusalText, troubleText } from './trouble.ts';
import { deskViewer } from './viewer.ts';

/** What somebody had typed when the task went from under them. */
export type Typed = { readonly form: Form; readonly values: JsonObject };

export function fileRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/cases/:id', async (request) => {
    const file = await loadCaseFile(road, deskViewer(request), request.params['id'] ?? '');
    return filePage(road, request, { file, standing: await ledgerStanding(road, file.id) });
  });
}

/** The case file with what went wrong above it, under the refusal's own status. */
export async function sendTrouble(road: Road, request: PageRequest, refusal: Refusal, typed?: Typed): Promise<FastifyReply> {
  const file = await loadCaseFile(road, deskViewer(request), request.params['id'] ?? '');
  const standing = await ledgerStanding(road, file.id);
  const trouble = troubleText(request.language, refusal, file);
  return request.reply
    .code(PROBLEMS[refusal.code].status)
    .type('text/html; charset=utf-8')
    .send(filePage(road, request, { file, standing, trouble, ...(typed ? { typed } : {}) }));
}

type Shown = {
  readonly file: CaseFile;
  readonly standing: Standing;
  readonly trouble?: string;
  readonly typed?: Typed;
};

function filePage(road: Road, request: PageRequest, shown: Shown): string {
  const { language, query } = request;
  const { file } = shown;
  const { visitor } = deskViewer(request);
  const title = words(language, 'file.title', { number: codeText(language, printedCaseId(file.id)) });
  const body = file.own ? (
    <OwnCase language={language} file={file} />
  ) : (
    <>
      {query['revoked'] === '1' && <Notice language={language} tone="success" title={words(language, 'revoke.done')} live />}
      <FileBody language={language} now={road.ports.world.now()} me={visitor.id} {...shown} />
    </>
  );
  // Where a claim was refused this stands in for the claim's own address: the other language is the file's.
  const at = { ...request, path: `/desk/cases/${file.id}` };
  return composePage(road, at, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

function OwnCase({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element {
  return (
    <>
      <FileHeading language={language} file={file} />
      <Notice language={language} tone="warning" title={refusalText(language, 'own-case')}>
        <p>{words(language, 'file.own')}</p>
        <ButtonLink href={href(language, `/cases/${file.id}`)} weight="secondary">
          {words(language, 'file.own-link')}
        </ButtonLink>
      </Notice>
    </>
  );
}

function FileHeading({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element {
  return (
    <Heading
      title={file.package.manifest.title[language]}
      caption={words(language, 'file.title', { number: codeText(language, printedCaseId(file.id)) })}
    />
  );
}

export type FileBodyProps = Shown & { readonly language: Language; readonly now: Instant; readonly me: string };

export function FileBody({ language, file, standing, trouble, typed, now, me }: FileBodyProps): JSX.Element {
  const at = { language, file, now };
  return (
    <>
      {trouble !== undefined && (
        <Notice language={language} tone="danger" title={trouble} live>
          {typed && <TypedAnswers language={language} file={file} typed={typed} />}
        </Notice>
      )}
      <FileHeading language={language} file={file} />
      <SummaryList language={language} rows={headRows(at)} />
      <Incidents language={language} file={file} />
      <Now {...at} me={me} />
      <Columns label={words(language, 'file.proofs')} aside={<Proofs language={language} file={file} standing={standing} />}>
        <Section title={words(language, 'file.application')} id="application">
          <Application language={language} file={file} />
          <Attachments language={language} file={file} />
        </Section>
        <Registers language={language} file={file} />
        <p>
          <a href={href(language, `/desk/cases/${file.id}/inquiries`)}>{words(language, 'file.inquiries')}</a>
        </p>
        <UnitAnswers language={language} file={file} />
        <Fees language={language} file={file} />
        <Payments language={language} file={file} />
        <Rules language={language} file={file} />
      </Columns>
    </>
  );
}

function Proofs({ language, file, standing }: Pick<FileBodyProps, 'language' | 'file' | 'standing'>): JSX.Element {
  return (
    <>
      <Documents language={language} file={file} />
      <History language={language} file={file} />
      <Integrity language={language} file={file} standing={standing} />
    </>
  );
}

function TypedAnswers({
  language,
  file,
  typed,
}: {
  readonly language: Language;
  readonly file: CaseFile;
  readonly typed: Typed;
}) {
  return (
    <>
      <p>{words(language, 'file.typed-lead')}</p>
      <Details summary={words(language, 'file.typed')} open>
        <SummaryList language={language} rows={answerRows(typed.form, typed.values, { language, texts: file.package.texts })} />
      </Details>
    </>
  );
}

type HeadProps = { readonly language: Language; readonly file: CaseFile; readonly now: Instant };

function headRows({ language, file, now }: HeadProps) {
  const { state, package: pkg } = file;
  const visits = { declared: numberText(language, pkg.manifest.visits.city), actual: numberText(language, state.visits.city) };
  return [
    { label: say(language, 'case.status'), value: <StatusTag language={language} status={state.status} /> },
    ...(state.reason === undefined || state.reason === ''
      ? []
      : [{ label: words(language, 'file.reason'), value: <UserText>{textIn(state.reason, language)}</UserText> }]),
    {
      label: say(language, 'case.applicant'),
      value: (
        <>
          <UserText>{state.applicant.name}</UserText> ({say(language, `role.${state.applicant.kind}`)} ·{' '}
          <Code language={language} code={state.applicant.nationalId} />)
        </>
      ),
    },
    ...(state.submittedAt === undefined
      ? []
      : [{ label: say(language, 'case.submitted'), value: <JalaliTime language={language} at={state.submittedAt} /> }]),
    ...(state.clock ? [{ label: say(language, 'case.due'), value: clockText({ language, file, now }) }] : []),
    { label: words(language, 'file.visits-label'), value: words(language, 'file.visits', visits) },
    {
      label: words(language, 'file.version'),
      value: <bdi dir="ltr">{codeText(language, pkg.manifest.version)}</bdi>,
    },
  ];
}

/** Running: the date and how long is left. Standing still: the step that is waited for. */
function clockText({ language, file, now }: HeadProps): JSX.Element | string {
  const { clock } = file.state;
  if (clock?.state === 'running' && clock.due !== undefined) return <DueText language={language} due={clock.due} now={now} />;
  const waited = file.tasks.find((task) => task.pauses !== undefined);
  if (clock?.state === 'paused' && waited) return words(language, 'file.paused', { step: waited.step[language] });
  return say(language, `case.clock-${clock?.state ?? 'stopped'}`);
}
