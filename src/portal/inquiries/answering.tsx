// For the people of a unit: what they have to answer, answering in structured form, and giving it to the unit whose it is.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { UnitId } from '#base/ids.ts';
import { act } from '#work/inquiries/act.ts';
import type { Act } from '#work/inquiries/act.ts';
import type { Road } from '#work/road.ts';
import { inbox, inquiryFor, officerHat } from '#work/views/inquiries.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { Select } from '#portal/ui/choices.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Empty, Heading, Notice } from '#portal/ui/parts.tsx';
import { actOrAgain } from './again.ts';
import type { Errors } from './again.ts';
import { InquiryBody, InquiryTable } from './asking.tsx';
import { inquirer } from './inquirer.ts';
import { membersOf, SchemaFields, typedTexts, typedValue } from './schema-form.tsx';
import { words } from './words.ts';

const LONGEST_REASON = 2000;

export function answeringRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/inquiries', (request) => inboxPage(road, request));
  page(server, '/desk/inquiries/:id', async (request) =>
    answerPage(road, request, { view: await viewOf(road, request), errors: {}, typed: {} }),
  );
  post(server, '/desk/inquiries/:id', (request) => answer(road, request));
}

async function viewOf(road: Road, request: PageRequest): Promise<InquiryView> {
  deskViewer(request);
  return inquiryFor(road, inquirer(request), request.params['id'] ?? '');
}

async function inboxPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language, query } = request;
  const waiting = await inbox(road, inquirer(request));
  const title = words(language, 'inbox.title');
  const body = (
    <>
      {query['done'] === '1' && <Notice language={language} tone="success" title={words(language, 'answer.done')} live />}
      {query['done'] === '2' && <Notice language={language} tone="success" title={words(language, 'forward.done')} live />}
      <Heading title={title} lead={words(language, 'inbox.lead')} />
      {waiting.length === 0 ? (
        <Empty title={words(language, 'inbox.none')} />
      ) : (
        <>
          <p>{words(language, 'inbox.count', { count: waiting.length })}</p>
          <InquiryTable language={language} inquiries={waiting} to="/desk/inquiries" />
        </>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

async function answer(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const view = await viewOf(road, request);
  const { language, body } = request;
  const viewer = inquirer(request);
  const officer = { hat: officerHat(viewer.actor, view.unit), nationalId: viewer.nationalId };
  const members = membersOf(view.type.answer, language);
  const typed = typedTexts(members, body);
  const [to, reason] = [textOf(body, 'to'), textOf(body, 'reason').trim().slice(0, LONGEST_REASON)];
  const isForward = textOf(body, 'do') === 'forward';
  const shown = (errors: Errors): string => answerPage(road, request, { view, errors, typed, to, reason });
  if (isForward && (to === '' || reason === '')) {
    request.reply.code(422);
    return shown({ [to === '' ? 'to' : 'reason']: words(language, 'forward.needed') });
  }
  const given: Act = isForward ? { do: 'forward', to: to as UnitId, reason } : { do: 'answer', value: typedValue(members, body) };
  return actOrAgain(
    request,
    async () => {
      await act(road, view.id, { officer, act: given });
      return `/desk/inquiries?done=${isForward ? 2 : 1}`;
    },
    shown,
  );
}

type Shown = {
  readonly view: InquiryView;
  readonly errors: Errors;
  readonly typed: { readonly [name: string]: string };
  readonly to?: string;
  readonly reason?: string;
};

function answerPage(road: Road, request: PageRequest, { view, errors, typed, to, reason }: Shown): string {
  const { language } = request;
  const title = words(language, 'one.title', { title: view.type.title[language] });
  const members = membersOf(view.type.answer, language);
  const isMember = (name: string): boolean => members.some((one) => one.name === name);
  const listed = Object.entries(errors).map(([name, message]) => ({
    message,
    field: fieldId(isMember(name) ? `m-${name}` : name),
  }));
  const units = road.catalogue.units().filter((one) => one.id !== view.unit);
  const body = (
    <>
      <Heading title={title} caption={view.organisation?.[language]} />
      <InquiryBody language={language} view={view} />
      {view.mine && view.status === 'waiting' && (
        <>
          <form method="post" action={href(language, `/desk/inquiries/${view.id}`)} novalidate data-keep={`inquiry-${view.id}`}>
            <Key />
            <SchemaFields language={language} members={members} typed={typed} errors={errors} />
            <Actions>
              <Button name="do" value="answer">
                {words(language, 'answer.do')}
              </Button>
            </Actions>
          </form>
          <Section title={words(language, 'forward.title')} id="forward">
            <form method="post" action={href(language, `/desk/inquiries/${view.id}`)} novalidate>
              <Key />
              <Select
                language={language}
                name="to"
                label={words(language, 'forward.to')}
                value={to}
                error={errors['to']}
                options={units.map((one) => ({ value: one.id, label: one.name[language] }))}
              />
              <TextArea
                language={language}
                name="reason"
                label={words(language, 'forward.reason')}
                value={reason}
                error={errors['reason']}
                maxLength={LONGEST_REASON}
                rows={3}
              />
              <Actions>
                <Button name="do" value="forward" weight="secondary">
                  {words(language, 'forward.do')}
                </Button>
              </Actions>
            </form>
          </Section>
        </>
      )}
    </>
  );
  return composePage(road, request, { title, body, errors: listed, back: href(language, '/desk/inquiries'), personal: true });
}
