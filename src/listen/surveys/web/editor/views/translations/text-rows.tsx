import { Button, Textarea } from '@mantine/core';
import type { SurveyDocument } from '@touchstone/domain/survey';
import type { PlacedText } from '@touchstone/domain/survey/design';
import { directionOf } from '@touchstone/sdk/survey';
import { useState } from 'react';
import { type Translate, useWords } from '../../../../../../platform/web/ui/index.ts';
import { placeWords } from '../../issues.tsx';
import type { ViewProps } from '../../view.ts';
import { has, setText, wantedTexts } from './texts.ts';
import styles from './translations.module.css';

/** At a time; a survey may have ten thousand choices. */
const AT_ONCE = 60;

const PARTS = ['title', 'text', 'help', 'low', 'high', 'none', 'unit', 'best', 'worst', 'placeholder', 'patternHint', 'label', 'name'] as const; // prettier-ignore

export interface TextRowsProps extends Pick<ViewProps, 'document' | 'change' | 'mayWrite'> {
  readonly source: string;
  readonly target: string;
  /** Only what was missing when one began to look: what is written meanwhile stays in sight. */
  readonly missing: boolean;
}

/** Each text with what it is in the other language. */
export function TextRows({ document, change, mayWrite, source, target, missing }: TextRowsProps) {
  const { t } = useWords();
  const [most, setMost] = useState(AT_ONCE);
  const [begun] = useState(() => new Set(open(document, target)));
  const texts = wantedTexts(document).filter(({ at }) => !missing || begun.has(at));
  if (texts.length === 0) return <p className={styles['soft']}>{t('surveys.texts.complete')}</p>;
  return (
    <>
      <ul className={styles['rows']}>
        {texts.slice(0, most).map((text) => (
          <li key={text.at}>
            <div className={styles['source']}>
              <p className={styles['place']}>{sayPlace(document, text, t)}</p>
              <p lang={source} dir={directionOf(source)} className={styles['text']}>
                {text.text[source]}
              </p>
            </div>
            <Textarea
              rows={linesOf(text.text[source])}
              resize="vertical"
              lang={target}
              dir={directionOf(target)}
              maxLength={10_000}
              aria-label={sayPlace(document, text, t)}
              placeholder={t('surveys.texts.notYet')}
              readOnly={!mayWrite}
              value={text.text[target] ?? ''}
              onChange={({ currentTarget: { value } }) =>
                change(setText(document, text.at, target, value), t('surveys.texts.did.text'), `${text.at} ${target}`)
              }
            />
          </li>
        ))}
      </ul>
      {texts.length <= most ? null : (
        <Button variant="default" onClick={() => setMost(most + AT_ONCE)}>
          {t('surveys.texts.more', { count: texts.length - most })}
        </Button>
      )}
    </>
  );
}

/** As many lines as the text it stands beside has, about. */
function linesOf(text: string = ''): number {
  return Math.min(
    8,
    text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 60)), 0),
  );
}

function open(document: SurveyDocument, target: string): string[] {
  return wantedTexts(document).flatMap(({ at, text }) => (has(text, target) ? [] : [at]));
}

/** `Page 1, question 2 — help`: what is asked stands beneath it. */
function sayPlace(document: SurveyDocument, { at, ...place }: PlacedText, t: Translate): string {
  const page = document.pages.findIndex(({ id }) => id === place.page);
  const question = document.pages[page]?.questions.findIndex(({ id }) => id === place.question) ?? -1;
  const where =
    question < 0
      ? placeWords(document, at, t)
      : t('surveys.place.question', { number: page + 1, question: question + 1 });
  const last = at.split('.').at(-1);
  const part = PARTS.find((one) => one === last) ?? 'text';
  const list = /\.(choices|rows|columns|items|groups)\[(\d+)\]\.text$/u.exec(at);
  if (list !== null)
    return t('surveys.texts.listed', {
      place: where,
      part: t(`surveys.texts.list.${listOf(list[1])}`),
      number: Number(list[2]) + 1,
    });
  return at === 'title' ? where : t('surveys.texts.place', { place: where, part: t(`surveys.texts.part.${part}`) });
}

function listOf(name: string | undefined): (typeof LISTS)[number] {
  return LISTS.find((one) => one === name) ?? 'choices';
}

const LISTS = ['choices', 'rows', 'columns', 'items', 'groups'] as const;
