import type { Spoken } from './spoken.ts';

const words = (text: string): readonly string[] => text.split(',');

/** Women's and men's: in some languages a comment tells which. Given names are real, surnames are made of light and birds: nobody is called like that. */
export const GIVEN: Readonly<Record<Spoken, { readonly she: readonly string[]; readonly he: readonly string[] }>> = {
  en: {
    she: words('Ada,Alice,Beth,Clara,Daisy,Edith,Elsie,Flora,Grace,Iris,June,Mabel,Nell,Pearl,Rosie,Violet'),
    he: words('Bruno,Felix,Hugo,Jasper,Leo,Milo,Oscar,Silas,Theo,Wilfred'),
  },
  de: {
    she: words('Anna,Clara,Frieda,Greta,Ida,Katrin,Lena,Lotte,Mathilda,Nele,Paula,Rosa,Tilda,Wanda'),
    he: words('Bruno,Emil,Hannes,Jonas,Moritz,Oskar,Theo,Vincent'),
  },
  pl: {
    she: words('Ada,Alicja,Basia,Celina,Ewa,Gosia,Hania,Iga,Kasia,Lena,Marysia,Ola,Tosia,Zosia,Zuza'),
    he: words('Bartek,Darek,Franek,Janek,Kuba,Michał,Olek,Staś,Wojtek'),
  },
  ru: {
    she: words('Аглая,Алёна,Варя,Вера,Даша,Ева,Зоя,Катя,Кира,Лада,Маша,Мила,Нина,Соня,Тая,Уля'),
    he: words('Артём,Глеб,Егор,Илья,Лёва,Паша,Рома,Тимофей,Яша'),
  },
  sl: {
    she: words('Ajda,Anja,Brina,Eva,Hana,Iza,Jerca,Kaja,Lara,Maja,Neža,Pia,Sara,Tia,Zala,Živa'),
    he: words('Blaž,Črt,Gal,Jaka,Lan,Luka,Matic,Nejc,Rok,Urban,Vid,Žan'),
  },
  fa: {
    she: words('آیدا,بهار,پریا,ترانه,دریا,رها,روژان,ساحل,ستاره,سحر,شادی,شیرین,مینا,نازنین,نگار,نیلوفر,یاسمن,یلدا'),
    he: words('آرش,امید,پارسا,سپهر,کیان,مانی,نوید'),
  },
};

export const SURNAMES: Readonly<Record<Spoken, readonly string[]>> = {
  en: words(
    'Candlewick,Lampglow,Larkbeam,Moonbeamer,Emberlark,Wickersnuff,Lanternlark,Dawnchorus,Featherlight,Glimmerstone,Matchstrike,Nightlamp,Owlfeather,Sparkwhistle,Starlingwick,Sunshutter,Tallowlark,Twilightly,Wrenlantern,Fireflyhatch',
  ),
  de: words(
    'Kerzenlerche,Lampenspatz,Lerchenfunkel,Mondscheinfeder,Dochtfink,Laternenmeise,Morgenzwitscher,Federlicht,Funkenfink,Glutnest,Nachtlämpchen,Eulenschimmer,Sternenschnabel,Talglerche,Glühspatz,Kerzenzeisig',
  ),
  pl: words(
    'Świetlolampka,Skowronkolot,Knotopłomyk,Iskrolatarka,Latarniopiórko,Porankoptak,Piórkolot,Promykowiatr,Zapałkoświt,Nocolampka,Sówkopiór,Gwiazdolotek,Okienkoświt,Płomykogaj,Strzyżykolamp,Żarówkolas,Księżycolot',
  ),
  ru: words(
    'Лампосвет,Жаворонкосвет,Фитилекрыл,Искролёт,Фонареслав,Утроптиц,Перосвет,Лучегляд,Спичкодар,Ночнокрыл,Совопёр,Звездолов,Ставнесвет,Огнецвет,Абажуролюб,Месяцелов',
  ),
  sl: words(
    'Lučkosvet,Škrjančkopev,Stenjolučka,Iskrolet,Svetilkodar,Jutropev,Perolet,Žarkolov,Vžigolučka,Nočnolučka,Sovoper,Zvezdolov,Polknosvet,Plamenolet,Žarnicolov,Mesečinolov',
  ),
  fa: words(
    'شب‌تاب‌پر,فانوس‌چکاوک,چکاوک‌نغمه,شمع‌پروانه,جرقه‌پر,چراغ‌چکاوک,سپیده‌پر,پرنورک,کبریت‌پر,شب‌چراغ‌پر,جغدپر,ستاره‌چین,پنجره‌نور,شعله‌پر,ماه‌گیرک,فتیله‌پر,نورپروانه',
  ),
};
