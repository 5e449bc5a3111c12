import { Card, RankedList, useWords } from '../../../platform/web/ui/index.ts';
import type { Results } from '../contract.ts';
import { FEW_BELOW_ANSWERS } from '../vocabulary.ts';

/** The scores of a survey; those in percent apart from sums and means. */
export function ScoresCard({ scores }: { readonly scores: Results['scores'] }) {
  const { t, format } = useWords();
  const lists = [scores.filter(({ how }) => how === 'percent'), scores.filter(({ how }) => how !== 'percent')];
  if (scores.length === 0) return null;
  return (
    <Card title={t('responses.scores')} note={t('responses.scores.note')}>
      {lists.map((some, i) => {
        if (some.length === 0) return null;
        const isSigned = some.some(({ value }) => value !== null && value < 0);
        return (
          <RankedList
            key={i === 0 ? 'percent' : 'other'}
            label={t('responses.scores')}
            items={some.map(({ id, name, n, hidden, value, low, high }) => ({
              key: id,
              label: <bdi>{name}</bdi>,
              ...(hidden ? { note: t('responses.reason.hidden') } : { n, few: n > 0 && n < FEW_BELOW_ANSWERS }),
              value,
              low,
              high,
            }))}
            write={(value) => (isSigned ? format.signed(value, 2) : format.number(value, i === 0 ? 1 : 2, true))}
            writeHalf={(half) => format.number(half, i === 0 ? 1 : 2, true)}
          />
        );
      })}
    </Card>
  );
}
