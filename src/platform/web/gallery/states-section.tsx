import { Button } from '@mantine/core';
import { ProblemError } from '../client/problem.ts';
import { Loading } from '../ui/loading.tsx';
import { EmptyState, ErrorNote, Progress } from '../ui/states.tsx';
import { Section, Specimen } from './specimen.tsx';
import { nth, useGallery } from './words.ts';

/** Nothing, on its way, wrong. */
export function StatesSections() {
  const words = useGallery();
  const [label, note] = [nth(words.work, 0), nth(words.work, 1)];
  return (
    <>
      <Section of="empty">
        <Specimen state="usual" wide bare>
          <EmptyState
            title={words.emptyTitle}
            sentence={words.emptySentence}
            step={<Button>{words.emptyStep}</Button>}
          />
        </Specimen>
      </Section>
      <Section of="waiting">
        <Specimen state="usual">
          <Progress label={label} share={0.62} remainingSeconds={95} note={note} />
        </Specimen>
        <Specimen state="unknown">
          <Progress label={label} share={undefined} note={note} />
        </Specimen>
        <Specimen state="none" wide bare>
          <Loading as="sentence" />
          <br />
          <Loading as="figures" />
        </Specimen>
      </Section>
      <Section of="error">
        <Specimen state="usual" bare>
          <ErrorNote error={new ProblemError(403, 'forbidden', '', { code: 'no-permission' })} />
        </Specimen>
        <Specimen state="again" bare>
          <ErrorNote error={new ProblemError(0, 'unreachable', 'unreachable')} onAgain={() => {}} />
        </Specimen>
      </Section>
    </>
  );
}
