// Takes the features of a GeoJSON FeatureCollection (RFC 7946) out of its bytes one by one, as they come: each is parsed alone, by JSON.parse.
// Knows bytes alone; never a file. A feature of a thousand points is held; the collection never is.
import type { Json } from '#base/json.ts';
import type { SourceFault } from '#registry/source-faults.ts';

export type Feature = {
  readonly line: number;
  /** The byte behind it, and the line there. */
  readonly end: number;
  readonly endLine: number;
  readonly value: Json;
};
type FeatureFault = { readonly line: number; readonly fault: SourceFault };
export type Taken = { readonly features: readonly Feature[]; readonly fault?: FeatureFault };
export type FeatureTaker = {
  take(piece: Buffer): Taken;
  /** What is wrong where the file ends here. */
  end(): FeatureFault | undefined;
};

const LARGEST = 16 * 1024 * 1024;
const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST, LIST_END, FEED, COLON, COMMA] = [34, 92, 123, 125, 91, 93, 10, 58, 44];

type State = {
  /** Outside the list of features, in it, or behind it. */
  where: 'before' | 'in' | 'behind';
  depth: number;
  isText: boolean;
  isEscaped: boolean;
  at: number;
  line: number;
  /** The feature that has begun: its first byte in `held`, and its line. */
  from: number;
  fromLine: number;
  held: Buffer;
  /** The last member's name of the collection, and whether its colon was there. */
  name: string;
  nameFrom: number;
  isNamed: boolean;
};

/** `start`: inside the list of features, at a byte and line where none has begun. */
export function featureTaker(start?: { readonly byte: number; readonly line: number }): FeatureTaker {
  const state: State = {
    where: start === undefined ? 'before' : 'in',
    depth: start === undefined ? 0 : 2,
    isText: false,
    isEscaped: false,
    at: start?.byte ?? 0,
    line: start?.line ?? 1,
    from: -1,
    fromLine: 0,
    held: Buffer.alloc(0),
    name: '',
    nameFrom: -1,
    isNamed: false,
  };
  return {
    take: (piece) => takeFrom(state, piece),
    end() {
      if (state.where === 'behind' && state.depth === 0) return undefined;
      if (state.where === 'before') return { line: state.line, fault: 'not-geojson' };
      return { line: state.from >= 0 ? state.fromLine : state.line, fault: 'cut-off' };
    },
  };
}

function takeFrom(state: State, piece: Buffer): Taken {
  const features: Feature[] = [];
  const carried = state.held.length;
  const bytes = carried === 0 ? piece : Buffer.concat([state.held, piece]);
  for (let at = carried; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    state.at += 1;
    if (byte === FEED) state.line += 1;
    if (state.isText) {
      if (state.isEscaped) state.isEscaped = false;
      else if (byte === BACKSLASH) state.isEscaped = true;
      else if (byte === QUOTE) {
        state.isText = false;
        if (state.depth === 1 && state.nameFrom >= 0) state.name = bytes.toString('utf8', state.nameFrom, at);
      }
      continue;
    }
    const fault = step(state, byte, at);
    if (fault !== undefined) return { features, fault };
    if (state.where === 'in' && byte === CLOSE && state.depth === 2 && state.from >= 0) {
      const value = parsed(bytes.subarray(state.from, at + 1));
      if (value === undefined) return { features, fault: { line: state.fromLine, fault: 'not-json' } };
      features.push({ line: state.fromLine, end: state.at, endLine: state.line, value });
      state.from = -1;
    }
  }
  // What has begun and is not over is held: a feature, or a member's name.
  const isName = state.from < 0 && state.isText && state.depth === 1 && state.nameFrom >= 0;
  const from = state.from >= 0 ? state.from : isName ? state.nameFrom : bytes.length;
  state.held = bytes.subarray(from);
  state.from = state.from >= 0 ? 0 : -1;
  state.nameFrom = isName ? 0 : -1;
  if (state.held.length > LARGEST)
    return { features, fault: { line: state.from < 0 ? state.line : state.fromLine, fault: 'row-too-long' } };
  return { features };
}

/** One byte outside texts. */
function step(state: State, byte: number, at: number): FeatureFault | undefined {
  switch (byte) {
    case QUOTE:
      state.isText = true;
      if (state.depth === 1) [state.nameFrom, state.isNamed] = [at + 1, false];
      if (state.where === 'in' && state.depth === 2) return { line: state.line, fault: 'not-geojson' };
      return undefined;
    case COLON:
      state.isNamed = state.depth === 1;
      return undefined;
    case COMMA:
      if (state.depth === 1) [state.name, state.isNamed] = ['', false];
      return undefined;
    case OPEN:
      if (state.where === 'in' && state.depth === 2) [state.from, state.fromLine] = [at, state.line];
      state.depth += 1;
      return undefined;
    case LIST:
      if (state.where === 'before' && state.depth === 1 && state.isNamed && state.name === 'features') state.where = 'in';
      state.depth += 1;
      return state.depth === 1 ? { line: state.line, fault: 'not-geojson' } : undefined;
    case CLOSE:
    case LIST_END:
      state.depth -= 1;
      if (state.where === 'in' && state.depth === 1) state.where = 'behind';
      return state.depth < 0 ? { line: state.line, fault: 'not-json' } : undefined;
    default:
      return undefined;
  }
}

function parsed(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}
