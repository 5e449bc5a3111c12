import type { Speech } from './spoken.ts';

export const sl: Speech = {
  things: ['bralno svetilko', 'dve svetilnici', 'komplet sveč', 'volneno odejo', 'glazirano vazo', 'nočno lučko', 'lučke za vrt', 'leseno stojalo za svetilko', 'laneni senčnik', 'darilno škatlo'], // prettier-ignore
  waits: ['en dan', 'dva dni', 'tri dni', 'štiri dni', 'pet dni', 'skoraj en teden'],
  themes: {
    late: {
      what: [
        'Paket je zamujal {wait}.',
        'Naročil{|a} sem {thing} in čakal{|a} {wait} dlje, kot ste obljubili.',
        'Obljubljeni dan je minil, potem {wait} ni bilo nič.',
        'Dostava je prišla {wait} kasneje, kot je pisalo na strani.',
        'Spet {wait} zamude, tako kot zadnjič.',
      ],
      more: [
        'Vmes se ni nihče oglasil.',
        'Posebej sem si vzel{|a} prosto popoldne, pa zaman.',
        'Bilo je za darilo, rojstni dan pa je že mimo.',
        'V sledenju je ves čas pisalo samo »na poti«.',
        'Dvakrat sem moral{|a} pisati, da je kdo povedal, kje je.',
        'Z izdelkom sem zadovolj{en|na}, ampak to me je zmotilo.',
      ],
      end: [
        'Prosim, obljubite dan, ki ga lahko držite.',
        'Zadoščalo bi kratko sporočilo.',
        'Naslednjič kupim v trgovini za vogalom.',
        'Zakaj potem sploh datum?',
      ],
    },
    parcel: {
      what: [
        'Prišlo je točno na obljubljeni dan.',
        'Vse je prispelo celo.',
        'Naročil{|a} sem {thing}, čez dva dni je bilo vse doma.',
        'Paket je bil dobro zapakiran in se zlahka odpre.',
        'Hitra dostava, brez težav.',
        'Dostavljavec je prej poklical in škatlo nesel po stopnicah.',
      ],
      more: [
        'Škatla komaj večja od vsebine, to mi je všeč.',
        'Notri nič plastike, samo papir.',
        'Ves čas sem vedel{|a}, kje je.',
        'Jutranje sporočilo mi je pomagalo načrtovati dan.',
        'Nič opraskano, nič razbito.',
      ],
      end: ['Hvala!', 'Kar tako naprej.', 'Še bom naročil{|a}.', 'Tako je prav.'],
    },
    faulty: {
      what: [
        'Kupil{|a} sem {thing}, prišlo pa je poškodovano.',
        'Barva je čisto drugačna kot na sliki.',
        'Po drugem večeru je nehalo delati.',
        'V škatli je manjkal en kos.',
        'Steklo je počeno od vrha do tal.',
        'Na slikah je videti precej večje.',
      ],
      more: [
        'Za to ceno sem pričakoval{|a} kaj boljšega.',
        'Videti je, kot da je to že nekdo vrnil.',
        'Tudi navodila niso pomagala.',
        'Tega sem se veselil{|a} več tednov.',
        'Vijaki se ne prilegajo, zato vse še leži v škatli.',
      ],
      end: [
        'Prosim, preverite, preden pošljete.',
        'Rad{|a} bi nov izdelek.',
        'Škoda, zamisel je lepa.',
        'Pokažite velikost ob skodelici ali roki.',
      ],
    },
    love: {
      what: [
        'Kupil{|a} sem {thing} in vsak večer se tega razveselim.',
        'Svetloba je topla in mehka, točno to sem hotel{|a}.',
        'Pri vas kupujem že leta in nikoli nisem bil{|a} razočaran{|a}.',
        'Vsak obisk vpraša, kje sem to dobil{|a}.',
        'Dobre stvari, poštene cene, prijazni ljudje.',
        'Točno tako kot na sliki, če ne še lepše.',
      ],
      more: [
        'Hčerka brez te lučke noče več zaspati.',
        'Čuti se, da je narejeno trdno in dobro.',
        'Za sestro sem takoj naročil{|a} še eno.',
        'Vidi se, da je nekdo o tem razmišljal.',
        'Zvečer je dnevna soba čisto drugačna.',
      ],
      end: ['Ničesar ne spreminjajte.', 'Hvala vsem.', 'Z veseljem vas priporočam.', 'Še več takega!'],
    },
    checkoutHard: {
      what: [
        'Naslov sem moral{|a} vpisati dvakrat.',
        'Nova blagajna na strani sprašuje preveč.',
        'Na zadnjem koraku me je vrglo nazaj v košarico.',
        'Nisem naš{el|la}, kam vpisati kodo za popust.',
        'Zakaj potrebujem račun, če želim samo kupiti {thing}?',
        'Kartice ni sprejelo in ni povedalo, zakaj.',
      ],
      more: [
        'Včasih je trajalo minuto, zdaj deset.',
        'Na telefonu se gumb skrije pod tipkovnico.',
        'Skoraj sem obupal{|a}.',
        'Po napaki so bila vsa polja spet prazna.',
        'Na koncu mi je moral pomagati sin.',
      ],
      end: [
        'Stara stran je bila boljša.',
        'Prosim, naj bo spet kratko.',
        'V aplikaciji mimogrede deluje.',
        'Hotel{|a} sem samo plačati.',
      ],
    },
    checkoutEasy: {
      what: [
        'Dva klika in konec.',
        'Plačilo je bilo hitro in jasno.',
        'Naslov je bil že shranjen, zelo priročno.',
        'Naročil{|a} sem {thing} kar na avtobusu, mimogrede.',
        'Vsi stroški so bili vidni vnaprej.',
      ],
      more: [
        'Na koncu niso ničesar dodali.',
        'Pomoči sploh nisem potreboval{|a}.',
        'Celo naročilo je na enem zaslonu.',
        'Potrditev je prišla takoj.',
      ],
      end: ['Dobro narejeno.', 'Pustite tako.', 'Nimam pripomb.'],
    },
    returnEasy: {
      what: [
        'Vrnil{|a} sem {thing} in po treh dneh je bil denar na računu.',
        'Nalepka je bila v škatli, samo prilepiti jo je bilo treba.',
        'Vračilo je bilo lažje, kot sem se bal{|a}.',
        'Denar so vrnili brez odvečnih vprašanj.',
        'Paket sem lahko oddal{|a} v trgovini zraven.',
      ],
      more: [
        'Na vsakem koraku sem vedel{|a}, kaj sledi.',
        'Vrnili so vse, tudi poštnino.',
        'Samo zato si upam naročati po spletu.',
        'Trajalo je pet minut.',
      ],
      end: ['Hvala za to.', 'Zelo pošteno.', 'Poskusil{|a} bom drugo velikost.'],
    },
    returnRefused: {
      what: [
        'V trgovini so mi dali samo dobropis, ne denarja.',
        'Rekli so, da je v trgovini rok štirinajst dni, na spletu pa trideset.',
        'Kupil{|a} sem {thing} v trgovini, vračilo pa ni bilo mogoče.',
        'Odslovili so me, ker nisem kupil{|a} na spletu.',
        'Na blagajni velja drugo pravilo kot na vaši strani.',
      ],
      more: [
        'Ob plačilu tega ni nihče povedal.',
        'Saj je to isto podjetje?',
        'Fantu na blagajni je bilo še samemu nerodno.',
        'Dobropisa za trgovino, ki tako ravna z ljudmi, ne potrebujem.',
        'Na računu piše z drobnim tiskom na hrbtni strani.',
      ],
      end: [
        'Eno pravilo za vse, prosim.',
        'Naslednjič po spletu ali pa sploh ne.',
        'Počutim se ogoljufan{|a}.',
        'Napišite to z velikimi črkami ob blagajni.',
      ],
    },
    helpGood: {
      what: [
        'Odgovor sem dobil{|a} še isti dan.',
        'Od začetka do konca je zadevo vodila ena oseba.',
        'Takoj je bilo jasno, kaj je narobe.',
        'Naslednje jutro je bil nov del že na poti.',
        'Prijazno, jasno in težava je rešena.',
      ],
      more: [
        'Ni mi bilo treba vsega razlagati znova.',
        'Poklicali so celo nazaj in vprašali, ali zdaj deluje.',
        'Pošten odgovor namesto izgovorov.',
        'Dovolj je bilo eno sporočilo.',
      ],
      end: ['Najlepša hvala.', 'Ko bi bilo povsod tako.', 'Dajte ji povišico!'],
    },
    helpBad: {
      what: [
        'Dva dni sem čakal{|a} na odgovor, ki ni nič pomagal.',
        'Vsakič mi je pisal kdo drug.',
        'Za številko naročila so me vprašali štirikrat.',
        'Dobil{|a} sem vnaprej pripravljeno besedilo o nečem drugem.',
        'Po telefonu sem pol ure poslušal{|a} glasbo.',
      ],
      more: [
        'Na koncu sem popravil{ sam|a sama}.',
        'Očitno nihče ne bere, kaj je napisal kdo pred njim.',
        'Primer so zaprli, preden je bilo kaj rešeno.',
        'Še danes ne vem, kako bo naprej.',
        'Vljudno, a brez učinka.',
      ],
      end: [
        'Prosim, odgovorite na moje vprašanje.',
        'Ena oseba za eno težavo, to bi bilo lepo.',
        'Obupal{|a} sem.',
        'Raje pokličite, kot da pišete.',
      ],
    },
    visitGood: {
      what: [
        'Lepa trgovina, vsako svetilko lahko prižgeš.',
        'Prodajalka si je vzela čas in našla točno pravo.',
        'Hotel{|a} sem samo pogledati, potem pa sem kupil{|a} {thing}.',
        'Topel sprejem in dober nasvet.',
        'Vse zlahka najdeš in lepo je razstavljeno.',
      ],
      more: [
        'Še zavili so mi.',
        'Na blagajni brez vrste.',
        'V temnem kotu lahko sedeš in pogledaš, kako sveti.',
        'Otroci so bili navdušeni nad delavnico sveč.',
      ],
      end: ['Še pridem.', 'Več takih trgovin!', 'Hvala celi ekipi.'],
    },
    visitBad: {
      what: [
        'Četrt ure sem stal{|a} na blagajni.',
        'Tega, po kar sem priš{el|la}, ni bilo, čeprav so bili na strani trije kosi.',
        'Nihče ni imel časa zame.',
        'Polovica razstavljenih svetilk ni gorela.',
        'Taka gneča, da se nisi mogel obrniti.',
      ],
      more: [
        'Dve blagajni sta bili zaprti.',
        'Na vprašanje so mi rekli, naj pogledam na splet.',
        'Zaradi tega sem se vozil{|a} štirideset minut.',
        'Na polici je bila druga cena kot na blagajni.',
      ],
      end: ['Domov sem š{el|la} praznih rok.', 'Ob sobotah dajte tja več ljudi.', 'Škoda.'],
    },
    fair: {
      what: [
        'Je v redu.',
        'Nič posebnega, a dela, kar mora.',
        'Nekaj je dobro, nekaj bi lahko bilo bolje.',
        'Svetilka je v redu, škatla pa strgana.',
        'Obdržal{|a} bom, čeprav sem si predstavljal{|a} nekaj drugega.',
      ],
      more: [
        'Malo drago za to, kar je.',
        'Trajalo je, a na koncu je uspelo.',
        'Želel{|a} bi si več izbire barv.',
        'Kabel bi lahko bil daljši.',
      ],
      end: ['Bomo videli, koliko časa bo zdržalo.', 'Mogoče še kdaj naročim.', 'Brez zamere.'],
    },
  },
};
