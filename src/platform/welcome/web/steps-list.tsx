import { Card, Go, useWords } from '../../web/ui/index.ts';
import { STEPS, type Step } from './steps.ts';
import styles from './welcome.module.css';

const WHERE: Readonly<Record<Step, string>> = {
  key: '/workspace/keys',
  data: '/listen/imports',
  answers: '/listen/connect',
  figure: '/',
  people: '/workspace/members',
};

/** What is done so far; each step leads to where it is done. */
export function Steps({ steps }: { readonly steps: Readonly<Record<Step, boolean | undefined>> }) {
  const { t } = useWords();
  const done = STEPS.filter((step) => steps[step] === true).length;
  return (
    <Card title={t('welcome.steps')} note={t('welcome.steps.note', { done, all: STEPS.length })}>
      <ol className={styles['steps']}>
        {STEPS.map((step) => (
          <li key={step} data-done={steps[step] === true ? '' : undefined}>
            <span className={styles['tick']} aria-hidden="true">
              {steps[step] === true ? '✓' : ''}
            </span>
            <Go to={WHERE[step]}>{t(`welcome.step.${step}`)}</Go>
            <span className={styles['state']}>
              {steps[step] === undefined ? '' : t(steps[step] ? 'welcome.steps.done' : 'welcome.steps.open')}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
