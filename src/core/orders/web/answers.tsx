import { moodOf, SCALES } from '@touchstone/domain/scores';
import { useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  Quotes,
  Tag,
  useWords,
  type ListedQuote,
  type Tone,
  type Translate,
} from '../../../platform/web/ui/index.ts';
import type { OrderDetail } from '../contract.ts';
import styles from './orders.module.css';

type Answer = NonNullable<OrderDetail['answers']>[number];

/** What was said of the order: words with their score, and under them scores that nobody explained. */
export function Answers({ answers }: { readonly answers: readonly Answer[] }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const words = answers.filter((a) => a.text !== '');
  const wordless = answers.filter((a) => a.text === '' && (a.score !== null || a.choices.length > 0));
  if (words.length + wordless.length === 0) return null;
  const about = (a: Answer): string[] => [sourceWords(a.source, t), format.dayOf(a.at, zone)];
  return (
    <Card title={t('orders.said')}>
      <Quotes
        quotes={words.map((a): ListedQuote => ({
          key: a.id,
          text: a.text,
          language: a.language,
          score: scoreOf(a, t),
          about: about(a),
        }))}
      />
      {wordless.map((a) => {
        const score = scoreOf(a, t);
        return (
          <p key={a.id} className={styles['wordless']}>
            {score === undefined ? null : <Tag tone={score.tone}>{score.words}</Tag>}
            {a.choices.length === 0 ? null : <span dir="auto">{format.list(a.choices)}</span>}
            {about(a).map((said) => (
              <span key={said}>{said}</span>
            ))}
          </p>
        );
      })}
    </Card>
  );
}

const TONES: Readonly<Record<'low' | 'middle' | 'high', Tone>> = { low: 'worse', middle: 'neither', high: 'better' };

/** `2 of 5`, and how that sounds; undefined without a score. */
export function scoreOf(
  { score, scaleMin, scaleMax, instrument }: Answer,
  t: Translate,
): { readonly words: string; readonly tone: Tone } | undefined {
  if (score === null) return undefined;
  const usual = Object.entries(SCALES).find(([name]) => name === instrument)?.[1];
  const [low, high] = [scaleMin ?? usual?.low, scaleMax ?? usual?.high];
  const mood = low === undefined || high === undefined ? undefined : moodOf(score, { low, high }, instrument === 'nps');
  return {
    words: high === undefined ? String(score) : t('people.scored', { score, most: high }),
    tone: mood === undefined ? 'neither' : TONES[mood],
  };
}

const SOURCES = ['review', 'survey', 'mention', 'complaint', 'interview', 'staff', 'audit'] as const;

function sourceWords(source: string, t: Translate): string {
  const known = SOURCES.find((s) => s === source);
  return known === undefined ? source : t(`people.said.${known}`);
}
