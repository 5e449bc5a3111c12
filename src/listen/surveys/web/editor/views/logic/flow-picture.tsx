import { useElementSize } from '@mantine/hooks';
import { directionOf } from '@touchstone/domain/languages';
import type { Condition, SurveyDocument } from '@touchstone/domain/survey';
import { useId } from 'react';
import { useWords } from '../../../../../../platform/web/ui/index.ts';
import type { SurveyIssue } from '../../../../contract.ts';
import { type FlowBox, type FlowRow, flowOf, litOf } from './flow.ts';
import styles from './flow.module.css';
import { titleOf } from './known.ts';
import { type LaidBox, layOut, pathOf, SIZES } from './layout.ts';
import { sayLoop } from './loop-words.ts';
import { conditionSayer, type Saying } from './says.ts';
import { sayEnding, sayPage, sayTarget } from './targets.ts';

export interface FlowPictureProps {
  readonly document: SurveyDocument;
  readonly language: string;
  readonly issues: readonly SurveyIssue[];
  /** Steps of the way that is lit. */
  readonly path: readonly string[];
  /** Place of the box that is open. */
  readonly open: string | undefined;
  readonly onOpen: (at: string) => void;
}

interface PictureSaying extends Saying {
  readonly condition: (condition: Condition) => string;
}

/**
 * Pages and endings in the order they are read in, and every way between them. The boxes are a list whose lines say all
 * that the arrows show, so that it reads as well as it looks.
 */
export function FlowPicture({ document, language, issues, path, open, onOpen }: FlowPictureProps) {
  const words = useWords();
  const { t, format } = words;
  const { ref, width } = useElementSize();
  const flow = flowOf(document);
  const lit = litOf(flow, path);
  const mirrored = directionOf(words.language) === 'rtl';
  const laid = layOut(flow, Math.max(260, Math.min(width || 600, 640)), mirrored);
  const plain = { document, language, t, locale: format.locale };
  const saying: PictureSaying = { ...plain, condition: conditionSayer(plain) };
  const id = useId().replaceAll(':', '');
  return (
    <div ref={ref} className={styles['flow']}>
      <div className={styles['sheet']} style={{ width: laid.width, height: laid.height }}>
        <svg className={styles['ways']} width={laid.width} height={laid.height} aria-hidden="true">
          <defs>
            {(['plain', 'lit'] as const).map((look) => (
              <marker
                key={look}
                id={`${id}-${look}`}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto"
                markerUnits="userSpaceOnUse"
              >
                <path d="M0 0L8 4L0 8Z" className={styles[look]} />
              </marker>
            ))}
          </defs>
          {laid.ways.map(({ way, points }, i) => (
            <path
              key={`${way.from} ${way.to} ${way.is} ${way.row ?? ''}`}
              d={pathOf(points)}
              className={styles['way']}
              data-is={way.is}
              data-lit={lit.ways.has(i) ? '' : undefined}
              markerEnd={`url(#${id}-${lit.ways.has(i) ? 'lit' : 'plain'})`}
            />
          ))}
        </svg>
        <ol className={styles['boxes']}>
          {laid.boxes.map((one) => (
            <Box
              key={one.box.id}
              laid={one}
              saying={saying}
              faults={issues.filter(({ at }) => isWithin(at, one.box.at))}
              lit={lit.boxes.has(one.box.id)}
              open={open === one.box.at}
              onOpen={() => onOpen(one.box.at)}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}

function Box(props: {
  readonly laid: LaidBox;
  readonly saying: PictureSaying;
  readonly faults: readonly SurveyIssue[];
  readonly lit: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
}) {
  const { laid, saying, faults } = props;
  const { document, language, t } = saying;
  const { box } = laid;
  const loop = box.loop === undefined ? undefined : document.loops?.find((one) => one.id === box.loop);
  const name =
    box.is === 'ending'
      ? sayEnding(document, box.number, language, t)
      : document.pages[box.number]?.title === undefined
        ? // Its questions stand below it.
          t('surveys.logic.page', { number: box.number + 1 })
        : sayPage(document, box.number, language, t);
  const wrong = faults.filter(({ severity }) => severity === 'error').length;
  return (
    <li
      className={styles['box']}
      data-is={box.is}
      data-lit={props.lit ? '' : undefined}
      data-open={props.open ? '' : undefined}
      style={{ left: laid.x, top: laid.y, width: laid.width, height: laid.height }}
    >
      <button
        type="button"
        className={styles['head']}
        style={{ height: SIZES.head }}
        aria-pressed={props.open}
        onClick={props.onOpen}
      >
        <span className={styles['name']} dir="auto">
          {name}
        </span>
        {faults.length === 0 ? null : (
          <span className={styles['fault']} data-wrong={wrong > 0 ? '' : undefined}>
            <span aria-hidden="true">! </span>
            {t(wrong > 0 ? 'surveys.logic.faults' : 'surveys.logic.remarks', { count: faults.length })}
          </span>
        )}
      </button>
      {loop === undefined ? null : (
        <p className="seen-by-readers">{t('surveys.logic.again', { what: sayLoop(document, loop, language, t) })}</p>
      )}
      {laid.rows.map(({ row, height }) => (
        <p
          key={row.key}
          className={styles['row']}
          data-is={row.is}
          data-fault={faults.some(({ at }) => isWithin(at, row.at)) && WAYS.has(row.is) ? '' : undefined}
          style={{ height }}
          dir="auto"
          title={sayRow(box, row, saying)}
        >
          <span>{sayRow(box, row, saying)}</span>
        </p>
      ))}
    </li>
  );
}

/** Lines that are logic themselves, and not the name of what has some. */
const WAYS = new Set<FlowRow['is']>(['showIf', 'skip', 'quota']);

/** Whether a place lies in another, or is it. */
export function isWithin(place: string, outer: string): boolean {
  return place === outer || (place.startsWith(outer) && /^[.[]/u.test(place.slice(outer.length)));
}

function sayRow(box: FlowBox, row: FlowRow, saying: PictureSaying): string {
  const { document, language, t } = saying;
  const condition = row.condition === undefined ? undefined : saying.condition(row.condition);
  const page = box.is === 'page' ? document.pages[box.number] : undefined;
  switch (row.is) {
    case 'question': {
      const question = page?.questions[row.number ?? 0];
      if (question === undefined) return '';
      const title = titleOf(document, question, language);
      return question.showIf === undefined ? title : t('surveys.logic.row.sometimes', { title });
    }
    case 'more':
      return t('surveys.logic.row.more', { count: row.number ?? 0 });
    case 'showIf':
      return t('surveys.logic.shownWhen', { what: condition ?? '' });
    case 'skip':
      return saySkip(document, row, condition, saying);
    case 'quota': {
      const quota = document.quotas?.[row.number ?? 0];
      if (quota === undefined) return '';
      const said = { name: quota.name, limit: quota.limit };
      return row.to === undefined
        ? t('surveys.logic.row.quotaWarns', said)
        : t('surveys.logic.row.quota', { ...said, to: sayTarget(document, row.to, language, t) });
    }
  }
}

function saySkip(
  document: SurveyDocument,
  row: FlowRow,
  condition: string | undefined,
  { language, t }: Saying,
): string {
  const to = row.to === undefined ? t('surveys.logic.target.nowhere') : sayTarget(document, row.to, language, t);
  return condition === undefined
    ? t('surveys.logic.row.always', { to })
    : t('surveys.logic.row.skip', { what: condition, to });
}
