import type { Format, Translate } from '../../../platform/web/ui/index.ts';
import type { Difference, Figure, MetricInfo } from '../../metrics/contract.ts';
import { differenceWords, withHalf, type Writer, writerOf } from '../../metrics/web/facade.ts';

/** How the figures of one metric are said. */
export interface FigureWords {
  readonly writer: Writer;
  /** `4.08 ± 0.03`; why there is none, where there is none. */
  figure(figure: Figure): string;
  /** The same for whoever points at it: `Sep 2017: 4.08, between 4.05 and 4.11, n 268 · few answers`. */
  says(label: string, figure: Figure): string;
  /** `4.05 to 4.11`; "" without an interval. */
  between(figure: Pick<Figure, 'low' | 'high'>): string;
}

export function figureWords(info: Pick<MetricInfo, 'unit'>, t: Translate, format: Format): FigureWords {
  const writer = writerOf(info.unit, format);
  const none = (figure: Figure): string => t(figure.reason === 'hidden' ? 'metrics.group.hidden' : 'web.figure.none');
  return {
    writer,
    figure: (figure) => (figure.value === null ? none(figure) : withHalf(writer, figure)),
    says: (label, figure) => {
      const { value, low, high, n, few } = figure;
      if (value === null) return `${label}: ${none(figure)}`;
      const said =
        low === null || high === null
          ? t('web.series.count', { at: label, value: writer.value(value) })
          : t('web.series.point', { at: label, value: writer.value(value), low: writer.value(low), high: writer.value(high), n }); // prettier-ignore
      return few ? `${said} · ${t('metrics.few')}` : said;
    },
    between: ({ low, high }) =>
      low === null || high === null
        ? ''
        : t('explore.table.between', { low: writer.value(low), high: writer.value(high) }),
  };
}

/** `Difference: −0.10, between −0.23 and +0.05`. */
export function foundWords(
  info: Pick<MetricInfo, 'unit'>,
  difference: Pick<Difference, 'value' | 'low' | 'high'>,
  t: Translate,
  format: Format,
): string {
  return `${t('explore.compare.difference')}: ${differenceWords(writerOf(info.unit, format), difference, t)}`;
}
