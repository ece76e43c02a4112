// How the city's connections to other organisations are, for those who run them: never a question or an answer. And what passed over the wire
// about one question, as a file for the unit that asked it.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { connectorHealth, countOfDead, tryConnector } from '#work/views/connectors.ts';
import type { ConnectorHealth } from '#work/views/connectors.ts';
import { exchangeText } from '#work/views/exchange.ts';
import { composePage } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page, post } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { ButtonForm } from '#portal/ui/actions.tsx';
import { clockText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import { JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { faultText, words } from './connector-words.ts';
import { inquirer } from './inquirer.ts';

export function connectorRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/connectors', (request) => connectorsPage(road, request));
  post(server, '/desk/connectors/:id/try', async (request) => {
    deskViewer(request);
    await tryConnector(road, inquirer(request), request.params['id'] ?? '');
    return request.go('/desk/connectors?tried=1');
  });
  page(server, '/desk/inquiries/:id/exchange', async (request) => {
    deskViewer(request);
    const text = await exchangeText(road, inquirer(request), request.params['id'] ?? '');
    const name = 'attachment; filename="exchange.json"';
    return request.reply.type('application/json; charset=utf-8').header('content-disposition', name).send(text);
  });
}

async function connectorsPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language } = request;
  const viewer = inquirer(request);
  const [all, dead] = [await connectorHealth(road, viewer), (await countOfDead(road, viewer)) ?? 0];
  const title = words(language, 'connectors.title');
  const body = (
    <>
      {request.query['tried'] === '1' && (
        <Notice language={language} tone="success" title={words(language, 'connectors.tried')} live />
      )}
      <Heading title={title} lead={words(language, 'connectors.lead')} />
      <p>
        <a href={href(language, '/desk/dead-inquiries')}>{words(language, 'dead.link', { count: dead })}</a>
      </p>
      {all.length === 0 ? (
        <Empty title={words(language, 'connectors.none')} />
      ) : (
        <Connectors language={language} connectors={all} />
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

type Props = { readonly language: Language; readonly connectors: readonly ConnectorHealth[] };

function Connectors({ language, connectors }: Props): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'connectors.count', { count: connectors.length })}
      columns={[
        { key: 'name', label: words(language, 'connectors.name') },
        { key: 'adapter', label: words(language, 'connectors.adapter') },
        { key: 'state', label: words(language, 'connectors.state') },
        { key: 'success', label: words(language, 'connectors.success') },
        { key: 'trouble', label: words(language, 'connectors.trouble') },
        { key: 'waiting', label: words(language, 'connectors.waiting'), number: true },
        { key: 'rate', label: words(language, 'connectors.rate'), number: true },
      ]}
      rows={connectors.map((one) => ({ key: one.connector.id, cells: cells(language, one) }))}
    />
  );
}

function cells(language: Language, { connector, succeededAt, falteredAt, fault, waiting, ...one }: ConnectorHealth) {
  const never = words(language, 'connectors.never');
  return {
    name: (
      <>
        {connector.title[language]}{' '}
        {connector.sample && (
          <a href="/sandbox/connectors">
            <Tag>{words(language, 'connectors.sample')}</Tag>
          </a>
        )}
      </>
    ),
    adapter: words(language, `adapter.${connector.adapter}`),
    state: (
      <div>
        {succeededAt === null && falteredAt === null ? (
          <Tag>{words(language, 'circuit.unknown')}</Tag>
        ) : (
          <State language={language} circuit={one.circuit} />
        )}
        {one.circuit.state === 'open' && (
          <ButtonForm action={href(language, `/desk/connectors/${connector.id}/try`)} weight="quiet">
            {words(language, 'connectors.try')}
            <span class="away"> {connector.title[language]}</span>
          </ButtonForm>
        )}
      </div>
    ),
    success: succeededAt === null ? never : <JalaliTime language={language} at={succeededAt} shape="short" />,
    trouble:
      falteredAt === null || fault === null ? (
        never
      ) : (
        <span>
          {faultText(language, fault)} · <JalaliTime language={language} at={falteredAt} shape="short" />
        </span>
      ),
    waiting: numberText(language, waiting),
    rate: words(language, 'connectors.rate-of', { faults: one.faults, calls: one.calls }),
  };
}

function State({ language, circuit }: Pick<ConnectorHealth, 'circuit'> & { readonly language: Language }): JSX.Element {
  switch (circuit.state) {
    case 'closed':
      return circuit.failures === 0 ? (
        <Tag tone="success">{words(language, 'circuit.closed')}</Tag>
      ) : (
        <Tag tone="warning">{words(language, 'circuit.closed-failing')}</Tag>
      );
    case 'open':
      return <Tag tone="danger">{words(language, 'circuit.open', { time: clockText(language, circuit.until) })}</Tag>;
    case 'half-open':
      return <Tag tone="warning">{words(language, 'circuit.half-open')}</Tag>;
  }
}
