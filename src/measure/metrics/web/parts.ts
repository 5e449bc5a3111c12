/** Hooks and components lent to pages of other capabilities. */
export { useAskedPeriod, type AskedPeriod } from './scope.ts';
export { ChangeSaid } from './change-said.tsx';
export { Strays } from './strays.tsx';
export { useNames } from './use-names.ts';
export type { Names } from './names.ts';

/** Where a number comes from, loaded when somebody asks for it. */
export const loadLineage = () => import('./lineage.tsx');
