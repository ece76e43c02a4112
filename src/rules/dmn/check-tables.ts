// Does a decision table answer for every input, and once where it must: gaps, overlaps, rules that never decide, cells of a wrong type.
// Exact for cells that compare the input with constants. What cannot be judged is said, never passed over.
import type { Finding } from '#base/finding.ts';
import { axisOf, type Axis, type Class, type Column } from './check-axis.ts';
import { bits, both, contains, has, isEmpty, lowest, meets, membersOf, put, type Bits } from './check-bits.ts';
import { cellReader } from './check-cell.ts';
import { budget, covers, fills, type Budget, type Cover } from './check-cover.ts';
import { numbers, valueWords } from './check-findings.ts';
import { policyOf, type Policy } from './check-policy.ts';
import { gapFinding, maskedFinding, neverFinding, notAnalysed, overlapFinding } from './check-table-words.ts';
import { checkNames, knownNames } from './check-names.ts';
import { checkInputType, checkTableTypes } from './check-table-types.ts';
import { tablesOf, type Judged } from './check-model.ts';
import { typedAt, typedBy, type Typed } from './check-types.ts';
import type { DmnModel } from './model.ts';

export function checkTables(model: DmnModel): readonly Finding[] {
  return tablesOf(model).flatMap(({ owner, table, logic, scope }) => {
    const columns = table.inputs.map((input) => ({
      said: typedBy(model, input.typeRef),
      known: typedAt(model, scope, input.text),
    }));
    const inputs = table.inputs.map((input, at): Typed => {
      const { said, known } = columns[at] ?? {};
      return { kind: said?.kind ?? known?.kind, allowed: input.values ?? said?.allowed ?? known?.allowed };
    });
    const judged: Judged = { owner, table, inputs, cellOf: cellReader() };
    return [
      ...checkNames(owner, table, knownNames(model, logic)),
      ...columns.flatMap((one, at) => checkInputType(judged, at, one)),
      ...checkTableTypes(model, judged),
      ...checkTable(judged),
    ];
  });
}

/** Policies under which no hit is an answer too. */
const MAY_MISS = new Set(['COLLECT', 'RULE ORDER', 'OUTPUT ORDER']);

/** For each rule, for each axis the classes it takes. */
type Boxes = readonly (readonly Bits[])[];
type Space = { readonly axes: readonly Axis[]; readonly sure: Boxes; readonly maybe: Boxes; readonly steps: Budget };

function checkTable(judged: Judged): readonly Finding[] {
  const { owner, table } = judged;
  if (table.rules.length === 0) return [];
  const policy = policyOf(table);
  const columns = columnsOf(judged);
  const axes = columns.map(axisOf);
  const count = table.rules.length;
  const space: Space = { axes, sure: boxes(axes, count, 'sure'), maybe: boxes(axes, count, 'maybe'), steps: budget() };
  const pairs = table.hitPolicy === 'UNIQUE' || table.hitPolicy === 'ANY' ? overlaps(judged, space, policy) : [];
  const isAnswered = MAY_MISS.has(table.hitPolicy) || table.outputs.every((one) => one.otherwise !== undefined);
  const gap = isAnswered ? undefined : gapIn(space, table.rules.length, 'maybe');
  const masks = masked(judged, space, policy);
  const isOpen = gap?.is === 'open' || masks.open;
  return [
    ...(gap?.is === 'bare' ? [gapFinding(owner, wordsAt(axes.map(askedOf), gap.at))] : []),
    ...pairs,
    ...masks.findings,
    ...(hangsOnOpaque(judged, space, { policy, isAnswered }) ? opaque(judged) : []),
    ...(isOpen
      ? [
          notAnalysed(owner, [
            'قاعده‌ها بیش از آن در هم می‌روند که همه حالت‌ها پیموده شود',
            'its rules cross in more ways than are walked',
          ]),
        ]
      : []),
  ];
}

