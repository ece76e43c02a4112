// What narrows the worklist, as it stands in the address: kind of task, service, whose. One GET form and tabs that are links.
import type { JSX } from 'preact';
import type { Language, Text } from '#base/text.ts';
import { Button } from '#portal/ui/actions.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { Tabs } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export type Filter = {
  readonly kind?: 'inquiry' | 'visit' | undefined;
  readonly whose?: 'mine' | 'free' | undefined;
  readonly service?: string | undefined;
};
type Service = { readonly id: string; readonly title: Text };

/** `?list=inquiries&whose=free&service=…`; what is unknown is not asked for. */
export function filterOf(query: Readonly<Record<string, string | undefined>>, services: readonly Service[]): Filter {
  const { list, whose, service } = query;
  return {
    kind: list === 'inquiries' ? 'inquiry' : list === 'visits' ? 'visit' : undefined,
    whose: whose === 'mine' || whose === 'free' ? whose : undefined,
    service: services.some(({ id }) => id === service) ? service : undefined,
  };
}

const LISTS = { inquiry: 'inquiries', visit: 'visits' } as const;

/** The list's own address, from its beginning or from after a row's place. */
export function listHref(language: Language, { kind, whose, service }: Filter, after?: string): string {
  const query = new URLSearchParams({
    ...(kind && { list: LISTS[kind] }),
    ...(whose && { whose }),
    ...(service !== undefined && { service }),
    ...(after !== undefined && { after }),
  }).toString();
  return href(language, query === '' ? '/desk' : `/desk?${query}`);
}

export function KindTabs({
  language,
  filter,
  now,
}: {
  readonly language: Language;
  readonly filter: Filter;
  readonly now: 'all' | 'inquiry' | 'visit' | 'messages';
}): JSX.Element {
  const kinds = [
    ['all', undefined, 'list.all'],
    ['inquiry', 'inquiry', 'list.inquiries'],
    ['visit', 'visit', 'list.visits'],
  ] as const;
  return (
    <Tabs
      language={language}
      label={words(language, 'list.kinds')}
      links={[
        ...kinds.map(([name, kind, label]) => ({
          href: listHref(language, { ...filter, kind }),
          label: words(language, label),
          current: now === name,
        })),
        { href: href(language, '/desk/messages'), label: words(language, 'list.messages'), current: now === 'messages' },
      ]}
    />
  );
}

export function FilterForm({
  language,
  filter,
  services,
}: {
  readonly language: Language;
  readonly filter: Filter;
  readonly services: readonly Service[];
}): JSX.Element {
  const isNarrowed = filter.service !== undefined || filter.whose !== undefined;
  return (
    <form class="filters" method="get" action={href(language, '/desk')} aria-label={words(language, 'list.filter')}>
      {filter.kind && <input type="hidden" name="list" value={LISTS[filter.kind]} />}
      <FilterChoice
        name="service"
        label={say(language, 'case.service')}
        value={filter.service}
        options={[
          ['', words(language, 'list.every-service')],
          ...services.map(({ id, title }) => [id, title[language]] as const),
        ]}
      />
      <FilterChoice
        name="whose"
        label={words(language, 'list.whose')}
        value={filter.whose}
        options={[
          ['', words(language, 'list.anybody')],
          ['mine', words(language, 'list.mine')],
          ['free', words(language, 'list.free')],
        ]}
      />
      <Button weight="secondary">{say(language, 'action.filter')}</Button>
      {isNarrowed && <a href={listHref(language, { kind: filter.kind })}>{say(language, 'action.clear')}</a>}
    </form>
  );
}

/** A select whose first option is "all": unlike a question's, it never asks to be chosen. */
export function FilterChoice({
  name,
  label,
  value,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, label: string])[];
}): JSX.Element {
  return (
    <div>
      <label class="label" for={fieldId(name)}>
        {label}
      </label>
      <select class="input" id={fieldId(name)} name={name}>
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === (value ?? '')}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
