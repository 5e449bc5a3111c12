import { addDays } from '@touchstone/domain/calendar';
import { Go, useWords } from '../../../platform/web/ui/index.ts';
import type { AskedPeriod } from './scope.ts';

/** Says what all time leaves out, and leads to a period that holds it. */
export function Strays(props: {
  readonly asked: Pick<AskedPeriod, 'outside'>;
  readonly to: string;
  /** What else stands in the address of that page. */
  readonly search?: Readonly<Record<string, string>>;
}) {
  const { t, format } = useWords();
  const { to, search } = props;
  const { outside } = props.asked;
  if (outside === null) return null;
  return (
    <p style={{ color: 'var(--soft)', margin: '0 0 18px' }}>
      {t('metrics.strays', { count: outside.facts, from: format.day(outside.from), to: format.day(outside.to) })}{' '}
      <Go to={to} search={{ ...search, from: outside.from, to: addDays(outside.to, 1) }}>
        {t('metrics.strays.show')}
      </Go>
    </p>
  );
}
