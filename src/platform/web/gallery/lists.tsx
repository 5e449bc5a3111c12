import { Button } from '@mantine/core';
import { Range } from '../ui/charts/range.tsx';
import { HeatTable } from '../ui/heat.tsx';
import { useWords } from '../ui/i18n/language.tsx';
import { Loading } from '../ui/loading.tsx';
import { RankedList } from '../ui/ranked.tsx';
import { DataTable } from '../ui/table.tsx';
import { heat, ranks } from './samples.ts';
import { Section, Specimen } from './specimen.tsx';
import { nth, useGallery } from './words.ts';

/** First things first. */
export function RankedSection() {
  const { format } = useWords();
  const { todo, act, sections } = useGallery();
  const items = ranks.map(({ value, half, n, tone }, at) => {
    const [label = '', note = ''] = todo[at] ?? [];
    return {
      key: String(at),
      label,
      note,
      value,
      low: half === null ? null : value - half,
      high: half === null ? null : value + half,
      n,
      few: n < 30,
      tone,
    };
  });
  const write = (value: number): string => format.number(value, 2, true);
  const label = nth(sections.ranked, 0);
  return (
    <Section of="ranked">
      <Specimen state="usual" wide>
        <RankedList
          label={label}
          write={write}
          items={items.map((item) => ({
            ...item,
            action: (
              <Button size="xs" variant="default">
                {act}
              </Button>
            ),
          }))}
        />
      </Specimen>
      <Specimen state="noInterval">
        <RankedList
          label={label}
          write={(value) => format.number(value)}
          items={items.slice(0, 3).map(({ key, label: name, n }) => ({ key, label: name, value: n }))}
        />
      </Specimen>
      <Specimen state="unknown">
        <Loading as="rows" count={4} />
      </Specimen>
      <Specimen state="none">
        <RankedList label={label} write={write} items={[]} />
      </Specimen>
    </Section>
  );
}

/** Tables shaded by their values. */
export function HeatSection() {
  const { format } = useWords();
  const { stages, channels, rows: corner, sections, longMetric } = useGallery();
  const columns = channels.map((label) => ({ key: label, label }));
  const write = (value: number): string => format.number(value, 1, true);
  const shaded = heat.map((cells, at) => ({
    key: String(at),
    label: at === 3 ? longMetric : nth(stages, at + 2),
    cells: cells.map((cell) =>
      cell === null ? null : { value: cell[0], n: cell[1], few: cell[1] < 30, sure: Math.abs(cell[0] - 3.9) > 0.15 },
    ),
  }));
  const label = nth(sections.heat, 0);
  return (
    <Section of="heat">
      <Specimen state="around" wide>
        <HeatTable
          label={label}
          corner={corner}
          columns={columns}
          rows={shaded}
          write={write}
          scale={{ around: 3.9 }}
        />
      </Specimen>
      <Specimen state="more" wide>
        <HeatTable
          label={label}
          corner={corner}
          columns={columns}
          rows={shaded.slice(0, 3).map((row) => ({
            ...row,
            cells: row.cells.map((cell) => (cell === null ? null : { value: cell.value / 5 })),
          }))}
          write={(value) => format.percent(value, 0)}
        />
      </Specimen>
      <Specimen state="none">
        <HeatTable label={label} corner={corner} columns={columns} rows={[]} write={write} />
      </Specimen>
    </Section>
  );
}

/** Rows that compare. */
export function TableSection() {
  const { t, format } = useWords();
  const { stages, metrics, rows: corner } = useGallery();
  const rows = stages.map((name, at) => {
    const value = 3.4 + ((at * 3) % 7) * 0.16;
    return { name, value, low: value - 0.1 - at * 0.03, high: value + 0.1 + at * 0.03, n: 124 + at * 512 };
  });
  return (
    <Section of="table">
      <Specimen state="usual" wide>
        <DataTable
          label={corner}
          rows={rows}
          rowKey={(row) => row.name}
          filter
          exportName="gallery"
          columns={[
            { key: 'name', title: corner, cell: (row) => row.name, value: (row) => row.name },
            {
              key: 'value',
              title: nth(metrics, 0),
              align: 'end',
              cell: (row) => format.number(row.value, 2, true),
              value: (row) => row.value,
            },
            {
              key: 'range',
              title: t('web.numbers.interval'),
              wide: true,
              cell: (row) => <Range figure={row} among={rows} />,
            },
            {
              key: 'n',
              title: t('web.numbers.n'),
              align: 'end',
              cell: (row) => format.number(row.n),
              value: (row) => row.n,
            },
          ]}
        />
      </Specimen>
    </Section>
  );
}
