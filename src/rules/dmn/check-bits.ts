// Small sets of whole numbers as words of 32 bits: rules by number, classes of values by place. Knows nothing of tables.
export type Bits = Uint32Array;

export function bits(size: number): Bits {
  return new Uint32Array(Math.max(1, (size + 31) >>> 5));
}

export function put(set: Bits, at: number): void {
  const word = at >>> 5;
  set[word] = (set[word] ?? 0) | (1 << (at & 31));
}

export function has(set: Bits, at: number): boolean {
  return ((set[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

/** From `from` to `to`, both included. */
export function putAll(set: Bits, from: number, to: number): void {
  for (let at = from; at <= to; at += 1) put(set, at);
}

export function isEmpty(set: Bits): boolean {
  for (let word = 0; word < set.length; word += 1) if (set[word] !== 0) return false;
  return true;
}

export function meets(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word += 1) if (((a[word] ?? 0) & (b[word] ?? 0)) !== 0) return true;
  return false;
}

export function contains(large: Bits, small: Bits): boolean {
  for (let word = 0; word < small.length; word += 1) if (((small[word] ?? 0) & ~(large[word] ?? 0)) !== 0) return false;
  return true;
}

export function both(a: Bits, b: Bits): Bits {
  const made = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word += 1) made[word] = (a[word] ?? 0) & (b[word] ?? 0);
  return made;
}

/** The lowest number in the set, or -1. */
export function lowest(set: Bits): number {
  for (let word = 0; word < set.length; word += 1) {
    const value = set[word] ?? 0;
    if (value !== 0) return (word << 5) + 31 - Math.clz32(value & -value);
  }
  return -1;
}

export function membersOf(set: Bits): readonly number[] {
  const found: number[] = [];
  for (let word = 0; word < set.length; word += 1) {
    let value = set[word] ?? 0;
    while (value !== 0) {
      const bit = value & -value;
      found.push((word << 5) + 31 - Math.clz32(bit));
      value ^= bit;
    }
  }
  return found;
}
