import { api, useRead, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  Card,
  Columns,
  ErrorNote,
  Figure,
  Figures,
  Page as Opened,
  useParam,
  useWords,
  Loading,
} from '../../../platform/web/ui/index.ts';
import type { Person } from '../contract.ts';
import { Identities } from './identities.tsx';
import { Links } from './links.tsx';
import { Orders } from './orders.tsx';
import { Timeline } from './timeline.tsx';
import { Traits } from './traits.tsx';

/** One person: what they did, what they said, and why we hold them to be one. */
export function Page() {
  const { t } = useWords();
  const personId = useParam('personId');
  const read = useRead(['people', 'get', personId], (signal) => api.people.get({ personId }, { signal }));
  const person = read.data;
  if (person === undefined) {
    return (
      <Opened name={t('people.one')} sentence={t('people.person.loading')}>
        <ErrorNote error={read.error} />
        {read.error === null ? (
          <Card>
            <Loading as="rows" count={8} />
          </Card>
        ) : null}
      </Opened>
    );
  }
  return <Known person={person} />;
}

function Known({ person }: { readonly person: Person }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { firstSeen, lastSeen, latestOrders } = person;
  return (
    <Opened
      name={person.label}
      sentence={useSentence(person)}
      note={
        firstSeen === null || lastSeen === null
          ? undefined
          : t('people.person.known', { first: format.dayOf(firstSeen, zone), last: format.dayOf(lastSeen, zone) })
      }
    >
      <Facts person={person} />
      <Columns wide>
        <Timeline personId={person.id} />
        <div>
          {latestOrders === undefined || latestOrders.length === 0 ? null : <Orders orders={latestOrders} />}
          <Identities identities={person.identities} />
          <Links person={person} />
          <Card title={t('people.traits')}>
            <Traits traits={person.traits} />
          </Card>
        </div>
      </Columns>
    </Opened>
  );
}

/** What they did, in words; only what happened is named. */
function useSentence(person: Person): string {
  const { t, format } = useWords();
  const deeds = [
    ...(person.orders > 0 ? [t('people.did.orders', { count: person.orders })] : []),
    ...(person.answers > 0 ? [t('people.did.answers', { count: person.answers })] : []),
    ...(person.events > 0 ? [t('people.did.events', { count: person.events })] : []),
  ];
  return deeds.length === 0
    ? t('people.person.quiet', { who: person.label })
    : t('people.person.did', { who: person.label, deeds: format.list(deeds) });
}

function Facts({ person }: { readonly person: Person }) {
  const { t, format } = useWords();
  const { currency } = useWorkspace();
  const { spent, lastScore } = person;
  const score =
    lastScore === null
      ? undefined
      : lastScore.scaleMax === null
        ? format.number(lastScore.score)
        : t('people.figure.scoreOf', { score: lastScore.score, most: lastScore.scaleMax });
  const worth = (spent ?? []).map((s) => format.money(s.value, s.currency === '' ? currency : s.currency));
  return (
    <Figures>
      <Figure label={t('people.figure.orders')} value={format.number(person.orders)} />
      {spent === undefined ? null : (
        <Figure label={t('people.figure.spent')} value={worth.length === 0 ? undefined : worth.join(' + ')} />
      )}
      <Figure label={t('people.figure.answers')} value={format.number(person.answers)} />
      <Figure label={t('people.figure.score')} value={score} />
      <Figure label={t('people.figure.events')} value={format.number(person.events)} />
    </Figures>
  );
}
