import { api, type WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';

export const ordersWeb: WebCapability<typeof messages> = {
  key: 'orders',
  pages: [
    {
      path: '/unify/orders',
      permission: 'orders:read',
      nav: { wing: 'unify', labelKey: 'orders.nav', order: 20 },
      scoped: true,
      load: () => import('./orders-page.tsx'),
    },
    { path: '/unify/orders/$orderId', permission: 'orders:read', load: () => import('./order-page.tsx') },
  ],
  palette: {
    labelKey: 'orders.order',
    permission: 'orders:read',
    find: async (words, signal) => {
      const { items } = await api.orders.list({ q: words, limit: 5 }, { signal });
      return items.map(({ id }) => ({ title: id, to: `/unify/orders/${encodeURIComponent(id)}` }));
    },
  },
};
