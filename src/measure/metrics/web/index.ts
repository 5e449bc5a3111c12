import { api, type WebCapability } from '../../../platform/web/client/index.ts';
import type messages from '../messages.en.json';
import { METRIC_KEYS } from '../vocabulary.ts';
import { levelWords } from './levels.ts';
import { capital, namesOf } from './names.ts';
import { knownDays } from './scope.ts';

export const metricsWeb: WebCapability<typeof messages> = {
  key: 'metrics',
  pages: [
    {
      path: '/',
      permission: 'metrics:read',
      nav: { wing: 'home', labelKey: 'metrics.home.nav', order: 0, letter: 'h' },
      scoped: true,
      load: () => import('./home-page.tsx'),
    },
    {
      path: '/measure/metrics',
      permission: 'metrics:read',
      nav: { wing: 'measure', labelKey: 'metrics.all.nav', order: 10, letter: 'm' },
      scoped: true,
      load: () => import('./metrics-page.tsx'),
    },
    {
      path: '/measure/metrics/$key',
      permission: 'metrics:read',
      scoped: true,
      load: () => import('./metric-page.tsx'),
    },
    {
      path: '/listen/comments',
      permission: 'comments:read',
      nav: { wing: 'listen', labelKey: 'metrics.comments.nav', order: 20, letter: 'c' },
      scoped: true,
      load: () => import('./comments-page.tsx'),
    },
  ],
  knownDays,
  palette: {
    labelKey: 'metrics.table.metric',
    permission: 'metrics:read',
    find: async (words, _signal, t) => {
      const names = namesOf(t);
      const wanted = words.toLocaleLowerCase();
      return METRIC_KEYS.map((key) => ({ key, title: names.metric(key), to: `/measure/metrics/${key}` }))
        .filter(({ key, title }) => `${title} ${key}`.toLocaleLowerCase().includes(wanted))
        .map(({ title, to }) => ({ title, to }));
    },
  },
  filter: {
    permission: 'metrics:read',
    nameOf: (field, t) => namesOf(t).title(field),
    whoseOf: (field, t) => {
      const names = namesOf(t);
      return names.whose(field, names.title(field));
    },
    valueOf: (field, label, t) => capital(levelWords(field, label, t)),
    levelOf: (field, label, t) => capital(namesOf(t).level(field, label)),
    fields: async (signal) => {
      const { items } = await api.metrics.fields(undefined, { signal });
      return items.map(({ field, levels }) => ({ field, levels: levels.map(({ key, label }) => ({ key, label })) }));
    },
  },
};
