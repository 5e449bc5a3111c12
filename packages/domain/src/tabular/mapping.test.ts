import { describe, expect, test } from 'vitest';
import { guessKinds, guessMapping, hasHeader, type ImportKind, profileColumn, repeated } from './index.ts';

function guess(fileName: string, header: string, ...lines: string[]) {
  const mark = header.includes(';') ? ';' : ',';
  const names = header.split(mark);
  const rows = lines.map((line) => line.split(mark));
  const profiles = names.map((name, i) =>
    profileColumn(
      name,
      rows.map((r) => r[i] ?? ''),
    ),
  );
  const kind = guessKinds(profiles, fileName)[0]?.kind;
  if (kind === undefined) return { kind: null, fields: {}, key: [], problems: {}, mapping: null };
  const { mapping, problems } = guessMapping(kind, profiles, rows);
  const fields = Object.fromEntries(
    Object.entries(mapping.columns).map(([n, p]) => [n, p.field === 'property' ? `.${p.name}` : p.field]),
  );
  return { kind, fields, key: mapping.key, problems, mapping };
}

describe('guesses', () => {
  test('[TB6] a column of times that is half broken is still the time; one that holds none says so', () => {
    const orders = guess(
      'orders.csv',
      'order_id,customer_id,order_date,delivered_at',
      'o1,c1,2026-01-01,yes',
      'o2,c2,soon,no',
      'o3,c3,2026-01-03,who knows',
      'o4,c4,later,yes',
    );
    expect(orders.fields).toMatchObject({ order_date: 'placed', delivered_at: '.delivered_at' });
    expect(orders.mapping?.columns['order_date']).toEqual({ field: 'placed', format: 'ymd' });
    expect(orders.problems).toEqual({ order_date: 'some-other-dates', delivered_at: 'not-a-date' });
  });

  test('[TB8] [TB9] files of a marketplace: orders, customers of two ids, reviews, items, payments, products', () => {
    const orders = guess(
      'shop_orders_dataset.csv',
      'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date',
      'o1,c1,delivered,2026-01-02 10:00:00,2026-01-02 10:05:00,2026-01-03 08:00:00,2026-01-09 12:00:00,2026-01-12 00:00:00',
      'o2,c2,shipped,2026-01-03 10:00:00,,2026-01-05 08:00:00,,2026-01-13 00:00:00',
    );
    expect(orders.kind).toBe('orders');
    expect(Object.values(orders.fields)).toEqual(
      'order_id user_id status placed approved shipped delivered promised'.split(' '),
    );
    expect(orders.key).toEqual(['order_id']);

    const people = guess(
      'shop_customers_dataset.csv',
      'customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state',
      'c1,u1,01310,lisboa,LX',
      'c2,u1,01311,porto,PO',
    );
    expect(people).toMatchObject({ kind: 'people', key: ['customer_id'] });
    expect(Object.values(people.fields)).toEqual(['user_id', 'same_as', '.zip_code_prefix', '.city', '.state']);

    const reviews = guess(
      'shop_order_reviews_dataset.csv',
      'review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp',
      'r1,o1,5,,came in time and whole,2026-01-10 00:00:00,2026-01-11 02:00:00',
      'r1,o2,1,never again,it never came at all,2026-01-10 00:00:00,2026-01-12 02:00:00',
    );
    expect(reviews).toMatchObject({ kind: 'feedback', key: ['review_id', 'order_id'] });
    expect(Object.values(reviews.fields)).toEqual('response_id order_id score title text asked_at at'.split(' '));
    expect(reviews.mapping).toMatchObject({ instrument: 'rating', scale: { min: 1, max: 5 } });

    const items = guess(
      'shop_order_items_dataset.csv',
      'order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value',
      'o1,1,p1,s1,2026-01-05 10:00:00,10.50,2.5',
      'o1,2,p1,s1,2026-01-05 10:00:00,10.50,2.5',
    );
    expect(items).toMatchObject({ kind: 'items', key: ['order_id', 'order_item_id'] });
    expect(Object.values(items.fields)).toEqual(
      'order_id line product_id .seller_id .shipping_limit_date price freight'.split(' '),
    );

    const payments = guess(
      'shop_order_payments_dataset.csv',
      'order_id,payment_sequential,payment_type,payment_installments,payment_value',
      'o1,1,card,3,10.5',
      'o1,2,voucher,1,2.5',
    );
    expect(payments).toMatchObject({ kind: 'orders', key: ['order_id', 'payment_sequential'] });
    expect(payments.fields).toMatchObject({ payment_type: '.payment_type', payment_value: 'payment' });

    const products = guess(
      'shop_products_dataset.csv',
      'product_id,product_category_name,product_weight_g',
      'p1,toys,100',
      'p2,garden,90',
    );
    expect(products).toMatchObject({ kind: 'products', key: ['product_id'] });
    expect(Object.values(products.fields)).toEqual(['product_id', 'category', '.weight_g']);
    expect(
      guess('words.csv', 'product_category_name,product_category_name_english', 'brinquedos,toys', 'jardim,garden')
        .kind,
    ).toBeNull();
  });

  test('[TB8] [TB9] invoice lines in camel case, with repeated rows: items without a key', () => {
    const lines = guess(
      'retail.csv',
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      '536365,85123A,A WHITE LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,France',
      '536365,85123A,A WHITE LANTERN,2,2010-12-01 08:26:00,2.55,17850.0,France',
      'C536366,71053,A HEART,-1,2010-12-01 08:28:00,3.39,,Spain',
    );
    expect(lines).toMatchObject({ kind: 'items', key: [] });
    expect(Object.values(lines.fields)).toEqual(
      'order_id product_id name quantity placed price user_id .country'.split(' '),
    );
  });

  test.each<[string, ImportKind, string, string, string]>([
    [
      'narocila',
      'orders',
      'Številka naročila,ID kupca,Datum naročila,Datum dostave,Predvidena dostava,Znesek',
      'n1,k1,22. 11. 2026,24. 11. 2026,23. 11. 2026,12',
      'order_id user_id placed delivered promised value',
    ],
    [
      'narocila',
      'orders',
      'Št. naročila;Datum naročila;Kupec;E-pošta;Kraj;Znesek (EUR);Dostavljeno',
      '2026001;02.05.2026 22:42;Špela Črnič;k@primer.si;Črnomelj;1.129,90;04.05.2026',
      'order_id placed .kupec email .kraj value delivered',
    ],
    [
      'mnenja',
      'feedback',
      'Št. naročila,Kdaj,E-pošta,Ocena,Mnenje',
      'n1,10.05.2026,k@primer.si,4,Paket je zamujal dva dni.',
      'order_id at email score text',
    ],
    ['kupci', 'people', 'Kupec,E-pošta,Telefon', 'Špela Črnič,k@primer.si,+386 40 123 456', 'name email phone'],
    [
      'zamówienia',
      'orders',
      'Numer zamówienia,Klient,Data zamówienia,Data dostawy,Status zamówienia,Kwota',
      'z1,k1,22.11.2026,24.11.2026,gotowe,12',
      'order_id user_id placed delivered status value',
    ],
    [
      'заказы',
      'orders',
      'Номер заказа,Клиент,Дата заказа,Дата доставки,Статус,Сумма',
      'a1,k1,22.11.2026,24.11.2026,готов,12',
      'order_id user_id placed delivered status value',
    ],
    [
      'سفارشات',
      'orders',
      'شماره سفارش,شناسه مشتری,تاریخ سفارش,تاریخ تحویل,وضعیت,مبلغ',
      'a1,k1,2026-11-22,2026-11-24,تحویل شد,12',
      'order_id user_id placed delivered status value',
    ],
    [
      'avaliacoes',
      'feedback',
      'id_avaliacao,id_pedido,nota,comentário,data_da_resposta',
      'a1,p1,4,muito bom e rápido,22/11/2026',
      'response_id order_id score text at',
    ],
    [
      'отзывы',
      'feedback',
      'Оценка,Отзыв,Дата отзыва,Номер заказа',
      '4,всё хорошо,22.11.2026,a1',
      'score text at order_id',
    ],
    [
      'answers',
      'feedback',
      'npsScore,verbatim,submittedAt,customerEmail',
      '9,all good here,2026-11-22T10:00:00Z,a@b.com',
      'score text at email',
    ],
    [
      'web',
      'events',
      'messageId,event,timestamp,userId,anonymousId,url',
      'm1,Product Viewed,2026-11-22T10:00:00Z,u1,a1,https://a.example',
      'event_id name at user_id anonymous_id url',
    ],
    [
      'zwroty',
      'returns',
      'numer_zwrotu,numer_zamowienia,data_zwrotu,powód',
      'z1,n1,22.11.2026,za małe',
      'return_id order_id returned reason',
    ],
  ])('[TB8] %s', (file, kind, header, line, fields) => {
    const found = guess(`${file}.csv`, header, line, line);
    expect(found.kind).toBe(kind);
    expect(Object.values(found.fields)).toEqual(fields.split(' '));
  });

  test.each(['Placed', 'placed_on', 'Ordered', 'Order placed'])('[TB8] %s is the time of an order', (name) => {
    const found = guess(
      'orders.csv',
      `Order,Customer,${name},Total`,
      'o1,c1,2026-11-22 10:00,12',
      'o2,c2,2026-11-23 10:00,9',
    );
    expect(found).toMatchObject({ kind: 'orders', fields: { [name]: 'placed' } });
  });

  test.each(['Written on', 'Posted', 'Created on', 'Moment'])(
    '[TB8] reviews with an order and %s are no orders',
    (when) => {
      const found = guess(
        'sheet.xlsx',
        `Review id,Order,Email,Stars,Comment,${when}`,
        'r1,o1,a@b.com,5,came in time and whole,2026-11-22 10:00',
        'r2,o2,c@d.com,1,it never came at all,2026-11-23 10:00',
      );
      expect(found.kind).toBe('feedback');
      expect(Object.values(found.fields)).toEqual(['response_id', 'order_id', 'email', 'score', 'text', 'at']);
    },
  );

  test('[TB4] a first row of values is no header', () => {
    expect(hasHeader(['id', 'when', 'price'])).toBe(true);
    expect(hasHeader(['id', '2026-01-01', '3.5'])).toBe(false);
    expect(hasHeader(['a@b.com', 'x'])).toBe(false);
  });

  test('[TB6] a column of times that are all still to come is read as the other times of the file', () => {
    const { mapping } = guess('orders.csv', 'order_id,order_date,shipped_at', 'o1,02.03.2026,', 'o2,13.03.2026,');
    expect(mapping?.columns['shipped_at']).toEqual({ field: 'shipped', format: 'dmy' });
  });

  test('[TB6] a needed time in three formats is named, and gets none of them', () => {
    const mixed = guess('f.csv', 'score,date', '5,2026-01-01', '4,22.11.2026', '3,Nov 5 2026');
    expect(mixed.problems).toEqual({ date: 'mixed-dates' });
    expect(mixed.mapping?.columns['date']).toEqual({ field: 'at' });
    const either = guess('f.csv', 'score,date', '5,01/02/2026', '4,03/04/2026');
    expect(either.problems).toEqual({ date: 'ambiguous-dates' });
  });

  test('[TB9] sampled rows that share a key and differ are counted', () => {
    const columns = [{ name: 'a' }, { name: 'b' }];
    expect(
      repeated(['a'], columns, [
        ['1', 'x'],
        ['1', 'x'],
        ['1', 'y'],
        ['2', 'z'],
      ]),
    ).toBe(1);
    expect(
      repeated([], columns, [
        ['1', 'x'],
        ['1', 'y'],
      ]),
    ).toBe(0);
  });
});
