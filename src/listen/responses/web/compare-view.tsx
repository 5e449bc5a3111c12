import { NativeSelect } from '@mantine/core';
import { comparedPeriod } from '@touchstone/domain/calendar';
import { api, useRead } from '../../../platform/web/client/index.ts';
import {
  Card,
  ErrorNote,
  Loading,
  Tag,
  useAddress,
  useScope,
  useWords,
  type Format,
} from '../../../platform/web/ui/index.ts';
import type { AxisListed, Comparison } from '../contract.ts';
import { halfOf } from './finding.ts';
import { AxisField, useLevelNames, withCondition } from './narrowing.tsx';
import type { ResultsAsked } from './results-page.tsx';
import styles from './results.module.css';

/** Two groups of responses, or the period and the one before it. */
export function CompareView({ asked, axes }: { readonly asked: ResultsAsked; readonly axes: readonly AxisListed[] }) {
  const { t } = useWords();
  const scope = useScope();
  const levelOf = useLevelNames();
  const [address, change] = useAddress();
  const axis = axes.find((one) => one.axis === address['by']);
  const [first, second] = [address['a'] ?? axis?.levels[0]?.id, address['b'] ?? axis?.levels[1]?.id];
  const { from, to } = asked;
  const before =
    axis === undefined && from !== undefined && to !== undefined
      ? comparedPeriod({ from, to }, scope.compare ?? 'previous')
      : undefined;
  const groups = axis !== undefined && first !== undefined && second !== undefined;
  const input = groups
    ? {
        ...asked,
        where: withCondition(asked.where ?? '', axis.axis, first),
        againstWhere: withCondition(asked.where ?? '', axis.axis, second),
      }
    : { ...asked, ...(before === undefined ? {} : { againstFrom: before.from, againstTo: before.to }) };
  const read = useRead(['responses', 'compare', input], (signal) => api.responses.compare(input, { signal }), {
    enabled: groups || before !== undefined,
  });
  const named = (id: string | undefined): string => {
    const level = axis?.levels.find((one) => one.id === id);
    return level === undefined ? (id ?? '') : levelOf(axis, level);
  };
  const names = groups
    ? ([named(first), named(second)] as const)
    : ([t('responses.compare.now'), t('responses.compare.before')] as const);
  return (
    <Card title={t('responses.compare.title')} note={t('responses.compare.note')}>
      <div className={styles['fields']}>
        <AxisField
          label={t('responses.compare.by')}
          axes={axes.filter((one) => one.levels.length > 1)}
          value={axis?.axis ?? ''}
          onChange={(by) => change({ by: by || undefined, a: undefined, b: undefined })}
        />
        {axis === undefined
          ? null
          : (['a', 'b'] as const).map((side) => (
              <NativeSelect
                key={side}
                label={t(`responses.compare.${side}`)}
                value={(side === 'a' ? first : second) ?? ''}
                onChange={(event) => change({ [side]: event.currentTarget.value })}
                data={axis.levels.map((level) => ({ value: level.id, label: levelOf(axis, level) }))}
              />
            ))}
      </div>
      <ErrorNote error={read.error} />
      {!groups && before === undefined ? (
        <p className={styles['quiet']}>{t('responses.compare.choose')}</p>
      ) : read.data === undefined ? (
        read.error === null ? (
          <Loading as="rows" />
        ) : null
      ) : (
        <Compared comparison={read.data} names={names} />
      )}
    </Card>
  );
}

type Line = Comparison['questions'][number]['lines'][number];

function Compared({
  comparison,
  names,
}: {
  readonly comparison: Comparison;
  readonly names: readonly [string, string];
}) {
  const { t, format } = useWords();
  if (comparison.reason !== null) return <p>{t(`responses.reason.${comparison.reason}`)}</p>;
  const clear = comparison.questions.flatMap((one) => one.lines).filter((line) => line.verdict !== 'unclear').length;
  const head = [t('responses.compare.what'), ...names, t('responses.compare.difference')];
  return (
    <>
      <p>{clear === 0 ? t('responses.compare.none') : t('responses.compare.clear', { count: clear })}</p>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('responses.compare.title')}>
        <table className={styles['cross']}>
          <caption className="seen-by-readers">{t('responses.compare.title')}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  <bdi>{name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          {comparison.questions.map((question) => (
            <tbody key={question.key}>
              {question.lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    <bdi>{[question.title, question.round, line.label].filter((text) => text !== '').join(' · ')}</bdi>
                  </th>
                  {line.hidden ? (
                    <td colSpan={3}>{t('responses.reason.hidden')}</td>
                  ) : (
                    <>
                      {[line.first, line.second].map((side, i) => (
                        <td key={i === 0 ? 'first' : 'second'}>
                          <bdi dir="ltr">{written(line, side.value, format)}</bdi>
                          <small>{t('web.figure.n', { n: side.n })}</small>
                        </td>
                      ))}
                      <td data-verdict={line.verdict}>
                        {line.difference === null ? '–' : <bdi dir="ltr">{differenceOf(line, format)}</bdi>}
                        <small>
                          <Tag tone="neither">{t(`responses.verdict.${line.verdict}`)}</Tag>
                        </small>
                      </td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

function written({ measure }: Line, value: number | null, format: Format): string {
  if (value === null) return '–';
  if (measure === 'share') return format.percent(value, 0);
  return measure === 'nps' ? format.signed(value, 0) : format.number(value, 2, true);
}

/** With half of its interval; shares in percentage points. */
function differenceOf({ measure, difference }: Line, format: Format): string {
  const [times, digits] = measure === 'share' ? [100, 1] : measure === 'nps' ? [1, 0] : [1, 2];
  const half = halfOf(difference);
  const value = format.signed((difference?.value ?? 0) * times, digits);
  return half === null ? value : `${value} ± ${format.number(half * times, digits, true)}`;
}
