import type { MessageKey, Tone, Translate } from '../../../platform/web/ui/index.ts';
import type { Contrast, Contrasts, GroupFigure, MetricInfo } from '../../metrics/contract.ts';
import { levelWords, toneOf, type Names, type Writer } from '../../metrics/web/facade.ts';

/** A sentence: its message, what stands in it, and whether what it found is good news. */
export interface Saying {
  readonly k: MessageKey;
  readonly values: Readonly<Record<string, string | number>>;
  readonly tone: Tone;
}

/**
 * What the groups of a metric have to say: which one is furthest from the others, for better or worse, and how many more
 * clearly differ. Levels stand in quotation marks, since they cannot be inflected.
 */
export function groupsSaying(
  asked: { readonly info: Pick<MetricInfo, 'key' | 'higherIsBetter'>; readonly by: string },
  groups: readonly Pick<GroupFigure, 'key' | 'label' | 'value'>[],
  { compared, items }: Pick<Contrasts, 'compared'> & { readonly items: readonly Told[] },
  words: { readonly t: Translate; readonly names: Names; readonly writer: Writer },
): Saying {
  const { info, by } = asked;
  const { t, names, writer } = words;
  const of = { metric: names.metric(info.key), property: names.property(by) };
  if (compared === 0) return { k: 'explore.groups.few', values: of, tone: 'neither' };
  const clear = items.filter((c) => c.difference.verdict !== 'unclear');
  const [first] = clear;
  if (first === undefined) return { k: 'explore.groups.none', values: of, tone: 'neither' };
  const { difference, figure } = first;
  const level = quoted(levelWords(by, first.label, t));
  const value = writer.value(figure.value ?? 0);
  // One comparison is also what is left where all groups but one have too few answers.
  const named = groups.filter((g) => g.key !== '' && g.value !== null);
  const second = named.find((g) => g.key !== first.level);
  if (compared === 1 && named.length === 2 && second !== undefined) {
    const other = { otherLevel: quoted(levelWords(by, second.label, t)), other: writer.value(second.value ?? 0) };
    return { k: 'explore.groups.two', values: { ...of, level, value, ...other }, tone: 'neither' };
  }
  return {
    k: difference.verdict === 'higher' ? 'explore.groups.higher' : 'explore.groups.lower',
    values: { ...of, level, value, count: clear.length - 1, compared: items.length },
    tone: toneOf(difference, info.higherIsBetter),
  };
}

type Told = Pick<Contrast, 'level' | 'label'> & {
  readonly figure: Pick<Contrast['figure'], 'value'>;
  readonly difference: Pick<Contrast['difference'], 'verdict'>;
};

/** A name that runs in its own direction, and leaves that of the sentence as it is. */
function quoted(name: string): string {
  return `\u2068${name}\u2069`;
}
