// The mini service, asking whether the property owes duty before anybody checks: a case whose process waits for an inquiry.
import { instant } from '#base/instant.ts';
import { hashPackage } from '#catalog/hash.ts';
import { sha256 } from '#main/sha256.ts';
import { publishService } from '#store/catalogue.ts';
import { openPool } from '#store/pool.ts';
import { MINI_SERVICE } from './mini-service.ts';

export type Asks = { readonly type: string; readonly question: string };
const DUTY: Asks = { type: 'renovation-duty-status', question: '{ renovationCode: application.subject }' };

const asking = ({
  type,
  question,
}: Asks): string => `<bpmn:serviceTask id="Ask" name="استعلام"><bpmn:extensionElements><zeebe:taskDefinition type="dargah:inquire" />
    <zeebe:ioMapping><zeebe:input source="${type}" target="type" /><zeebe:input source="=${question}" target="question" />
    <zeebe:output source="=answer" target="duty" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f0" sourceRef="Start" targetRef="Ask" /><bpmn:sequenceFlow id="f1" sourceRef="Ask" targetRef="Task_check" />`;

/** Publishes it as `asking` beside the demo city; its subject is the renovation code asked about, unless it is to ask something else.
 * `unit` owns and works it. */
export async function publishAsking(migratorUrl: string, asks: Asks = DUTY, unit = 'revenue'): Promise<void> {
  const files = {
    ...MINI_SERVICE,
    'service.yaml': (MINI_SERVICE['service.yaml'] ?? '').replaceAll(/\boffice\b/g, unit).replace('id: mini', 'id: asking'),
    'process.bpmn': (MINI_SERVICE['process.bpmn'] ?? '')
      .replace('<bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Task_check" />', asking(asks))
      .replace('<bpmn:outgoing>f1</bpmn:outgoing>', '')
      .replaceAll('"office"', `"${unit}"`)
      .replace('unit:office', `unit:${unit}`),
  };
  const pool = openPool(migratorUrl, { max: 1 });
  const row = { definition: hashPackage(files, sha256), service: 'asking', version: '1.0.0', files, author: 'a', approver: 'b' };
  await publishService(pool, { ...row, at: instant('2026-01-01T00:00:00Z') });
  await pool.end();
}
