import {
  ANONYMOUS,
  CHANNEL,
  CURRENCY,
  EMAIL,
  LOCATION,
  ORDER_ID,
  PHONE,
  PLACED,
  PRICE,
  PRODUCT_ID,
  QUANTITY,
  STAFF,
  STATUS,
  USER_ID,
  VALUE,
} from './names.ts';

export const IMPORT_KINDS = ['people', 'orders', 'items', 'products', 'events', 'feedback', 'returns'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export type FieldType = 'id' | 'email' | 'phone' | 'text' | 'instant' | 'day' | 'decimal' | 'score' | 'currency';

export interface Field {
  readonly key: string;
  readonly type: FieldType;
  /** Names a column of it commonly has, best first, as `normalName` writes them. */
  readonly names: readonly string[];
}

function field(key: string, type: FieldType, names: string): Field {
  return { key, type, names: names.trim().split(/\s+/) };
}

const PERSON: readonly Field[] = [
  field('user_id', 'id', USER_ID),
  field('email', 'email', EMAIL),
  field('phone', 'phone', PHONE),
  field('anonymous_id', 'id', ANONYMOUS),
];
const PLACE: readonly Field[] = [field('channel', 'text', CHANNEL), field('location_id', 'id', LOCATION)];

/** What a file of each kind may hold. Columns that are none of these become properties. */
export const FIELDS: Readonly<Record<ImportKind, readonly Field[]>> = {
  people: [
    field('user_id', 'id', `${USER_ID} id kod sifra код کد شناسه`),
    field(
      'same_as',
      'id',
      'customer_unique_id unique_customer_id unique_id user_unique_id person_unique_id master_id master_customer_id global_id global_customer_id external_id crm_id loyalty_id card_number loyalty_card',
    ),
    field('email', 'email', EMAIL),
    field('phone', 'phone', PHONE),
    field('anonymous_id', 'id', ANONYMOUS),
    field(
      'name',
      'text',
      'name full_name customer_name display_name nome nome_completo nome_do_cliente imie_i_nazwisko nazwa_klienta ime_in_priimek ime_kupca ime_stranke ime имя фио имя_клиента نام نام_کامل نام_و_نام_خانوادگی نام_مشتری customer client klient kupec stranka клиент покупатель مشتری',
    ),
    field('at', 'instant', 'updated_at last_updated modified_at last_modified'),
  ],
  orders: [
    field('order_id', 'id', `${ORDER_ID} id`),
    ...PERSON,
    field('placed', 'instant', PLACED),
    field(
      'promised',
      'day',
      'order_estimated_delivery_date estimated_delivery_date estimated_delivery promised_date promised_delivery_date promised_at promised_on promised expected_delivery_date expected_delivery delivery_due due_date eta deadline ' +
        'data_estimada_entrega data_prevista_entrega previsao_de_entrega data_estimada_de_entrega planowana_data_dostawy przewidywana_data_dostawy obljubljena_dostava predvidena_dostava predviden_datum_dostave плановая_дата_доставки ожидаемая_дата_доставки обещанная_дата تاریخ_تحویل_موعود تاریخ_تخمینی_تحویل موعد_تحویل تاریخ_وعده',
    ),
    field(
      'approved',
      'instant',
      'order_approved_at approved_at payment_date paid_at paid_date confirmed_at data_aprovacao data_do_pagamento data_platnosci datum_placila дата_оплаты تاریخ_پرداخت تاریخ_تایید',
    ),
    field(
      'shipped',
      'instant',
      'order_delivered_carrier_date delivered_carrier_date shipped_at ship_date shipped_date shipping_date shipment_date dispatched_at dispatch_date handed_to_carrier fulfilled_at ' +
        'data_de_envio data_envio data_wysylki datum_odpreme datum_posiljanja odposlano дата_отправки дата_отгрузки تاریخ_ارسال',
    ),
    field(
      'delivered',
      'instant',
      'order_delivered_customer_date delivered_customer_date delivered_at delivery_date delivered_date date_delivered delivered_on delivered received_at arrival_date ' +
        'data_de_entrega data_entrega entregue_em data_dostawy data_doreczenia datum_dostave dostavljeno дата_доставки доставлен تاریخ_تحویل',
    ),
    field(
      'cancelled',
      'instant',
      'cancelled_at canceled_at cancellation_date cancel_date data_cancelamento data_anulowania datum_preklica дата_отмены تاریخ_لغو',
    ),
    field(
      'returned',
      'instant',
      'returned_at return_date data_devolucao data_zwrotu datum_vracila дата_возврата تاریخ_مرجوعی',
    ),
    field('status', 'text', STATUS),
    field('value', 'decimal', VALUE),
    field(
      'payment',
      'decimal',
      'payment_value payment_amount paid_amount amount_paid valor_pago valor_pagamento kwota_platnosci znesek_placila сумма_оплаты сумма_платежа مبلغ_پرداختی مبلغ_پرداخت',
    ),
    field('currency', 'currency', CURRENCY),
    ...PLACE,
    field(
      'line',
      'id',
      'payment_sequential payment_no payment_sequence sequential sequence sequence_no seq installment_no part',
    ),
  ],
  items: [
    field('order_id', 'id', ORDER_ID),
    field(
      'line',
      'id',
      'order_item_id item_id line_id line_item_id line_no line_number line item_no position item_number pozycja numer_pozycji postavka номер_строки позиция ردیف',
    ),
    field('product_id', 'id', PRODUCT_ID),
    field(
      'name',
      'text',
      'description product_name item_name title name product_title descricao nome_do_produto opis nazwa nazwa_produktu naziv naziv_izdelka наименование название название_товара شرح نام_محصول نام_کالا',
    ),
    field(
      'category',
      'text',
      'category product_category product_category_name category_name department categoria kategoria kategorija категория دسته دسته_بندی',
    ),
    field('quantity', 'decimal', QUANTITY),
    field('price', 'decimal', PRICE),
    field(
      'freight',
      'decimal',
      'freight_value freight shipping_cost shipping_price delivery_cost frete valor_frete koszt_dostawy koszt_wysylki postnina strosek_dostave стоимость_доставки هزینه_ارسال',
    ),
    field('placed', 'instant', PLACED),
    field('currency', 'currency', CURRENCY),
    ...PERSON,
    ...PLACE,
  ],
  products: [
    field('product_id', 'id', `${PRODUCT_ID} id`),
    field(
      'name',
      'text',
      'product_name name title item_name description nome nome_do_produto nazwa nazwa_produktu naziv naziv_izdelka ime_izdelka название наименование название_товара نام نام_محصول نام_کالا',
    ),
    field(
      'category',
      'text',
      'product_category_name product_category category category_name department product_type type categoria nome_da_categoria kategoria kategorija категория دسته دسته_بندی گروه_کالا',
    ),
  ],
  events: [
    field('event_id', 'id', 'message_id event_id messageid uuid id'),
    field(
      'name',
      'text',
      'event event_name name action activity event_type evento nome_do_evento zdarzenie dogodek событие رویداد نام_رویداد',
    ),
    field(
      'at',
      'instant',
      'timestamp event_time event_timestamp occurred_at at time created_at original_timestamp sent_at event_date date datetime data czas data_zdarzenia cas datum время дата_события дата زمان تاریخ',
    ),
    ...PERSON,
    field('order_id', 'id', ORDER_ID),
    field('session_id', 'id', 'session_id session visit_id'),
    field('case_id', 'id', 'case_id ticket_id ticket case incident_id'),
    field('account_id', 'id', 'account_id account company_id organization_id'),
    field('staff_id', 'id', STAFF),
    ...PLACE,
    field('url', 'text', 'url page_url page link'),
    field('value', 'decimal', VALUE),
    field('currency', 'currency', CURRENCY),
  ],
  feedback: [
    field(
      'response_id',
      'id',
      'review_id response_id feedback_id answer_id survey_response_id submission_id respondent_id id_avaliacao id_opinii id_odgovora id_mnenja id_отзыва id_ответа شناسه_نظر شناسه_پاسخ id',
    ),
    field('order_id', 'id', ORDER_ID),
    ...PERSON,
    field(
      'score',
      'score',
      'review_score score rating nps nps_score csat csat_score ces ces_score stars review_rating overall_rating overall_score satisfaction grade mark points answer_score ' +
        'nota nota_da_avaliacao avaliacao pontuacao ocena ocena_klienta оценка балл рейтинг امتیاز نمره رضایت',
    ),
    field(
      'title',
      'text',
      'review_comment_title review_title comment_title title subject headline titulo titulo_do_comentario tytul naslov заголовок тема عنوان',
    ),
    field(
      'text',
      'text',
      'review_comment_message comment comments review_text review_comment review_body review feedback text message body answer verbatim remarks comment_text free_text ' +
        'comentario mensagem komentarz tresc opinia wiadomosc komentar mnenje sporocilo besedilo комментарий отзыв текст сообщение متن نظر دیدگاه پیام توضیحات',
    ),
    field(
      'at',
      'instant',
      'review_answer_timestamp answered_at response_date responded_at submitted_at completed_at submission_date review_date review_time reviewed_at answer_date feedback_date review_creation_date written_at written_on written posted_at posted_on posted created_at created_on created date timestamp time ' +
        'data_da_resposta data_avaliacao data_opinii data_oceny data_komentarza data_odpowiedzi data datum_odgovora datum_mnenja datum_ocene datum_komentarja oddano datum дата_ответа дата_отзыва дата_оценки дата_комментария дата تاریخ_پاسخ تاریخ_نظر تاریخ_دیدگاه تاریخ_امتیاز تاریخ',
    ),
    field(
      'asked_at',
      'instant',
      'review_creation_date asked_at sent_at invited_at survey_sent_at data_do_envio data_wyslania datum_posiljanja дата_отправки تاریخ_ارسال',
    ),
    field('item_id', 'id', PRODUCT_ID),
    field('survey_id', 'id', 'survey_id survey survey_name form_id'),
    field('question_id', 'id', 'question_id question question_key'),
    field('case_id', 'id', 'case_id ticket_id ticket'),
    field('staff_id', 'id', STAFF),
    ...PLACE,
    field('language', 'text', 'language lang locale idioma jezyk jezik язык زبان'),
    field('source', 'text', 'source platform site fonte zrodlo vir источник منبع'),
  ],
  returns: [
    field(
      'return_id',
      'id',
      'return_id rma rma_number return_number return_no refund_id id_devolucao numer_zwrotu id_zwrotu stevilka_vracila id_vracila номер_возврата id_возврата شماره_مرجوعی شناسه_مرجوعی id',
    ),
    field('order_id', 'id', ORDER_ID),
    ...PERSON,
    field('product_id', 'id', PRODUCT_ID),
    field(
      'returned',
      'instant',
      'returned_at return_date returned_on date_returned refund_date refunded_at return_created_at created_at date timestamp data_devolucao data_zwrotu datum_vracila datum data дата_возврата дата تاریخ_مرجوعی تاریخ_بازگشت تاریخ',
    ),
    field('quantity', 'decimal', QUANTITY),
    field('value', 'decimal', `refund_amount refund_value refund ${VALUE}`),
    field('currency', 'currency', CURRENCY),
    field(
      'reason',
      'text',
      'return_reason reason motivo motivo_da_devolucao powod powod_zwrotu razlog razlog_vracila причина причина_возврата دلیل دلیل_مرجوعی علت',
    ),
  ],
};

/** Each inner list: one of these must be mapped, else no row says anything. */
export const REQUIRED: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  people: [['user_id', 'email', 'phone', 'same_as']],
  orders: [['order_id']],
  items: [['order_id'], ['product_id', 'name', 'line']],
  products: [['product_id']],
  events: [['name'], ['at']],
  feedback: [['score', 'text'], ['at']],
  returns: [['order_id'], ['returned']],
};

