/** How a language says when something opens. Times are of the 24-hour clock. */
export type Wording = {
  /** Whose names of days and months are used. */
  readonly locale: string
  readonly today: string
  readonly tomorrow: string
  readonly onWeekday: (weekday: string) => string
  readonly onDate: (date: string) => string
  readonly at: (hour: number, minute: string) => string
  readonly timeOf: (place: string) => string
  /** Cities that the language calls otherwise than the list of time zones does. */
  readonly places: Readonly<Record<string, string>>
}

const en: Wording = {
  locale: 'en-GB',
  today: 'today',
  tomorrow: 'tomorrow',
  onWeekday: (weekday) => `on ${weekday}`,
  onDate: (date) => `on ${date}`,
  at: (hour, minute) => `at ${hour}:${minute}`,
  timeOf: (place) => `${place} time`,
  places: { 'Sao Paulo': 'São Paulo', Kiev: 'Kyiv', Calcutta: 'Kolkata', Katmandu: 'Kathmandu' },
}

const de: Wording = {
  locale: 'de',
  today: 'heute',
  tomorrow: 'morgen',
  onWeekday: (weekday) => `am ${weekday}`,
  onDate: (date) => `am ${date}`,
  at: (hour, minute) => `um ${hour}:${minute} Uhr`,
  timeOf: (place) => `Ortszeit ${place}`,
  places: {
    ...en.places,
    Athens: 'Athen',
    Brussels: 'Brüssel',
    Bucharest: 'Bukarest',
    Cairo: 'Kairo',
    Copenhagen: 'Kopenhagen',
    Lisbon: 'Lissabon',
    Luxembourg: 'Luxemburg',
    'Mexico City': 'Mexiko-Stadt',
    Moscow: 'Moskau',
    Prague: 'Prag',
    Rome: 'Rom',
    Singapore: 'Singapur',
    Tokyo: 'Tokio',
    Vienna: 'Wien',
    Warsaw: 'Warschau',
    Zurich: 'Zürich',
  },
}

const fr: Wording = {
  locale: 'fr',
  today: 'aujourd’hui',
  tomorrow: 'demain',
  onWeekday: (weekday) => weekday,
  onDate: (date) => `le ${date}`,
  at: (hour, minute) => `à ${hour}h${minute}`,
  timeOf: (place) => (/^[AEIOU]/i.test(place) ? `heure d’${place}` : `heure de ${place}`),
  places: {
    ...en.places,
    Algiers: 'Alger',
    Athens: 'Athènes',
    Brussels: 'Bruxelles',
    Bucharest: 'Bucarest',
    Copenhagen: 'Copenhague',
    Lisbon: 'Lisbonne',
    London: 'Londres',
    'Mexico City': 'Mexico',
    Montreal: 'Montréal',
    Moscow: 'Moscou',
    Singapore: 'Singapour',
    Vienna: 'Vienne',
    Warsaw: 'Varsovie',
  },
}

const es: Wording = {
  locale: 'es',
  today: 'hoy',
  tomorrow: 'mañana',
  onWeekday: (weekday) => `el ${weekday}`,
  onDate: (date) => `el ${date}`,
  at: (hour, minute) => `${hour === 1 ? 'a la' : 'a las'} ${hour}:${minute}`,
  timeOf: (place) => `hora de ${place}`,
  places: {
    ...en.places,
    Athens: 'Atenas',
    Berlin: 'Berlín',
    Bogota: 'Bogotá',
    Brussels: 'Bruselas',
    Bucharest: 'Bucarest',
    Cairo: 'El Cairo',
    Copenhagen: 'Copenhague',
    Dublin: 'Dublín',
    Lisbon: 'Lisboa',
    London: 'Londres',
    Luxembourg: 'Luxemburgo',
    'Mexico City': 'Ciudad de México',
    Moscow: 'Moscú',
    'New York': 'Nueva York',
    Panama: 'Panamá',
    Paris: 'París',
    Prague: 'Praga',
    Rome: 'Roma',
    Singapore: 'Singapur',
    Stockholm: 'Estocolmo',
    Tokyo: 'Tokio',
    Vienna: 'Viena',
    Warsaw: 'Varsovia',
    Zurich: 'Zúrich',
  },
}

