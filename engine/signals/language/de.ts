import type { Language } from './language.ts'

export const german: Language = {
  code: 'de',
  stopWords:
    'der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen ist sind ' +
    'war waren bin bist sein hat habe haben hatte ich du er sie es wir ihr mich mir dich dir uns euch mein meine ' +
    'meinen meiner meinem dein ihre ihnen zu zum zur auf aus bei mit nach von vom vor fur im in an am um als auch ' +
    'so wie was wann wo wer warum wieso welche doch noch mal schon nur sehr bitte danke hallo ja nein jetzt dann ' +
    'wenn dass ob kann konnen konnte mochte will wird werden wurde muss soll gut da hier man sich mehr immer ' +
    'wieder guten tag morgen abend',
  negations: 'nicht kein keine keinen nie niemals nichts ohne weder',
  intensifiers: 'sehr so echt wirklich total vollig absolut extrem richtig zu besonders',
  moods: {
    [-3]:
      'schrecklich furchtbar katastrophe katastrophal scheisse scheiss beschissen hasse wutend unverschamt ' +
      'unverschamtheit betrug betruger abzocke nutzlos idioten idiot miserabel grauenhaft frechheit unfassbar',
    [-2]:
      'schlecht schlechte schlechter argerlich verargert sauer enttauscht enttauschend nervt nervig frustriert ' +
      'frustrierend lacherlich inakzeptabel dumm blod beschwerde beschweren anwalt falsch zumutung unmoglich mist ' +
      'quatsch unsinn genervt',
    [-1]:
      'problem probleme fehler kaputt defekt langsam warte warten verspatet verwirrt unklar schwierig leider ' +
      'verloren umstandlich',
    1: 'gut gute danke prima nett okay hilfreich einfach schnell geklart gelost freundlich',
    2: 'super toll klasse freue froh zufrieden glucklich bestens',
    3: 'fantastisch hervorragend perfekt ausgezeichnet grossartig wunderbar genial',
  },
  expected: 'funktioniert geht hilft helfen klappt hilfreich zufrieden gut antwortet verstehst versteht moglich',
  misspelt:
    'mitarbeiter mitarbeiterin menschen mensch berater sprechen reden kundenservice kundendienst jemanden ' +
    'verbinden mochte brauche keinen nicht',
  lookalikes:
    'raten piraten sprecher meinen deinen seinen kennen kleinen weinen nacht nichts dicht licht machte ' +
    'mocht brauchen braucht brauch jeden redet redden deden regen leden seid sicht richt beinen wart walt tal ' +
    'trink stoff sprachen verbunden neuer reich notig nicht kant wann',
  roles: {
    person:
      'mensch menschen mitarbeiter mitarbeiterin mitarbeitern mitarbeitenden berater beraterin ansprechpartner ' +
      'ansprechpartnerin sachbearbeiter sachbearbeiterin kundenberater kundenberaterin kollege kollegen kollegin ' +
      'vorgesetzten vorgesetzter chef servicemitarbeiter kundendienstmitarbeiter betreuer fachmann',
    someone: 'jemand jemanden jemandem person personen',
    desk: 'kundenservice kundendienst kundenbetreuung hotline zentrale abteilung kundensupport',
    bot: 'roboter maschine maschinen computer ki automaten',
    real:
      'echt echte echten echter echtes richtige richtigen richtiger menschlich menschliche menschlichen lebenden ' +
      'wirklichen realen',
    other: 'anderen anderer anderem andere',
    talk: 'sprechen spreche reden rede chatten unterhalten telefonieren schreiben',
    reach: 'erreichen erreiche kontaktieren anrufen',
    move: 'verbinden verbinde verbindet weiterleiten leiten durchstellen stellen weiterverbinden ubergeben geben',
    want: 'mochte brauche hatte gib gebt holen hol wunsche verlange bitte benotige',
    may: 'kann konnen konnte darf gibt moglich wurde',
    link: 'mit zu an mti zum',
    article: 'ein eine einen einem einer der die das den dem nem nen ner euren ihrem ihren eurem',
    not: 'nicht kein keine keinen keinem keiner nie niemals ohne unnotig',
    self: 'ich mich mir wir uns',
    you: 'du dich dir sie ihnen euch ihr',
    third: 'kunden nutzer',
    be: 'bin bist ist sind war',
    help: 'helfen hilft hilfe',
    light:
      'bitte danke hallo jetzt sofort gern gerne mal nun endlich lieber gleich direkt ja nein doch einfach nur ' +
      'wirklich tag guten weiter durch',
    turn: 'aber sondern jedoch',
    supposing: 'wenn falls bevor',
    counted: 'zwei drei vier funf viele wie mehrere pro jede',
    told: 'sagte hat hatte meinte war wollte',
  },
}
