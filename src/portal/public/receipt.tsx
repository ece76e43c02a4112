// Checking a receipt that somebody brings, as a file or as its text, against the ledger's public key. Keeps nothing of it.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Json } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { checkReceipt } from '#work/receipt.ts';
import type { Road } from '#work/road.ts';
import { composePage } from '#portal/compose-page.tsx';
import { readMultipart } from '#portal/multipart.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Button } from '#portal/ui/actions.tsx';
import { Field, described } from '#portal/ui/field.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { words } from './words.ts';

type Checked = Awaited<ReturnType<typeof checkReceipt>>;

/** A receipt has about 4 KB; a proof in a log of a billion events adds 2 KB. */
const LONGEST = 100_000;

export function receiptRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/verify-receipt', (request) => composePage(road, request, receiptPage(request.language, '')));
  post(server, '/verify-receipt', async (request) => {
    const text = await sentText(request);
    if (text.length > LONGEST) throw new Refusal('malformed-request', { reason: 'receipt' });
    return composePage(road, request, receiptPage(request.language, text, await checkReceipt(road, parsed(text))));
  });
}

/** The file, where one was chosen; else what was pasted. */
async function sentText(request: PageRequest): Promise<string> {
  if (!request.request.isMultipart()) return textOf(request.body, 'receipt');
  const files: string[] = [];
  const { body, refusals } = await readMultipart(request.request, async ({ stream }) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    files.push(
      Buffer.concat(chunks)
        .subarray(0, LONGEST + 1)
        .toString('utf8'),
    );
  });
  const [refusal] = refusals;
  if (refusal) throw refusal;
  return files[0] ?? textOf(body, 'receipt');
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

export function receiptPage(language: Language, text: string, checked?: Checked) {
  const verdict = checked && (checked.ok ? (checked.included ? 'good' : 'promised') : 'bad');
  const body = (
    <>
      <Heading title={words(language, 'receipt.title')} lead={words(language, 'receipt.lead')} />
      {verdict && (
        <Notice
          language={language}
          tone={verdict === 'bad' ? 'danger' : 'success'}
          title={words(language, `receipt.${verdict}`)}
          live
        >
          {checked.findings.length > 0 && (
            <ul>
              {checked.findings.map((one) => (
                <li key={one.code}>{`${one.reason[language]} ${one.mend[language]}`}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <form method="post" action={href(language, '/verify-receipt')} enctype="multipart/form-data">
        <ReceiptFile language={language} />
        <TextArea
          language={language}
          name="receipt"
          label={words(language, 'receipt.text')}
          value={text}
          rows={8}
          required={false}
        />
        <p>
          <Button>{words(language, 'verify.check')}</Button>
        </p>
      </form>
    </>
  );
  return { title: words(language, 'receipt.title'), body };
}

function ReceiptFile({ language }: { readonly language: Language }): JSX.Element {
  const field = {
    language,
    name: 'file',
    label: words(language, 'receipt.file'),
    hint: words(language, 'receipt.file-hint'),
    required: false,
  };
  return (
    <Field {...field}>
      <input
        class="input file"
        id={fieldId(field.name)}
        type="file"
        name={field.name}
        accept=".json,application/json"
        {...described(field)}
      />
    </Field>
  );
}
