import type { Speech } from './spoken.ts';

export const de: Speech = {
  things: ['eine Leselampe', 'zwei Laternen', 'ein Kerzenset', 'eine Wolldecke', 'eine glasierte Vase', 'ein Nachtlicht', 'eine Lichterkette für den Garten', 'einen Lampenfuß aus Holz', 'einen Leinenschirm', 'eine Geschenkbox'], // prettier-ignore
  waits: ['einen Tag', 'zwei Tage', 'drei Tage', 'vier Tage', 'fünf Tage', 'fast eine Woche'],
  themes: {
    late: {
      what: [
        'Mein Paket kam {wait} zu spät.',
        'Ich habe {thing} bestellt und {wait} länger gewartet als versprochen.',
        'Der zugesagte Termin verstrich, dann hörte ich noch {wait} nichts.',
        'Die Lieferung war {wait} später da, als auf der Seite stand.',
        'Schon wieder {wait} Verspätung, wie beim letzten Mal.',
      ],
      more: [
        'Zwischendurch hat sich niemand gemeldet.',
        'Ich hatte mir extra einen Nachmittag freigenommen.',
        'Es sollte ein Geschenk sein, der Geburtstag war dann vorbei.',
        'In der Sendungsverfolgung stand die ganze Zeit nur „unterwegs“.',
        'Ich musste zweimal schreiben, bis jemand wusste, wo es ist.',
        'Mit der Ware selbst bin ich zufrieden, aber das hat mich geärgert.',
      ],
      end: [
        'Bitte nur Termine nennen, die ihr halten könnt.',
        'Eine kurze Nachricht hätte genügt.',
        'Nächstes Mal kaufe ich wieder im Laden um die Ecke.',
        'Wozu dann überhaupt ein Datum?',
      ],
    },
    parcel: {
      what: [
        'Kam genau am angekündigten Tag.',
        'Alles heil angekommen.',
        'Ich habe {thing} bestellt, zwei Tage später war alles da.',
        'Das Paket war gut gepackt und leicht zu öffnen.',
        'Schnelle Lieferung, keine Probleme.',
        'Der Fahrer hat geklingelt und es sogar hochgetragen.',
      ],
      more: [
        'Der Karton war kaum größer als der Inhalt, so mag ich das.',
        'Kein Plastik, nur Papier.',
        'Ich wusste immer, wo die Sendung gerade ist.',
        'Die Nachricht am Morgen hat mir beim Planen geholfen.',
        'Nichts verkratzt, nichts zerbrochen.',
      ],
      end: ['Danke!', 'Weiter so.', 'Ich bestelle gern wieder.', 'Genau so soll es sein.'],
    },
    faulty: {
      what: [
        'Ich habe {thing} gekauft und beschädigte Ware bekommen.',
        'Die Farbe hat mit dem Bild wenig zu tun.',
        'Nach dem zweiten Abend ging nichts mehr.',
        'In der Schachtel fehlte ein Teil.',
        'Das Glas hat einen Sprung von oben bis unten.',
        'Viel kleiner, als es auf den Fotos wirkt.',
      ],
      more: [
        'Für den Preis hätte ich mehr erwartet.',
        'Es sieht aus, als hätte es schon jemand zurückgeschickt.',
        'Die Anleitung half auch nicht weiter.',
        'Ich hatte mich wochenlang darauf gefreut.',
        'Die Schrauben passen nicht, deshalb liegt alles noch im Karton.',
      ],
      end: [
        'Bitte vor dem Versand prüfen.',
        'Ich hätte gern Ersatz.',
        'Schade, die Idee ist schön.',
        'Zeigt die Größe doch neben einer Tasse.',
      ],
    },
    love: {
      what: [
        'Ich habe {thing} gekauft und freue mich jeden Abend darüber.',
        'Das Licht ist warm und weich, genau wie ich es wollte.',
        'Ich kaufe seit Jahren hier und wurde nie enttäuscht.',
        'Jeder Besuch fragt, woher ich das habe.',
        'Gute Sachen, faire Preise, nette Leute.',
        'Genau wie auf dem Bild, eher noch schöner.',
      ],
      more: [
        'Meine Tochter will ohne das Licht nicht mehr einschlafen.',
        'Alles wirkt solide und gut verarbeitet.',
        'Für meine Schwester habe ich gleich nachbestellt.',
        'Man merkt, dass sich jemand Gedanken gemacht hat.',
        'Abends ist das Wohnzimmer ein anderer Ort.',
      ],
      end: ['Bitte nichts ändern.', 'Danke an alle.', 'Ich empfehle euch gern weiter.', 'Mehr davon!'],
    },
    checkoutHard: {
      what: [
        'Ich musste meine Adresse zweimal eingeben.',
        'Die neue Kasse will viel zu viel wissen.',
        'Beim letzten Schritt war ich plötzlich wieder im Warenkorb.',
        'Ich habe nicht gefunden, wo der Gutschein hingehört.',
        'Wozu brauche ich ein Konto, wenn ich nur {thing} kaufen will?',
        'Meine Karte wurde abgelehnt, ohne dass jemand sagt, warum.',
      ],
      more: [
        'Früher dauerte das eine Minute, jetzt zehn.',
        'Auf dem Handy verschwindet der Knopf hinter der Tastatur.',
        'Beinahe hätte ich aufgegeben.',
        'Nach einem Fehler waren alle Felder wieder leer.',
        'Am Ende musste mir meine Frau helfen.',
      ],
      end: [
        'Die alte Seite war besser.',
        'Macht es bitte wieder kurz.',
        'In der App klappt es übrigens.',
        'Ich wollte doch nur bezahlen.',
      ],
    },
    checkoutEasy: {
      what: [
        'Zwei Klicks und fertig.',
        'Bezahlen ging schnell und war klar.',
        'Meine Adresse war schon da, sehr praktisch.',
        'Ich habe {thing} im Bus bestellt, das ging ganz nebenbei.',
        'Alle Kosten standen vorher da.',
      ],
      more: [
        'Am Ende kam nichts mehr dazu.',
        'Die Hilfeseite habe ich gar nicht gebraucht.',
        'Die Übersicht passt auf einen Bildschirm.',
        'Die Bestätigung kam sofort.',
      ],
      end: ['Gut gemacht.', 'Bitte so lassen.', 'Nichts zu meckern.'],
    },
    returnEasy: {
      what: [
        'Ich habe {thing} zurückgeschickt, das Geld war nach drei Tagen da.',
        'Das Etikett lag bei, ich musste es nur aufkleben.',
        'Die Rückgabe war einfacher als befürchtet.',
        'Ohne Nachfragen erstattet.',
        'Das Paket konnte ich im Kiosk nebenan abgeben.',
      ],
      more: [
        'Bei jedem Schritt wusste ich, wie es weitergeht.',
        'Es wurde alles erstattet, auch das Porto.',
        'Nur deshalb traue ich mich, online zu bestellen.',
        'Es hat keine fünf Minuten gedauert.',
      ],
      end: ['Danke dafür.', 'Sehr fair.', 'Ich probiere eine andere Größe.'],
    },
    returnRefused: {
      what: [
        'Im Laden gab es nur einen Gutschein, kein Geld.',
        'Im Geschäft gelten vierzehn Tage, im Netz dreißig.',
        'Ich habe {thing} im Laden gekauft, eine Rückgabe war nicht möglich.',
        'Man hat mich weggeschickt, weil ich im Laden gekauft habe und nicht im Netz.',
        'An der Kasse gilt eine andere Regel als auf eurer Seite.',
      ],
      more: [
        'Beim Bezahlen hat das niemand gesagt.',
        'Das ist doch dieselbe Firma?',
        'Dem jungen Mann an der Kasse war es selbst unangenehm.',
        'Einen Gutschein für so einen Laden brauche ich nicht.',
        'Auf dem Bon steht es winzig klein auf der Rückseite.',
      ],
      end: [
        'Bitte eine Regel für alles.',
        'Nächstes Mal online oder gar nicht.',
        'Ich fühle mich hereingelegt.',
        'Schreibt es groß neben die Kasse.',
      ],
    },
    helpGood: {
      what: [
        'Meine Frage war am selben Tag beantwortet.',
        'Von Anfang bis Ende war eine Person zuständig.',
        'Sie wusste sofort, woran es lag.',
        'Am nächsten Morgen war das Ersatzteil unterwegs.',
        'Freundlich, klar, Problem gelöst.',
      ],
      more: [
        'Ich musste nicht alles noch einmal erklären.',
        'Er hat sogar zurückgerufen und gefragt, ob es jetzt geht.',
        'Es gab eine ehrliche Antwort statt Ausreden.',
        'Mit einer Nachricht war alles erledigt.',
      ],
      end: ['Vielen Dank.', 'So sollte es überall sein.', 'Bitte eine Gehaltserhöhung für sie!'],
    },
    helpBad: {
      what: [
        'Zwei Tage auf eine Antwort gewartet, die nichts geholfen hat.',
        'Jedes Mal schrieb mir jemand anders.',
        'Viermal wurde ich nach meiner Bestellnummer gefragt.',
        'Die Antwort war ein fertiger Text zu etwas ganz anderem.',
        'Am Telefon hing ich eine halbe Stunde in der Warteschleife.',
      ],
      more: [
        'Am Ende habe ich es selbst repariert.',
        'Offenbar liest keiner, was der andere geschrieben hat.',
        'Der Fall wurde geschlossen, bevor etwas gelöst war.',
        'Wie es weitergeht, weiß ich bis heute nicht.',
        'Höflich war es, nur ist nichts passiert.',
      ],
      end: [
        'Bitte die Frage beantworten, die ich gestellt habe.',
        'Eine Person für ein Problem, das wäre schön.',
        'Ich habe aufgegeben.',
        'Ruft lieber an, statt zu schreiben.',
      ],
    },
    visitGood: {
      what: [
        'Schöner Laden, ich konnte jede Lampe ausprobieren.',
        'Die Verkäuferin nahm sich Zeit und fand genau das Richtige.',
        'Ich wollte nur schauen und habe dann {thing} mitgenommen.',
        'Herzlich empfangen und gut beraten.',
        'Man findet alles sofort, und es ist hübsch aufgebaut.',
      ],
      more: [
        'Eingepackt haben sie es auch noch.',
        'Keine Schlange an der Kasse.',
        'In der dunklen Ecke kann man sitzen und das Licht ansehen.',
        'Meine Kinder waren von der Kerzenwerkstatt begeistert.',
      ],
      end: ['Ich komme wieder.', 'Mehr solche Läden!', 'Vielen Dank ans Team.'],
    },
    visitBad: {
      what: [
        'Ich stand eine Viertelstunde an der Kasse.',
        'Was ich wollte, war ausverkauft, obwohl im Netz drei Stück standen.',
        'Niemand hatte Zeit für mich.',
        'Die Hälfte der ausgestellten Lampen war aus.',
        'Es war so voll, dass man sich kaum drehen konnte.',
      ],
      more: [
        'Zwei Kassen waren zu.',
        'Auf meine Frage hieß es, ich solle im Internet nachsehen.',
        'Dafür bin ich vierzig Minuten gefahren.',
        'Am Regal stand ein anderer Preis als an der Kasse.',
      ],
      end: ['Ich bin ohne etwas nach Hause gegangen.', 'Bitte samstags mehr Leute einteilen.', 'Schade.'],
    },
    fair: {
      what: [
        'Ist in Ordnung.',
        'Nichts Besonderes, tut aber, was es soll.',
        'Manches ist gut, manches könnte besser sein.',
        'Die Lampe ist gut, der Karton war eingerissen.',
        'Ich behalte es, auch wenn ich mir etwas anderes vorgestellt hatte.',
      ],
      more: [
        'Ein bisschen teuer für das, was es ist.',
        'Es hat gedauert, aber am Ende ging es.',
        'Mehr Farben zur Auswahl wären schön.',
        'Das Kabel könnte länger sein.',
      ],
      end: ['Mal sehen, wie lange es hält.', 'Vielleicht bestelle ich wieder.', 'Nichts für ungut.'],
    },
  },
};