/** The rows' natural key: the first of these all of whose fields are mapped; `?` marks one that joins in where it is mapped. */
export const NATURAL_KEYS: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  people: [['user_id'], ['same_as'], ['email'], ['phone']],
  orders: [['order_id', '?line']],
  items: [['order_id', 'line']],
  products: [['product_id']],
  events: [['event_id']],
  feedback: [['response_id', '?order_id', '?question_id']],
  returns: [['return_id'], ['order_id', 'product_id'], ['order_id']],
};

/** Words in a file's name that tell its kind. */
export const FILE_WORDS: Readonly<Record<ImportKind, string>> = {
  people:
    'customers? people persons? users? clients? contacts? members? clientes? klienci kupci stranke клиенты покупатели مشتریان مشتری',
  orders:
    'orders? payments? deliver(y|ies) shipments? pedidos? pagamentos? zamowienia platnosci narocila dostave заказы доставки оплаты سفارشات سفارش‌ها سفارش',
  items: 'items? lines? baskets? invoice_lines itens pozycje postavke позиции اقلام',
  products: 'products? catalog(ue)? produtos? produkty izdelki товары محصولات کالاها',
  events: 'events? logs? activity clicks? eventos zdarzenia dogodki события رویدادها',
  feedback:
    'reviews? feedback ratings? surveys? answers? responses? nps csat comments? complaints? avaliacoes opinie oceny mnenja ocene отзывы оценки نظرات بازخورد',
  returns: 'returns? refunds? rma devolucoes zwroty vracila возвраты مرجوعی',
};
