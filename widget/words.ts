/**
 * Every word of the widget's own, a line each for all of the languages. `{…}` is filled in. A page may replace any of
 * them, and so speak any other language: `baton.words({...})`.
 */
export const languages = ['en', 'de', 'fr', 'es'] as const

export const table = {
  title: 'Chat with us|Chat mit uns|Discutez avec nous|Chatea con nosotros',
  open: 'Open the chat|Chat öffnen|Ouvrir le chat|Abrir el chat',
  close: 'Close the chat|Chat schließen|Fermer le chat|Cerrar el chat',
  more: 'More|Mehr|Plus|Más',
  assistant: 'Assistant|Assistent|Assistant|Asistente',
  automated: 'Automated, always here|Automatisch, immer da|Automatique, toujours là|Automático, siempre aquí',
  you: 'You|Sie|Vous|Tú',
  talking: 'is talking with you|ist für Sie da|vous répond|habla contigo',
  comes: 'A colleague is coming|Ein Mensch kommt dazu|Quelqu’un arrive|Viene una persona',
  next: 'You are next|Sie sind als Nächstes dran|Vous êtes le prochain|Eres el siguiente',
  place: 'Number {n} in line|Platz {n} in der Reihe|Numéro {n} dans la file|Número {n} en la cola',
  eta: 'about {n} min|etwa {n} Min.|environ {n} min|unos {n} min',
  soon: 'less than a minute|keine Minute mehr|moins d’une minute|menos de un minuto',
  waitingFor:
    'Write, or close the window: your place is kept.|Schreiben oder schließen Sie: Ihr Platz bleibt.|Écrivez ou fermez : votre place est gardée.|Tu turno se guarda aunque escribas o cierres.',
  stop: 'Stop waiting|Nicht mehr warten|Ne plus attendre|Dejar de esperar',
  joined: '{name} joined|{name} ist jetzt da|{name} est là|{name} está aquí',
  left: '{name} left|{name} ist gegangen|{name} est parti|{name} se ha ido',
  writing: '{name} is writing|{name} schreibt|{name} écrit|{name} está escribiendo',
  write: 'Write a message|Nachricht schreiben|Écrire un message|Escribe un mensaje',
  number: 'Enter a number|Zahl eingeben|Entrez un nombre|Escribe un número',
  email: 'Your email address|Ihre E-Mail-Adresse|Votre adresse e-mail|Tu correo electrónico',
  phone: 'Your phone number|Ihre Telefonnummer|Votre téléphone|Tu teléfono',
  date: 'Choose a date|Datum wählen|Choisissez une date|Elige una fecha',
  comment: 'Your comment|Ihr Kommentar|Votre commentaire|Tu comentario',
  freely: 'Write something else|Etwas anderes schreiben|Écrire autre chose|Escribir otra cosa',
  send: 'Send|Senden|Envoyer|Enviar',
  answers: 'Answers|Antworten|Réponses|Respuestas',
  score: 'Your rating, 1 to {n}|Ihre Bewertung, 1 bis {n}|Votre note, de 1 à {n}|Tu nota, de 1 a {n}',
  poor: 'Poor|Schlecht|Mauvais|Mal',
  great: 'Great|Sehr gut|Excellent|Muy bien',
  skip: 'Skip|Überspringen|Passer|Omitir',
  attach: 'Attach a file|Datei anhängen|Joindre un fichier|Adjuntar un archivo',
  drop: 'Drop files here|Dateien hier ablegen|Déposez vos fichiers ici|Suelta los archivos aquí',
  remove: 'Remove {name}|{name} entfernen|Retirer {name}|Quitar {name}',
  download: 'Download {name}|{name} herunterladen|Télécharger {name}|Descargar {name}',
  large:
    '10 files of 10 MB each at most.|Höchstens 10 Dateien zu je 10 MB.|10 fichiers de 10 Mo au plus.|10 archivos de 10 MB como máximo.',
  sending: 'Sending|Wird gesendet|Envoi|Enviando',
  notYet: 'Not sent yet, trying again|Nicht gesendet, neuer Versuch|Non envoyé, nouvel essai|Sin enviar, otro intento',
  notSent: 'Not sent.|Nicht gesendet.|Non envoyé.|No enviado.',
  again: 'Try again|Noch einmal|Réessayer|Reintentar',
  discard: 'Discard|Verwerfen|Supprimer|Descartar',
  long: '{n} characters: {max} at most.|{n} Zeichen: höchstens {max}.|{n} caractères : {max} au plus.|{n} caracteres: {max} como máximo.',
  offline:
    'No connection. What you write is sent later.|Keine Verbindung. Gesendet wird danach.|Pas de connexion. Vos messages partiront après.|Sin conexión. Se enviará después.',
  wait: 'One moment|Einen Moment|Un instant|Un momento',
  unreachable:
    'We can’t be reached just now.|Wir sind gerade nicht erreichbar.|Nous sommes injoignables.|Ahora no podemos atenderte.',
  over: 'This conversation has ended.|Dieses Gespräch ist zu Ende.|Cette conversation est terminée.|Esta conversación ha terminado.',
  gone: 'This conversation is gone.|Dieses Gespräch gibt es nicht mehr.|Cette conversation n’existe plus.|Esta conversación ya no existe.',
  anew: 'Start a new one|Neues beginnen|En commencer une autre|Empezar otra',
  transcript: 'Email me this conversation|Gespräch per E-Mail|La conversation par e-mail|La conversación por correo',
  mailed:
    'It is on its way to {name}.|Es ist unterwegs an {name}.|Elle est en route vers {name}.|Va de camino a {name}.',
  cancel: 'Cancel|Abbrechen|Annuler|Cancelar',
  sound: 'Sound|Ton|Son|Sonido',
  newest: 'New messages|Neue Nachrichten|Nouveaux messages|Mensajes nuevos',
  unread: '{n} unread|{n} ungelesen|{n} non lus|{n} sin leer',
} as const satisfies Readonly<Record<string, `${string}|${string}|${string}|${string}`>>

export type WordName = keyof typeof table
export type Words = Readonly<Record<WordName, string>>

/** The words of a language such as `de-AT`, English when there are none, with those of the page in their place. */
export function wordsIn(language: string, own: Partial<Words> = {}): Words {
  const column = Math.max(
    0,
    languages.findIndex((each) => each === language.slice(0, 2).toLowerCase()),
  )
  const words = Object.entries(table).map(([name, row]) => [name, row.split('|')[column]])
  // It has the table's names, and a text for each.
  return { ...(Object.fromEntries(words) as Words), ...own }
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Whether a language is written from right to left. */
export function isRightToLeft(language: string): boolean {
  return /^(ar|he|fa|ur|yi|ps|sd|ckb)(?![a-z])/i.test(language)
}

/**
 * How dates and numbers are written in a language: as the browser's own country does, where that speaks it. What a page
 * or a system calls its language need not be one (`en_US`, `en-US@posix`).
 */
export function localeFor(language: string, browsers: string): string {
  const isSame = browsers.slice(0, 2) === language.slice(0, 2)
  return [isSame ? browsers : language, language.slice(0, 2)].find(isLocale) ?? 'en'
}

function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length > 0
  } catch {
    return false
  }
}
