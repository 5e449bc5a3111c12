import { api, useRead, useReader, useWorkspace } from '../../../platform/web/client/index.ts';
import { Card, ErrorNote, Go, Tag, useWords, type Tone } from '../../../platform/web/ui/index.ts';
import type { Comment } from '../contract.ts';
import type { AskedPeriod } from './scope.ts';
import styles from './comments.module.css';

const TONES: Readonly<Record<'low' | 'middle' | 'high', Tone>> = { low: 'worse', middle: 'neither', high: 'better' };

/** The newest words of the period. */
export function HomeComments({ asked }: { readonly asked: AskedPeriod }) {
  const { t } = useWords();
  const { from, to, filter } = asked;
  const read = useRead(['metrics', 'comments', 'home', from, to, filter], (signal) =>
    api.metrics.comments({ from, to, filter, limit: 5 }, { signal }),
  );
  return (
    <Card
      title={t('metrics.home.comments')}
      note={read.data === undefined ? undefined : t('metrics.home.commentsNote', { count: read.data.total })}
      onward={<Go to="/listen/comments">{t('metrics.home.allComments')}</Go>}
    >
      <ErrorNote error={read.error} />
      {read.data?.items.length === 0 ? <p>{t('metrics.comments.noneInPeriod')}</p> : null}
      <CommentList comments={read.data?.items ?? []} />
    </Card>
  );
}

export function CommentList({ comments }: { readonly comments: readonly Comment[] }) {
  return (
    <ul className={styles['list']}>
      {comments.map((comment) => (
        <li key={comment.id} className={styles['comment']}>
          <p dir="auto" lang={comment.language === '' ? undefined : comment.language}>
            {comment.text}
          </p>
          <About comment={comment} />
        </li>
      ))}
    </ul>
  );
}

/** Who said it, of what, how they scored it, and whether their parcel was late. */
function About({ comment }: { readonly comment: Comment }) {
  const { t, format } = useWords();
  const { may } = useReader();
  const { zone } = useWorkspace();
  const { score, scaleMax, mood, person, touchpoint } = comment;
  return (
    <div className={styles['about']}>
      {score === null ? null : (
        <Tag tone={mood === null ? 'neither' : TONES[mood]}>
          {scaleMax === null
            ? format.number(score)
            : t('metrics.comments.score', { score: format.number(score), most: format.number(scaleMax) })}
        </Tag>
      )}
      {comment.late === true ? <Tag tone="worse">{t('metrics.level.late')}</Tag> : null}
      {touchpoint.name === '' ? null : <span>{touchpoint.name}</span>}
      {person !== null && may('people:read') ? <Go to={`/unify/people/${person.id}`}>{person.label}</Go> : null}
      <span>{format.dayOf(comment.at, zone)}</span>
    </div>
  );
}
