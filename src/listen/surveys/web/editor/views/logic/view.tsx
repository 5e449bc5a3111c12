import { Button } from '@mantine/core';
import { use, useEffect, useRef, useState } from 'react';
import { apart, Card, useWords } from '../../../../../../platform/web/ui/index.ts';
import { IssueList, placeWords } from '../../issues.tsx';
import { fieldAt, LedContext } from '../../led.ts';
import type { QuestionLogicProps, ViewProps } from '../../view.ts';
import { EndingsCard } from './endings-card.tsx';
import { FlowPicture, isWithin } from './flow-picture.tsx';
import { HiddenCard } from './hidden-card.tsx';
import { titleOf } from './known.ts';
import styles from './logic.module.css';
import { LoopsCard } from './loops-card.tsx';
import { PageLogic } from './page-logic.tsx';
import { QuestionLogic } from './question-logic.tsx';
import { QuotasCard } from './quotas-card.tsx';
import { ScoresCard } from './scores-card.tsx';
import { sayEnding, sayPage } from './targets.ts';

/** Ways that are offered to be lit. */
const MOST_WAYS = 12;

/** The survey's logic: where each page leads, as a picture and as fields. */
export function View(props: ViewProps) {
  const { document, language } = props;
  const { t } = useWords();
  // Texts that are missing in a language are for another part of the editor.
  const issues = props.issues.filter(({ code }) => code !== 'missingTranslation');
  const [open, setOpen] = useState<string>();
  const [lit, setLit] = useState<string>();
  const led = use(LedContext);
  const cards = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (led === undefined || cards.current === null || !/^(loops|quotas|scores|hidden)/u.test(led.at)) return;
    const field = fieldAt(cards.current, led.at);
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
  }, [led]);
  const ways = issues.filter(({ path }) => path.length > 0).slice(0, MOST_WAYS);
  const shown = ways.find((issue) => nameOf(issue) === lit);
  // The first page is open before one is chosen.
  const at = open !== undefined && standsAt(props, open) ? open : 'pages[0]';
  return (
    <>
      <div className={styles['sides']}>
        <Card title={t('surveys.logic.flow')} note={t('surveys.logic.flow.note')}>
          {ways.length === 0 ? null : (
            <div className={styles['litWays']}>
              <p className={styles['soft']}>{t('surveys.logic.ways')}</p>
              <div className={styles['actions']}>
                {ways.map((issue) => (
                  <Button
                    key={nameOf(issue)}
                    size="compact-sm"
                    variant={shown === issue ? 'filled' : 'default'}
                    aria-pressed={shown === issue}
                    onClick={() => setLit(shown === issue ? undefined : nameOf(issue))}
                  >
                    {placeWords(document, issue.at, t)}
                  </Button>
                ))}
              </div>
            </div>
          )}
          <FlowPicture {...{ document, language, issues }} path={shown?.path ?? []} open={at} onOpen={setOpen} />
        </Card>
        {standsAt(props, at) ? <Opened key={at} view={{ ...props, issues }} at={at} isChosen={at === open} /> : null}
      </div>
      <div ref={cards} className={styles['cards']}>
        <div>
          <EndingsCard {...props} />
          <HiddenCard {...props} />
        </div>
        <div>
          <QuotasCard {...props} />
          <LoopsCard {...props} />
          <ScoresCard {...props} />
        </div>
      </div>
    </>
  );
}

/** The logic of the box that is open. */
function Opened(props: { readonly view: ViewProps; readonly at: string; readonly isChosen: boolean }) {
  const { view, at, isChosen } = props;
  const { document, issues, language, goTo } = view;
  const { t } = useWords();
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isChosen) return;
    head.current?.focus({ preventScroll: true });
    head.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const number = numberOf(at);
  const page = at.startsWith('pages') ? document.pages[number] : undefined;
  const here = issues.filter((issue) => isWithin(issue.at, at));
  const title = page === undefined ? sayEnding(document, number, language, t) : sayPage(document, number, language, t);
  return (
    <div ref={head} tabIndex={-1} className={styles['opened']}>
      <Card
        title={<bdi>{title}</bdi>}
        onward={
          <Button variant="subtle" size="compact-sm" onClick={() => goTo(at)}>
            {t('surveys.logic.open')}
          </Button>
        }
      >
        {here.length === 0 ? null : <IssueList document={document} issues={here} goTo={goTo} />}
        {page === undefined ? (
          <p className={styles['soft']}>{t('surveys.logic.endingBelow')}</p>
        ) : (
          <>
            <PageLogic {...view} page={number} />
            {page.questions.map((question, q) => (
              <QuestionPart key={question.id} view={view} page={number} at={q} question={question} />
            ))}
          </>
        )}
      </Card>
    </div>
  );
}

/** The logic of one question of the page that is open, made when it is opened. */
function QuestionPart({
  view,
  ...props
}: Pick<QuestionLogicProps, 'page' | 'at' | 'question'> & { readonly view: ViewProps }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(hasLogic(props.question));
  return (
    <details
      className={styles['question']}
      open={opened}
      onToggle={({ currentTarget }) => setOpened(currentTarget.open)}
    >
      <summary dir="auto">
        {t('surveys.logic.questionNo', {
          number: props.at + 1,
          title: apart(titleOf(view.document, props.question, view.language)),
        })}
      </summary>
      {opened ? <QuestionLogic {...view} {...props} /> : null}
    </details>
  );
}

function hasLogic({ showIf, skips }: ViewProps['document']['pages'][number]['questions'][number]): boolean {
  return showIf !== undefined || (skips ?? []).length > 0;
}

function numberOf(at: string): number {
  return Number(/\[(\d+)\]/u.exec(at)?.[1] ?? -1);
}

function standsAt({ document }: ViewProps, at: string): boolean {
  const list: readonly unknown[] = at.startsWith('pages') ? document.pages : document.endings;
  return numberOf(at) < list.length;
}

function nameOf({ code, at, what }: ViewProps['issues'][number]): string {
  return `${code} ${at} ${what ?? ''}`;
}
