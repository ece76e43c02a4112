// The ledger as anyone reads it: its newest signed checkpoint, its key, and how to check with them.
import type { FastifyInstance } from 'fastify';
import type { ComponentChildren, JSX } from 'preact';
import { latestCheckpoint } from '#work/receipt.ts';
import type { Road } from '#work/road.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { words } from './words.ts';

export function ledgerRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/ledger', async (request) => {
    const { language } = request;
    const note = await latestCheckpoint(road);
    const size = sizeOf(note);
    const key = Buffer.from(road.ports.ledger.verifier.publicKey).toString('base64');
    const body = (
      <>
        <Heading title={words(language, 'ledger.title')} lead={words(language, 'ledger.lead')} />
        <Section title={words(language, 'ledger.checkpoint')} id="checkpoint">
          {note === '' ? (
            <p>{words(language, 'ledger.empty')}</p>
          ) : (
            <>
              {size !== undefined && <p>{words(language, 'ledger.size', { size })}</p>}
              <Exact>{note}</Exact>
            </>
          )}
        </Section>
        <Section title={words(language, 'ledger.key')} id="key">
          <Exact>{`${road.ports.ledger.verifier.name}\n${key}`}</Exact>
        </Section>
        <Section title={words(language, 'ledger.how')} id="how">
          <ol>
            <li>{words(language, 'ledger.how-receipt')}</li>
            <li>{words(language, 'ledger.how-check')}</li>
            <li>{words(language, 'ledger.how-keep')}</li>
          </ol>
          <Exact>{`npx dargah verify case.dargah-receipt.json --key ${key}`}</Exact>
        </Section>
        <ButtonLink href={href(language, '/verify-receipt')} weight="secondary">
          {words(language, 'ledger.check')}
        </ButtonLink>
      </>
    );
    return composePage(road, request, { title: words(language, 'ledger.title'), body });
  });
}

/** Signed text as it is: its lines are kept, and long ones break anywhere. */
function Exact({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <p class="user-text pair" dir="ltr">
      <code>{children}</code>
    </p>
  );
}

/** The second line of a checkpoint is the number of events it covers (C2SP tlog-checkpoint). */
function sizeOf(note: string): number | undefined {
  const size = Number(note.split('\n')[1]);
  return note !== '' && Number.isSafeInteger(size) ? size : undefined;
}
