// The use of a contract and what is unusual in it, in figures and words; each flag with a form for whoever looked at it.
import type { JSX } from 'preact';
import type { Instant } from '#base/instant.ts';
import type { Language, Text } from '#base/text.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import type { UnusualRule } from '#inquiries/unusual.ts';
import { UNUSUAL_RULES } from '#work/views/contract-use.ts';
import type { ContractUse } from '#work/views/contract-use.ts';
import type { ContractView } from '#work/views/contracts.ts';
import { Key } from '#portal/compose-page.tsx';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Section, Stats } from '#portal/ui/cards.tsx';
import { codeText, dateText, dateTimeText, durationText } from '#portal/ui/format.ts';
import { TextInput } from '#portal/ui/inputs.tsx';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Details, Tag } from '#portal/ui/parts.tsx';
import { Table } from '#portal/ui/table.tsx';
import type { Errors } from './again.ts';
import { words } from './words.ts';

export type UseProps = { readonly language: Language; readonly view: ContractView; readonly use: ContractUse };
const MOST_DAYS = 60;

export function Use({ language, view, use }: UseProps): JSX.Element {
  return (
    <Section title={words(language, 'use.title')} id="use">
      <Figures language={language} use={use} />
      {use.asked === 0 ? (
        <p>{words(language, 'use.none')}</p>
      ) : (
        <>
          <Days language={language} view={view} use={use} />
          <Counts
            language={language}
            title={words(language, 'use.askers')}
            first={words(language, 'use.asker')}
            rows={use.askers.map(({ asker, asked, person }) => [
              person?.name[language] ?? words(language, 'use.program'),
              asked,
              asker,
            ])}
          />
        </>
      )}
      {use.refusals.length > 0 && (
        <Counts
          language={language}
          title={words(language, 'use.refusals')}
          first={words(language, 'use.code')}
          rows={refusalsOf(use).map(([code, count]) => [reasonOf(code)[language], count, code])}
        />
      )}
    </Section>
  );
}

function Figures({ language, use }: Omit<UseProps, 'view'>): JSX.Element {
  const { asked, atOnce, waits, subjects } = use;
  const { median, slow, open } = waits;
  return (
    <Stats
      items={[
        { label: words(language, 'use.asked'), value: numberText(language, asked) },
        { label: words(language, 'use.at-once'), value: asked === 0 ? '—' : percentText(language, atOnce / asked) },
        {
          label: words(language, 'use.wait'),
          value: median === null ? '—' : waitText(language, median),
          note:
            slow === null
              ? words(language, 'use.wait-none', { open })
              : words(language, 'use.wait-note', { slow: waitText(language, slow), open }),
        },
        { label: words(language, 'use.subjects'), value: numberText(language, subjects) },
      ]}
    />
  );
}

/** By day and type, whoever asked. */
function Days({ language, view, use }: UseProps): JSX.Element {
  const sums = new Map<
    string,
    { readonly day: string; readonly type: string; readonly asked: number; readonly atOnce: number }
  >();
  for (const { day, type, asked, atOnce } of use.days) {
    const before = sums.get(`${day} ${type}`);
    sums.set(`${day} ${type}`, { day, type, asked: asked + (before?.asked ?? 0), atOnce: atOnce + (before?.atOnce ?? 0) });
  }
  return (
    <Table
      language={language}
      caption={words(language, 'use.days')}
      columns={[
        { key: 'day', label: words(language, 'use.day') },
        { key: 'type', label: words(language, 'use.type') },
        { key: 'asked', label: words(language, 'use.asked'), number: true },
        { key: 'atOnce', label: words(language, 'use.at-once'), number: true },
      ]}
      rows={[...sums.values()].slice(0, MOST_DAYS).map(({ day, type, asked, atOnce }) => ({
        key: `${day} ${type}`,
        cells: {
          day: dayText(language, day),
          type: view.types.find((one) => one.type.id === type)?.type.title[language] ?? type,
          asked: numberText(language, asked),
          atOnce: percentText(language, atOnce / asked),
        },
      }))}
    />
  );
}

