import { Button, Menu, type ButtonProps } from '@mantine/core';
import { useWorkspace } from '../client/session.tsx';
import { useWords } from './i18n/language.tsx';

const FORMATS = ['csv', 'xlsx', 'ndjson', 'parquet'] as const;
/** Of tables that say what their columns and values stand for. */
const LABELLED = ['sav', 'sss.zip'] as const;

export interface ExportProps extends Pick<ButtonProps, 'size' | 'variant'> {
  /** Below `/api/v1`, without its ending: `/people`. */
  readonly path: string;
  /** What narrows it, as the page's own listing is narrowed. */
  readonly input?: Readonly<Record<string, string | undefined>>;
  /** Whether it leaves for SPSS and survey programs too. */
  readonly labelled?: boolean;
  /** In place of "Export". */
  readonly label?: string;
}

/** A menu of formats. The browser saves the file itself as it comes, whatever its size, and says so where it breaks off. */
export function Export({ path, input = {}, labelled = false, label, size = 'sm', variant = 'default' }: ExportProps) {
  const { t } = useWords();
  const { id } = useWorkspace();
  const hrefOf = (format: string): string => {
    const said = Object.entries(input).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, value]],
    );
    // Spreadsheets need the mark to read letters beyond ASCII. A link carries no header that names the workspace.
    const query = new URLSearchParams([...said, ...(format === 'csv' ? [['bom', 'true']] : []), ['workspace', id]]);
    return `/api/v1${path}.${format}?${query.toString()}`;
  };
  return (
    <Menu position="bottom-end" width={220} shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button size={size} variant={variant}>
          {label ?? t('web.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('web.export.note')}</Menu.Label>
        {[...FORMATS, ...(labelled ? LABELLED : [])].map((format) => (
          <Menu.Item key={format} component="a" href={hrefOf(format)} download>
            {t(`web.export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
