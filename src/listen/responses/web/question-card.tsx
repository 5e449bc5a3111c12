import type { ReactNode } from 'react';
import { Card, Effects, Figure, Figures, Numbers, RankedList, Tag, useWords } from '../../../platform/web/ui/index.ts';
import { Distribution, type Part } from '../../../platform/web/ui/charts/distribution.tsx';
import { HeatTable } from '../../../platform/web/ui/heat.tsx';
import type { Item, Option, QuestionResult } from '../contract.ts';
import { FEW_BELOW_ANSWERS } from '../vocabulary.ts';
import { halfOf } from './finding.ts';
import styles from './results.module.css';

export interface QuestionCardProps {
  readonly question: QuestionResult;
  /** What it says over time, or was typed. */
  readonly children?: ReactNode;
}

/** One question with the picture that suits it. */
export function QuestionCard({ question, children }: QuestionCardProps) {
  const { t, format } = useWords();
  const { title, round, removed, answered, shown, few, reason } = question;
  const note =
    reason === null
      ? [
          t('responses.question.answered', { answered: format.number(answered), shown: format.number(shown) }),
          ...(few ? [t('responses.question.few')] : []),
          ...(question.hiddenOptions ? [t('responses.question.hiddenSome')] : []),
        ].join(' ')
      : t(`responses.reason.${reason}`);
  return (
    <Card
      title={
        <>
          <bdi>{round === '' ? title : `${title} · ${round}`}</bdi>{' '}
          {removed ? <Tag tone="neither">{t('responses.question.removed')}</Tag> : null}
        </>
      }
      note={note}
    >
      {reason === null ? (
        <div className={styles['question']}>
          <Picture question={question} />
          {children}
        </div>
      ) : null}
    </Card>
  );
}

function Picture({ question }: { readonly question: QuestionResult }) {
  switch (question.kind) {
    case 'nps':
      return <Nps question={question} />;
    case 'csat':
    case 'ces':
    case 'rating':
      return <Scale question={question} />;
    case 'slider':
    case 'number':
      return <Measured question={question} />;
    case 'matrix':
      return <Matrix question={question} />;
    case 'ranking':
    case 'constantSum':
      return <Items question={question} />;
    case 'maxdiff':
      return <BestWorst question={question} />;
    default:
      return question.options.length === 0 ? null : <Choices question={question} />;
  }
}

const MOOD_TONES = { low: 'worse', middle: 'neither', high: 'better' } as const;

