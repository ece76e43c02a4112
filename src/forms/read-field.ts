// One form-js component to one field. Attributes of layout and looks are let pass; what would change an answer and is not known is refused.
import { isObject, type Json, type JsonObject } from '#base/json.ts';
import { isIsoDate } from '#calendar/jalali.ts';
import { FILE_TYPES, type FileType } from './files.ts';
import type { Report } from './findings.ts';
import { hideOf } from './hide.ts';
import { FORMATS } from './formats.ts';
import { isSlowPattern, patternOf } from './pattern.ts';
import type { Field, FieldKind } from './types.ts';

const KINDS: ReadonlyMap<Json | undefined, FieldKind> = new Map<Json | undefined, FieldKind>([
  ['textfield', 'text'],
  ['textarea', 'paragraph'],
  ['number', 'number'],
  ['checkbox', 'checkbox'],
  ['radio', 'choice'],
  ['select', 'select'],
  ['checklist', 'choices'],
  ['datetime', 'date'],
  ['filepicker', 'file'],
  ['text', 'note'],
]);

/** A key is a FEEL name, a JSON member and an HTML name at once; this also keeps `__proto__` out. */
const KEY = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

export function readField(component: Json, path: string, report: Report): readonly Field[] {
  if (!isObject(component)) {
    reportShape(path, report, ['این عضو یک مورد فرم نیست.', 'This entry is not a component.']);
    return [];
  }
  const place = typeof component.id === 'string' && component.id !== '' ? component.id : path;
  const kind = KINDS.get(component.type);
  if (kind === undefined) {
    const type = String(component.type).slice(0, 40);
    report('unsupported-component', place, {
      reason: [`نوع «${type}» در فرم‌های درگاه نیست.`, `A component of type “${type}” is not part of Dargah’s forms.`],
      mend: [`یکی از این نوع‌ها را به کار ببرید: ${typeNames()}.`, `Use one of these types: ${typeNames()}.`],
    });
    return [];
  }
  const key = kind === 'note' && component.key === undefined ? place : component.key;
  if (typeof key !== 'string' || !KEY.test(key)) {
    reportShape(place, report, [
      'کلید (key) باید با حرف لاتین آغاز شود و تنها حرف، رقم و _ داشته باشد.',
      'The key must start with a Latin letter and hold letters, digits and _ only.',
    ]);
    return [];
  }
  const label = labelOf(component, kind);
  if (label === '') reportShape(place, report, ['این مورد برچسب ندارد.', 'This component has no label.']);
  const at: At = { component, properties: isObject(component.properties) ? component.properties : {}, place, report };
  const hide = hideOf(component, report);
  const hint = textOf(at.properties.hint) ?? textOf(component.description);
  return [
    {
      key,
      id: place,
      kind,
      label,
      required: kind !== 'note' && validateOf(component).required === true,
      ...(hint !== undefined && { hint }),
      ...(hide !== undefined && { hide }),
      ...((component.readonly === true || component.disabled === true) && { readonly: true }),
      ...bindingOf(at),
      ...ofKind(kind, at),
    },
  ];
}

type At = { readonly component: JsonObject; readonly properties: JsonObject; readonly place: string; readonly report: Report };

/** Which register's datum the field is, and whose record it is taken from. */
function bindingOf(at: At): Partial<Field> {
  const [register, from, by, mayDiffer] = ['register', 'from', 'by', 'mayDiffer'].map((name) => textOf(at.properties[name]));
  const isTaken = from !== undefined || by !== undefined;
  const isWhole =
    (from === undefined || (from === 'applicant' && by === undefined)) &&
    (!isTaken || register !== undefined) &&
    (mayDiffer === undefined || isTaken);
  if (!isWhole) {
    shapeAt(at, [
      'from تنها applicant است و با by یکجا نمی‌آید؛ هر دو register می‌خواهند و mayDiffer یکی از آن دو را.',
      'from is applicant only and does not stand beside by; both need register, and mayDiffer needs one of them.',
    ]);
  }
  return {
    ...(register !== undefined && { register }),
    ...(from === 'applicant' && { from }),
    ...(by !== undefined && { by }),
    ...(mayDiffer !== undefined && { mayDiffer }),
  };
}

function ofKind(kind: FieldKind, at: At): Partial<Field> {
  switch (kind) {
    case 'text':
    case 'paragraph':
      return textRules(at);
    case 'number':
      return numberRules(at);
    case 'choice':
    case 'select':
    case 'choices':
      return { options: optionsOf(at) };
    case 'date':
      return dateRules(at);
    case 'file':
      return fileRules(at);
    case 'checkbox':
    case 'note':
      return {};
  }
}

function textRules(at: At): Partial<Field> {
  const { minLength, maxLength, pattern, validationType } = validateOf(at.component);
  const { format } = at.properties;
  if (format !== undefined && !FORMATS.some((known) => known === format)) {
    shapeAt(at, [
      `قالب «${String(format)}» شناخته نیست: ${FORMATS.join('، ')}.`,
      `The format “${String(format)}” is not known: ${FORMATS.join(', ')}.`,
    ]);
  }
  if (validationType !== undefined && validationType !== '' && validationType !== 'custom') {
    shapeAt(at, ['به جای validationType ویژگی format را به کار ببرید.', 'Use the property format in place of validationType.']);
  }
  return {
    ...wholeRule('minLength', minLength, at),
    ...wholeRule('maxLength', maxLength, at),
    ...(isUsablePattern(pattern, at) && { pattern }),
    ...(typeof format === 'string' && { format }),
  };
}