/** Columns with the same expression are one input. */
function columnsOf({ table, inputs, cellOf }: Judged): readonly Column[] {
  const names = [...new Set(table.inputs.map((input) => input.text))];
  return names.map((name): Column => {
    const places = table.inputs.flatMap((input, at) => (input.text === name ? [at] : []));
    const typed = places.map((at) => inputs[at]);
    const allowed = typed.find((one) => one?.allowed !== undefined)?.allowed;
    return {
      name,
      cells: table.rules.map((rule) => places.map((at) => cellOf((rule.tests[at] ?? '-').trim()))),
      allowed: allowed === undefined ? { is: 'any' } : cellOf(allowed.trim()),
      kind: typed.find((one) => one?.kind !== undefined)?.kind,
    };
  });
}

function boxes(axes: readonly Axis[], rules: number, by: 'sure' | 'maybe'): Boxes {
  return Array.from({ length: rules }, (_, rule) =>
    axes.map(({ classes }) => {
      const box = bits(classes.length);
      for (const [at, one] of classes.entries()) if (has(one[by], rule)) put(box, at);
      return box;
    }),
  );
}

function meet(a: readonly Bits[], b: readonly Bits[]): boolean {
  for (const [axis, box] of a.entries()) if (!meets(box, b[axis] ?? box)) return false;
  return true;
}

function askedOf(axis: Axis): Axis {
  return { ...axis, classes: axis.classes.filter((one) => one.asked) };
}

function gapIn({ axes, ...by }: Space, rules: number, how: 'sure' | 'maybe'): Cover {
  const asked = axes.map(askedOf);
  const all = by[how];
  if (asked.some(({ classes }) => classes.length === 0)) return { is: 'covered', used: bits(rules) };
  const space = asked.map(({ classes }) => classes.map((one) => one[how]));
  const every = bits(rules);
  for (let rule = 0; rule < rules; rule += 1) put(every, rule);
  return coverOf(space, all, { active: every, steps: by.steps });
}

/** Rules that do not meet are counted; where these are not enough and others meet them, the space is walked. */
function coverOf(space: readonly (readonly Bits[])[], all: Boxes, of: { readonly active: Bits; readonly steps: Budget }): Cover {
  const { active, steps } = of;
  const apart: (readonly Bits[])[] = [];
  const counted = bits(all.length);
  const rules = membersOf(active);
  for (const rule of rules) {
    const box = all[rule] ?? [];
    if (apart.some((other) => meet(box, other))) continue;
    apart.push(box);
    put(counted, rule);
  }
  const cover = fills(space, counted);
  return cover.is === 'covered' || apart.length === rules.length ? cover : covers(space, active, steps);
}

/** UNIQUE: no two rules may hit together. ANY: they may, where they say the same. */
function overlaps({ owner, table }: Judged, { axes, sure }: Space, { differ }: Policy): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [rule, box] of sure.entries()) {
    const others: number[] = [];
    for (let other = 0; other < rule; other += 1)
      if (meet(box, sure[other] ?? []) && (table.hitPolicy === 'UNIQUE' || differ(other, rule))) others.push(other);
    const [first] = others;
    if (first === undefined) continue;
    const at = box.map((classes, axis) => bestOf(axes[axis]?.classes ?? [], both(classes, sure[first]?.[axis] ?? classes)));
    findings.push(overlapFinding({ owner, table, rule, others }, wordsAt(axes, at)));
  }
  return findings;
}

/** A class that is asked where there is one, else the first. */
function bestOf(classes: readonly Class[], among: Bits): number {
  return membersOf(among).find((at) => classes[at]?.asked === true) ?? lowest(among);
}

type Masks = { readonly findings: readonly Finding[]; readonly open: boolean };

