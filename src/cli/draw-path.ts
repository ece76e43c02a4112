// A counterexample as a line of elements and arrows, one line for each branch that runs beside, as the model names them. Knows no terminal:
// the width and whether more than ASCII may be written are told to it.
import type { Finding } from '#base/finding.ts';
import type { Model, ModelFlow, ModelNode, NodeKind } from '#engine/model.ts';

export type Drawn = { readonly language: 'fa' | 'en'; readonly width: number; readonly unicode: boolean };

const SIGNS: { readonly [kind in NodeKind]: string } = {
  start: '(S)',
  end: '(E)',
  catch: '(i)',
  throw: '(i)',
  boundary: '(b)',
  exclusive: '<X>',
  parallel: '<+>',
  inclusive: '<O>',
  events: '<?>',
  user: '[A]',
  service: '[A]',
  send: '[A]',
  receive: '[A]',
  pass: '[A]',
  script: '[A]',
  rule: '[A]',
  subprocess: '[+]',
  'event-subprocess': '[+]',
  call: '[+]',
  unsupported: '[ ]',
};

/** An element each time the path comes by it, and what leads on from there. */
type Stop = { readonly node: ModelNode; readonly next: Leg[] };
type Leg = { readonly flow: ModelFlow | undefined; to: Stop | undefined; readonly waiting: ModelNode | undefined };

export function drawPath(finding: Finding, model: Model, drawn: Drawn): readonly string[] {
  const path = finding.path ?? [];
  const nodes = new Map(model.nodes.map((node) => [node.id, node]));
  const flows = new Map(model.flows.map((flow) => [flow.id, flow]));
  const { root, pending, latest } = walk(path, nodes, flows);
  if (!root) return [path.join(drawn.unicode ? ' → ' : ' -> ')];
  const open = new Set(pending.map((leg) => leg.flow?.id));
  const mark = markOf(finding, { model, open }, drawn);
  const isMarked = (node: ModelNode, stop: Stop | undefined): boolean =>
    node.id === finding.place &&
    (stop === undefined || (stop === latest.get(node.id) && pending.every((leg) => leg.waiting !== node)));
  return linesFrom(root, drawn)
    .map((line) => line.map(({ arrow, node, stop }) => `${arrow}${label(node, drawn)}${isMarked(node, stop) ? ` ${mark}` : ''}`))
    .flatMap((line) => wrapped(line, drawn.width));
}

type Walked = { readonly root: Stop | undefined; readonly pending: readonly Leg[]; readonly latest: ReadonlyMap<string, Stop> };

/** Plays the ids of a path: a flow begins where its element was last, an element takes the flows that lead to it. */
function walk(path: readonly string[], nodes: ReadonlyMap<string, ModelNode>, flows: ReadonlyMap<string, ModelFlow>): Walked {
  const latest = new Map<string, Stop>();
  const pending: Leg[] = [];
  let root: Stop | undefined;
  for (const id of path) {
    const flow = flows.get(id);
    const node = nodes.get(id);
    if (flow) {
      const leg: Leg = { flow, to: undefined, waiting: nodes.get(flow.to) };
      latest.get(flow.from)?.next.push(leg);
      pending.push(leg);
    } else if (node) {
      const stop: Stop = { node, next: [] };
      const coming = pending.filter((leg) => leg.flow?.to === id);
      const taken = node.kind === 'parallel' || node.kind === 'inclusive' ? coming : coming.slice(0, 1);
      for (const leg of taken) {
        leg.to = stop;
        pending.splice(pending.indexOf(leg), 1);
      }
      if (node.attachedTo !== undefined && coming.length === 0)
        latest.get(node.attachedTo)?.next.push({ flow: undefined, to: stop, waiting: node });
      root ??= stop;
      latest.set(id, stop);
    }
  }
  return { root, pending, latest };
}

type Piece = { readonly arrow: string; readonly node: ModelNode; readonly stop: Stop | undefined };

