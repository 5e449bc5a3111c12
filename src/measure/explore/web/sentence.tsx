import { Finding, Rich, Tag, useWords } from '../../../platform/web/ui/index.ts';
import type { Contrasts, Figures } from '../../metrics/contract.ts';
import { pickedVerdict, toneOf } from '../../metrics/web/facade.ts';
import { useNames } from '../../metrics/web/parts.ts';
import type { Compared, Question } from './use-answer.ts';
import { figureWords } from './words.ts';

/** What the metric says over the whole period. */
export function LevelSentence({ question, figures }: { readonly question: Question; readonly figures: Figures }) {
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
      {overall.few ? <Tag tone="neither">{t('metrics.few')}</Tag> : null}
    </>
  );
}

/** How many groups are clearly unlike the others, once all are corrected for one another. */
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
  if (contrasts.compared === 0) return t('explore.groups.few', { metric, property });
  // One comparison is also what is left where all groups but one have too few answers.
  const named = figures.groups.filter((g) => g.key !== '' && g.value !== null);
  const clear = contrasts.items.filter((c) => c.difference.verdict !== 'unclear');
  const said = { metric, property, count: clear.length, compared: contrasts.items.length };
  const found = (text: string) => <Finding tone="neither">{text}</Finding>;
  const key =
    clear.length === 0
      ? 'explore.groups.none'
      : contrasts.compared === 1 && named.length === 2
        ? 'explore.groups.two'
        : 'explore.groups.clear';
  return <Rich k={key} values={said} marks={{ found }} />;
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