function masked(judged: Judged, space: Space, { wins }: Policy): Masks {
  const { owner, table } = judged;
  const findings: Finding[] = [];
  let open = false;
  for (const rule of table.rules.keys()) {
    const box = space.maybe[rule] ?? [];
    if (box.some(isEmpty)) {
      findings.push(neverFinding(owner, rule));
      continue;
    }
    const maskers = wins ? winners(space.sure, rule, { box, wins }) : [];
    if (maskers.length === 0) continue;
    const cover = covered(space, box, maskers);
    if (cover.is === 'open') open = true;
    if (cover.is === 'covered') findings.push(maskedFinding(owner, rule, membersOf(cover.used)));
  }
  return { findings, open };
}

type Against = { readonly box: readonly Bits[]; readonly wins: NonNullable<Policy['wins']> };

/** Rules that hit where this one does, and decide instead of it. */
function winners(sure: Boxes, rule: number, { box, wins }: Against): readonly number[] {
  const found: number[] = [];
  for (const [other, its] of sure.entries()) if (other !== rule && wins(other, rule) && meet(box, its)) found.push(other);
  return found;
}

function covered({ axes, sure, steps }: Space, box: readonly Bits[], maskers: readonly number[]): Cover {
  const alone = maskers.find((other) => box.every((classes, axis) => contains(sure[other]?.[axis] ?? classes, classes)));
  const active = bits(sure.length);
  for (const other of alone === undefined ? maskers : [alone]) put(active, other);
  if (alone !== undefined) return { is: 'covered', used: active };
  if (maskers.length === 1) return { is: 'bare', at: [] };
  const space = box.map((classes, axis) => membersOf(classes).map((at) => axes[axis]?.classes[at]?.sure ?? active));
  return coverOf(space, sure, { active, steps });
}

/** The input that shows a finding; inputs that no rule looks at stay out. */
function wordsAt(axes: readonly Axis[], at: readonly number[]): string {
  const parts = axes.flatMap(({ name, classes, idle }, axis) => {
    const one = classes[at[axis] ?? 0];
    return idle || !one ? [] : [`${name} = ${valueWords(one.value)}`];
  });
  return parts.length === 0 ? axes.map(({ name }) => `${name} = -`).join(', ') : parts.join(', ');
}

type Known = { readonly policy: Policy; readonly isAnswered: boolean };

/** Would the verdict on gaps and overlaps be another if the cells that cannot be judged took nothing, or all? */
function hangsOnOpaque({ table, cellOf }: Judged, space: Space, { policy, isAnswered }: Known): boolean {
  if (!table.rules.some((rule) => rule.tests.some((text) => cellOf(text.trim()).is === 'opaque'))) return false;
  const rules = table.rules.length;
  if (!isAnswered && gapIn(space, rules, 'maybe').is !== gapIn(space, rules, 'sure').is) return true;
  if (table.hitPolicy !== 'UNIQUE' && table.hitPolicy !== 'ANY') return false;
  const { sure, maybe } = space;
  return maybe.some((box, rule) =>
    maybe.some((other, at) => {
      if (at >= rule || !meet(box, other) || meet(sure[rule] ?? [], sure[at] ?? [])) return false;
      return table.hitPolicy === 'UNIQUE' || policy.differ(at, rule);
    }),
  );
}

/** Cells that ask more than a comparison with constants: gaps and overlaps that hang on them are not told. */
function opaque({ owner, table, cellOf }: Judged): readonly Finding[] {
  const cells = table.rules.flatMap((rule, at) =>
    table.inputs.flatMap((input, column) => {
      const text = (rule.tests[column] ?? '-').trim();
      return cellOf(text).is === 'opaque' ? [{ rule: at, input: input.text, text }] : [];
    }),
  );
  const [first] = cells;
  if (!first) return [];
  const rules = numbers([...new Set(cells.map((one) => one.rule))]);
  return [
    notAnalysed(owner, [
      `خانه‌هایی در قاعده‌های ${rules} را نمی‌توان از پیش سنجید (مانند «${first.text}» زیر ${first.input})`,
      `cells in rules ${rules} cannot be judged beforehand (such as “${first.text}” under ${first.input})`,
    ]),
  ];
}
