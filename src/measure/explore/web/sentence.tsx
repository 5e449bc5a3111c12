import { Finding, Rich, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { Comparison, Contrasts, Figures } from '../../metrics/contract.ts';
import { pickedVerdict, toneOf } from '../../metrics/web/facade.ts';
import { ChangeSaid, useNames } from '../../metrics/web/parts.ts';
import { groupsSaying } from './saying.ts';
import type { Compared, Question } from './use-answer.ts';
import { figureWords } from './words.ts';

/** What the metric says over the whole period, and what changed since the one it is compared with. */
export function LevelSentence(props: {
  readonly question: Question;
  readonly figures: Figures;
  /** The same metric in both periods, once it is there. */
  readonly compared: Comparison | undefined;
}) {
  const { question, figures, compared } = props;
  const { t, format } = useWords();
  const names = useNames();
  const { info } = question;
  const { overall } = figures;
  const metric = names.metric(info.key);
  const words = figureWords(info, t, format);
  if (overall.value === null) return t('metrics.page.none', { metric });
  const value = words.figure(overall);
  return (
    <>
      {info.unit === 'count'
        ? t('metrics.page.count', { metric, value })
        : t('metrics.page.level', {
            metric,
            value,
            from: t(`metrics.source.${info.source}`, { count: overall.n }),
          })}{' '}
      {compared === undefined ? null : <ChangeSaid info={info} compared={compared} than={question.asked.compare} />}{' '}
      {overall.few ? <Tag tone="neither">{t('metrics.few')}</Tag> : null}
    </>
  );
}

/** Which groups are clearly unlike the others, once all are corrected for one another. */
export function GroupsSentence(props: {
  readonly question: Question;
  readonly figures: Figures;
  readonly contrasts: Contrasts | undefined;
}) {
  const { t, format } = useWords();
  const names = useNames();
  const { question, figures, contrasts } = props;
  const { info, by = '' } = question;
  const metric = names.metric(info.key);
  const property = names.property(by);
  if (figures.overall.value === null) return t('metrics.page.none', { metric });
  if (info.method === 'none') {
    const value = figureWords(info, t, format).figure(figures.overall);
    return t('explore.groups.counted', { metric, property, value });
  }
  if (contrasts === undefined) return t('explore.groups.title', { metric, property });
  const { writer } = figureWords(info, t, format);
  const { k, values, tone } = groupsSaying({ info, by }, figures.groups, contrasts, { t, names, writer });
  return <Rich k={k} values={values} marks={{ found: (text) => <Finding tone={tone}>{text}</Finding> }} />;
}

/** Two sides in words; a difference is called one only where its interval, and how it was picked, carry it. */
export function CompareSentence(props: {
  readonly question: Question;
  readonly compared: Compared | undefined;
  /** Out of how many comparisons this one was picked. */
  readonly among: number;
  /** What has to be chosen before there is anything to say. */
  readonly ask: string;
}) {
  const { t, format } = useWords();
  const names = useNames();
  const { question, compared, among, ask } = props;
  const { info } = question;
  const metric = names.metric(info.key);
  if (compared === undefined) return ask;
  const { first, second, difference } = compared.comparison;
  const words = figureWords(info, t, format);
  if (first.value === null || second.value === null) return t('explore.compare.empty', { metric });
  const said = { metric, value: words.writer.value(first.value), other: words.writer.value(second.value) };
  if (info.method === 'none') return t('explore.compare.counted', said);
  if (difference === null) return t('explore.compare.none', said);
  const verdict = pickedVerdict(difference, among);
  const tone = verdict === 'picked' ? 'neither' : toneOf({ verdict }, info.higherIsBetter);
  return (
    <Rich
      k={`explore.compare.${verdict}`}
      values={{ ...said, by: words.writer.size(difference.value) }}
      marks={{ found: (text) => <Finding tone={tone}>{text}</Finding> }}
    />
  );
}
