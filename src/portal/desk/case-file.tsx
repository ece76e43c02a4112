// The case file on one page: what is mine to do, the application, what registers and units said, rules, money, documents, events.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { WaitId } from '#engine/types.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { applicationForm } from '#work/views/draft.ts';
import { answerRows } from '#portal/answers.tsx';
import { composePage, Key } from '#portal/compose-page.tsx';
import { Fee, textIn } from '#portal/fee.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonForm, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { StatusTag, SummaryList, Timeline, who } from '#portal/ui/case-parts.tsx';
import { codeText, sizeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { TextInput } from '#portal/ui/inputs.tsx';
import { numberText } from '#portal/ui/numbers.ts';
import { Details, Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import { Code, JalaliDateText, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { deskViewer } from './viewer.ts';
import { words } from './words.ts';

export function fileRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/cases/:id', async (request) => {
    const viewer = deskViewer(request);
    const file = await loadCaseFile(road, viewer, request.params['id'] ?? '');
    const { language } = request;
    const title = words(language, 'file.title', { number: codeText(language, printedCaseId(file.id)) });
    const isManager = viewer.visitor.assignments.some(
      (one) => one.role === 'manager' && file.state.units.includes(one.unit as never),
    );
    const body = <FileBody language={language} file={file} me={viewer.visitor.id} mayRevoke={isManager && !file.own} />;
    return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
  });
  post(server, '/desk/cases/:id/tasks/:task/release', async (request) => {
    const { actor, file, key } = await opened(road, request);
    await perform(road, file.id, { actor, key, command: { type: 'ReleaseTask', task: request.params['task'] as WaitId } });
    return request.go('/desk');
  });
  post(server, '/desk/cases/:id/documents/:code/revoke', async (request) => {
    const { actor, file, key } = await opened(road, request);
    const reason = textOf(request.body, 'reason').trim().slice(0, 2000);
    if (reason === '') throw new Refusal('malformed-request', { reason: words(request.language, 'file.revoke-reason') });
    await perform(road, file.id, { actor, key, command: { type: 'RevokeDocument', code: request.params['code'] ?? '', reason } });
    return request.go(`/desk/cases/${file.id}`);
  });
}

async function opened(road: Road, request: PageRequest) {
  const viewer = deskViewer(request);
  const file = await loadCaseFile(road, viewer, request.params['id'] ?? '');
  return { actor: viewer.actor, file, key: textOf(request.body, 'key') || request.request.id };
}

type Props = { readonly language: Language; readonly file: CaseFile; readonly me: string; readonly mayRevoke: boolean };

