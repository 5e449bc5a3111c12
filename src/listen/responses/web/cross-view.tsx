import { api, useRead } from '../../../platform/web/client/index.ts';
import { apart, Card, ErrorNote, Loading, useAddress, useWords } from '../../../platform/web/ui/index.ts';
import type { AxisListed, Cross } from '../contract.ts';
import { AxisField, useAxisNames, useLevelNames } from './narrowing.tsx';
import type { ResultsAsked } from './results-page.tsx';
import styles from './results.module.css';

/** Two questions beside one another. */
export function CrossView({ asked, axes }: { readonly asked: ResultsAsked; readonly axes: readonly AxisListed[] }) {
  const { t } = useWords();
  const nameOf = useAxisNames();
  const [address, change] = useAddress();
  const [rows, columns] = [
    axes.find((a) => a.axis === address['rows']),
    axes.find((a) => a.axis === address['columns']),
  ];
  const input = { ...asked, rows: rows?.axis ?? '', columns: columns?.axis ?? '' };
  const read = useRead(['responses', 'cross', input], (signal) => api.responses.cross(input, { signal }), {
    enabled: rows !== undefined && columns !== undefined,
  });
  return (
    <Card title={t('responses.cross.title')} note={t('responses.cross.note')}>
      <div className={styles['fields']}>
        <AxisField
          label={t('responses.cross.rows')}
          axes={axes}
          value={rows?.axis ?? ''}
          onChange={(axis) => change({ rows: axis || undefined })}
        />
        <AxisField
          label={t('responses.cross.columns')}
          axes={axes}
          value={columns?.axis ?? ''}
          onChange={(axis) => change({ columns: axis || undefined })}
        />
      </div>
      <ErrorNote error={read.error} />
      {rows === undefined || columns === undefined ? (
        <p className={styles['quiet']}>{t('responses.cross.choose')}</p>
      ) : read.data === undefined ? (
        read.error === null ? (
          <Loading as="rows" />
        ) : null
      ) : (
        <>
          <p>
            <Said cross={read.data} first={nameOf(rows)} second={nameOf(columns)} />
          </p>
          <CrossTable cross={read.data} rows={rows} columns={columns} />
        </>
      )}
    </Card>
  );
}

/** What the table comes to, in a sentence. */
function Said({ cross, first, second }: { readonly cross: Cross; readonly first: string; readonly second: string }) {
  const { t, format } = useWords();
  if (cross.reason !== null) return t(`responses.reason.${cross.reason}`);
  const stands = cross.cells.flat().filter((cell) => cell.verdict !== 'unclear').length;
  if (cross.test === null) return t(stands === 0 ? 'responses.cross.severalNone' : 'responses.cross.several');
  const p = cross.test.p < 0.001 ? t('responses.p.least') : t('responses.p', { p: format.number(cross.test.p, 3) });
  const values = { first: apart(first), second: apart(second), p, strength: format.number(cross.test.strength, 2) };
  return `${t(cross.test.p < 0.05 ? 'responses.cross.related' : 'responses.cross.unrelated', values)} ${t(`responses.cross.how.${cross.test.how}`)}`;
}

function CrossTable({
  cross,
  rows,
  columns,
}: {
  readonly cross: Cross;
  readonly rows: AxisListed;
  readonly columns: AxisListed;
}) {
  const { t, format } = useWords();
  const nameOf = useAxisNames();
  const levelOf = useLevelNames();
  if (cross.cells.length === 0) return null;
  const label = `${nameOf(rows)} × ${nameOf(columns)}`;
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={styles['cross']}>
        <caption className="seen-by-readers">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{nameOf(rows)}</th>
            {cross.columns.map((column) => (
              <th key={column.id} scope="col">
                <bdi>{levelOf(columns, column)}</bdi>
                <small>{t('web.figure.n', { n: column.n })}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cross.rows.map((row, i) => (
            <tr key={row.id}>
              <th scope="row">
                <bdi>{levelOf(rows, row)}</bdi>
                <small>{t('web.figure.n', { n: row.n })}</small>
              </th>
              {cross.columns.map((column, j) => {
                const cell = cross.cells[i]?.[j];
                if (cell === undefined || cell.share === null || cell.hidden)
                  return <td key={column.id}>{cell?.hidden === true ? t('responses.hidden') : '–'}</td>;
                return (
                  <td key={column.id} data-verdict={cell.verdict}>
                    <bdi dir="ltr">
                      {cell.verdict === 'higher' ? '▲ ' : cell.verdict === 'lower' ? '▼ ' : ''}
                      {format.percent(cell.share, 0)}
                    </bdi>
                    {cell.verdict === 'unclear' ? null : (
                      <span className="seen-by-readers"> {t(`responses.verdict.${cell.verdict}`)}</span>
                    )}
                    <small>{t('web.figure.n', { n: cell.n ?? 0 })}</small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
