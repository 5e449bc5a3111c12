import { Figure, Figures } from '../ui/figure.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { ScoreBar } from '../ui/charts/score-bar.tsx';
import { course } from './samples.ts';
import { Marked, Section, Specimen } from './specimen.tsx';
import { fill, nth, useGallery } from './words.ts';
import styles from './gallery.module.css';

/** Sizes of type, and the colours of words. */
export function TypeSection() {
  const { type, colours } = useGallery();
  const sizes = ['title', 'heading', 'lead', 'body', 'note', 'caption'];
  const tones = ['ink', 'soft', 'faint', 'accent', 'better', 'neither', 'worse'];
  return (
    <>
      <Section of="type">
        <Specimen state="usual" wide>
          {sizes.map((size, at) => (
            <div
              key={size}
              className={styles['size']}
              style={{ fontSize: `var(--text-${size})`, fontWeight: at < 2 ? 600 : 400 }}
            >
              {nth(type, at)}
            </div>
          ))}
        </Specimen>
      </Section>
      <Section of="colour">
        <Specimen state="usual" wide>
          <ul className={styles['swatches']}>
            {tones.map((tone, at) => (
              <li key={tone}>
                <i style={{ background: tone === 'worse' ? 'var(--worse-mark)' : `var(--${tone})` }} />
                <span style={{ color: tone === 'neither' ? 'var(--faint)' : `var(--${tone})` }}>
                  {nth(colours, at)}
                </span>
              </li>
            ))}
          </ul>
        </Specimen>
      </Section>
    </>
  );
}

/** The figure in each of its states. */
export function FigureSection() {
  const { format } = useWords();
  const { metrics, longMetric, changes } = useGallery();
  const change = (at: number, by: number): string => fill(nth(changes, at), { by: format.number(by, 2, true) });
  return (
    <Section of="figure">
      <Specimen state="usual" wide bare>
        <Figures>
          <Figure
            label={nth(metrics, 0)}
            value={format.number(4.08, 2, true)}
            plusMinus={format.number(0.04, 2)}
            n={3986}
            change={{ words: change(0, 0.31), tone: 'better' }}
            course={course}
          />
          <Figure
            label={nth(metrics, 2)}
            value={format.percent(0.072)}
            plusMinus={format.number(0.8, 1)}
            n={3898}
            change={{ words: change(0, 1.1), tone: 'worse' }}
            course={course.toReversed()}
          />
          <Figure
            label={nth(metrics, 1)}
            value={format.number(-12)}
            plusMinus={format.number(3)}
            n={1655}
            change={{ words: nth(changes, 2), tone: 'neither' }}
          />
          <Figure label={nth(metrics, 3)} value={format.number(48_210)} />
        </Figures>
      </Specimen>
      <Specimen state="few" bare>
        <Figures>
          <Figure
            label={nth(metrics, 0)}
            value={format.number(3.4, 2, true)}
            plusMinus={format.number(0.9, 2, true)}
            n={12}
            few
          />{' '}
          {/* prettier-ignore */}
        </Figures>
      </Specimen>
      <Specimen state="none" bare>
        <Figures>
          <Figure label={nth(metrics, 0)} value={undefined} n={0} />
        </Figures>
      </Specimen>
      <Specimen state="noInterval" bare>
        <Figures>
          <Figure
            label={nth(metrics, 3)}
            value={format.number(48_210)}
            change={{ words: change(1, 120), tone: 'worse' }}
          />{' '}
          {/* prettier-ignore */}
        </Figures>
      </Specimen>
      <Specimen state="long" bare>
        <Figures>
          <Figure
            label={longMetric}
            value={format.money('128450317.90', 'EUR')}
            plusMinus={format.money('2450317.90', 'EUR')}
            n={1_284_503}
            course={course}
            change={{ words: change(0, 1_284_503.55), tone: 'better' }}
          />
        </Figures>
      </Specimen>
    </Section>
  );
}

/** The sentence that says a finding. */
export function SentenceSection() {
  const { format } = useWords();
  const { findings } = useGallery();
  const states = ['worse', 'better', 'unclear', 'long'] as const;
  return (
    <Section of="sentence">
      {states.map((state, at) => (
        <Specimen key={state} state={state} wide={state === 'long'} bare>
          <p className={styles['finding']}>
            <Marked text={fill(nth(findings, at), { by: format.number(2.13, 2) })} />
          </p>
        </Specimen>
      ))}
    </Section>
  );
}

/** Scores on their scales. */
export function ScoreSection() {
  const { format } = useWords();
  const { metrics, longMetric } = useGallery();
  const write = (value: number): string => format.number(value, 2);
  const rating = { label: nth(metrics, 0), min: 1, max: 5, write, ends: true } as const;
  return (
    <Section of="score">
      <Specimen state="usual">
        <ScoreBar {...rating} value={4.08} low={4.0} high={4.16} />
      </Specimen>
      <Specimen state="target">
        <ScoreBar {...rating} value={3.62} low={3.5} high={3.74} target={4.2} />
      </Specimen>
      <Specimen state="below">
        <ScoreBar
          label={nth(metrics, 1)}
          value={-12}
          low={-19}
          high={-5}
          min={-100}
          max={100}
          from={0}
          write={write}
          ends
        />{' '}
        {/* prettier-ignore */}
      </Specimen>
      <Specimen state="few">
        <ScoreBar {...rating} value={3.4} low={2.5} high={4.3} />
      </Specimen>
      <Specimen state="noInterval">
        <ScoreBar {...rating} label={longMetric} value={4.44} />
      </Specimen>
      <Specimen state="none">
        <ScoreBar {...rating} value={null} />
      </Specimen>
    </Section>
  );
}
