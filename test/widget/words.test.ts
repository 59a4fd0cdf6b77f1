import { expect, test } from 'vitest'
import { fill, isRightToLeft, languages, localeFor, table, wordsIn } from '#widget/words.ts'

const places = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()

test('every word is there in every language, with the same places to fill', () => {
  for (const [name, row] of Object.entries(table)) {
    const columns = row.split('|')
    expect(columns, name).toHaveLength(languages.length)
    for (const text of columns) {
      expect(text, name).not.toBe('')
      expect(places(text), `${name}: ${text}`).toEqual(places(columns[0] ?? ''))
    }
  }
})

test('a language of a country speaks its language, one that is not there English', () => {
  expect(wordsIn('de-AT').send).toBe('Senden')
  expect(wordsIn('ES').send).toBe('Enviar')
  expect(wordsIn('sv').send).toBe('Send')
  expect(wordsIn('').send).toBe('Send')
})

test('a page replaces the words it names and no others', () => {
  expect(wordsIn('en', { assistant: 'Ada' })).toEqual({ ...wordsIn('en'), assistant: 'Ada' })
})

test('what is filled in is not read as a place to fill', () => {
  expect(fill('{name} joined', { name: '{n}', n: 'x' })).toBe('{n} joined')
  expect(fill('{other} stays', { name: 'x' })).toBe('{other} stays')
})

test('Arabic, Hebrew, Persian and Urdu are written from right to left', () => {
  expect(['ar', 'he-IL', 'fa', 'ur-PK', 'ar_EG', 'ckb', 'yi'].every(isRightToLeft)).toBe(true)
  expect(['en', 'arn', 'de', 'fr-CA'].some(isRightToLeft)).toBe(false)
})

test('dates are written as the browser’s country does, and a name that is no language harms nothing', () => {
  expect(localeFor('en', 'en-GB')).toBe('en-GB')
  expect(localeFor('de', 'en-GB')).toBe('de')
  expect(localeFor('en', 'en-US@posix')).toBe('en')
  expect(localeFor('fr_CA', 'fr_CA')).toBe('fr')
  for (const odd of ['', '?', 'x', 'not a language', 'C.UTF-8'])
    expect(() => new Intl.DateTimeFormat(localeFor(odd, odd))).not.toThrow()
})
