// Mending one incident: try again, correct a value, or take the case to another step. Each with a reason that stays in the log.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Json, JsonObject } from '#base/json.ts';
import { isObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { Command } from '#cases/types.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { overseeCase } from '#work/views/oversight.ts';
import type { MendableIncident, Overseen } from '#work/views/oversight.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Radios, Select } from '#portal/ui/choices.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea, TextInput } from '#portal/ui/inputs.tsx';
import { Details, Heading, Notice } from '#portal/ui/parts.tsx';
import { CaseNumber, UserText } from '#portal/ui/show.tsx';
import { overseer } from './overseer.ts';
import { words } from './words.ts';

const LONGEST = 2000;
const PATH = '/oversight/cases/:id/incidents/:incident';

export function mendRoutes(server: FastifyInstance, road: Road): void {
  page(server, PATH, async (request) => {
    const { overseen, incident } = await found(road, request);
    return mendPage(road, request, { overseen, incident, typed: {}, errors: {} });
  });
  post(server, PATH, (request) => mend(road, request));
}

async function found(road: Road, request: PageRequest) {
  const overseen = await overseeCase(road, overseer(request), request.params['id'] ?? '');
  const incident = overseen.incidents.find((one) => one.id === request.params['incident']);
  if (!incident) throw new Refusal('incident-closed', { incident: request.params['incident'] });
  return { overseen, incident };
}

type Typed = { readonly [field in 'do' | 'name' | 'value' | 'to' | 'reason']?: string };

async function mend(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { actor } = overseer(request);
  const { overseen, incident } = await found(road, request);
  const typed: Typed = Object.fromEntries(
    ['do', 'name', 'value', 'to', 'reason'].map((name) => [name, textOf(request.body, name).trim().slice(0, LONGEST)]),
  );
  const judged = commandOf(request.language, incident, typed);
  if (!('command' in judged)) {
    const html = mendPage(road, request, { overseen, incident, typed, errors: judged.errors });
    return request.reply.code(422).type('text/html; charset=utf-8').send(html);
  }
  await perform(road, overseen.file.id, { actor, key: intentOf(request, request.body), command: judged.command });
  return request.go(`/oversight?mended=${overseen.file.id}`);
}

type Errors = { readonly [field in keyof Typed]?: string };

function commandOf(
  language: Language,
  incident: MendableIncident,
  typed: Typed,
): { readonly command: Command } | { readonly errors: Errors } {
  const { reason = '', to = '', name = '' } = typed;
  const errors: { -readonly [field in keyof Typed]?: string } = {};
  if (reason === '') errors.reason = words(language, 'mend.reason-needed');
  const value = jsonOf(typed.value ?? '');
  if (typed.do === 'data') {
    if (!/^[\p{L}\p{N}_][^.]*(\.[^.]+)*$/u.test(name)) errors.name = words(language, 'mend.name-needed');
    if (value === undefined) errors.value = words(language, 'mend.value-wrong');
  } else if (typed.do === 'move') {
    if (!incident.places.some((one) => one.id === to)) errors.to = words(language, 'mend.to-needed');
  } else if (typed.do !== 'retry') errors.do = words(language, 'mend.needed');
  if (Object.keys(errors).length > 0) return { errors };
  const at = { incident: incident.id, reason };
  switch (typed.do) {
    case 'data':
      return { command: { type: 'MendData', ...at, vars: changed(incident.variables, name.split('.'), value ?? null) } };
    case 'move':
      return { command: { type: 'MoveToken', ...at, to } };
    default:
      return { command: { type: 'RetryIncident', ...at } };
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The one variable that a dotted name changes, its other parts as they are. */
function changed(known: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const now = Object.hasOwn(known, name) ? known[name] : undefined;
  return {
    [name]: rest.length === 0 ? value : { ...(isObject(now) ? now : {}), ...changed(isObject(now) ? now : {}, rest, value) },
  };
}

type Shown = { readonly overseen: Overseen; readonly incident: MendableIncident; readonly typed: Typed; readonly errors: Errors };

function mendPage(road: Road, request: PageRequest, { overseen, incident, typed, errors }: Shown): string {
  const { language } = request;
  const back = href(language, `/oversight/cases/${overseen.file.id}`);
  const title = words(language, 'mend.title', { step: incident.step[language] });
  const listed = Object.entries(errors).map(([field, message]) => ({ message, field: fieldId(field) }));
  const body = (
    <>
      <Heading title={title} caption={<CaseNumber language={language} id={overseen.file.id} />} />
      <Notice language={language} tone="danger">
        <p>
          <UserText>{incident.reason}</UserText>
        </p>
      </Notice>
      {overseen.mayMend ? (
        <MendForm language={language} path={request.path} incident={incident} typed={typed} errors={errors} back={back} />
      ) : (
        <Notice language={language} tone="warning" title={words(language, 'mend.forbidden')} />
      )}
      <Details summary={words(language, 'mend.known')}>
        <pre class="code" dir="ltr" tabindex={0}>
          {JSON.stringify(incident.variables, undefined, 2)}
        </pre>
      </Details>
    </>
  );
  return composePage(road, request, { title, body, errors: listed, back, personal: true });
}

type FormProps = Omit<Shown, 'overseen'> & { readonly language: Language; readonly path: string; readonly back: string };

function MendForm({ language, path, incident, typed, errors, back }: FormProps) {
  const names = Object.keys(incident.variables).join(language === 'fa' ? '، ' : ', ');
  const field = (name: keyof Typed) => ({ language, name, value: typed[name], error: errors[name] });
  return (
    <form method="post" action={href(language, path)} novalidate data-keep={`mend-${incident.id}`}>
      <Key />
      <Radios
        {...field('do')}
        label={words(language, 'mend.what')}
        options={(['retry', 'data', 'move'] as const).map((one) => ({
          value: one,
          label: words(language, `mend.${one}`),
          hint: words(language, `mend.${one}-hint`),
        }))}
      />
      <TextInput
        {...field('name')}
        label={words(language, 'mend.name')}
        hint={words(language, 'mend.name-hint', { names })}
        content="code"
        required={false}
      />
      <TextArea
        {...field('value')}
        label={words(language, 'mend.value')}
        hint={words(language, 'mend.value-hint')}
        rows={3}
        required={false}
      />
      <Select
        {...field('to')}
        label={words(language, 'mend.to')}
        options={incident.places.map(({ id, name }) => ({ value: id, label: name[language] === '' ? id : name[language] }))}
        required={false}
      />
      <TextArea
        {...field('reason')}
        label={words(language, 'mend.reason')}
        hint={words(language, 'mend.reason-hint')}
        maxLength={LONGEST}
        rows={3}
      />
      <Actions>
        <Button>{words(language, 'mend.do')}</Button>
        <ButtonLink href={back} weight="quiet">
          {words(language, 'mend.keep')}
        </ButtonLink>
      </Actions>
    </form>
  );
}
