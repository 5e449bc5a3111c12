/** Names that columns of several kinds have: en, pt, pl, sl, ru, fa; each list from the plainest name to the vaguest. */
export const ORDER_ID =
  'order_id order_no order_number order_nr orderno order_ref order_reference order_code order invoice_no invoice_id invoice_number invoice transaction_id ' +
  'id_pedido pedido_id numero_pedido numero_do_pedido cod_pedido codigo_do_pedido pedido ' +
  'id_zamowienia numer_zamowienia nr_zamowienia zamowienie zamowienie_id ' +
  'id_narocila stevilka_narocila st_narocila narocilo narocilo_id ' +
  'номер_заказа id_заказа код_заказа заказ_id заказ_номер заказ ' +
  'شماره_سفارش شناسه_سفارش کد_سفارش سفارش';
export const USER_ID =
  'customer_id user_id client_id customer_no customer_number customer_nr cust_id userid member_id account_holder_id buyer_id person_id contact_id customer user client ' +
  'id_cliente cliente_id codigo_do_cliente codigo_cliente cliente id_usuario usuario ' +
  'id_klienta klient_id numer_klienta nr_klienta klient id_uzytkownika ' +
  'id_kupca kupec_id stevilka_kupca sifra_kupca kupec id_stranke stranka_id stranka id_uporabnika ' +
  'id_клиента клиент_id код_клиента номер_клиента клиент id_покупателя покупатель id_пользователя пользователь ' +
  'شناسه_مشتری کد_مشتری شماره_مشتری مشتری شناسه_کاربر کاربر';
export const EMAIL =
  'email e_mail email_address customer_email user_email mail email_do_cliente correio adres_email e_posta eposta elektronski_naslov почта эл_почта электронная_почта email_клиента ایمیل پست_الکترونیک رایانامه';
export const PHONE =
  'phone phone_number mobile mobile_phone telephone tel customer_phone telefone celular telefon numer_telefonu telefonska_stevilka gsm телефон мобильный номер_телефона تلفن موبایل شماره_تلفن شماره_موبایل تلفن_همراه';
export const ANONYMOUS = 'anonymous_id visitor_id cookie_id device_id guest_id';
export const CURRENCY = 'currency currency_code moeda waluta valuta валюта واحد_پول ارز';
export const CHANNEL =
  'channel sales_channel source_channel medium canal canal_de_venda kanal kanal_sprzedazy prodajni_kanal канал канал_продаж کانال کانال_فروش';
export const LOCATION =
  'location_id store_id branch_id shop_id store branch shop location loja id_loja sklep id_sklepu trgovina poslovalnica магазин филиал فروشگاه شعبه';
export const STAFF =
  'staff_id agent_id employee_id staff agent employee salesperson vendedor atendente pracownik sprzedawca prodajalec zaposleni сотрудник продавец оператор کارمند فروشنده کارشناس';
export const PRODUCT_ID =
  'product_id sku stock_code product_code item_code article_no article_id item_sku product_sku asin ean product item ' +
  'id_produto produto_id codigo_do_produto codigo_produto produto id_produktu produkt_id kod_produktu produkt id_izdelka izdelek_id sifra_izdelka izdelek ' +
  'id_товара код_товара артикул товар_id товар شناسه_محصول کد_محصول کد_کالا شناسه_کالا محصول کالا';
export const QUANTITY =
  'quantity qty amount_ordered units count pieces quantidade qtd ilosc sztuk kolicina st_kosov количество кол_во تعداد مقدار';
export const PRICE =
  'unit_price price item_price sale_price preco preco_unitario valor_unitario cena cena_jednostkowa cena_na_enoto цена цена_за_единицу قیمت قیمت_واحد';
export const VALUE =
  'order_value order_total total_amount grand_total total total_price order_amount amount value revenue sum valor_total valor total_do_pedido wartosc kwota suma wartosc_zamowienia wartosc_brutto kwota_brutto do_zaplaty vrednost znesek skupaj znesek_narocila vrednost_narocila znesek_z_ddv skupaj_z_ddv skupni_znesek znesek_skupaj koncni_znesek za_placilo сумма итого стоимость сумма_заказа сумма_с_ндс итоговая_сумма مبلغ مبلغ_کل جمع_کل مبلغ_سفارش مبلغ_نهایی';
export const STATUS =
  'order_status status state_of_order fulfillment_status situacao status_do_pedido status_zamowienia stan_zamowienia status_narocila stanje статус статус_заказа وضعیت وضعیت_سفارش';

export const PLACED =
  'order_purchase_timestamp purchase_timestamp placed_at order_placed_at ordered_at order_date order_datetime date_ordered purchase_date purchased_at invoice_date order_created_at created_at order_time date_of_order placed ordered placed_on ordered_on order_placed order_placed_on transaction_date date timestamp ' +
  'data_do_pedido data_pedido data_da_compra data_compra data data_zamowienia data_zlozenia_zamowienia datum_narocila datum дата_заказа дата_покупки дата_оформления дата تاریخ_سفارش تاریخ_خرید زمان_سفارش تاریخ';
