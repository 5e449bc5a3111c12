/** Fields of every workspace that the filter offers; any property of an order, person or event may be typed beside them. */
const FIELDS = [
  'touchpoint',
  'stage',
  'channel',
  'order.late',
  'order.status',
  'order.categories',
  'person.country',
  'person.state',
  'person.city',
] as const;

export function useFilterFields(): readonly string[] {
  return FIELDS;
}
