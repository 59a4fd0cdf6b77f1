import { describe, expect, it, test } from 'vitest'
import { asksForPerson } from '#engine/signals/index.ts'
import {
  asksForPersonInEnglish,
  asksInOtherLanguages,
  asksWithTypos,
  onlyLooksLikeAsking,
  refuses,
} from './sentences.ts'

describe('a customer who asks for a person is heard', () => {
  test.each(asksForPersonInEnglish)('%s', (text) => expect(asksForPerson(text)).toBe(true))
})

describe('a customer who asks with misspellings is heard', () => {
  test.each(asksWithTypos)('%s', (text) => expect(asksForPerson(text)).toBe(true))
})

describe('a customer who asks in German, French, Spanish, Italian, Portuguese or Dutch is heard', () => {
  test.each(asksInOtherLanguages)('%s', (text) => expect(asksForPerson(text)).toBe(true))
})

describe('a customer who refuses a person is not sent to one', () => {
  test.each(refuses)('%s', (text) => expect(asksForPerson(text)).toBe(false))
})

describe('a customer who only talks about people stays with the bot', () => {
  test.each(onlyLooksLikeAsking)('%s', (text) => expect(asksForPerson(text)).toBe(false))
})

describe('what comes around a request does not hide it', () => {
  const requests = ['can I talk to a human', 'get me an agent', 'I want to speak to a real person']
  const before = ['', 'Hello! ', 'My parcel is late and nobody answers. ', 'ok, ', 'No, this does not help; ']
  const after = ['', '.', ' please', '! My number is 4711.', ', thank you']
  it('1. neither sentences before it nor courtesies after it', () => {
    for (const request of requests)
      for (const start of before)
        for (const end of after) {
          expect(asksForPerson(start + request + end), start + request + end).toBe(true)
        }
  })
  it('2. neither capitals nor typographic apostrophes nor doubled blanks', () => {
    for (const text of ['CAN I TALK TO A HUMAN', 'I’d   like to talk to an agent', 'can’t I talk to a human?']) {
      expect(asksForPerson(text), text).toBe(true)
    }
  })
  it('3. a negation in front of it refuses it', () => {
    for (const no of ["I don't want to", 'please do not make me', 'there is no need to', 'I would rather not']) {
      expect(asksForPerson(`${no} talk to a human`), no).toBe(false)
    }
  })
})
