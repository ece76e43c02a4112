// The place of questions that nobody could answer: seen by those who own them, and without a word of what was asked by those who run the connectors.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { deadInquiries, deadInquiry, mendDead } from '#work/views/connectors.ts';
import type { DeadInquiry, DeadView, Mend } from '#work/views/connectors.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { Radios } from '#portal/ui/choices.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import { JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { faultText, words } from './connector-words.ts';
import { inquirer } from './inquirer.ts';
import { SchemaValue } from './schema-form.tsx';

const LIST = '/desk/dead-inquiries';
const LONGEST_REASON = 2000;
const MENDS = ['revive', 'hand-over', 'give-up'] as const satisfies readonly Mend[];

export function deadRoutes(server: FastifyInstance, road: Road): void {
  page(server, LIST, (request) => listPage(road, request));
  page(server, `${LIST}/:id`, async (request) =>
    onePage(road, request, { seen: await seenBy(road, request), errors: {}, typed: {} }),
  );
  post(server, `${LIST}/:id`, (request) => mend(road, request));
}

function seenBy(road: Road, request: PageRequest): Promise<DeadView> {
  deskViewer(request);
  return deadInquiry(road, inquirer(request), request.params['id'] ?? '');
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language, query } = request;
  const all = await deadInquiries(road, inquirer(request));
  const title = words(language, 'dead.title');
  const done = MENDS.find((one) => one === query['done']);
  const body = (
    <>
      {done && <Notice language={language} tone="success" title={words(language, `dead.done-${done}`)} live />}
      <Heading title={title} lead={words(language, 'dead.lead')} />
      {all.length === 0 ? <Empty title={words(language, 'dead.none')} /> : <Dead language={language} all={all} />}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

function Dead({ language, all }: { readonly language: Language; readonly all: readonly DeadInquiry[] }): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'dead.count', { count: all.length })}
      columns={[
        { key: 'type', label: words(language, 'dead.type') },
        { key: 'connector', label: words(language, 'dead.connector') },
        { key: 'why', label: words(language, 'dead.why') },
        { key: 'tries', label: words(language, 'dead.tries'), number: true },
        { key: 'died', label: words(language, 'dead.died') },
        { key: 'due', label: words(language, 'dead.due') },
      ]}
      rows={all.map((one) => ({
        key: one.id,
        cells: {
          type: <a href={href(language, `${LIST}/${one.id}`)}>{one.title[language]}</a>,
          connector: one.connector?.[language] ?? '—',
          why: one.fault === undefined ? '—' : faultText(language, one.fault),
          tries: numberText(language, one.tries),
          died: one.diedAt === undefined ? '—' : <JalaliTime language={language} at={one.diedAt} shape="short" />,
          due: <Due language={language} dead={one} />,
        },
      }))}
    />
  );
}

type DueProps = { readonly language: Language; readonly dead: DeadInquiry; readonly shape?: 'short' | 'long' };

function Due({ language, dead, shape = 'short' }: DueProps): JSX.Element {
  return (
    <span>
      <JalaliTime language={language} at={dead.due} shape={shape} />{' '}
      {dead.isOverdue && <Tag tone="danger">{words(language, 'dead.overdue')}</Tag>}
    </span>
  );
}

type Typed = { readonly mend?: string; readonly reason?: string };
type Errors = { readonly [field in keyof Typed]?: string };

async function mend(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  deskViewer(request);
  const { language, body, params } = request;
  const typed: Typed = { mend: textOf(body, 'mend'), reason: textOf(body, 'reason').trim().slice(0, LONGEST_REASON) };
  const chosen = MENDS.find((one) => one === typed.mend);
  const errors: Errors = {
    ...(!chosen && { mend: words(language, 'dead.do-needed') }),
    ...(chosen !== 'hand-over' && typed.reason === '' && { reason: words(language, 'dead.reason-needed') }),
  };
  if (!chosen || errors.reason !== undefined) {
    request.reply.code(422);
    return onePage(road, request, { seen: await seenBy(road, request), errors, typed });
  }
  const given = { id: params['id'] ?? '', mend: chosen, reason: typed.reason ?? '', key: intentOf(request, body) };
  await mendDead(road, inquirer(request), given);
  return request.go(`${LIST}?done=${chosen}`);
}

type Shown = { readonly seen: DeadView; readonly errors: Errors; readonly typed: Typed };

function onePage(road: Road, request: PageRequest, shown: Shown): string {
  const { language } = request;
  const { dead, view, isOwn, reason } = shown.seen;
  const title = dead.title[language];
  const errors = Object.entries(shown.errors).map(([field, message]) => ({ message, field: fieldId(field) }));
  const body = (
    <>
      <Heading title={title} caption={words(language, 'dead.title')} />
      <SummaryList language={language} rows={facts(language, dead)} />
      {view && reason !== undefined && dead.fault === undefined && (
        <Notice language={language} tone="warning" title={words(language, 'dead.why')}>
          <p>
            <UserText>{reason}</UserText>
          </p>
        </Notice>
      )}
      {view ? (
        <Section title={words(language, 'dead.question')} id="question">
          <SchemaValue language={language} schema={view.type.question} value={view.question} />
        </Section>
      ) : (
        <Notice language={language} tone="info" title={words(language, isOwn ? 'dead.own' : 'dead.hidden')} />
      )}
      {shown.seen.mends.length > 0 && <MendForm language={language} {...shown} />}
    </>
  );
  return composePage(road, request, { title, body, errors, back: href(language, LIST), personal: true });
}

function facts(language: Language, dead: DeadInquiry) {
  const why = dead.fault === undefined ? [] : [{ label: words(language, 'dead.why'), value: faultText(language, dead.fault) }];
  const by = dead.connector ? [{ label: words(language, 'dead.connector'), value: dead.connector[language] }] : [];
  return [
    { label: words(language, 'dead.owner'), value: dead.owner[language] },
    ...by,
    ...why,
    { label: words(language, 'dead.tries'), value: numberText(language, dead.tries) },
    { label: words(language, 'dead.asked'), value: <JalaliTime language={language} at={dead.askedAt} /> },
    { label: words(language, 'dead.due'), value: <Due language={language} dead={dead} shape="long" /> },
  ];
}

function MendForm({ language, seen, errors, typed }: Shown & { readonly language: Language }): JSX.Element {
  const label = (one: Mend): string =>
    one === 'hand-over'
      ? words(language, 'dead.hand-over', { unit: seen.unit?.name[language] ?? '' })
      : words(language, `dead.${one}`);
  return (
    <form method="post" action={href(language, `${LIST}/${seen.dead.id}`)} novalidate data-keep={`dead-${seen.dead.id}`}>
      <Key />
      <Radios
        language={language}
        name="mend"
        label={words(language, 'dead.do')}
        value={typed.mend ?? (seen.mends.length === 1 ? seen.mends[0] : undefined)}
        error={errors.mend}
        options={seen.mends.map((one) => ({
          value: one,
          label: label(one),
          ...(one === 'give-up' && { hint: words(language, 'dead.give-up-hint') }),
        }))}
      />
      <TextArea
        language={language}
        name="reason"
        label={words(language, 'dead.reason')}
        hint={words(language, 'dead.reason-hint')}
        value={typed.reason}
        error={errors.reason}
        maxLength={LONGEST_REASON}
        rows={3}
      />
      <Actions>
        <Button>{words(language, 'dead.confirm')}</Button>
      </Actions>
    </form>
  );
}
