import type { Tab } from './view.ts';

/** The parts of the editor, in the order of work. Each is loaded when it is first opened. */
export const TABS: readonly Tab[] = [
  { key: 'questions', labelKey: 'surveys.editor.tab.questions', load: () => import('./questions/view.tsx') },
  { key: 'logic', labelKey: 'surveys.editor.tab.logic', load: () => import('./views/logic/view.tsx') },
  { key: 'texts', labelKey: 'surveys.editor.tab.texts', load: () => import('./views/translations/view.tsx') },
  { key: 'look', labelKey: 'surveys.editor.tab.look', load: () => import('./views/theme/view.tsx') },
  { key: 'try', labelKey: 'surveys.editor.tab.try', load: () => import('./views/trying/view.tsx') },
  { key: 'settings', labelKey: 'surveys.editor.tab.settings', load: () => import('./settings/view.tsx') },
  { key: 'share', labelKey: 'surveys.editor.tab.share', load: () => import('../share/view.tsx') },
];
