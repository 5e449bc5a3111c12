import type { ComparedWith } from '@touchstone/domain/calendar';
import { apart } from '../../../platform/web/ui/i18n/apart.ts';
import type { Format, MessageKey, Translate } from '../../../platform/web/ui/index.ts';
import type { FindingFact } from '../contract.ts';
import type { MetricKey, Unit } from '../vocabulary.ts';
import { type Names, namesOf } from './names.ts';
import { isMuch, sizeWords, withHalf, writerOf } from './writing.ts';

/** A whole sentence: its message, and what stands in it. Marked words `<found>` are the finding. */
export interface Saying {
  readonly k: MessageKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface Words {
  readonly t: Translate;
  readonly format: Format;
}

/** What of Home a sentence has to know beside its finding. */
export interface Telling {
  readonly compare: ComparedWith;
  readonly headline: MetricKey | null;
  unitOf(metric: MetricKey): Unit;
}

/**
 * The sentence of a finding. Names stand in it as they are, in quotation marks or beside a noun that carries them, since
 * they cannot be inflected; sizes stand where every language wants the same case of them.
 */
export function sayingOf(finding: FindingFact, telling: Telling, { t, format }: Words): Saying {
  const { kind, metric, figure, direction } = finding;
  const names = namesOf(t);
  const unit = telling.unitOf(metric);
  const writer = writerOf(unit, format);
  const name = apart(names.metric(metric));
  const size = sizeWords(unit, finding.change?.value ?? 0, t);
  const before = telling.compare === 'year' ? 'year' : 'previous';
  switch (kind) {
    case 'nothing':
      return { k: 'metrics.home.noScore', values: {} };
    case 'level': {
      const values = { metric: name, value: figure === null ? '–' : withHalf(writer, figure), count: figure?.n ?? 0 };
      return { k: figure?.few === true ? 'metrics.finding.levelFew' : 'metrics.home.score', values };
    }
    case 'steady':
      return { k: 'metrics.finding.steady', values: { metric: name } };
    case 'short':
      return { k: 'metrics.finding.short', values: {} };
    case 'since':
      return direction === 'unclear'
        ? { k: 'metrics.finding.steady', values: { metric: name } }
        : {
            k: `metrics.finding.since.${direction}`,
            values: { metric: name, by: size, day: format.day(finding.since?.at ?? '') },
          };
    case 'was':
      return direction === 'unclear'
        ? { k: 'metrics.finding.steady', values: { metric: name } }
        : {
            k: `metrics.finding.was.${direction}`,
            values: {
              metric: name,
              by: size,
              day: format.day(finding.since?.at ?? ''),
              until: format.day(finding.since?.until ?? ''),
            },
          };
    case 'where':
      return direction === 'unclear'
        ? { k: 'metrics.finding.nowhere', values: {} }
        : {
            k: `metrics.finding.where.${direction}`,
            values: { stage: apart(finding.subject?.label ?? ''), by: size },
          };
    case 'drift':
      return direction === 'unclear'
        ? { k: 'metrics.finding.steady', values: { metric: name } }
        : { k: `metrics.finding.drift.${direction}`, values: { metric: name, by: size } };
    case 'change':
      if (direction === 'unclear') {
        const k = before === 'year' ? 'metrics.finding.unclearYear' : 'metrics.finding.unclear';
        return { k, values: { metric: name } };
      }
      return {
        k: `metrics.finding.${metric === telling.headline ? 'change' : 'also'}.${direction}.${before}`,
        values: { metric: name, by: size },
      };
    case 'stage':
      return {
        // Clearly lower may still be little: an alarm is for what matters.
        k: isMuch(unit, finding.change?.value ?? 0) ? 'metrics.finding.breaks' : 'metrics.finding.weakest',
        values: { metric: name, stage: apart(finding.subject?.label ?? ''), value: writer.value(figure?.value ?? 0) },
      };
    case 'group':
      return groupSaying(finding, { unit, name, size }, names);
  }
}

/** Since when a metric is what it is, where its course says. */
export function datingOf(findings: readonly FindingFact[], { metric }: FindingFact): FindingFact | undefined {
  return findings.find((f) => f.metric === metric && (f.kind === 'since' || f.kind === 'drift') && f.direction !== 'unclear'); // prettier-ignore
}

/** Of what clearly changed against the other period what is furthest from none, beside its interval. */
export function clearestChange(findings: readonly FindingFact[]): FindingFact | undefined {
  const clear = findings.filter((f) => f.kind === 'change' && f.direction !== 'unclear');
  const sureness = ({ change }: FindingFact): number =>
    change === null ? 0 : Math.abs(change.value) / (change.high - change.low);
  return clear.toSorted((a, b) => sureness(b) - sureness(a))[0];
}

/** Since when, where the sentence before names the metric. */
export function sinceSaying(finding: FindingFact, telling: Telling, words: Words): Saying {
  const { kind, metric, direction, change, since } = finding;
  if (kind !== 'since' || since === null || direction === 'unclear') return sayingOf(finding, telling, words);
  const by = sizeWords(telling.unitOf(metric), change?.value ?? 0, words.t);
  return { k: `metrics.finding.dated.${direction}`, values: { by, day: words.format.day(since.at) } };
}

function groupSaying(
  { subject, change }: FindingFact,
  { unit, name, size }: { readonly unit: Unit; readonly name: string; readonly size: string },
  names: Names,
): Saying {
  const { field = '', label = '' } = subject ?? {};
  const values = { metric: name, by: size };
  if (/(^|\.)late$/.test(field) && label === 'true' && (change?.value ?? 0) < 0) {
    // Of stars and NPS one says that customers rate; of a share of answers one does not.
    return { k: unit === 'share' ? 'metrics.finding.lateShare' : 'metrics.finding.late', values };
  }
  const more = (change?.value ?? 0) > 0;
  return {
    k: more ? 'metrics.finding.goesWithMore' : 'metrics.finding.goesWith',
    values: { ...values, level: apart(names.level(field, label)) },
  };
}