type CountsProps = {
  readonly language: Language;
  readonly title: string;
  readonly first: string;
  readonly rows: readonly (readonly [name: string, count: number, key: string])[];
};

function Counts({ language, title, first, rows }: CountsProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={title}
      columns={[
        { key: 'name', label: first },
        { key: 'count', label: words(language, 'use.count'), number: true },
      ]}
      rows={rows.map(([name, count, key]) => ({ key, cells: { name, count: numberText(language, count) } }))}
    />
  );
}

function refusalsOf({ refusals }: ContractUse): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { code, refused } of refusals) sums.set(code, (sums.get(code) ?? 0) + refused);
  return [...sums].toSorted((a, b) => b[1] - a[1]);
}

function reasonOf(code: string): Text {
  return Object.hasOwn(PROBLEMS, code) ? fill(PROBLEMS[code as keyof typeof PROBLEMS].title, {}) : { fa: code, en: code };
}

export type FlagsProps = Omit<UseProps, 'view'> & { readonly action: string; readonly errors: Errors; readonly failed: string };

/** `failed`: the flag whose form was refused. */
export function Flags({ language, use, action, errors, failed }: FlagsProps): JSX.Element {
  return (
    <Section title={words(language, 'flags.title')} id="flags">
      {use.flags.length === 0 ? <p>{words(language, 'flags.none')}</p> : <p>{words(language, 'flags.lead')}</p>}
      <Details summary={words(language, 'flags.rules')}>
        <ul>
          {Object.entries(UNUSUAL_RULES).map(([rule, figures]) => (
            <li key={rule}>{ruleText(language, rule as UnusualRule, figures)}</li>
          ))}
        </ul>
      </Details>
      {use.flags.map((flag, index) => {
        const { rule, about, foundAt, seenAt, seenBy, reason } = flag;
        const name = `reason-${index}`;
        return (
          <div key={`${rule} ${about}`} class="card">
            <h3>
              {words(language, `flag.${rule}`)} {seenAt === null && <Tag tone="danger">{words(language, 'flags.title')}</Tag>}
            </h3>
            <p>{figuresText(language, flag)}</p>
            <p class="soft">{words(language, 'flags.found', { date: dateTimeText(language, foundAt) })}</p>
            {seenAt === null ? (
              <form method="post" action={action} novalidate>
                <Key />
                <HiddenInputs values={{ do: 'see', rule, about, name }} />
                <TextInput
                  language={language}
                  name={name}
                  label={words(language, 'flags.reason')}
                  error={failed === name ? errors['reason'] : undefined}
                  maxLength={2000}
                />
                <Actions>
                  <Button weight="secondary">{words(language, 'flags.do')}</Button>
                </Actions>
              </form>
            ) : (
              <p>
                {words(language, 'flags.seen', {
                  person: use.people.find((one) => one.id === seenBy)?.name[language] ?? seenBy ?? '',
                  date: dateText(language, seenAt),
                  reason: reason ?? '',
                })}
              </p>
            )}
          </div>
        );
      })}
    </Section>
  );
}

function shownFigure(language: Language, name: string, value: number | string): number | string {
  if (typeof value === 'number') return value;
  return name === 'day' || name === 'week' ? dayText(language, value) : codeText(language, value);
}

/** `2026-11-24`, a day in Tehran. */
function dayText(language: Language, day: string): string {
  return dateText(language, `${day}T12:00:00.000Z` as Instant, 'short');
}

/** Its two largest parts, a minute at least. */
function waitText(language: Language, seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const rest = days > 0 ? 0 : minutes % 60;
  const time = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
  return durationText(language, `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`);
}

/** A share is said in per cent, all else is a number. */
function ruleText(language: Language, rule: UnusualRule, figures: { readonly [name: string]: number }): string {
  const shown = Object.entries(figures).map(([name, value]) => [name, name === 'share' ? percentText(language, value) : value]);
  return words(language, `rule.${rule}`, Object.fromEntries(shown) as never);
}

function figuresText(language: Language, { rule, figures }: ContractUse['flags'][number]): string {
  const shown = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, shownFigure(language, name, value)]));
  return words(language, `flag.${rule}-figures`, shown as never);
}