function FileBody({ language, file, me, mayRevoke }: Props): JSX.Element {
  const { state, package: pkg } = file;
  const application = isObject(file.variables['application']) ? file.variables['application'] : state.draft;
  return (
    <>
      <Heading
        title={pkg.manifest.title[language]}
        caption={words(language, 'file.title', { number: codeText(language, printedCaseId(file.id)) })}
      />
      <SummaryList language={language} rows={headRows(language, file)} />
      <Section title={words(language, 'file.now')} id="now">
        {file.tasks.length === 0 && <p>{words(language, 'file.not-yours')}</p>}
        {file.tasks.map((task) => (
          <TaskNow key={task.id} language={language} file={file} task={task} me={me} />
        ))}
      </Section>
      <Section title={words(language, 'file.application')} id="application">
        <SummaryList language={language} rows={answerRows(applicationForm(pkg), application, { language, texts: pkg.texts })} />
        <Attachments language={language} file={file} />
      </Section>
      <Register language={language} file={file} />
      <UnitAnswers language={language} file={file} />
      {state.fee && (
        <Section title={say(language, 'fee.title')} id="fee">
          <Fee language={language} fee={state.fee} />
        </Section>
      )}
      <Rules language={language} file={file} />
      <Documents language={language} file={file} mayRevoke={mayRevoke} />
      <Section title={words(language, 'file.history')} id="history">
        <Timeline language={language} items={historyItems(language, file)} />
      </Section>
      {file.incidents.length > 0 && (
        <Section title={words(language, 'file.incidents')} id="incidents">
          <ul>
            {file.incidents.map((one) => (
              <li key={one.id}>
                <bdi>{one.element}</bdi>: <UserText>{one.reason}</UserText>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function headRows(language: Language, { state, package: pkg }: CaseFile) {
  const { clock } = state;
  const visits = { declared: numberText(language, pkg.manifest.visits.city), actual: numberText(language, state.visits.city) };
  return [
    { label: say(language, 'case.status'), value: <StatusTag language={language} status={state.status} /> },
    { label: say(language, 'case.applicant'), value: <UserText>{state.applicant.name}</UserText> },
    ...(state.submittedAt === undefined
      ? []
      : [{ label: say(language, 'case.submitted'), value: <JalaliTime language={language} at={state.submittedAt} /> }]),
    ...(clock
      ? [
          {
            label: say(language, 'case.due'),
            value:
              clock.due === undefined || clock.state !== 'running' ? (
                say(language, `case.clock-${clock.state}`)
              ) : (
                <JalaliDateText language={language} at={clock.due} shape="full" />
              ),
          },
        ]
      : []),
    { label: words(language, 'list.visits'), value: words(language, 'file.visits', visits) },
    ...(state.reason === undefined
      ? []
      : [{ label: words(language, 'file.reason'), value: <UserText>{textIn(state.reason, language)}</UserText> }]),
  ];
}

/** One open task: whose it is, and what the reader may do with it. What they may not do is not offered. */
function TaskNow({
  language,
  file,
  task,
  me,
}: {
  readonly language: Language;
  readonly file: CaseFile;
  readonly task: OpenTask;
  readonly me: string;
}): JSX.Element {
  const base = `/desk/cases/${file.id}/tasks/${task.id}`;
  const isHeld = task.assignee !== undefined && task.assignee !== me;
  return (
    <Notice language={language} tone="info" title={task.step[language]}>
      <p>
        {who(language, task.role as never, task.unitName?.[language])} ·{' '}
        <JalaliTime language={language} at={task.openedAt} shape="short" />{' '}
        {task.inquiry !== undefined && <Tag tone="info">{words(language, 'inquiry')}</Tag>}{' '}
        {task.visit !== undefined && <Tag tone="info">{words(language, 'visit')}</Tag>}
      </p>
      {isHeld && <p>{words(language, 'file.held', { name: task.assigneeName?.[language] ?? '' })}</p>}
      {task.mine ? (
        <Actions>
          <ButtonLink href={href(language, base)}>{words(language, 'file.work')}</ButtonLink>
          {task.assignee === undefined ? (
            <ButtonForm action={href(language, `${base}/claim`)} hidden={{ key: crypto.randomUUID() }} weight="secondary">
              {words(language, 'file.claim')}
            </ButtonForm>
          ) : (
            <ButtonForm action={href(language, `${base}/release`)} hidden={{ key: crypto.randomUUID() }} weight="quiet">
              {words(language, 'file.release')}
            </ButtonForm>
          )}
        </Actions>
      ) : (
        !isHeld && <p>{words(language, task.role === 'applicant' ? 'file.not-yours' : 'file.separate')}</p>
      )}
    </Notice>
  );
}

function Attachments({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element | null {
  if (file.state.files.length === 0) return null;
  return (
    <>
      <h3>{words(language, 'file.files')}</h3>
      <ul>
        {file.state.files.map((one) => (
          <li key={one.file}>
            <a href={href(language, `/cases/${file.id}/files/${one.file}`)}>
              <bdi>{one.name}</bdi>
            </a>{' '}
            ({sizeText(language, one.size)})
          </li>
        ))}
      </ul>
    </>
  );
}

/** A record as rows: names as the package says them under `register.<name>`, else as they are. */
function recordRows(language: Language, file: CaseFile, record: JsonObject) {
  const texts = file.package.texts[language];
  return Object.entries(record)
    .filter(([name]) => !/nationalId$/i.test(name))
    .map(([name, value]) => ({ label: texts[`register.${name}`] ?? name, value: <bdi>{shown(value, language)}</bdi> }));
}

function shown(value: Json, language: Language): string {
  if (Array.isArray(value))
    return (value as readonly Json[]).map((one) => shown(one, language)).join(language === 'fa' ? '، ' : ', ');
  if (typeof value === 'number') return numberText(language, value);
  if (isObject(value) && value[language] === undefined)
    return Object.values(value)
      .map((one) => shown(one, language))
      .join(' · ');
  return textIn(value, language);
}

function Register({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element | null {
  const property = file.variables['property'];
  if (!isObject(property)) return null;
  return (
    <Section title={words(language, 'file.register')} id="register">
      <SummaryList language={language} rows={recordRows(language, file, property)} />
    </Section>
  );
}

/** What each unit answered, in the words of its own form. */
function UnitAnswers({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element | null {
  const answered = file.answers.filter((one) => one.form !== undefined);
  if (answered.length === 0) return null;
  return (
    <Section title={words(language, 'file.answers')} id="answers">
      {answered.map((one, index) => (
        <Details
          key={index}
          summary={`${one.step[language]} · ${who(language, one.role as never, one.unitName?.[language])}`}
          open={index === answered.length - 1}
        >
          {one.form && (
            <SummaryList language={language} rows={answerRows(one.form, one.answers, { language, texts: file.package.texts })} />
          )}
        </Details>
      ))}
    </Section>
  );
}

function Rules({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element | null {
  const hits = file.decisions.flatMap((one) => one.hits);
  if (hits.length === 0) return null;
  return (
    <Section title={words(language, 'file.rules')} id="rules">
      <ul>
        {hits.map((hit, index) => (
          <li key={index}>
            {words(language, 'file.rule', { rule: numberText(language, hit.rule), decision: hit.decision })}:{' '}
            <UserText>{Object.values(hit.annotations).join(' · ')}</UserText>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Documents({ language, file, mayRevoke }: Omit<Props, 'me'>): JSX.Element | null {
  if (file.state.documents.length === 0) return null;
  return (
    <Section title={words(language, 'file.documents')} id="documents">
      {file.state.documents.map((one) => (
        <div key={one.code}>
          <p>
            <a href={href(language, `/cases/${file.id}/documents/${one.code}`)}>
              <Code language={language} code={one.number} />
            </a>{' '}
            <Tag tone={one.status === 'valid' ? 'success' : 'danger'}>{say(language, `document.${one.status}`)}</Tag>{' '}
            <a href={href(language, `/verify/${one.code}`)}>{say(language, 'nav.verify')}</a>
          </p>
          {mayRevoke && one.status === 'valid' && (
            <Details summary={words(language, 'file.revoke')}>
              <form method="post" action={href(language, `/desk/cases/${file.id}/documents/${one.code}/revoke`)}>
                <Key />
                <TextInput
                  language={language}
                  name="reason"
                  label={words(language, 'file.revoke-reason')}
                  required
                  value=""
                  width="full"
                />
                <Actions>
                  <Button weight="danger">{words(language, 'file.revoke')}</Button>
                </Actions>
              </form>
            </Details>
          )}
        </div>
      ))}
    </Section>
  );
}

function historyItems(language: Language, file: CaseFile) {
  return file.timeline.map((entry) => ({
    title: `${say(language, `event.${entry.what}`)}${entry.step ? `: ${entry.step[language]}` : ''}`,
    state: 'done' as const,
    at: entry.at,
    role: entry.role,
    ...(entry.unitName ? { unit: entry.unitName[language] } : {}),
    note: (
      <>
        {entry.personName && <bdi>{entry.personName[language]}</bdi>}{' '}
        {entry.reason !== undefined && <UserText>{textIn(entry.reason, language)}</UserText>}
      </>
    ),
  }));
}
