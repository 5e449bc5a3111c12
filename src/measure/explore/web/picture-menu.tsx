import { Button, Menu } from '@mantine/core';
import { addDays, dayAt } from '@touchstone/domain/calendar';
import { directionOf } from '@touchstone/domain/languages';
import { useState } from 'react';
import { save, useWorkspace } from '../../../platform/web/client/index.ts';
import { apart, useFilterWords, useWords } from '../../../platform/web/ui/index.ts';
import type { Lineage } from '../../metrics/contract.ts';
import { useNames } from '../../metrics/web/parts.ts';
import type { Draw } from './drawing.tsx';
import { type Caption, framed } from './picture/framed.ts';
import { coloursNow, pngOf } from './picture/canvas.ts';
import { svgText } from './picture/svg.ts';

/** A picture leaves at one width, whatever the screen. */
const WIDTH = 960;

/** The picture as a file, with title, period, filter, n and source in it. */
export function PictureMenu(props: {
  readonly title: string;
  readonly draw: Draw;
  readonly lineage: Lineage;
  /** More to say under the title: what it is compared with. */
  readonly more?: readonly string[];
}) {
  const { t, language } = useWords();
  const caption = useCaption(props);
  const [failed, setFailed] = useState(false);
  const rtl = directionOf(language) === 'rtl';
  const name = `${props.lineage.metric}-${props.lineage.from}`;
  const make = (): ReturnType<typeof framed> => framed(props.draw(WIDTH), caption, rtl);
  const saveSvg = (): void => {
    const text = svgText(make(), coloursNow(), props.title, rtl);
    save(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
  };
  const savePng = async (): Promise<void> => {
    try {
      save(await pngOf(make(), coloursNow(), rtl), `${name}.png`);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  return (
    <Menu position="bottom-end" width={220} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size="xs" variant="default">
          {t('explore.picture')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{failed ? t('explore.picture.failed') : t('explore.picture.note')}</Menu.Label>
        <Menu.Item onClick={saveSvg}>{t('explore.picture.svg')}</Menu.Item>
        <Menu.Item onClick={() => void savePng()}>{t('explore.picture.png')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useCaption(props: {
  readonly title: string;
  readonly lineage: Lineage;
  readonly more?: readonly string[];
}): Caption {
  const { t, format } = useWords();
  const names = useNames();
  const workspace = useWorkspace();
  const { lineage, title, more = [] } = props;
  const range = format.dayRange(lineage.from, addDays(lineage.to, -1));
  const period = t(`metrics.moment.${lineage.moment}`, { range, zone: lineage.zone });
  const counted = t(`metrics.source.${lineage.source}`, { count: lineage.n });
  const said = useFilterWords(lineage.filter);
  const filter = lineage.filter === '' ? t('metrics.lineage.everything') : said;
  return {
    title,
    lines: [
      period,
      ...more,
      `${t('metrics.lineage.filter')}: ${filter}`,
      lineage.method === 'none' ? counted : `n = ${counted} · ${t('explore.picture.intervals')}`,
    ],
    source: t('explore.source', {
      company: apart(workspace.name),
      metric: apart(t('metrics.lineage.version', { metric: names.metric(lineage.metric), version: lineage.version })),
      day: apart(format.day(dayAt(Date.now(), workspace.zone))),
    }),
  };
}
