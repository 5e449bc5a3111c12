import { Card, DataTable, Tag, useWords, type Column } from '../../web/ui/index.ts';
import type { OperationsStatus } from '../contract.ts';

interface Row {
  readonly store: 'records' | 'facts';
  readonly answers: boolean;
  readonly engine: OperationsStatus['records']['engine'];
  readonly more: string;
  /** One of several servers, by its host. */
  readonly server?: string;
}

/** Both stores: whether they answer, how their engines fare, and how much they are used. */
export function Stores({ status: { records, facts } }: { readonly status: OperationsStatus }) {
  const { t, format } = useWords();
  const { connections } = records;
  const { vital } = facts;
  const rows: readonly Row[] = [
    {
      store: 'records',
      ...records,
      more: t('operations.records.more', {
        used: format.number(connections.open - connections.idle),
        most: format.number(connections.most),
        waiting: format.number(connections.waiting),
      }),
    },
    {
      store: 'facts',
      ...facts,
      more:
        vital === null
          ? ''
          : t('operations.facts.more', {
              memory: format.bytes(vital.memoryBytes),
              disk: format.bytes(vital.diskBytes),
              count: vital.parts,
            }),
    },
    ...(facts.servers.length > 1 ? facts.servers : []).map(({ name, answers, diskBytes }) => ({
      store: 'facts' as const,
      server: name,
      answers,
      engine: facts.engine,
      more: diskBytes === null ? '' : t('operations.server.more', { disk: format.bytes(diskBytes) }),
    })),
  ];
  const stateOf = ({ answers, engine }: Row): string =>
    answers || engine?.state === 'restarting'
      ? t(`operations.state.${engine?.state ?? 'here'}`)
      : t('operations.state.away');
  const columns: readonly Column<Row>[] = [
    {
      key: 'store',
      title: t('operations.stores.store'),
      cell: (r) => (r.server === undefined ? t(`operations.store.${r.store}`) : <bdi dir="ltr">{r.server}</bdi>),
    },
    {
      key: 'state',
      title: t('operations.stores.state'),
      cell: (r) => (r.answers ? <Tag>{stateOf(r)}</Tag> : <Tag tone="worse">{stateOf(r)}</Tag>),
    },
    {
      key: 'restarts',
      title: t('operations.stores.restarts'),
      align: 'end',
      // How often a server of somebody else's was started is not known here.
      cell: (r) => (r.engine === null || r.engine.state === 'outside' ? '' : format.number(r.engine.restarts)),
    },
    { key: 'more', title: t('operations.stores.more'), wide: true, cell: (r) => r.more },
  ];
  return (
    <Card title={t('operations.stores')}>
      <DataTable label={t('operations.stores')} rows={rows} columns={columns} rowKey={(r) => r.server ?? r.store} />
    </Card>
  );
}