function Nps({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const { figure, moods } = question;
  const half = halfOf(figure);
  return (
    <>
      <Figures>
        <Figure
          label={t('responses.nps')}
          value={figure?.value === null || figure === null ? undefined : format.signed(figure.value, 0)}
          plusMinus={half === null ? undefined : format.number(half, 0)}
          n={figure?.n ?? undefined}
          few={isFew(figure)}
        />
      </Figures>
      {moods.length === 0 ? null : (
        <Distribution
          label={t('responses.nps.parts')}
          shape="stack"
          parts={moods.toReversed().map((mood): Part => {
            const id = mood.id === 'low' || mood.id === 'high' ? mood.id : 'middle';
            return { ...partOf(mood), label: t(`responses.nps.${id}`), tone: MOOD_TONES[id] };
          })}
        />
      )}
      <Points question={question} />
    </>
  );
}

function Scale({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const { figure, scale } = question;
  const half = halfOf(figure);
  return (
    <>
      {figure === null || figure.value === null ? null : (
        <Figures>
          <Figure
            label={t('responses.mean', { low: format.number(scale?.low ?? 0), high: format.number(scale?.high ?? 0) })}
            value={format.number(figure.value, 2, true)}
            plusMinus={half === null ? undefined : format.number(half, 2, true)}
            n={figure.n ?? undefined}
            few={isFew(figure)}
          />
        </Figures>
      )}
      <Points question={question} />
    </>
  );
}

function isFew(figure: QuestionResult['figure']): boolean {
  return typeof figure?.n === 'number' && figure.n < FEW_BELOW_ANSWERS;
}

function Points({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const points = question.options.filter((option) => option.id !== 'none' && !option.hidden);
  const none = question.options.find((option) => option.id === 'none' && !option.hidden);
  return (
    <>
      {points.length === 0 ? null : (
        <Distribution
          label={t('responses.points', { title: question.title })}
          parts={points.toReversed().map((point) => ({ ...partOf(point), label: format.number(Number(point.id)) }))}
        />
      )}
      {none === undefined ? null : (
        <p className={styles['quiet']}>{t('responses.notApplicable', { n: format.number(none.n ?? 0) })}</p>
      )}
    </>
  );
}

function partOf({ id, n, low, high }: Option): Part {
  return { key: id, label: id, n: n ?? 0, ...(low === null || high === null ? {} : { low, high }) };
}

/** Bars of shares of those who answered, who may have chosen several. */
function Choices({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const named = ({ id, label }: Option): string =>
    question.kind === 'consent'
      ? t(id === 'yes' ? 'responses.yes' : 'responses.no')
      : question.kind === 'date'
        ? format.month(`${id}-01`)
        : label;
  // Months stand in their order; what was chosen, the most frequent first.
  const listed =
    question.kind === 'date' ? question.options : question.options.toSorted((a, b) => (b.n ?? 0) - (a.n ?? 0));
  return (
    <RankedList
      label={t('responses.choices', { title: question.title })}
      items={listed.map((option) => ({
        key: option.id,
        label: <bdi>{named(option)}</bdi>,
        ...(option.hidden ? { note: t('responses.reason.hidden') } : { n: option.n ?? 0 }),
        value: option.value,
        low: option.low,
        high: option.high,
      }))}
      write={(share) => format.percent(share, 1)}
      writeHalf={(half) => format.number(half * 100, 1)}
    />
  );
}

function Measured({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const { figure, numbers, few } = question;
  if (numbers === null) return null;
  const half = halfOf(figure);
  const [tenth, quarter, median, threeQuarters, ninety] = numbers.quantiles;
  const rows: (readonly [string, number | null | undefined])[] = [
    [t('responses.numbers.least'), numbers.least],
    [t('responses.numbers.tenth'), tenth],
    [t('responses.numbers.quarter'), quarter],
    [t('responses.numbers.median'), median],
    [t('responses.numbers.threeQuarters'), threeQuarters],
    [t('responses.numbers.ninety'), ninety],
    [t('responses.numbers.most'), numbers.most],
  ];
  const known = rows.flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ name, value }]));
  return (
    <>
      <Figures>
        <Figure
          label={t('responses.numbers.mean')}
          value={figure?.value === null || figure === null ? undefined : format.number(figure.value, 1)}
          plusMinus={half === null ? undefined : format.number(half, 1)}
          n={numbers.n}
          few={few}
        />
        {median === undefined ? null : (
          <Figure label={t('responses.numbers.median')} value={format.number(median, 1)} />
        )}
      </Figures>
      {quarter === undefined || threeQuarters === undefined ? null : (
        <p>{t('responses.numbers.half', { from: format.number(quarter, 1), to: format.number(threeQuarters, 1) })}</p>
      )}
      <Numbers
        label={question.title}
        head={[t('responses.numbers.where'), t('responses.numbers.value')]}
        rows={known.map(({ name, value }) => [name, format.number(value, 1)])}
      />
    </>
  );
}

function Matrix({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const rows = question.items.filter((item) => !item.hidden);
  const columns = rows[0]?.options ?? [];
  return (
    <HeatTable
      label={question.title}
      corner={t('responses.matrix.row')}
      columns={columns.map(({ id, label }) => ({ key: id, label: <bdi>{label}</bdi> }))}
      rows={rows.map((item) => ({
        key: item.id,
        label: <bdi>{item.label}</bdi>,
        note: noteOf(item, t, format),
        cells: columns.map(({ id }) => {
          const cell = item.options.find((option) => option.id === id);
          return cell === undefined || cell.value === null ? null : { value: cell.value };
        }),
      }))}
      write={(share) => format.percent(share, 0)}
    />
  );
}

type Words = ReturnType<typeof useWords>;

function noteOf(item: Item, t: Words['t'], format: Words['format']): string {
  const n = t('web.figure.n', { n: item.n });
  const half = halfOf(item);
  if (item.value === null) return n;
  const mean = t('responses.matrix.mean', { value: format.number(item.value, 2, true) });
  return half === null ? `${mean} · ${n}` : `${mean} ± ${format.number(half, 2, true)} · ${n}`;
}

function Items({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  const isRanking = question.kind === 'ranking';
  return (
    <>
      <p className={styles['quiet']}>{t(isRanking ? 'responses.ranking.note' : 'responses.sum.note')}</p>
      <RankedList
        label={question.title}
        items={question.items.map((item) => {
          const first = item.options.find((option) => option.id === '1');
          return {
            key: item.id,
            label: <bdi>{item.label}</bdi>,
            ...(item.hidden
              ? { note: t('responses.reason.hidden') }
              : isRanking && first?.value !== undefined && first.value !== null
                ? { note: t('responses.ranking.first', { share: format.percent(first.value, 0) }), n: item.n }
                : { n: item.n }),
            value: item.value,
            low: item.low,
            high: item.high,
          };
        })}
        write={(value) => format.number(value, isRanking ? 2 : 1, true)}
      />
    </>
  );
}

function BestWorst({ question }: { readonly question: QuestionResult }) {
  const { t, format } = useWords();
  return (
    <>
      <p className={styles['quiet']}>{t('responses.maxdiff.note')}</p>
      <Effects
        effects={question.items.flatMap((item) =>
          item.value === null || item.low === null || item.high === null
            ? []
            : [
                {
                  key: item.id,
                  label: <bdi>{item.label}</bdi>,
                  note: t('web.figure.n', { n: item.n }),
                  value: item.value,
                  low: item.low,
                  high: item.high,
                  sure: item.low > 0 || item.high < 0,
                },
              ],
        )}
        write={(value) => format.signed(value, 2)}
      />
    </>
  );
}
