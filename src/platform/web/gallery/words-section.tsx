import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Evidence } from '../ui/evidence.tsx';
import { FilterBar } from '../ui/filter-bar.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { Go } from '../ui/go.tsx';
import { Tag } from '../ui/page.tsx';
import { PersonChip } from '../ui/person-chip.tsx';
import { Quote, Quotes } from '../ui/quote.tsx';
import { Marked, Section, Specimen } from './specimen.tsx';
import { fill, nth, useGallery } from './words.ts';
import styles from './gallery.module.css';

const CODE = '9f2c4e7ab01d4f6c8e35a7d90b1c2f4e';
const PERSIAN = 'بسته چهار روز دیر رسید و کسی به من خبر نداد.';
const GERMAN = 'Das Paket kam vier Tage zu spät, und niemand hat Bescheid gesagt.';

/** What customers wrote. */
export function QuoteSection() {
  const { format, language } = useWords();
  const { quotes, scoreOf, tags, place, person } = useGallery();
  const day = format.day('2026-03-14');
  const score = (given: number) => fill(scoreOf, { score: format.number(given), most: format.number(5) });
  const about = [<Tag key="tag">{nth(tags, 0)}</Tag>, place, <PersonChip key="who" label={nth(person, 0)} />, day];
  const foreign = language === 'fa' ? { text: GERMAN, language: 'de' } : { text: PERSIAN, language: 'fa' };
  return (
    <Section of="quote">
      <Specimen state="usual">
        <Quotes
          quotes={[
            { key: 'own', text: nth(quotes, 0), language, score: { words: score(1), tone: 'worse' }, about },
            { key: 'foreign', ...foreign, score: { words: score(2), tone: 'worse' }, about: [place, day] },
            { key: 'plain', text: nth(quotes, 0), about: [day] },
          ]}
        />
      </Specimen>
      <Specimen state="long">
        <Quote
          text={nth(quotes, 1)}
          language={language}
          score={{ words: score(3), tone: 'neither' }}
          about={[<Tag key="tag">{nth(tags, 1)}</Tag>, place, <PersonChip key="who" label={CODE} />, day]}
        />
      </Specimen>
    </Section>
  );
}

/** People in a line of text. */
export function PersonSection() {
  const { person, personNote } = useGallery();
  return (
    <Section of="person">
      <Specimen state="usual">
        <div className={styles['row']}>
          <PersonChip label={nth(person, 0)} to="/unify/people" note={personNote} />
          <PersonChip label="ada@example.com" to="/unify/people" />
        </div>
      </Specimen>
      <Specimen state="long">
        <div className={styles['row']}>
          <PersonChip label={nth(person, 1)} />
          <PersonChip label={CODE} note={personNote} />
        </div>
      </Specimen>
    </Section>
  );
}

/** What stands behind a finding. */
export function EvidenceSection() {
  const { format, language } = useWords();
  const { findings, facts, metrics, quotes, scoreOf, evidence, wayIn, place } = useGallery();
  const score = fill(scoreOf, { score: format.number(1), most: format.number(5) });
  return (
    <Section of="evidence">
      <Specimen state="usual">
        <Evidence
          label={evidence}
          title={evidence}
          finding={<Marked text={fill(nth(findings, 0), { by: format.number(2.13, 2) })} />}
          figures={[
            { label: nth(metrics, 0), value: format.number(2.31, 2), plusMinus: format.number(0.18, 2), n: 268 },
            { label: nth(metrics, 0), value: format.number(4.44, 2), plusMinus: format.number(0.04, 2), n: 3718 },
          ]}
          facts={facts.map(([name = '', words = '']) => [name, words] as const)}
          quotes={[
            {
              key: 'one',
              text: nth(quotes, 0),
              language,
              score: { words: score, tone: 'worse' },
              about: [place, format.day('2026-03-14')],
            },
          ]}
          onward={<Go to="/listen/comments">{wayIn}</Go>}
        />
      </Specimen>
    </Section>
  );
}

/** What narrows a list. */
export function FilterSection() {
  const { filter, groups, sections } = useGallery();
  const nothing = (): void => {};
  const fields = (
    <>
      <TextInput label={nth(filter, 0)} type="search" />
      <NativeSelect label={nth(filter, 4)} data={groups} />
      <Button type="submit" variant="default">
        {nth(filter, 1)}
      </Button>
    </>
  );
  return (
    <Section of="filter">
      <Specimen state="open" wide bare>
        <FilterBar label={nth(sections.filter, 0)}>{fields}</FilterBar>
      </Specimen>
      <Specimen state="narrowed" wide bare>
        <FilterBar
          label={nth(sections.filter, 0)}
          onClear={nothing}
          set={[
            { key: 'words', label: nth(filter, 2), onRemove: nothing },
            { key: 'score', label: nth(filter, 3), onRemove: nothing },
          ]}
        >
          {fields}
        </FilterBar>
      </Specimen>
    </Section>
  );
}
