import { Button, NativeSelect, TextInput } from '@mantine/core';
import { both, parseText, printText, PredicateError } from '@touchstone/domain/predicate';
import { api, usePages, useReader } from '../../../platform/web/client/index.ts';
import {
  Card,
  EmptyState,
  ErrorNote,
  FilterBar,
  Loading,
  Page as Opened,
  scopeInput,
  useAddress,
  useGo,
  useScope,
  useWords,
} from '../../../platform/web/ui/index.ts';
import { Export } from '../../../platform/web/ui/export.tsx';
import { CommentList } from './comment-list.tsx';

/** Scores one may ask for, as the filter grammar says them. */
const SCORES = { any: '', low: 'score<=2', middle: 'score:3', high: 'score>=4' } as const;
type ScoreChoice = keyof typeof SCORES;

/** What people said, newest first. */
export function Page() {
  const { t } = useWords();
  const scope = useScope();
  const [address, change] = useAddress();
  const search = address['search'] ?? '';
  const chosen = isChoice(address['score']) ? address['score'] : 'any';
  const input = { ...scopeInput(scope), filter: withScore(scope.filter ?? '', chosen), search };
  const comments = usePages(
    ['metrics', 'comments', input],
    (cursor, signal) => api.metrics.comments({ ...input, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
    { enabled: !scope.isPending },
  );
  const narrowed = search !== '' || chosen !== 'any' || Object.keys(scopeInput(scope)).length > 0;
  const none = !comments.isPending && comments.error === null && comments.items.length === 0;
  return (
    <Opened
      name={t('metrics.comments.nav')}
      help="answer"
      actions={none ? undefined : <Export path="/comments" input={input} />}
      sentence={
        comments.first === undefined
          ? t('metrics.comments.loading')
          : t(narrowed ? 'metrics.comments.found' : 'metrics.comments.all', { count: comments.first.total })
      }
    >
      {none && !narrowed ? null : (
        <FilterBar
          label={t('metrics.comments.nav')}
          onSubmit={(fields) => {
            const words = fields.get('search');
            change({ search: typeof words === 'string' && words.trim() !== '' ? words.trim() : undefined });
          }}
          onClear={() => change({ search: undefined, score: undefined })}
          set={[
            ...(search === ''
              ? []
              : [
                  {
                    key: 'search',
                    label: `${t('metrics.comments.words')}: ${search}`,
                    onRemove: () => change({ search: undefined }),
                  },
                ]),
            ...(chosen === 'any'
              ? []
              : [
                  {
                    key: 'score',
                    label: `${t('metrics.comments.scores')}: ${t(`metrics.comments.scores.${chosen}`)}`,
                    onRemove: () => change({ score: undefined }),
                  },
                ]),
          ]}
        >
          <TextInput
            key={search}
            type="search"
            name="search"
            label={t('metrics.comments.words')}
            defaultValue={search}
            maxLength={200}
          />
          <NativeSelect
            label={t('metrics.comments.scores')}
            value={chosen}
            onChange={(e) => change({ score: e.currentTarget.value === 'any' ? undefined : e.currentTarget.value })}
            data={(['any', 'low', 'middle', 'high'] as const).map((value) => ({
              value,
              label: t(`metrics.comments.scores.${value}`),
            }))}
          />
          <Button type="submit" variant="default">
            {t('metrics.comments.search')}
          </Button>
        </FilterBar>
      )}
      <ErrorNote error={comments.error} />
      {none && !narrowed ? (
        <Nothing />
      ) : (
        <Card>
          {none ? <p>{t('metrics.comments.noneFound')}</p> : null}
          {comments.isPending ? <Loading as="rows" /> : <CommentList comments={comments.items} />}
          {comments.hasMore ? (
            <Button variant="subtle" fullWidth mt={8} loading={comments.isLoadingMore} onClick={comments.more}>
              {t('metrics.comments.more')}
            </Button>
          ) : null}
        </Card>
      )}
    </Opened>
  );
}

function Nothing() {
  const { t } = useWords();
  const { may } = useReader();
  const go = useGo();
  return (
    <EmptyState
      title={t('metrics.comments.empty.title')}
      sentence={t('metrics.comments.empty.what')}
      step={
        may('imports:write') ? (
          <Button onClick={() => go({ to: '/listen/imports' })}>{t('metrics.comments.empty.step')}</Button>
        ) : null
      }
    />
  );
}

function isChoice(text: string | undefined): text is ScoreChoice {
  return text !== undefined && Object.hasOwn(SCORES, text);
}

/** The page's filter and the chosen scores at once. A filter that cannot be read is sent as it is: the API says why. */
function withScore(filter: string, choice: ScoreChoice): string {
  try {
    return printText(both(parseText(filter), parseText(SCORES[choice])));
  } catch (error) {
    if (error instanceof PredicateError) return filter;
    throw error;
  }
}
