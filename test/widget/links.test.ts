import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partsOf, safeAddress } from '#widget/links.ts'

const whole = (text: string): string =>
  partsOf(text)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('')
const links = (text: string): readonly string[] =>
  partsOf(text).flatMap((part) => (typeof part === 'string' ? [] : [part.href]))

test('a text is never changed by its links', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.constantFrom('https://', 'http://[', ' ', '(', ').', '\u202e'),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      expect(whole(words.join(''))).toBe(words.join(''))
    }),
  )
})

test('addresses of the web become links, without the marks that end the sentence', () => {
  expect(links('See https://shop.example.com/orders/20417. Or (http://a.example/b_(c))!')).toEqual([
    'https://shop.example.com/orders/20417',
    'http://a.example/b_(c)',
  ])
})

test('nothing else becomes a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'JaVaScRiPt://x%0aalert(1)',
    'file:///etc/passwd',
    'https://',
    'www.example.com',
    'vbscript:x',
  ])
    expect(links(text), text).toEqual([])
})

test('an address that hides where it leads stays text', () => {
  expect(links('https://bank.example@evil.example/')).toEqual([])
  expect(links('https://user:secret@evil.example/')).toEqual([])
  expect(links('https://bank.example/\u202egnp.exe')).toEqual(['https://bank.example/'])
})

test('every link that is made leads to the web', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (tail) => {
      for (const href of links(`https:${tail} http://${tail} ${tail}`))
        expect(new URL(href).protocol).toMatch(/^https?:$/)
    }),
  )
})

test('a quick reply opens only an address of the web', () => {
  expect(safeAddress('https://shop.example.com/track')).toBe('https://shop.example.com/track')
  for (const address of ['javascript:alert(1)', ' https://a.example', '//a.example', '/track', 'https://a@b.example'])
    expect(safeAddress(address), address).toBeUndefined()
})
