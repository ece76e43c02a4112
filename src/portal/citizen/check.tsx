// Check your answers: each with its way back, what is wrong beside the answer it is about, the declaration, and the submission.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { submit } from '#work/submit.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { applicationForm, hiddenKeys } from '#work/views/draft.ts';
import { answerRows, faultMessage } from '#portal/answers.tsx';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { faultKey } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { ofDraft, ownCase } from './draft.ts';
import { words } from './words.ts';

export function checkRoutes(server: FastifyInstance, road: Road): void {
  page(
    server,
    '/cases/:id/check',
    ofDraft(road, (request, file) => checkPage(road, request, file, [])),
  );
  post(server, '/cases/:id/check', (request) => submitDraft(road, request));
}

function checkPage(road: Road, request: PageRequest, file: CaseFile, faults: readonly FieldFault[]): string {
  const { language } = request;
  const { manifest, texts } = file.package;
  const form = applicationForm(file.package);
  const messages = messagesOf(language, file, faults);
  const rows = answerRows(form, file.state.draft, {
    language,
    texts,
    hidden: hiddenKeys(file.state, file.package),
    change: (one) => href(language, `/cases/${file.id}/apply/${one.id}?from=check`),
  }).map(({ key, ...row }) => ({
    ...row,
    value: <Answer language={language} name={key} value={row.value} error={messages.get(key)} />,
  }));
  const body: JSX.Element = (
    <>
      <Heading title={words(language, 'check.title')} caption={manifest.title[language]} />
      <SummaryList language={language} rows={rows} />
      <form method="post" action={href(language, `/cases/${file.id}/check`)}>
        <Key />
        <p>{words(language, 'check.declare')}</p>
        <Actions>
          <Button>{say(language, 'action.submit')}</Button>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, {
    title: words(language, 'check.title'),
    body,
    errors: [...messages].map(([key, message]) => ({ message, field: fieldId(key) })),
    back: href(language, `/cases/${file.id}/apply`),
    personal: true,
  });
}

/** The first fault of each field, in the order of the form. */
function messagesOf(language: Language, file: CaseFile, faults: readonly FieldFault[]): ReadonlyMap<string, string> {
  const message = faultMessage(file.package.texts);
  const fields = applicationForm(file.package).pages.flatMap((one) => one.fields);
  return new Map(
    fields.flatMap((field) => {
      const fault = faults.find((one) => faultKey(one) === field.key);
      return fault ? [[field.key, message(fault, field)[language]] as const] : [];
    }),
  );
}

/** Where the error summary leads: the answer, what is wrong with it, and "change" beside it. */
function Answer({
  language,
  name,
  value,
  error,
}: {
  readonly language: Language;
  readonly name: string;
  readonly value: JSX.Element;
  readonly error: string | undefined;
}): JSX.Element {
  if (error === undefined) return value;
  return (
    <div id={fieldId(name)} tabindex={-1}>
      <p class="error">
        <span class="away">{say(language, 'errors.one')} </span>
        {error}
      </p>
      {value}
    </div>
  );
}

async function submitDraft(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { actor } = viewerOf(request);
  const file = await ownCase(road, request);
  try {
    await submit(road, file.id, { actor, key: intentOf(request, request.body) });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(checkPage(road, request, file, error.facts.fields ?? []));
  }
  return request.go(`/cases/${file.id}?submitted=1`);
}
