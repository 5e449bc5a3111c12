import { lazy, Suspense } from 'react';
import { Loading, Page as Opened, useAddress, useGo, useWords } from '../../../platform/web/ui/index.ts';
import { NEW_WAYS } from './new/ways.ts';
import { Tabs } from './tabs.tsx';
import { useSurveyWords } from './words.ts';

const WAYS = NEW_WAYS.map((way) => ({ ...way, Way: lazy(async () => ({ default: (await way.load()).Way })) }));

/** How a survey begins. */
export function Page() {
  useSurveyWords();
  const { t } = useWords();
  const go = useGo();
  const [address, change] = useAddress();
  const now = WAYS.find(({ key }) => key === address['way']) ?? WAYS[0];
  return (
    <Opened name={t('surveys.list.new')} sentence={t('surveys.new.sentence')} note={t('surveys.new.note')}>
      {NEW_WAYS.length < 2 || now === undefined ? null : (
        <Tabs
          label={t('surveys.new.ways')}
          tabs={NEW_WAYS.map(({ key, labelKey }) => ({ key, label: t(labelKey) }))}
          now={now.key}
          onChoose={(way) => change({ way })}
          panel="new-survey"
        />
      )}
      <div
        id="new-survey"
        {...(NEW_WAYS.length < 2 ? {} : { role: 'tabpanel', 'aria-labelledby': `new-survey-${now?.key}` })}
      >
        <Suspense fallback={<Loading as="rows" count={4} />}>
          {now === undefined ? null : <now.Way onMade={(id) => go({ to: `/listen/surveys/${id}` })} />}
        </Suspense>
      </div>
    </Opened>
  );
}