const it: Wording = {
  locale: 'it',
  today: 'oggi',
  tomorrow: 'domani',
  onWeekday: (weekday) => weekday,
  onDate: (date) => (/^(8|11)\D/.test(date) ? `l’${date}` : `il ${date.replace(/^1 /, '1º ')}`),
  at: (hour, minute) => `${hour === 1 ? 'all’' : 'alle '}${hour}:${minute}`,
  timeOf: (place) => `ora di ${place}`,
  places: {
    ...en.places,
    Athens: 'Atene',
    Berlin: 'Berlino',
    Brussels: 'Bruxelles',
    Bucharest: 'Bucarest',
    Cairo: 'Il Cairo',
    Copenhagen: 'Copenaghen',
    Dublin: 'Dublino',
    Lisbon: 'Lisbona',
    London: 'Londra',
    Luxembourg: 'Lussemburgo',
    'Mexico City': 'Città del Messico',
    Moscow: 'Mosca',
    Paris: 'Parigi',
    Prague: 'Praga',
    Rome: 'Roma',
    'Sao Paulo': 'San Paolo',
    Stockholm: 'Stoccolma',
    Warsaw: 'Varsavia',
    Zurich: 'Zurigo',
  },
}

const pt: Wording = {
  locale: 'pt',
  today: 'hoje',
  tomorrow: 'amanhã',
  onWeekday: (weekday) => `${weekday.endsWith('feira') ? 'na' : 'no'} ${weekday}`,
  onDate: (date) => `em ${date}`,
  at: (hour, minute) => `${hour === 1 ? 'à' : 'às'} ${hour}:${minute}`,
  timeOf: (place) => `hora de ${place}`,
  places: {
    ...en.places,
    Athens: 'Atenas',
    Berlin: 'Berlim',
    Bogota: 'Bogotá',
    Brussels: 'Bruxelas',
    Bucharest: 'Bucareste',
    Copenhagen: 'Copenhague',
    Lisbon: 'Lisboa',
    London: 'Londres',
    Luxembourg: 'Luxemburgo',
    'Mexico City': 'Cidade do México',
    Moscow: 'Moscou',
    'New York': 'Nova York',
    Prague: 'Praga',
    Rome: 'Roma',
    Singapore: 'Singapura',
    Stockholm: 'Estocolmo',
    Tokyo: 'Tóquio',
    Vienna: 'Viena',
    Warsaw: 'Varsóvia',
    Zurich: 'Zurique',
  },
}

const nl: Wording = {
  locale: 'nl',
  today: 'vandaag',
  tomorrow: 'morgen',
  onWeekday: (weekday) => `op ${weekday}`,
  onDate: (date) => `op ${date}`,
  at: (hour, minute) => `om ${hour}:${minute} uur`,
  timeOf: (place) => `lokale tijd in ${place}`,
  places: {
    ...en.places,
    Athens: 'Athene',
    Berlin: 'Berlijn',
    Brussels: 'Brussel',
    Bucharest: 'Boekarest',
    Budapest: 'Boedapest',
    Cairo: 'Caïro',
    Copenhagen: 'Kopenhagen',
    Lisbon: 'Lissabon',
    London: 'Londen',
    Luxembourg: 'Luxemburg',
    'Mexico City': 'Mexico-Stad',
    Moscow: 'Moskou',
    Paris: 'Parijs',
    Prague: 'Praag',
    Tokyo: 'Tokio',
    Vienna: 'Wenen',
    Warsaw: 'Warschau',
    Zurich: 'Zürich',
  },
}

const wordings = new Map<string, Wording>([
  ['en', en],
  ['de', de],
  ['fr', fr],
  ['es', es],
  ['it', it],
  ['pt', pt],
  ['nl', nl],
])

/** The wording for a language tag such as `de` or `de-AT`; English for languages that have none. */
export function wordingFor(language: string): Wording {
  return wordings.get(language.toLowerCase().split(/[-_]/)[0] ?? '') ?? en
}
