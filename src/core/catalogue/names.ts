import type { Language } from '@touchstone/domain/languages';

/** A name in the languages of the product. */
export type Words = Readonly<Record<Language, string>>;

const words = (en: string, ru: string, pl: string, sl: string, fa: string): Words => ({ en, ru, pl, sl, fa });

export const STAGES = {
  awareness: words('Awareness', 'Знакомство', 'Świadomość', 'Seznanitev', 'آشنایی'),
  consideration: words('Consideration', 'Выбор', 'Rozważanie', 'Izbira', 'بررسی'),
  purchase: words('Purchase', 'Покупка', 'Zakup', 'Nakup', 'خرید'),
  delivery: words('Delivery', 'Доставка', 'Dostawa', 'Dostava', 'تحویل'),
  use: words('Use', 'Использование', 'Użytkowanie', 'Uporaba', 'استفاده'),
  support: words('Support', 'Поддержка', 'Wsparcie', 'Podpora', 'پشتیبانی'),
  loyalty: words('Loyalty', 'Лояльность', 'Lojalność', 'Zvestoba', 'وفاداری'),
};

export const CHANNELS = {
  web: words('Web', 'Веб', 'WWW', 'Splet', 'وب'),
  app: words('App', 'Приложение', 'Aplikacja', 'Aplikacija', 'برنامه'),
  email: words('E-mail', 'Эл. почта', 'E-mail', 'E-pošta', 'رایانامه'),
  phone: words('Phone', 'Телефон', 'Telefon', 'Telefon', 'تلفن'),
  store: words('Store', 'Магазин', 'Sklep', 'Trgovina', 'فروشگاه'),
  parcel: words('Parcel', 'Посылка', 'Przesyłka', 'Paket', 'مرسوله'),
};

export const TEAMS = {
  marketing: words('Marketing', 'Маркетинг', 'Marketing', 'Trženje', 'بازاریابی'),
  sales: words('Sales', 'Продажи', 'Sprzedaż', 'Prodaja', 'فروش'),
  logistics: words('Logistics', 'Логистика', 'Logistyka', 'Logistika', 'لجستیک'),
  product: words('Product', 'Продукт', 'Produkt', 'Izdelek', 'محصول'),
  support: words('Support', 'Поддержка', 'Obsługa klienta', 'Podpora', 'پشتیبانی'),
};

export const TOUCHPOINTS = {
  campaign: words('Campaign', 'Рекламная кампания', 'Kampania', 'Kampanja', 'کارزار'),
  website: words('Website', 'Сайт', 'Strona internetowa', 'Spletno mesto', 'وب‌سایت'),
  app: words('App', 'Приложение', 'Aplikacja', 'Aplikacija', 'برنامه'),
  checkout: words('Checkout', 'Оформление заказа', 'Finalizacja zakupu', 'Blagajna', 'تسویه‌حساب'),
  help: words('Help desk', 'Служба поддержки', 'Pomoc', 'Center za pomoč', 'میز کمک'),
  complaint: words('Complaint', 'Жалоба', 'Reklamacja', 'Pritožba', 'شکایت'),
  recommendation: words('Recommendation', 'Рекомендация', 'Polecenie', 'Priporočilo', 'توصیه'),
  search: words('Search', 'Поиск', 'Wyszukiwanie', 'Iskanje', 'جست‌وجو'),
  productPage: words('Product page', 'Страница товара', 'Strona produktu', 'Stran izdelka', 'صفحهٔ کالا'),
  cart: words('Cart', 'Корзина', 'Koszyk', 'Košarica', 'سبد خرید'),
  shipping: words('Shipping', 'Отправка', 'Wysyłka', 'Odprema', 'ارسال'),
  parcel: words('Parcel received', 'Получение посылки', 'Odbiór przesyłki', 'Prejem paketa', 'دریافت مرسوله'),
  product: words(
    'Product in use',
    'Использование товара',
    'Korzystanie z produktu',
    'Uporaba izdelka',
    'استفاده از کالا',
  ),
  returning: words('Return', 'Возврат', 'Zwrot', 'Vračilo', 'مرجوعی'),
  enquiry: words('Enquiry', 'Обращение', 'Zapytanie', 'Povpraševanje', 'پرس‌وجو'),
  booking: words('Booking', 'Бронирование', 'Rezerwacja', 'Rezervacija', 'رزرو'),
  visit: words('Visit', 'Посещение', 'Wizyta', 'Obisk', 'مراجعه'),
  result: words('Result of the service', 'Результат услуги', 'Efekt usługi', 'Rezultat storitve', 'نتیجهٔ خدمت'),
  trial: words('Trial', 'Пробный период', 'Okres próbny', 'Preizkusno obdobje', 'دورهٔ آزمایشی'),
  subscribing: words('Subscribing', 'Оформление подписки', 'Zakup subskrypcji', 'Sklenitev naročnine', 'خرید اشتراک'),
  onboarding: words('Onboarding', 'Начало работы', 'Wdrożenie', 'Uvajanje', 'راه‌اندازی'),
  billing: words('Billing', 'Счета и оплата', 'Rozliczenia', 'Obračun', 'صورت‌حساب'),
  renewal: words('Renewal', 'Продление', 'Odnowienie', 'Podaljšanje', 'تمدید'),
  leaving: words('Leaving', 'Уход', 'Rezygnacja', 'Odhod', 'ترک'),
};
