import { Card, DataTable, Go, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { Home } from '../contract.ts';
import type { MetricKey } from '../vocabulary.ts';
import { useNames } from './use-names.ts';
import { halfOf, type Writer } from './writing.ts';

/** Every touchpoint somebody rated, the lowest first. */
export function HomeTouchpoints(props: { readonly home: Home; readonly writer: Writer; readonly metric: MetricKey }) {
  const { t, format } = useWords();
  const names = useNames();
  const stages = new Map(props.home.stages.map((s) => [s.key, s.label]));
  const rows = props.home.touchpoints
    .filter((p) => p.value !== null && p.key !== '')
    .toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0));
  if (rows.length === 0) return null;
  return (
    <Card
      title={t('metrics.home.touchpoints')}
      help="touchpoint"
      note={t('metrics.home.touchpointsNote')}
      onward={
        <Go to={`/measure/metrics/${props.metric}`} search={{ by: 'touchpoint' }}>
          {t('metrics.home.allTouchpoints')}
        </Go>
      }
    >
      <DataTable
        label={t('metrics.home.touchpoints')}
        rows={rows}
        rowKey={(p) => p.key}
        columns={[
          { key: 'name', title: names.title('touchpoint'), cell: (p) => p.label, value: (p) => p.label },
          {
            key: 'stage',
            title: names.title('stage'),
            cell: (p) => stages.get(p.stageId) ?? '',
            value: (p) => stages.get(p.stageId) ?? '',
            wide: true,
          },
          {
            key: 'value',
            title: names.metric(props.metric),
            align: 'end',
            cell: (p) => {
              const half = halfOf(p);
              return (
                <bdi dir="ltr">
                  {p.value === null ? '–' : props.writer.beside(half).value(p.value)}
                  {half === undefined ? '' : `\u00a0±\u00a0${props.writer.half(half)}`}
                </bdi>
              );
            },
            value: (p) => p.value,
          },
          {
            key: 'n',
            title: t('metrics.table.n'),
            align: 'end',
            cell: (p) => (
              <>
                {p.few ? <Tag tone="neither">{t('metrics.few')}</Tag> : null} {format.number(p.n)}
              </>
            ),
            value: (p) => p.n,
          },
        ]}
      />
    </Card>
  );
}
