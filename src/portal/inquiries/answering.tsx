// For the people of a unit: answering one inquiry in structured form, late where it must be, and giving it to the unit whose it is.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import type { UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { PROBLEMS } from '#door/problems.ts';
import { act } from '#work/inquiries/act.ts';
import type { Act } from '#work/inquiries/act.ts';
import type { Road } from '#work/road.ts';
import { inquiryToJudge, officerHat } from '#work/views/inquiries.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { markRead } from '#work/views/unit-inquiries.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { Select } from '#portal/ui/choices.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { actOrAgain } from './again.ts';
import type { Errors } from './again.ts';
import { InquiryBody } from './inquiry-parts.tsx';
import { inquirer } from './inquirer.ts';
import { draftTexts, membersOf, SchemaFields, typedTexts, typedValue, listedErrors } from './schema-form.tsx';
import { unitWords } from './unit-words.ts';
import { words } from './words.ts';

const LONGEST_REASON = 2000;

export function answeringRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/inquiries/:id', async (request) => {
    const view = await viewOf(road, request);
    await markRead(road, inquirer(request), view);
    return answerPage(road, request, { view, errors: {}, typed: draftTexts(view.draft) });
  });
  post(server, '/desk/inquiries/:id', (request) => answer(road, request));
}

async function viewOf(road: Road, request: PageRequest): Promise<InquiryView> {
  deskViewer(request);
  return inquiryToJudge(road, inquirer(request), request.params['id'] ?? '');
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
  const seen = textOf(body, 'seen') === 'silent' ? 'silent' : 'waiting';
  const given: Act = isForward ? { do: 'forward', to: to as UnitId, reason } : { do: 'answer', value: typedValue(members, body) };
  try {
    return await actOrAgain(
      request,
      async () => {
        await act(road, view.id, { officer, act: given, seen });
        return `/desk/inquiries?done=${isForward ? 2 : view.status === 'silent' ? 3 : 1}`;
      },
      shown,
    );
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== 'inquiry-changed' && error.code !== 'inquiry-closed')) throw error;
    request.reply.code(409);
    return answerPage(road, request, { view: await viewOf(road, request), errors: {}, typed, refusal: error.code });
  }
}

type Shown = {
  readonly view: InquiryView;
  readonly errors: Errors;
  readonly typed: { readonly [name: string]: string };
  readonly to?: string;
  readonly reason?: string;
  /** Why what was sent was not taken: somebody came first. */
  readonly refusal?: 'inquiry-changed' | 'inquiry-closed';
};

function answerPage(road: Road, request: PageRequest, { view, errors, typed, to, reason, refusal }: Shown): string {
  const { language } = request;
  const title = words(language, 'one.title', { title: view.type.title[language] });
  const members = membersOf(view.type.answer, language);
  const listed = listedErrors(members, errors);
  const isOpen = view.status === 'waiting' || view.status === 'silent';
  const body = (
    <>
      {refusal && (
        <Notice language={language} tone="danger" title={PROBLEMS[refusal].title[language]} live>
          <p>{PROBLEMS[refusal].mend[language]}</p>
        </Notice>
      )}
      <Heading title={title} caption={(view.organisation ?? view.askerUnit)?.[language]} />
      <InquiryBody language={language} view={view} />
      {view.mine && isOpen && (
        <>
          {view.status === 'silent' && <p>{unitWords(language, 'answer.late-lead')}</p>}
          {view.draft && Object.keys(view.draft).length > 0 && <p>{unitWords(language, 'answer.draft')}</p>}
          <form method="post" action={href(language, `/desk/inquiries/${view.id}`)} novalidate data-keep={`inquiry-${view.id}`}>
            <Key />
            <HiddenInputs values={{ seen: view.status }} />
            <SchemaFields language={language} members={members} typed={typed} errors={errors} />
            <Actions>
              <Button name="do" value="answer">
                {view.status === 'silent' ? unitWords(language, 'answer.late-do') : words(language, 'answer.do')}
              </Button>
            </Actions>
          </form>
        </>
      )}
      {view.mine && view.status === 'waiting' && (
        <Forward road={road} language={language} of={{ view, errors, typed, to, reason }} />
      )}
    </>
  );
  return composePage(road, request, { title, body, errors: listed, back: href(language, '/desk/inquiries'), personal: true });
}

type ForwardProps = { readonly road: Road; readonly language: Language; readonly of: Shown };

function Forward({ road, language, of }: ForwardProps): JSX.Element {
  const { view, errors, to, reason } = of;
  const units = road.catalogue.units().filter((one) => one.id !== view.unit);
  return (
    <Section title={words(language, 'forward.title')} id="forward">
      <p class="hint">{unitWords(language, 'trace.deadline')}</p>
      <form method="post" action={href(language, `/desk/inquiries/${view.id}`)} novalidate>
        <Key />
        <HiddenInputs values={{ seen: view.status }} />
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
  );
}
