import { describe, expect, it } from 'vitest'
import { localToInstant, openingSentence } from '#engine/hours/index.ts'

/** What is said in a zone at one wall time about another. */
function said(language: string, now: string, opening: string, timezone = 'Europe/Berlin', theirs?: string): string {
  const at = (local: string) => localToInstant(timezone, local)
  return openingSentence({ timezone, week: {} }, at(opening), { language, now: at(now), timezone: theirs })
}

const now = '2026-12-30T20:00'

describe('the sentence that says when it opens', () => {
  it.each([
    ['en', '2026-12-30T21:30', 'today at 21:30, Berlin time'],
    ['en', '2026-12-31T09:00', 'tomorrow at 9:00, Berlin time'],
    ['en', '2027-01-04T09:00', 'on Monday at 9:00, Berlin time'],
    ['en', '2027-01-06T09:00', 'on 6 January at 9:00, Berlin time'],
    ['en', '2028-01-04T00:05', 'on 4 January 2028 at 0:05, Berlin time'],
    ['de', '2026-12-30T21:30', 'heute um 21:30 Uhr, Ortszeit Berlin'],
    ['de', '2026-12-31T09:00', 'morgen um 9:00 Uhr, Ortszeit Berlin'],
    ['de', '2027-01-04T09:00', 'am Montag um 9:00 Uhr, Ortszeit Berlin'],
    ['de', '2027-01-06T09:00', 'am 6. Januar um 9:00 Uhr, Ortszeit Berlin'],
    ['fr', '2026-12-30T21:30', 'aujourd’hui à 21h30, heure de Berlin'],
    ['fr', '2026-12-31T09:00', 'demain à 9h00, heure de Berlin'],
    ['fr', '2027-01-04T09:00', 'lundi à 9h00, heure de Berlin'],
    ['fr', '2027-01-06T09:00', 'le 6 janvier à 9h00, heure de Berlin'],
    ['es', '2026-12-30T21:30', 'hoy a las 21:30, hora de Berlín'],
    ['es', '2026-12-31T01:00', 'mañana a la 1:00, hora de Berlín'],
    ['es', '2027-01-04T09:00', 'el lunes a las 9:00, hora de Berlín'],
    ['es', '2027-01-06T09:00', 'el 6 de enero a las 9:00, hora de Berlín'],
    ['it', '2026-12-30T21:30', 'oggi alle 21:30, ora di Berlino'],
    ['it', '2026-12-31T01:00', 'domani all’1:00, ora di Berlino'],
    ['it', '2027-01-04T09:00', 'lunedì alle 9:00, ora di Berlino'],
    ['it', '2027-01-06T09:00', 'il 6 gennaio alle 9:00, ora di Berlino'],
    ['it', '2027-01-08T09:00', 'l’8 gennaio alle 9:00, ora di Berlino'],
    ['it', '2027-02-01T09:00', 'il 1º febbraio alle 9:00, ora di Berlino'],
    ['pt', '2026-12-30T21:30', 'hoje às 21:30, hora de Berlim'],
    ['pt', '2026-12-31T01:00', 'amanhã à 1:00, hora de Berlim'],
    ['pt', '2027-01-04T09:00', 'na segunda-feira às 9:00, hora de Berlim'],
    ['pt', '2027-01-02T09:00', 'no sábado às 9:00, hora de Berlim'],
    ['pt', '2027-01-06T09:00', 'em 6 de janeiro às 9:00, hora de Berlim'],
    ['nl', '2026-12-30T21:30', 'vandaag om 21:30 uur, lokale tijd in Berlijn'],
    ['nl', '2026-12-31T09:00', 'morgen om 9:00 uur, lokale tijd in Berlijn'],
    ['nl', '2027-01-04T09:00', 'op maandag om 9:00 uur, lokale tijd in Berlijn'],
    ['nl', '2027-01-06T09:00', 'op 6 januari om 9:00 uur, lokale tijd in Berlijn'],
  ])('in %s about %s: %s', (language, opening, sentence) => {
    expect(said(language, now, opening)).toBe(sentence)
  })

  it('is worded for the language of a regional tag, and in English where there is no wording', () => {
    expect(said('de-AT', now, '2026-12-31T09:00', 'Europe/Vienna')).toBe('morgen um 9:00 Uhr, Ortszeit Wien')
    expect(said('FR', now, '2026-12-31T09:00', 'Europe/Athens')).toBe('demain à 9h00, heure d’Athènes')
    expect(said('pt-BR', now, '2026-12-31T09:00', 'America/Sao_Paulo')).toBe('amanhã às 9:00, hora de São Paulo')
    expect(said('pl', now, '2026-12-31T09:00', 'America/Sao_Paulo')).toBe('tomorrow at 9:00, São Paulo time')
    expect(said('', now, '2026-12-31T09:00')).toBe('tomorrow at 9:00, Berlin time')
  })

  it('names the place of the zone, or the offset where the zone is no place', () => {
    expect(said('en', now, '2026-12-31T09:00', 'America/New_York')).toBe('tomorrow at 9:00, New York time')
    expect(said('en', now, '2026-12-31T09:00', 'America/Argentina/Buenos_Aires')).toMatch('Buenos Aires time')
    expect(said('en', now, '2026-12-31T09:00', 'UTC')).toBe('tomorrow at 9:00, UTC')
    expect(said('en', now, '2026-12-31T09:00', 'Etc/GMT+5')).toBe('tomorrow at 9:00, UTC-5')
    expect(said('en', now, '2026-12-31T09:00', 'Iran')).toBe('tomorrow at 9:00, UTC+3:30')
  })

  it.each([
    ['the same zone', 'Europe/Berlin', 'tomorrow at 9:00'],
    ['another zone whose clock shows the same', 'Africa/Algiers', 'tomorrow at 9:00'],
    ['a zone whose clock shows otherwise', 'Europe/London', 'tomorrow at 9:00, Berlin time'],
    ['a name of no zone', 'Mars/Olympus_Mons', 'tomorrow at 9:00, Berlin time'],
    ['nothing', '', 'tomorrow at 9:00, Berlin time'],
  ])('names the place only where the customer’s clock may differ: %s', (_, theirs, sentence) => {
    expect(said('en', now, '2026-12-31T09:00', 'Europe/Berlin', theirs)).toBe(sentence)
  })

  it('names the place when the two clocks part between now and then', () => {
    const algiers = said('en', '2026-03-28T20:00', '2026-03-29T09:00', 'Europe/Berlin', 'Africa/Algiers')
    expect(algiers).toBe('tomorrow at 9:00, Berlin time')
  })

  it('counts days by the clock of the schedule, not by hours that pass', () => {
    expect(said('en', '2026-12-30T23:59', '2026-12-31T00:00')).toMatch(/^tomorrow at 0:00/)
    expect(said('en', '2026-12-30T00:00', '2026-12-31T23:59')).toMatch(/^tomorrow at 23:59/)
    expect(said('en', '2026-03-28T23:30', '2026-03-29T09:00')).toMatch(/^tomorrow at 9:00/)
    expect(said('en', '2026-12-30T08:00', '2026-12-30T09:00', 'Pacific/Apia')).toMatch(/^today at 9:00/)
  })

  it('never calls a day by the name of today, and a weekday is always one to come', () => {
    expect(said('en', '2026-12-28T08:00', '2027-01-03T09:00')).toMatch(/^on Sunday/)
    expect(said('en', '2026-12-28T08:00', '2027-01-04T09:00')).toMatch(/^on 4 January at/)
    expect(said('en', '2026-12-28T08:00', '2026-12-27T09:00')).toMatch(/^on 27 December at/)
  })
})
