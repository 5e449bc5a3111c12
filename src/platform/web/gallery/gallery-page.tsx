import { Page as Opened } from '../ui/page.tsx';
import { FigureSection, ScoreSection, SentenceSection, TypeSection } from './figures.tsx';
import { HeatSection, RankedSection, TableSection } from './lists.tsx';
import { DistributionSection, EffectsSection, JourneySection, SeriesSection } from './pictures.tsx';
import { Marked } from './specimen.tsx';
import { StatesSections } from './states-section.tsx';
import { EvidenceSection, FilterSection, PersonSection, QuoteSection } from './words-section.tsx';
import { useGallery } from './words.ts';
import styles from './gallery.module.css';

/** Everything pages are made of, in every state: for whoever writes pages, and for the test that looks at each. */
export function Page() {
  const { title, sentence, note, sections } = useGallery();
  return (
    <Opened name={title} sentence={<Marked text={sentence} />} note={note}>
      <nav className={styles['contents']} aria-label={title}>
        {Object.entries(sections).map(([key, [name]]) => (
          <a key={key} href={`#${key}`}>
            {name}
          </a>
        ))}
      </nav>
      <TypeSection />
      <FigureSection />
      <SentenceSection />
      <ScoreSection />
      <SeriesSection />
      <DistributionSection />
      <EffectsSection />
      <JourneySection />
      <RankedSection />
      <HeatSection />
      <TableSection />
      <QuoteSection />
      <PersonSection />
      <EvidenceSection />
      <FilterSection />
      <StatesSections />
    </Opened>
  );
}
