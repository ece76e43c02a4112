// What every page has around its own body: who is signed in, where they can go.
import type { JSX } from 'preact';
import { randomUUID } from 'node:crypto';
import type { Role } from '#cases/types.ts';
import type { Road } from '#work/road.ts';
import type { PageRequest } from './page-route.ts';
import { words as registryWords } from './registry/words.ts';
import { HiddenInputs } from './ui/actions.tsx';
import { href } from './ui/href.ts';
import { renderPage } from './ui/page.tsx';
import type { PageProps } from './ui/page-props.ts';
import type { Link } from './ui/parts.tsx';
import { say } from './ui/words.ts';

type Own = Omit<PageProps, 'language' | 'path' | 'user' | 'userLinks' | 'navigation'>;

export function composePage(road: Road, page: Pick<PageRequest, 'language' | 'path' | 'visitor'>, own: Own): string {
  const { language, path, visitor } = page;
  const [first] = visitor?.assignments ?? [];
  const user = visitor && {
    name: visitor.name[language],
    role: (first?.role ?? visitor.kind) as Role,
    ...(first ? { unit: road.catalogue.unitName(first.unit)[language] } : {}),
  };
  return renderPage({ ...own, language, path, user, navigation: navigation(road, page) });
}

function navigation(
  road: Road,
  { language, path, visitor }: Pick<PageRequest, 'language' | 'path' | 'visitor'>,
): readonly Link[] {
  const link = (to: string, label: string): Link => ({
    href: href(language, to),
    label,
    current: path === to || path.startsWith(`${to}?`),
  });
  return [
    link('/services', say(language, 'nav.services')),
    ...(visitor ? [link('/my', say(language, 'nav.cases'))] : []),
    ...(visitor && visitor.assignments.length > 0 ? [link('/desk', say(language, 'nav.worklist'))] : []),
    ...(visitor?.assignments.some((one) => one.role === 'owner') ? [link('/oversight', say(language, 'nav.oversight'))] : []),
    ...(visitor?.assignments.some((one) => one.role === 'steward')
      ? [link('/oversight/contracts', say(language, 'nav.contracts'))]
      : []),
    ...(visitor?.assignments.some(({ role }) => role === 'steward' || role === 'infrastructure')
      ? [link('/registry', registryWords(language, 'nav'))]
      : []),
    ...(visitor && road.catalogue.isPartner(visitor.id) ? [link('/inquiries', say(language, 'nav.inquiries'))] : []),
    link('/verify', say(language, 'nav.verify')),
    link('/duties', say(language, 'nav.duties')),
  ];
}

/** A fresh intent: rendered once into a form, it makes a second submit of the same form harmless. */
export function Key(): JSX.Element {
  return <HiddenInputs values={{ key: randomUUID() }} />;
}
