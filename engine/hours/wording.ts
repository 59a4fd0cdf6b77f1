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

const wordings = new Map<string, Wording>([
  ['en', en],
  ['de', de],
  ['fr', fr],
  ['es', es],
])

/** The wording for a language tag such as `de` or `de-AT`; English for languages that have none. */
export function wordingFor(language: string): Wording {
  return wordings.get(language.toLowerCase().split(/[-_]/)[0] ?? '') ?? en
}
