import type { Speech } from './spoken.ts';

export const pl: Speech = {
  things: ['lampkę do czytania', 'dwie latarenki', 'zestaw świec', 'wełniany koc', 'szkliwiony wazon', 'lampkę nocną', 'girlandę do ogrodu', 'drewnianą podstawę lampy', 'lniany abażur', 'pudełko prezentowe'], // prettier-ignore
  waits: ['jeden dzień', 'dwa dni', 'trzy dni', 'cztery dni', 'pięć dni', 'prawie tydzień'],
  themes: {
    late: {
      what: [
        'Paczka spóźniła się o {wait}.',
        'Zamówił{em|am} {thing}, dostawa przyszła {wait} po terminie.',
        'Obiecany termin minął, a ja czekał{em|am} jeszcze {wait}.',
        'Dostawa {wait} po dacie podanej na stronie.',
        'Znowu {wait} opóźnienia, tak jak ostatnio.',
      ],
      more: [
        'Przez ten czas nikt się nie odezwał.',
        'Specjalnie wzi{ąłem|ęłam} wolne popołudnie, i na nic.',
        'To miał być prezent, a urodziny już były.',
        'W śledzeniu przesyłki cały czas było „w drodze”.',
        'Musiał{em|am} pisać dwa razy, żeby ktoś powiedział, gdzie to jest.',
        'Do samego towaru nic nie mam, ale niesmak został.',
      ],
      end: [
        'Proszę podawać terminy, których da się dotrzymać.',
        'Wystarczyłaby krótka wiadomość.',
        'Następnym razem kupię w sklepie za rogiem.',
        'To po co w ogóle ta data?',
      ],
    },
    parcel: {
      what: [
        'Przyszło dokładnie w obiecanym dniu.',
        'Wszystko dotarło w całości.',
        'Zamówił{em|am} {thing} i po dwóch dniach wszystko było w domu.',
        'Paczka dobrze zapakowana i łatwa do otwarcia.',
        'Szybka dostawa, żadnych kłopotów.',
        'Kurier zadzwonił wcześniej i wniósł karton na górę.',
      ],
      more: [
        'Karton niewiele większy od zawartości, to lubię.',
        'W środku sam papier, zero plastiku.',
        'Cały czas było wiadomo, gdzie jest przesyłka.',
        'Poranna wiadomość pomogła mi zaplanować dzień.',
        'Nic nie było porysowane ani stłuczone.',
      ],
      end: ['Dziękuję!', 'Tak trzymać.', 'Zamówię znowu.', 'Tak powinno być zawsze.'],
    },
    faulty: {
      what: [
        'Kupił{em|am} {thing}, a przyszedł towar z wadą.',
        'Kolor zupełnie inny niż na zdjęciu.',
        'Po drugim wieczorze przestało działać.',
        'W pudełku brakowało jednej części.',
        'Szkło ma pęknięcie od góry do dołu.',
        'Na zdjęciach wydawało się dużo większe.',
      ],
      more: [
        'Za tę cenę spodziewał{em|am} się czegoś lepszego.',
        'Wygląda, jakby ktoś to już wcześniej oddał.',
        'Instrukcja też nie pomogła.',
        'Czekał{em|am} na to od tygodni.',
        'Śruby nie pasują, więc wszystko leży w kartonie.',
      ],
      end: [
        'Proszę sprawdzać towar przed wysyłką.',
        'Chciał{|a}bym dostać nowy egzemplarz.',
        'Szkoda, bo pomysł jest piękny.',
        'Pokażcie rozmiar obok kubka albo dłoni.',
      ],
    },
    love: {
      what: [
        'Kupił{em|am} {thing} i cieszę się tym każdego wieczoru.',
        'Światło ciepłe i miękkie, dokładnie takie miało być.',
        'Kupuję u was od lat i nigdy się nie zawi{odłem|odłam}.',
        'Goście za każdym razem pytają, skąd to mam.',
        'Dobre rzeczy, uczciwe ceny, mili ludzie.',
        'Dokładnie jak na zdjęciu, a nawet ładniej.',
      ],
      more: [
        'Córka nie chce już bez tego światła zasypiać.',
        'Czuć, że to solidna robota.',
        'Siostrze od razu zamówił{em|am} to samo.',
        'Widać, że ktoś to przemyślał.',
        'Wieczorem pokój jest nie do poznania.',
      ],
      end: ['Niczego nie zmieniajcie.', 'Dziękuję wszystkim.', 'Chętnie was polecam.', 'Więcej takich rzeczy!'],
    },
    checkoutHard: {
      what: [
        'Musiał{em|am} dwa razy wpisywać adres.',
        'Nowa strona zamówienia pyta o zbyt wiele rzeczy.',
        'W ostatnim kroku wyrzuciło mnie z powrotem do koszyka.',
        'Nie mog{łem|łam} znaleźć miejsca na kod rabatowy.',
        'Po co mi konto, jeśli chcę tylko kupić {thing}?',
        'Karta została odrzucona i nie wiadomo dlaczego.',
      ],
      more: [
        'Kiedyś zajmowało to minutę, teraz dziesięć.',
        'W telefonie przycisk chowa się pod klawiaturą.',
        'Mało brakowało, a zrezygnował{|a}bym.',
        'Po błędzie wszystkie pola znowu były puste.',
        'W końcu musiał mi pomóc syn.',
      ],
      end: [
        'Stara strona była lepsza.',
        'Proszę to znowu skrócić.',
        'W aplikacji zresztą działa.',
        'Ja chciał{em|am} tylko zapłacić.',
      ],
    },
    checkoutEasy: {
      what: [
        'Dwa kliknięcia i gotowe.',
        'Płatność szybka i zrozumiała.',
        'Adres był już zapisany, wygodnie.',
        'Zamówił{em|am} {thing} w autobusie, zajęło to chwilę.',
        'Wszystkie koszty było widać z góry.',
      ],
      more: [
        'Na końcu nic nie zostało doliczone.',
        'W ogóle nie potrzebował{em|am} pomocy.',
        'Całe zamówienie mieści się na jednym ekranie.',
        'Potwierdzenie przyszło od razu.',
      ],
      end: ['Dobra robota.', 'Proszę tak zostawić.', 'Nie ma się do czego przyczepić.'],
    },
    returnEasy: {
      what: [
        'Odesłał{em|am} {thing} i po trzech dniach pieniądze były na koncie.',
        'Etykieta była w paczce, wystarczyło ją nakleić.',
        'Zwrot okazał się łatwiejszy, niż się obawiał{em|am}.',
        'Pieniądze oddane bez zbędnych pytań.',
        'Paczkę można było nadać w sklepie obok.',
      ],
      more: [
        'Na każdym etapie wiedział{em|am}, co dalej.',
        'Oddano wszystko, razem z kosztem przesyłki.',
        'Tylko dlatego mam odwagę zamawiać przez internet.',
        'Zajęło mi to pięć minut.',
      ],
      end: ['Dziękuję za to.', 'Bardzo uczciwie.', 'Spróbuję innego rozmiaru.'],
    },
    returnRefused: {
      what: [
        'W sklepie dali mi tylko bon, a nie pieniądze.',
        'Usłyszał{em|am}, że w sklepie jest czternaście dni, a w internecie trzydzieści.',
        'Kupił{em|am} {thing} w sklepie i zwrot okazał się niemożliwy.',
        'Odesłano mnie, bo zakup był w sklepie, a nie przez stronę.',
        'Przy kasie obowiązuje inna zasada niż na stronie.',
      ],
      more: [
        'Przy płaceniu nikt o tym nie powiedział.',
        'Przecież to jedna firma?',
        'Chłopakowi przy kasie samemu było głupio.',
        'Nie potrzebuję bonu do sklepu, który tak traktuje ludzi.',
        'Na paragonie jest to drobnym drukiem na odwrocie.',
      ],
      end: [
        'Proszę o jedną zasadę dla wszystkich.',
        'Następnym razem przez internet albo wcale.',
        'Czuję się oszukan{y|a}.',
        'Napiszcie to dużymi literami przy kasie.',
      ],
    },
    helpGood: {
      what: [
        'Odpowiedź dostał{em|am} tego samego dnia.',
        'Od początku do końca sprawą zajmowała się jedna osoba.',
        'Od razu było wiadomo, w czym rzecz.',
        'Następnego ranka nowa część była już w drodze.',
        'Uprzejmie, jasno i problem rozwiązany.',
      ],
      more: [
        'Nie musiał{em|am} wszystkiego tłumaczyć od nowa.',
        'Nawet oddzwonili i zapytali, czy teraz działa.',
        'Szczera odpowiedź zamiast wymówek.',
        'Wystarczyła jedna wiadomość.',
      ],
      end: ['Bardzo dziękuję.', 'Żeby wszędzie tak było.', 'Należy jej się podwyżka!'],
    },
    helpBad: {
      what: [
        'Dwa dni czekał{em|am} na odpowiedź, która nic nie dała.',
        'Za każdym razem pisał ktoś inny.',
        'O numer zamówienia pytano mnie cztery razy.',
        'Przyszła gotowa formułka na zupełnie inny temat.',
        'Przez telefon pół godziny słuchał{em|am} muzyki.',
      ],
      more: [
        'W końcu naprawił{em to sam|am to sama}.',
        'Nikt chyba nie czyta, co napisał ktoś przed nim.',
        'Zgłoszenie zamknięto, zanim cokolwiek rozwiązano.',
        'Do dziś nie wiem, co będzie dalej.',
        'Grzecznie, ale nic z tego nie wynikło.',
      ],
      end: [
        'Proszę odpowiadać na zadane pytanie.',
        'Jedna osoba do jednej sprawy, to by było miłe.',
        'Poddaję się.',
        'Lepiej zadzwońcie, zamiast pisać.',
      ],
    },
    visitGood: {
      what: [
        'Piękny sklep, każdą lampę można zaświecić.',
        'Sprzedawczyni miała czas i znalazła dokładnie to, czego szukał{em|am}.',
        'Chciał{em|am} tylko popatrzeć, a kupił{em|am} {thing}.',
        'Ciepłe przyjęcie i dobra rada.',
        'Wszystko łatwo znaleźć i ładnie ułożone.',
      ],
      more: [
        'Jeszcze zapakowali na prezent.',
        'Przy kasie bez kolejki.',
        'Można usiąść w ciemnym kącie i zobaczyć, jak świeci.',
        'Dzieci zachwycone warsztatem świec.',
      ],
      end: ['Wrócę tu.', 'Więcej takich sklepów!', 'Dziękuję całej ekipie.'],
    },
    visitBad: {
      what: [
        'Kwadrans stał{em|am} przy kasie.',
        'Nie było tego, po co przyjechał{em|am}, choć na stronie były trzy sztuki.',
        'Nikt nie miał dla mnie czasu.',
        'Połowa lamp na wystawie się nie świeciła.',
        'Taki tłok, że nie dało się obrócić.',
      ],
      more: [
        'Dwie kasy zamknięte.',
        'Na pytanie usłyszał{em|am}, żeby sprawdzić w internecie.',
        'Jechał{em|am} po to czterdzieści minut.',
        'Na półce inna cena niż przy kasie.',
      ],
      end: ['Wysz{edłem|łam} z niczym.', 'Proszę o więcej ludzi w soboty.', 'Szkoda.'],
    },
    fair: {
      what: [
        'Może być.',
        'Nic szczególnego, ale działa, jak trzeba.',
        'Coś dobrze, coś mogłoby być lepiej.',
        'Lampa w porządku, za to karton podarty.',
        'Zostawię, choć wyobrażał{em|am} sobie coś innego.',
      ],
      more: [
        'Trochę drogo jak na to, co to jest.',
        'Trwało to chwilę, ale w końcu się udało.',
        'Chciał{|a}bym większego wyboru kolorów.',
        'Kabel mógłby być dłuższy.',
      ],
      end: ['Zobaczymy, ile wytrzyma.', 'Może jeszcze zamówię.', 'Bez urazy.'],
    },
  },
};
