import { api, useRead, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import {
  apart,
  Card,
  ErrorNote,
  Go,
  PersonChip,
  Quotes,
  Tag,
  useWords,
  type ListedQuote,
  type Tone,
} from '../../../platform/web/ui/index.ts';
import type { Comment, FindingFact } from '../contract.ts';
import { narrowed } from './narrowed.ts';
import { useNames } from './use-names.ts';
import type { AskedPeriod } from './scope.ts';

const TONES: Readonly<Record<'low' | 'middle' | 'high', Tone>> = { low: 'worse', middle: 'neither', high: 'better' };

/** The newest words of the period; where the page opens with a part of the answers, of that part. */
export function HomeComments({ asked, lead }: { readonly asked: AskedPeriod; readonly lead: FindingFact | undefined }) {
  const { t } = useWords();
  const names = useNames();
  const { from, to } = asked;
  const subject = lead?.subject ?? null;
  const nameOf = ({ field, label }: NonNullable<FindingFact['subject']>): string =>
    lead?.kind === 'stage' ? label : names.level(field, label);
  const filter = subject === null ? asked.filter : narrowed(asked.filter, subject.filter);
  const read = useRead(['metrics', 'comments', 'home', from, to, filter], (signal) =>
    api.metrics.comments({ from, to, filter, limit: 5 }, { signal }),
  );
  return (
    <Card
      title={t('metrics.home.comments')}
      note={
        read.data === undefined
          ? undefined
          : subject === null
            ? t('metrics.home.commentsNote', { count: read.data.total })
            : t('metrics.home.commentsOf', { count: read.data.total, level: apart(nameOf(subject)) })
      }
      onward={
        <Go to="/listen/comments" search={subject === null ? {} : { filter }}>
          {t('metrics.home.allComments')}
        </Go>
      }
    >
      <ErrorNote error={read.error} />
      {read.data?.items.length === 0 ? <p>{t('metrics.comments.noneInPeriod')}</p> : null}
      <CommentList comments={read.data?.items ?? []} />
    </Card>
  );
}

export function CommentList({ comments }: { readonly comments: readonly Comment[] }) {
  const about = useAbout();
  return <Quotes quotes={comments.map(about)} />;
}

/** Who said it, of what, how they scored it, and whether their parcel was late. */
function useAbout(): (comment: Comment) => ListedQuote {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone } = useWorkspace();
  return ({ id, text, language, score, scaleMax, mood, person, touchpoint, late, at }) => ({
    key: id,
    text,
    language,
    score:
      score === null
        ? undefined
        : {
            tone: mood === null ? 'neither' : TONES[mood],
            words:
              scaleMax === null
                ? format.number(score)
                : t('metrics.comments.score', { score: format.number(score), most: format.number(scaleMax) }),
          },
    about: [
      late === true ? <Tag tone="worse">{t('metrics.level.late')}</Tag> : null,
      touchpoint.name,
      person !== null && may('people:read') ? (
        <PersonChip label={person.label} to={`/unify/people/${person.id}`} />
      ) : null,
      format.dayOf(at, zone),
    ],
  });
}
