// What the city's data is, read: its districts, units, people of the demo, properties, contracts and calendars.
import type { JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import type { Contract } from '#inquiries/types.ts';

export type District = {
  readonly id: string;
  readonly name: Text;
  readonly neighbourhoods: readonly { readonly id: string; readonly name: Text }[];
};

export type Unit = {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly district: string | null;
  readonly name: Text;
};

export type Persona = {
  readonly id: string;
  readonly kind: 'citizen' | 'business';
  readonly name: Text;
  readonly nationalId: string;
  /** One line for who tries the demo: what this person has or does. */
  readonly about: Text;
  /** What the register of persons, or of businesses, holds of them beside their number. */
  readonly record?: JsonObject;
  readonly assignments: readonly { readonly role: string; readonly unit: string }[];
};

/** A parcel as the property register answers; PROPERTY_FIELDS names its fields. */
export type Property = JsonObject;

export type City = {
  readonly id: string;
  readonly name: Text;
  readonly sample: boolean;
  readonly districts: readonly District[];
  readonly units: readonly Unit[];
  readonly personas: readonly Persona[];
  readonly properties: readonly Property[];
  readonly contracts: readonly Contract[];
  readonly calendars: readonly CalendarVersion[];
};
