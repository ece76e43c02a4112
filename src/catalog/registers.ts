// What each register of the city knows: the fields of its records. What stands here is never asked of a person again ("once only").

/** Register → field → what its value is. */
export const REGISTER_FIELDS = {
  property: {
    renovationCode: 'renovation-code',
    postalCode: 'postal-code',
    registrationPlate: 'word',
    district: 'district',
    address: 'text',
    ownerNationalId: 'owner-id',
    use: 'use',
    landArea: 'amount',
    builtArea: 'amount',
    permittedArea: 'amount',
    floors: 'count',
    units: 'count',
    parkings: 'count',
    regionalPrice: 'count',
    buildingValue: 'count',
    unpaidYears: 'years',
  },
} as const;

export const USES = ['residential', 'commercial', 'office', 'industrial'] as const;
