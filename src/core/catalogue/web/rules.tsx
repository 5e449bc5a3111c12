import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { parseTree } from '@touchstone/domain/predicate';
import { Card, useWords } from '../../../platform/web/ui/index.ts';
import type { CatalogueRule } from '../contract.ts';
import { moved, newDraftId, replaced } from './draft.ts';
import { Movers } from './movers.tsx';
import type { PartProps } from './named-lists.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { useSays } from './says.ts';
import styles from './catalogue.module.css';

/** Rules in the order they are asked. */
export function Rules({ draft, mayWrite, onChange }: PartProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<CatalogueRule>();
  const ruleName = useRuleName();
  const [firstPlace] = draft.touchpoints;
  const place = open === undefined ? -1 : draft.rules.findIndex((r) => r.id === open.id);
  return (
    <Card
      title={t('catalogue.rules')}
      note={t('catalogue.rules.note')}
      help="rule"
      onward={
        mayWrite && firstPlace !== undefined ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              setOpen({
                id: newDraftId(),
                on: 'event',
                when: { field: 'name', op: 'eq', value: '' },
                touchpointId: firstPlace.id,
              })
            }
          >
            {t('catalogue.rules.add')}
          </Button>
        ) : undefined
      }
    >
      <ol className={`${styles['list']} ${styles['rules']}`}>
        {draft.rules.map((rule, i) => (
          <li key={rule.id} className={styles['row']}>
            <div className={styles['grow']}>
              <span dir="auto">{ruleName(rule)}</span>
              <div className={styles['quiet']} dir="auto">
                {t('catalogue.rule.to', {
                  name: draft.touchpoints.find((p) => p.id === rule.touchpointId)?.name ?? '',
                })}
              </div>
            </div>
            {mayWrite ? (
              <>
                <Movers
                  name={t('catalogue.rule.edit', { place: i + 1 })}
                  place={i}
                  count={draft.rules.length}
                  onMove={(by) => onChange((d) => ({ ...d, rules: moved(d.rules, i, by) }))}
                />
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => setOpen(rule)}
                  aria-label={t('catalogue.edit', { name: t('catalogue.rule.edit', { place: i + 1 }) })}
                >
                  {t('catalogue.editShort')}
                </Button>
              </>
            ) : null}
          </li>
        ))}
      </ol>
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        size="lg"
        title={place === -1 ? t('catalogue.rule.new') : t('catalogue.rule.edit', { place: place + 1 })}
        closeButtonProps={{ 'aria-label': t('web.close') }}
      >
        {open === undefined ? null : (
          <RuleEditor
            rule={open}
            draft={draft}
            onDone={(rule) => {
              // A new rule is asked first: at the end, an older one would often have decided already.
              onChange((d) => ({ ...d, rules: place === -1 ? [rule, ...d.rules] : replaced(d.rules, rule) }));
              setOpen(undefined);
            }}
            {...(place === -1
              ? {}
              : {
                  onRemove: () => {
                    onChange((d) => ({ ...d, rules: d.rules.filter((r) => r.id !== open.id) }));
                    setOpen(undefined);
                  },
                })}
          />
        )}
      </Modal>
    </Card>
  );
}

function useRuleName(): (rule: CatalogueRule) => string {
  const { t } = useWords();
  const says = useSays();
  return (rule) => {
    const kind = t(`catalogue.rule.on.${rule.on}`);
    const when = says(parseTree(rule.when));
    return when === '' ? t('catalogue.rule.every', { kind }) : t('catalogue.rule.words', { kind, when });
  };
}
