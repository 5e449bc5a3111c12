import { addDays } from '@touchstone/domain/calendar';
import { api, useRead, useReader } from '../../../platform/web/client/index.ts';
import { ErrorNote, Evidence, FilterSaid, Go, useWords } from '../../../platform/web/ui/index.ts';
import type { FindingFact, Home } from '../contract.ts';
import { CommentList } from './comment-list.tsx';
import { evidenceFigures, evidenceOf } from './evidence-rows.ts';
import styles from './home.module.css';
import { narrowed } from './narrowed.ts';
import { Said, tellingOf } from './said.tsx';
import type { AskedPeriod } from './scope.ts';
import { waysOf } from './ways.ts';

const QUOTES = 3;

/** Opens what a finding rests on: both figures, their difference and how sure it is, why it is said, how it was found, and words of those it is about. */
export function FindingEvidence(props: {
  readonly finding: FindingFact;
  readonly home: Home;
  readonly asked: AskedPeriod;
}) {
  const words = useWords();
  const { t } = words;
  const { may } = useReader();
  const { finding, home, asked } = props;
  const ways = waysOf(finding, asked.filter);
  const filter = home.lineage?.filter ?? '';
  const said = <FilterSaid filter={filter} />;
  const facts = evidenceOf(finding, home, words);
  const isOfSome = finding.subject !== null || finding.since !== null;
  return (
    <Evidence
      finding={<Said finding={finding} telling={tellingOf(home)} />}
      figures={evidenceFigures(finding, home, words)}
      facts={filter === '' ? facts : [...facts, [t('metrics.lineage.filter'), said]]}
      onward={
        <span className={styles['ways']}>
          <Go {...ways.figures}>{t('metrics.evidence.figures')}</Go>
          {may('people:read') ? <Go {...ways.people}>{t('metrics.evidence.people')}</Go> : null}
          {may('comments:read') ? <Go {...ways.comments}>{t('metrics.evidence.comments')}</Go> : null}
        </span>
      }
    >
      {isOfSome && may('comments:read') ? <Words finding={finding} asked={asked} /> : null}
    </Evidence>
  );
}

/** Words of those it is about, newest first; asked for when the drawer is open. */
function Words({ finding, asked }: { readonly finding: FindingFact; readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const { subject, since } = finding;
  const filter = subject === null ? asked.filter : narrowed(asked.filter, subject.filter);
  const to = since === null || since.until === null ? asked.to : addDays(since.until, 1);
  const input = { from: since?.at ?? asked.from, to, filter, limit: QUOTES };
  const read = useRead(['metrics', 'comments', 'evidence', input], (signal) => api.metrics.comments(input, { signal }));
  return (
    <section>
      <h3>{t('metrics.home.comments')}</h3>
      <ErrorNote error={read.error} />
      {read.data?.items.length === 0 ? <p>{t('metrics.comments.noneInPeriod')}</p> : null}
      <CommentList comments={read.data?.items ?? []} />
    </section>
  );
}
