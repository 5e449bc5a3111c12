import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, useReader, useWorkspace, useWrite } from '../../../platform/web/client/index.ts';
import { apart, Card, Confirm, Go, useWords } from '../../../platform/web/ui/index.ts';
import type { Person, PersonLink } from '../contract.ts';
import styles from './people.module.css';

/** Figures of all pages depend on who is who. */
const REFRESH = ['people', 'metrics', 'orders', 'events'];

/** Why their identities are held to be one person; each can be undone. */
export function Links({ person }: { readonly person: Person }) {
  const { t } = useWords();
  const [still, setStill] = useState(false);
  return (
    <Card title={t('people.links')} note={person.links.length === 0 ? undefined : t('people.links.note')}>
      {person.links.length === 0 ? <p className={styles['quiet']}>{t('people.links.none')}</p> : null}
      {still ? <p role="status">{t('people.link.still')}</p> : null}
      <ul className={styles['links']}>
        {person.links.map((link) => (
          <li key={link.id}>
            <About link={link} />
            <Change person={person} link={link} onStill={setStill} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function About({ link }: { readonly link: PersonLink }) {
  const { t, format } = useWords();
  const { zone } = useWorkspace();
  const { otherPerson, evidence } = link;
  return (
    <div>
      <span className={styles['id']}>{t('people.link.and', { a: apart(link.a.value), b: apart(link.b.value) })}</span>
      {link.state === 'active' ? null : <small>{t(`people.link.${link.state}`)}</small>}
      {evidence.map((e) => (
        <small key={`${e.source} ${e.reason}`}>
          {t(`people.link.reason.${e.reason}`)}, {format.dayOf(e.at, zone)}
        </small>
      ))}
      {otherPerson === undefined ? null : (
        <small>
          <Go to={`/unify/people/${otherPerson.id}`}>{t('people.link.other', { who: otherPerson.label })}</Go>
        </small>
      )}
    </div>
  );
}

function Change(props: {
  readonly person: Person;
  readonly link: PersonLink;
  readonly onStill: (still: boolean) => void;
}) {
  const { t } = useWords();
  const { may } = useReader();
  const { person, link, onStill } = props;
  const [a, b] = [link.a.value, link.b.value];
  const undo = useWrite(() => api.people.unlink({ personId: person.id, linkId: link.id }), {
    refresh: REFRESH,
    onDone: ({ parted }) => onStill(!parted),
  });
  const join = useWrite((otherPersonId: string) => api.people.link({ personId: person.id, otherPersonId }), {
    refresh: REFRESH,
    onDone: () => onStill(false),
  });
  if (!may('people:write')) return null;
  if (link.state === 'active') {
    return (
      <Confirm
        title={t('people.link.undo.title')}
        sentence={t('people.link.undo.sentence', { a, b })}
        yes={t('people.link.undo.yes')}
        onYes={() => undo.mutateAsync(undefined)}
      >
        {(ask) => (
          <Button size="compact-sm" variant="default" onClick={ask} aria-label={`${t('people.link.undo')}: ${a}, ${b}`}>
            {t('people.link.undo')}
          </Button>
        )}
      </Confirm>
    );
  }
  const { otherPerson } = link;
  if (otherPerson === undefined) return null;
  return (
    <Confirm
      title={t('people.link.join.title')}
      sentence={t('people.link.join.sentence', { a: person.label, b: otherPerson.label })}
      yes={t('people.link.join.yes')}
      onYes={() => join.mutateAsync(otherPerson.id)}
    >
      {(ask) => (
        <Button size="compact-sm" variant="default" onClick={ask} aria-label={`${t('people.link.join')}: ${a}, ${b}`}>
          {t('people.link.join')}
        </Button>
      )}
    </Confirm>
  );
}
