import type { Words } from './words.ts'

export const de: Words = {
  yes: 'Ja', no: 'Nein', helped: 'Das hat geholfen', stillNeed: 'Ich brauche noch Hilfe', noneOfThese: 'Keiner davon',
  retry: {
    text: 'Das habe ich leider nicht verstanden. Können Sie es noch einmal schreiben?',
    number: 'Bitte schreiben Sie eine Zahl, zum Beispiel 42.',
    email: 'Das sieht nicht nach einer E-Mail-Adresse aus. Können Sie sie prüfen?',
    phone: 'Das sieht nicht nach einer Telefonnummer aus. Bitte mit Landesvorwahl, zum Beispiel +49 30 901820.',
    date: 'Bitte schreiben Sie das Datum so: 2026-03-31.',
    yesno: 'Bitte antworten Sie mit Ja oder Nein.',
    choice: 'Bitte wählen Sie eine der Möglichkeiten.',
    score: 'Bitte wählen Sie eine Zahl auf der Skala.',
    slot: 'Bitte wählen Sie eine der Zeiten.',
  },
  askName: 'Wie heißen Sie?', askEmail: 'Unter welcher E-Mail-Adresse erreichen wir Sie?', askBrief: 'Was sollten wir wissen, in ein oder zwei Sätzen?',
  minutes: (count) => count === 1 ? '1 Minute' : `${count} Minuten`,
  aFewMinutes: 'ein paar Minuten',
  joined: (name) => `${name} ist jetzt da und sieht alles, was Sie geschrieben haben.`,
  lostAgent: 'Die Verbindung zu unserer Kollegin oder unserem Kollegen ist abgebrochen. Ihr Platz bleibt, und wer übernimmt, sieht alles.',
  lostPerson: 'Die Verbindung zu unserer Kollegin oder unserem Kollegen ist abgebrochen.',
  ticketFailed: 'Ihre Nachricht konnte gerade nicht abgelegt werden. Nichts geht verloren; wir machen hier weiter.',
  slotTaken: 'Diese Zeit ist eben vergeben worden. Passt eine von diesen?',
  courtesy: ['bitte', 'danke', 'dann', 'das', 'wäre', 'gut', 'nett', 'schön', 'mal'],
  otherwise: ['nicht', 'kein', 'keine', 'keinen', 'nie', 'aber', 'doch', 'was', 'wie', 'warum', 'wann', 'wer', 'welche', 'wo', 'abbrechen'],
  surely: ['ja', 'jo', 'jap'],
  says: {
    yes: ['ja', 'jo', 'gerne', 'gern', 'ja bitte', 'ja gerne', 'bitte', 'klar', 'okay', 'ok', 'natürlich', 'unbedingt', 'na klar', 'genau', 'richtig', 'stimmt', 'einverstanden', 'sehr gerne', 'warum nicht'],
    no: ['nein', 'ne', 'nee', 'nein danke', 'nicht nötig', 'lieber nicht', 'bitte nicht', 'natürlich nicht', 'auf keinen fall', 'eher nicht', 'nein bitte nicht'],
    helped: ['das hat geholfen', 'hat geholfen', 'geholfen', 'gelöst', 'es geht', 'es geht jetzt', 'funktioniert'],
    stillNeed: ['ich brauche noch hilfe', 'hat nicht geholfen', 'das hat nicht geholfen', 'hilft nicht', 'das hilft nicht', 'geht immer noch nicht'],
    thanks: ['danke', 'vielen dank', 'danke schön', 'dankeschön', 'super', 'prima', 'perfekt', 'alles gut', 'gut'],
  },
}
