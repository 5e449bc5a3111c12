import { Group, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../../platform/web/ui/index.ts';
import type { Mapping } from './drafts.ts';

const INSTRUMENTS = ['rating', 'nps', 'csat', 'ces', 'choice', 'text'] as const;

/** What feedback was asked with, and the ends of its scale: a score beyond them is a bad row. */
export function ScaleFields(props: { readonly mapping: Mapping; readonly onChange: (mapping: Mapping) => void }) {
  const { mapping, onChange } = props;
  const { t } = useWords();
  const { min, max } = mapping.scale ?? { min: 1, max: 5 };
  return (
    <Group align="end" gap={10} mb={12}>
      <NativeSelect
        size="xs"
        label={t('imports.scale.instrument')}
        value={mapping.instrument ?? 'rating'}
        onChange={(event) => {
          const instrument = INSTRUMENTS.find((i) => i === event.currentTarget.value);
          if (instrument !== undefined) onChange({ ...mapping, instrument });
        }}
        data={INSTRUMENTS.map((value) => ({ value, label: t(`imports.instrument.${value}`) }))}
      />
      <ScaleEnd
        key={`min ${min}`}
        label={t('imports.scale.from')}
        first={min}
        onDone={(value) => value < max && onChange({ ...mapping, scale: { min: value, max } })}
      />
      <ScaleEnd
        key={`max ${max}`}
        label={t('imports.scale.to')}
        first={max}
        onDone={(value) => value > min && onChange({ ...mapping, scale: { min, max: value } })}
      />
    </Group>
  );
}

/** Takes effect when it is left: half a number is none. */
function ScaleEnd(props: { readonly label: string; readonly first: number; readonly onDone: (value: number) => void }) {
  const [value, setValue] = useState<number | string>(props.first);
  return (
    <NumberInput
      size="xs"
      w={84}
      hideControls
      label={props.label}
      value={value}
      onChange={setValue}
      onBlur={() => {
        if (typeof value === 'number' && value !== props.first) props.onDone(value);
      }}
    />
  );
}
