import { factsTimeToInstant } from '@touchstone/domain/calendar';
import { z } from 'zod';
import type { Column } from '../../platform/files/tables/table.ts';
import { exportRoutes, factsPeriod, inPages, periodInput } from '../../platform/house/exporting.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { placeNames } from '../catalogue/facade.ts';
import { eventsFilter } from './contract.ts';
import { type EventRow, selectEventsInOrder } from './facts.ts';

const PAGE = 5_000;

function columns(nameOf: (id: string) => string): readonly Column<EventRow>[] {
  return [
    { name: 'event_id', kind: 'text', of: (e) => e.event_id },
    { name: 'name', kind: 'text', of: (e) => e.name },
    { name: 'at', kind: 'moment', of: (e) => factsTimeToInstant(e.at) },
    { name: 'received_at', kind: 'moment', of: (e) => factsTimeToInstant(e.received_at) },
    { name: 'user_id', kind: 'text', of: (e) => e.user_id },
    { name: 'anonymous_id', kind: 'text', of: (e) => e.anonymous_id },
    { name: 'order_id', kind: 'text', of: (e) => e.order_id },
    { name: 'channel', kind: 'text', of: (e) => e.channel },
    { name: 'url', kind: 'text', of: (e) => e.url },
    { name: 'value', kind: 'decimal', of: (e) => e.value },
    { name: 'currency', kind: 'text', of: (e) => e.currency },
    { name: 'touchpoint', kind: 'text', of: (e) => nameOf(e.touchpoint) },
    { name: 'stage', kind: 'text', of: (e) => nameOf(e.stage) },
    { name: 'props', kind: 'json', of: (e): unknown => (e.props === '' ? {} : JSON.parse(e.props)) },
    { name: 'source', kind: 'text', of: (e) => e.source },
  ];
}

/** Events as files, narrowed as their listing is and by days; by name, then the oldest first. */
export function eventsRoutes(house: House): Route[] {
  return exportRoutes({
    path: '/api/v1/events',
    permission: 'events:read',
    audit: { look: 'events' },
    filter: z.object({ ...eventsFilter, ...periodInput }),
    open: async (asked, { workspace: { id, zone } }, signal) => {
      const filter = { ...asked, ...factsPeriod(asked, zone) };
      return {
        name: 'events',
        zone,
        columns: columns(await placeNames(house, id)),
        rows: inPages(PAGE, (last: EventRow | undefined, limit) =>
          selectEventsInOrder(house.facts, id, filter, { last, limit, signal }),
        ),
      };
    },
  });
}
