// Check your answers: each with its way back, what is wrong beside the answer it is about, the declaration, and the submission.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { submit } from '#work/submit.ts';
import { allFields, applicationForm, hiddenKeys } from '#work/views/draft.ts';
import type { KnownDatum } from '#work/views/known.ts';
import { answerRows, faultMessage } from '#portal/answers.tsx';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { faultKey } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { Source } from '#portal/own-data/known.tsx';
import { DataValue } from '#portal/own-data/value.tsx';
import { ofDraft, ownCase } from './draft.ts';
import type { DraftFile } from './draft.ts';
import { words } from './words.ts';

export function checkRoutes(server: FastifyInstance, road: Road): void {
  page(
    server,
    '/cases/:id/check',
    ofDraft(road, (request, file) => checkPage(road, request, file, [])),
  );
  post(server, '/cases/:id/check', (request) => submitDraft(road, request));
}

function checkPage(road: Road, request: PageRequest, file: DraftFile, faults: readonly FieldFault[]): string {
  const { language } = request;
  const { manifest, texts } = file.package;
  const form = applicationForm(file.package);
  const messages = messagesOf(language, file, faults);
  const { standings, data } = file.known;
  const known = [...data].map(([key, { value }]) => [key, value] as const);
  const rows = answerRows(
    form,
    { ...Object.fromEntries(known), ...file.state.draft },
    {
      language,
      texts,
      hidden: hiddenKeys(file.state, file.package, standings),
      change: (one) => href(language, `/cases/${file.id}/apply/${one.id}?from=check`),
    },
  ).map(({ key, change, ...row }) => ({
    ...row,
    value: (
      <Answer {...row} language={language} name={key} error={messages.get(key)} datum={givenBy(file, key)?.datum} file={file} />
    ),
    // What a register gives is not changed here, but said to be wrong.
    ...(givenBy(file, key)?.fixed === true ? {} : { change }),
  }));
  const body: JSX.Element = (
    <>
      <Heading title={words(language, 'check.title')} caption={manifest.title[language]} />
      <SummaryList language={language} rows={rows} />
      <form method="post" action={href(language, `/cases/${file.id}/check`)}>
        <Key />
        <HiddenInputs values={{ seen: canonical(seenIn(file)) }} />
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

/** The register's datum that stands as the answer: where it is not asked, and where another may be given and was not. */
function givenBy(
  { known, package: pkg, state }: DraftFile,
  key: string,
): { readonly datum: KnownDatum; readonly fixed: boolean } | undefined {
  const datum = known.data.get(key);
  const mayDiffer = allFields(applicationForm(pkg)).find((one) => one.key === key)?.mayDiffer !== undefined;
  if (!datum || (mayDiffer && state.draft[key] !== undefined)) return undefined;
  return { datum, fixed: !mayDiffer };
}

/** What the applicant is shown here: submitted another way, it is shown anew. */
function seenIn(file: DraftFile): JsonObject {
  return Object.fromEntries([...file.known.data].filter(([key]) => givenBy(file, key)).map(([key, { value }]) => [key, value]));
}

/** What the page said it showed; only compared, never believed. */
function seenOf(request: PageRequest): { readonly seen?: JsonObject } {
  try {
    const seen = JSON.parse(textOf(request.body, 'seen')) as Json;
    return isObject(seen) ? { seen } : {};
  } catch {
    return {};
  }
}

/** The first fault of each field, in the order of the form. */
function messagesOf(language: Language, file: DraftFile, faults: readonly FieldFault[]): ReadonlyMap<string, string> {
  const message = faultMessage(file.package.texts);
  const fields = applicationForm(file.package).pages.flatMap((one) => one.fields);
  return new Map(
    fields.flatMap((field) => {
      const fault = faults.find((one) => faultKey(one) === field.key);
      return fault ? [[field.key, message(fault, field)[language]] as const] : [];
    }),
  );
}

type AnswerProps = {
  readonly language: Language;
  readonly name: string;
  readonly label: string;
  readonly value: JSX.Element;
  readonly error: string | undefined;
  readonly datum: KnownDatum | undefined;
  readonly file: DraftFile;
};

/** Where the error summary leads: the answer, what is wrong with it, and "change" beside it. */
function Answer({ language, name, label, value: own, error, datum, file }: AnswerProps): JSX.Element {
  const value = datum ? (
    <>
      <DataValue language={language} type={datum.type} value={datum.value} />
      <Source language={language} label={label} datum={datum} back={`/cases/${file.id}/check`} />
    </>
  ) : (
    own
  );
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
    await submit(road, file.id, { actor, key: intentOf(request, request.body), ...seenOf(request) });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(checkPage(road, request, await ownCase(road, request), error.facts.fields ?? []));
  }
  return request.go(`/cases/${file.id}?submitted=1`);
}
