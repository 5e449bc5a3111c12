import { Button } from '@mantine/core';
import { api, useRead, useWrite } from '../../web/client/index.ts';
import { apart, Card, Columns, ErrorNote, Go, Page as Opened, useGo, useWords } from '../../web/ui/index.ts';
import type { SaidOfItself } from '../contract.ts';
import type { CompanyKind, Having } from '../vocabulary.ts';
import { useSteps } from './finding.ts';
import { Has, Kind } from './questions.tsx';
import { LookFirst, Next } from './next.tsx';
import { Steps } from './steps-list.tsx';
import { useLaying } from './use-laying.ts';
import { useWelcomeWords } from './words.ts';

const NOTHING: SaidOfItself = { kind: null, has: [] };

/** Two questions, the step that fits the answers, and what is done so far. */
export function Page() {
  useWelcomeWords();
  const { t } = useWords();
  const go = useGo();
  const steps = useSteps();
  const read = useRead(['welcome'], (signal) => api.welcome.get(undefined, { signal }));
  const say = useWrite(api.welcome.set, { refresh: ['welcome'] });
  const { lay, laying } = useLaying();
  // What was just said stands at once, before the server has answered.
  const said = say.isPending ? say.variables : (read.data ?? NOTHING);
  const choose = (kind: CompanyKind): void => {
    say.mutate({ has: said.has, kind });
    lay.mutate(kind);
  };
  const have = (has: Having[]): void => say.mutate({ kind: said.kind, has: settled(has, said.has) });
  return (
    <Opened
      name={t('welcome.nav')}
      sentence={t(steps.figure === true ? 'welcome.sentence.done' : 'welcome.sentence')}
      note={t('welcome.note')}
      actions={
        steps.figure === true ? (
          <Button onClick={() => go({ to: '/' })}>{t('welcome.home')}</Button>
        ) : (
          <Button variant="default" onClick={() => go({ to: '/' })}>
            {t('welcome.later')}
          </Button>
        )
      }
    >
      <ErrorNote error={read.error ?? say.error ?? lay.error} />
      {steps.data === false && steps.figure === false && !said.has.includes('nothing') ? <LookFirst /> : null}
      <Columns wide>
        <div>
          <Card title={t('welcome.kind')} note={t('welcome.kind.note')}>
            <Kind chosen={said.kind} onChoose={choose} />
            <Laid laying={laying} />
          </Card>
          <Card title={t('welcome.has')} note={t('welcome.has.note')}>
            <Has chosen={said.has} onChoose={have} />
          </Card>
        </div>
        <div>
          <Next has={said.has} />
          <Steps steps={steps} />
        </div>
      </Columns>
    </Opened>
  );
}

/** What came of the choice of a kind. */
function Laid({ laying }: { readonly laying: ReturnType<typeof useLaying>['laying'] }) {
  const { t, format } = useWords();
  if (laying === undefined) return null;
  return (
    <p role="status">
      {laying.kept
        ? t('welcome.kind.kept')
        : t('welcome.kind.laid', {
            touchpoints: format.list(laying.touchpoints.map(apart)),
          })}{' '}
      <Go to="/understand/catalogue">{t('catalogue.nav')}</Go>
    </p>
  );
}

/** Whoever has something does not have nothing: the later choice counts. */
function settled(has: readonly Having[], before: readonly Having[]): Having[] {
  const fresh = has.find((one) => !before.includes(one));
  if (fresh === 'nothing') return ['nothing'];
  return fresh === undefined ? [...has] : has.filter((one) => one !== 'nothing');
}
