import type { Shop } from './rows.ts';

/**
 * `plain`: commas, ISO times. `european`: byte-order mark, semicolons, decimal commas, day first, CRLF, other order of columns.
 * Both quote what has to be quoted, line breaks included.
 */
export type FileStyle = 'plain' | 'european';

export const FILE_NAMES = [
  'orders.csv',
  'order_items.csv',
  'payments.csv',
  'customers.csv',
  'products.csv',
  'reviews.csv',
  'returns.csv',
] as const;
export type FileName = (typeof FILE_NAMES)[number];

/** What each file is, as the import calls it. Payments are partial rows of orders. */
export const FILE_KINDS: Readonly<
  Record<FileName, 'orders' | 'items' | 'people' | 'products' | 'feedback' | 'returns'>
> = {
  'orders.csv': 'orders',
  'order_items.csv': 'items',
  'payments.csv': 'orders',
  'customers.csv': 'people',
  'products.csv': 'products',
  'reviews.csv': 'feedback',
  'returns.csv': 'returns',
};

type Cell = { readonly time: string | null } | { readonly cents: number } | string | number;
type Row = Readonly<Record<string, Cell>>;

function rowsOf(shop: Shop, file: FileName): Row[] {
  const person = new Map(shop.customers.map((c) => [c.personId, c]));
  switch (file) {
    case 'orders.csv':
      return shop.orders.map((o) => ({
        order_id: o.orderId,
        customer_id: o.customerId,
        status: o.status,
        placed_at: { time: o.placed },
        shipped_at: { time: o.shipped },
        delivered_at: { time: o.delivered },
        // Midnight: only the day is meant.
        estimated_delivery_date: { time: `${o.promised} 00:00:00` },
      }));
    case 'order_items.csv':
      return shop.items.map((i) => ({
        order_id: i.orderId,
        order_item_id: i.line,
        product_id: i.productId,
        price: { cents: i.price },
        freight_value: { cents: i.freight },
      }));
    case 'payments.csv':
      return shop.payments.map((p) => ({
        order_id: p.orderId,
        payment_sequential: p.sequence,
        payment_type: p.type,
        payment_value: { cents: p.value },
      }));
    case 'customers.csv':
      return shop.orders.map((o) => ({
        customer_id: o.customerId,
        customer_unique_id: o.personId,
        name: person.get(o.personId)?.name ?? '',
        city: person.get(o.personId)?.city ?? '',
        state: person.get(o.personId)?.region ?? '',
      }));
    case 'products.csv':
      return shop.products.map((p) => ({ product_id: p.productId, product_name: p.name, category: p.category }));
    case 'reviews.csv':
      return shop.reviews.map((r) => ({
        review_id: r.reviewId,
        order_id: r.orderId,
        score: r.score,
        title: r.title,
        comment: r.message,
        asked_at: { time: `${r.created} 00:00:00` },
        answered_at: { time: r.answered },
      }));
    case 'returns.csv':
      return shop.returns.map((r) => ({
        return_id: r.returnId,
        order_id: r.orderId,
        product_id: r.productId,
        returned_at: { time: r.returned },
        reason: r.reason,
      }));
  }
}

function dayFirst(time: string): string {
  return `${time.slice(8, 10)}.${time.slice(5, 7)}.${time.slice(0, 4)}${time.slice(10)}`;
}

function written(cell: Cell, style: FileStyle): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  if ('time' in cell) return cell.time === null ? '' : style === 'european' ? dayFirst(cell.time) : cell.time;
  const decimal = (cell.cents / 100).toFixed(2);
  return style === 'european' ? decimal.replace('.', ',') : decimal;
}

function quoted(text: string, delimiter: string): string {
  return /["\r\n]/u.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One file of the shop, as text to be written in UTF-8. */
export function shopFile(shop: Shop, file: FileName, style: FileStyle = 'plain'): string {
  const rows = rowsOf(shop, file);
  const european = style === 'european';
  const [delimiter, end] = european ? [';', '\r\n'] : [',', '\n'];
  const named = Object.keys(rows[0] ?? {});
  const columns = european ? named.toReversed() : named;
  const lines = rows.map((row) =>
    columns.map((column) => quoted(written(row[column] ?? '', style), delimiter)).join(delimiter),
  );
  return `${european ? '\uFEFF' : ''}${[columns.join(delimiter), ...lines].join(end)}${end}`;
}