/** Each line follows one branch to its end or to what is drawn already. */
function linesFrom(root: Stop, drawn: Drawn): readonly (readonly Piece[])[] {
  const seen = new Set<Stop>([root]);
  const lines: Piece[][] = [];
  const open: { readonly at: Stop; readonly from: number }[] = [{ at: root, from: 0 }];
  for (let branch = open.shift(); branch; branch = open.shift()) {
    const line: Piece[] = [{ arrow: '', node: branch.at.node, stop: branch.at }];
    let leg = branch.at.next[branch.from];
    if (branch.from + 1 < branch.at.next.length) open.push({ at: branch.at, from: branch.from + 1 });
    while (leg) {
      const node = leg.to?.node ?? leg.waiting;
      if (!node) break;
      line.push({ arrow: arrow(leg.flow, drawn), node, stop: leg.to });
      if (!leg.to || seen.has(leg.to)) break;
      seen.add(leg.to);
      if (leg.to.next.length > 1) open.push({ at: leg.to, from: 1 });
      leg = leg.to.next[0];
    }
    if (line.length > 1 || lines.length === 0) lines.push(line);
  }
  return lines;
}

/** The name of a flow, else its condition, stands on its arrow. */
function arrow(flow: ModelFlow | undefined, { unicode, language }: Drawn): string {
  const [line, tip] = unicode ? ['─', '→'] : ['-', '>'];
  const said = flow?.name ?? flow?.condition;
  const what = said === undefined ? '' : `[${isolated(short(said), { unicode, language })}]${line}`;
  return `${line}${what}${tip} `;
}

function short(text: string): string {
  const one = text.replace(/\s+/gu, ' ').trim();
  return one.length > 32 ? `${one.slice(0, 30)}…` : one;
}

function label(node: ModelNode, drawn: Drawn): string {
  return `${SIGNS[node.kind]} ${isolated(node.info.name || node.id, drawn)}`;
}

/** Persian names keep to themselves in a line that runs from left to right (UAX #9). */
function isolated(text: string, { unicode }: Pick<Drawn, 'unicode' | 'language'>): string {
  return unicode && /[\u0590-\u08ff]/u.test(text) ? `\u2068${text}\u2069` : text;
}

type Around = { readonly model: Model; readonly open: ReadonlySet<string | undefined> };

const MARKS: { readonly [code: string]: { readonly fa: string; readonly en: string } } = {
  deadlock: { fa: 'برای همیشه می‌ماند', en: 'waits for ever' },
  'orphan-token': { fa: 'برای همیشه جا می‌ماند', en: 'is left behind for ever' },
  'lack-of-synchronisation': { fa: 'دو بار و هم‌زمان', en: 'runs twice at once' },
  'unbounded-growth': { fa: 'بی‌پایان زیاد می‌شود', en: 'grows without end' },
  'outcome-early': { fa: 'زودتر از پایان کار دیگران', en: 'tells the outcome too early' },
  'no-completion': { fa: 'از اینجا راهی به پایان نیست', en: 'no way to an end from here' },
};
const MISSING = { fa: '، چشم‌به‌راه', en: ' for' };

/** What is wrong there; of a join, the elements it waits for in vain. */
function markOf({ code, place }: Finding, { model, open }: Around, { language, unicode }: Drawn): string {
  const sign = unicode ? '✗' : 'x';
  const words = MARKS[code]?.[language] ?? '';
  if (code !== 'deadlock' && code !== 'orphan-token') return `${sign} ${words}`.trim();
  const names = new Map(model.nodes.map((node) => [node.id, node.info.name || node.id]));
  const missing = model.flows
    .filter((flow) => flow.to === place && !open.has(flow.id))
    .map((flow) => names.get(flow.from) ?? flow.from);
  const comma = language === 'fa' ? '، ' : ', ';
  return missing.length === 0 ? `${sign} ${words}` : `${sign} ${words}${MISSING[language]}: ${missing.join(comma)}`;
}

/** Broken before an arrow; what follows is set in. */
function wrapped(pieces: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line === undefined) lines.push(piece);
    else if (columns(line) + 1 + columns(piece) <= width) lines[lines.length - 1] = `${line} ${piece}`;
    else lines.push(`    ${piece}`);
  }
  return lines;
}

/** What a terminal shows of a text: marks and joiners take no room. */
function columns(text: string): number {
  return text.replace(/[\p{Mn}\p{Cf}]/gu, '').length;
}
