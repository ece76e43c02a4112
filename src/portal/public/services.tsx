// The catalogue: every service, or those that match a search in Persian or English, or those for one audience.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { serviceList } from '#work/views/public.ts';
import type { ServiceView } from '#work/views/public.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading, SearchBox } from '#portal/ui/parts.tsx';
import { ServicesByKind } from './service-cards.tsx';
import { servicePageRoutes } from './service.tsx';
import { words } from './words.ts';

const AUDIENCES = ['citizen', 'business', 'engineer'] as const;
type Audience = (typeof AUDIENCES)[number];

export function serviceRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/services', async (request) => {
    const { language, query } = request;
    const search = query['q'] ?? '';
    const audience = AUDIENCES.find((one) => one === query['for']);
    const found = await serviceList(road, search);
    const services = audience === undefined ? found : found.filter(({ manifest }) => manifest.audience.includes(audience));
    const title = titleOf(language, audience);
    const body = <ServiceList language={language} services={services} search={search} audience={audience} />;
    return composePage(road, request, { title, body });
  });
  servicePageRoutes(server, road);
}

function titleOf(language: Language, audience: Audience | undefined): string {
  if (audience === undefined) return words(language, 'services.title');
  return words(language, 'services.for', { audience: words(language, `audience.${audience}`) });
}

export function ServiceList({
  language,
  services,
  search,
  audience,
}: {
  readonly language: Language;
  readonly services: readonly ServiceView[];
  readonly search: string;
  readonly audience?: Audience | undefined;
}): JSX.Element {
  const all = <a href={href(language, '/services')}>{words(language, 'home.all')}</a>;
  return (
    <>
      <Heading title={titleOf(language, audience)} />
      <SearchBox language={language} action={href(language, '/services')} label={words(language, 'home.search')} value={search} />
      {services.length === 0 && (
        <Empty title={words(language, 'services.none')}>
          <p>
            {words(language, 'services.none-mend')} {all}
          </p>
        </Empty>
      )}
      <ServicesByKind language={language} services={services} />
      <p>
        <a href={href(language, '/inquiries/types')}>{words(language, 'duties.inquiries')}</a>
      </p>
      {services.length > 0 && (search !== '' || audience !== undefined) && <p>{all}</p>}
    </>
  );
}
