// What of the city's layers is near a parcel: each feature with its distance and whether the parcel lies in its protected strip.
// Judges nothing: what a distance means is a rule of the inquiry type.
import type { Text } from '#base/text.ts';
import { boxOf } from './geometry.ts';
import type { Geometry } from './geometry.ts';
import { boxesMeet, gapBetween, widened } from './plane.ts';
import type { Gap } from './plane.ts';

/** One thing of a layer: a metro line's axis, a station, a road's widening. `strip`: metres around it that its law protects. */
export type Feature = {
  readonly layer: string;
  readonly id: string;
  readonly kind: string;
  readonly name: Text;
  readonly strip: number;
  readonly geometry: Geometry;
};

/** As a decision reads it. `distance`: metres from the parcel's edge, to the decimetre, never more than it is. */
export type NearFact = {
  readonly layer: string;
  readonly id: string;
  readonly kind: string;
  readonly name: Text;
  readonly distance: number;
  readonly strip: number;
  readonly zone: 'inside' | 'strip' | 'beyond';
};

export type Wanted = { readonly layer: string; readonly within: number };

/** Nearest first; of the layers wanted, each as far as it is wanted. */
export function nearTo(place: Geometry, features: readonly Feature[], wanted: readonly Wanted[]): readonly NearFact[] {
  const box = boxOf(place);
  const facts = features.flatMap((one): readonly NearFact[] => {
    const within = wanted.find(({ layer }) => layer === one.layer)?.within;
    if (within === undefined || !boxesMeet(widened(box, within), boxOf(one.geometry))) return [];
    const gap = gapBetween(place, one.geometry);
    return gap.metres <= within ? [factOf(one, gap)] : [];
  });
  return facts.toSorted((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1));
}

function factOf({ layer, id, kind, name, strip }: Feature, { metres }: Gap): NearFact {
  const zone = metres === 0 ? 'inside' : metres <= strip ? 'strip' : 'beyond';
  return { layer, id, kind, name, distance: Math.floor(metres * 10) / 10, strip, zone };
}
