// A small service for tests of the road: a form, a check by an officer with corrections, an approval by a second person, a fee, a document.
// As files, the way every service is; nothing of it is code.
import type { PackageFiles } from '#catalog/types.ts';

const BPMN = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:dargah="https://dargah.city/schema/bpmn/1.0" id="Definitions_1" targetNamespace="https://dargah.city/test">
  <bpmn:process id="mini" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Task_check" />
    <bpmn:userTask id="Task_check" name="بررسی">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="check" />
        <zeebe:properties><zeebe:property name="corrections" value="application" /></zeebe:properties>
        <dargah:executor unit="office" role="officer" />
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:incoming>f7</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="Late" attachedToRef="Task_check" cancelActivity="false">
      <bpmn:outgoing>f9</bpmn:outgoing>
      <bpmn:timerEventDefinition id="LateTimer"><bpmn:extensionElements><dargah:timer workingTime="true" clock="case" /></bpmn:extensionElements><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f9" sourceRef="Late" targetRef="Notify" />
    <bpmn:serviceTask id="Notify"><bpmn:extensionElements><zeebe:taskDefinition type="dargah:notify" />
      <zeebe:ioMapping><zeebe:input source="=&quot;unit:office&quot;" target="to" /><zeebe:input source="=&quot;late&quot;" target="message" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f9</bpmn:incoming><bpmn:outgoing>f10</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f10" sourceRef="Notify" targetRef="End_late" />
    <bpmn:endEvent id="End_late"><bpmn:incoming>f10</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="Task_check" targetRef="Which" />
    <bpmn:exclusiveGateway id="Which" default="f3"><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f6</bpmn:outgoing><bpmn:outgoing>f8</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f6" sourceRef="Which" targetRef="Task_correct"><bpmn:conditionExpression>=decision = "correct"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f8" sourceRef="Which" targetRef="End_refused"><bpmn:conditionExpression>=decision = "refuse"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f3" sourceRef="Which" targetRef="Pay" />
    <bpmn:endEvent id="End_refused"><bpmn:extensionElements><dargah:outcome status="refused" reason="=reason" /></bpmn:extensionElements><bpmn:incoming>f8</bpmn:incoming></bpmn:endEvent>
    <bpmn:userTask id="Task_correct" name="اصلاح">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="application" />
        <zeebe:properties><zeebe:property name="only" value="corrections" /></zeebe:properties>
        <dargah:executor unit="applicant" role="applicant" />
        <dargah:clock pauses="correction" />
      </bpmn:extensionElements>
      <bpmn:incoming>f6</bpmn:incoming><bpmn:outgoing>f7</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f7" sourceRef="Task_correct" targetRef="Task_check" />
    <bpmn:serviceTask id="Pay"><bpmn:extensionElements><zeebe:taskDefinition type="dargah:pay" />
      <zeebe:ioMapping><zeebe:input source="=120000" target="amount" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f4" sourceRef="Pay" targetRef="Task_approve" />
    <bpmn:userTask id="Task_approve" name="تأیید">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="approve" />
        <dargah:executor unit="office" role="officer" />
        <dargah:separate from="Task_check" />
      </bpmn:extensionElements>
      <bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f5" sourceRef="Task_approve" targetRef="Issue" />
    <bpmn:serviceTask id="Issue"><bpmn:extensionElements><zeebe:taskDefinition type="dargah:issue" />
      <zeebe:ioMapping><zeebe:input source="={ subject: application.subject }" target="data" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f5</bpmn:incoming><bpmn:outgoing>f11</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f11" sourceRef="Issue" targetRef="End_issued" />
    <bpmn:endEvent id="End_issued"><bpmn:extensionElements><dargah:outcome status="issued" /></bpmn:extensionElements><bpmn:incoming>f11</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

const MANIFEST = `id: mini
version: 1.0.0
title: { fa: خدمت کوچک, en: Mini service }
summary: { fa: برای آزمون, en: For tests }
kind: certificate
mode: remote
visits: { applicant: 0, city: 0 }
audience: [citizen]
status: offered
duties:
  steward: office
  owner: office
  executors:
    - { step: Task_check, unit: office, role: officer }
    - { step: Task_approve, unit: office, role: officer }
  infrastructure: []
legal: []
needs: []
fees: { summary: { fa: صدوبیست هزار ریال, en: 120000 rials } }
deadline: { time: P10D, norm: P5D, calendar: city, silence: none, legal: { fa: آزمون, en: test } }
inquiries: []
application: application
output: { document: document.typ, title: { fa: گواهی, en: Certificate }, revocable: true, public: [number, kind, issued, status] }
retention: P1Y
sample: true
`;

function form(id: string, components: readonly object[]): string {
  return JSON.stringify({
    type: 'default',
    id,
    schemaVersion: 16,
    components: [{ type: 'group', id: `${id}-page`, key: `${id}-page`, label: '$page', components }],
  });
}

const DECISION = {
  type: 'radio',
  id: 'decision',
  key: 'decision',
  label: '$decision',
  validate: { required: true },
  values: ['complete', 'correct', 'refuse'].map((value) => ({ value, label: '$decision' })),
};

const TEXTS = JSON.stringify({
  page: 'برگه',
  subject: 'موضوع',
  area: 'مساحت',
  plan: 'نقشه',
  decision: 'تصمیم',
  reason: 'دلیل',
  late: 'دیر شد',
});

export const MINI_SERVICE: PackageFiles = {
  'service.yaml': MANIFEST,
  'process.bpmn': BPMN,
  'application.form': form('application', [
    { type: 'textfield', id: 'subject', key: 'subject', label: '$subject', validate: { required: true, maxLength: 100 } },
    { type: 'number', id: 'area', key: 'area', label: '$area', validate: { required: true, min: 1 } },
    { type: 'filepicker', id: 'plan', key: 'plan', label: '$plan' },
  ]),
  'check.form': form('check', [DECISION, { type: 'textarea', id: 'reason', key: 'reason', label: '$reason' }]),
  'approve.form': form('approve', [{ ...DECISION, values: [{ value: 'approve', label: '$decision' }] }]),
  'document.typ': '#import "/dargah.typ": *\n#show: document-page\n#data.data.subject\n',
  'fa.json': TEXTS,
  'en.json': TEXTS,
};