function isUsablePattern(pattern: Json | undefined, at: At): pattern is string {
  if (pattern === undefined || pattern === '') return false;
  try {
    if (typeof pattern === 'string' && patternOf(pattern)) {
      if (!isSlowPattern(pattern)) return true;
      shapeAt(at, ['الگو تکرار درون تکرار دارد و کند می‌شود.', 'The pattern repeats a repetition, which can take forever.']);
      return false;
    }
  } catch {
    // listed below
  }
  shapeAt(at, ['الگو (pattern) یک عبارت باقاعده درست نیست.', 'The pattern is not a correct regular expression.']);
  return false;
}

function numberRules(at: At): Partial<Field> {
  const { min, max } = validateOf(at.component);
  return {
    ...numberRule('min', min, at),
    ...numberRule('max', max, at),
    ...wholeRule('decimals', at.component.decimalDigits, at),
  };
}

function numberRule(name: 'min' | 'max', value: Json | undefined, at: At): Partial<Field> {
  if (value === undefined || value === '') return {};
  const text = String(value);
  if (/^-?\d{1,30}(?:\.\d{1,30})?$/.test(text)) return { [name]: text };
  shapeAt(at, [`مقدار ${name} عدد نیست.`, `The value of ${name} is not a number.`]);
  return {};
}

function wholeRule(name: 'minLength' | 'maxLength' | 'decimals', value: Json | undefined, at: At): Partial<Field> {
  if (value === undefined || value === '') return {};
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000) return { [name]: value };
  shapeAt(at, [`مقدار ${name} عدد صحیح نیست.`, `The value of ${name} is not a whole number.`]);
  return {};
}

function optionsOf(at: At): readonly { readonly value: string; readonly label: string }[] {
  const { values } = at.component;
  const options = (Array.isArray(values) ? (values as readonly Json[]) : []).flatMap((option) => {
    const value = isObject(option) ? option.value : undefined;
    const label = isObject(option) ? textOf(option.label) : undefined;
    return (typeof value === 'string' || typeof value === 'number') && value !== '' && label !== undefined
      ? [{ value: String(value), label }]
      : [];
  });
  const isWhole = Array.isArray(values) && options.length === values.length && options.length > 0;
  const isEach = new Set(options.map((option) => option.value)).size === options.length;
  if (!isWhole || !isEach) {
    shapeAt(at, [
      'گزینه‌ها (values) باید هر یک value جدا و label داشته باشند.',
      'The options (values) must each have a value of their own and a label.',
    ]);
  }
  return options;
}

function dateRules(at: At): Partial<Field> {
  const { component, properties } = at;
  if (component.subtype !== undefined && component.subtype !== 'date') {
    shapeAt(at, ['تنها تاریخ، بدون ساعت، پشتیبانی می‌شود.', 'Only dates without a time are supported.']);
  }
  return {
    ...dateRule('min', component.disallowPassedDates === true ? 'today' : properties.min, at),
    ...dateRule('max', properties.max, at),
  };
}

function dateRule(name: 'min' | 'max', value: Json | undefined, at: At): Partial<Field> {
  if (value === undefined) return {};
  if (value === 'today' || (typeof value === 'string' && isIsoDate(value))) return { [name]: value };
  shapeAt(at, [`مقدار ${name} باید today یا تاریخ yyyy-mm-dd باشد.`, `The value of ${name} must be today or a date yyyy-mm-dd.`]);
  return {};
}

function fileRules(at: At): Partial<Field> {
  const { component, properties } = at;
  const accept = acceptOf(component.accept, at);
  const maxBytes = properties.maxBytes === undefined ? undefined : Number(properties.maxBytes);
  if (maxBytes !== undefined && !(Number.isInteger(maxBytes) && maxBytes > 0)) {
    shapeAt(at, ['مقدار maxBytes عدد صحیح نیست.', 'The value of maxBytes is not a whole number.']);
  }
  return {
    ...(accept !== undefined && { accept }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(component.multiple === true && { multiple: true }),
  };
}

/** `.pdf,.jpg` or `application/pdf, image/png`. */
function acceptOf(accept: Json | undefined, at: At): readonly FileType[] | undefined {
  if (accept === undefined || accept === '') return undefined;
  // What is no text names no type.
  const names = (typeof accept === 'string' ? accept : '?').split(',').map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/^(?:\.|application\/|image\/)/, '')
      .replace(/^jpg$/, 'jpeg'),
  );
  const types = FILE_TYPES.filter((type) => names.includes(type));
  if (names.some((name) => !FILE_TYPES.some((type) => type === name))) {
    shapeAt(at, [
      `نوع پرونده تنها می‌تواند این‌ها باشد: ${FILE_TYPES.join('، ')}.`,
      `Files can be of these types only: ${FILE_TYPES.join(', ')}.`,
    ]);
  }
  return types;
}

function labelOf(component: JsonObject, kind: FieldKind): string {
  if (kind === 'note') return textOf(component.text) ?? '';
  if (kind === 'date') return textOf(component.dateLabel) ?? textOf(component.label) ?? '';
  return textOf(component.label) ?? '';
}

function validateOf(component: JsonObject): JsonObject {
  return isObject(component.validate) ? component.validate : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function typeNames(): string {
  return [...KINDS.keys()].join(', ');
}

function shapeAt({ place, report }: At, reason: readonly [string, string]): void {
  reportShape(place, report, reason);
}

function reportShape(place: string, report: Report, reason: readonly [string, string]): void {
  report('field-shape', place, {
    reason,
    mend: ['این مورد را در ویرایشگر فرم درست کنید.', 'Correct the component in the form editor.'],
  });
}
