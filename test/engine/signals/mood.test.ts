import { expect, test } from 'vitest'
import { moodOf } from '#engine/signals/language/mood.ts'
import { tokenise } from '#engine/signals/index.ts'

const mood = (text: string) => moodOf(tokenise(text), text)

test.each([
  'Sorry, wrong number',
  'I have a bad back, which chair helps?',
  'I hate to bother you, where is my parcel?',
  'Was it the wrong size?',
])('“%s” is no reason to call a person', (text) => {
  expect(mood(text)).toBeGreaterThanOrEqual(-0.5)
})

test.each([
  'This is terrible, you are useless',
  'I am so angry, this is unacceptable',
  'worst service ever',
  'I hate this',
])('“%s” is', (text) => {
  expect(mood(text)).toBeLessThan(-0.5)
})
