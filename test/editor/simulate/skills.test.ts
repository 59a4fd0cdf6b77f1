import { expect, test } from 'vitest'
import { readSkills, skillTexts } from '#editor/simulate/setting/skills.ts'

test('skills of a person are read as they are written, and written as they are read', () => {
  const skills = { spanish: 4, creditCards: 1 }
  expect(readSkills(['spanish 4', ' creditCards '])).toEqual(skills)
  expect(readSkills(['spanish: 4', 'creditCards=1'])).toEqual(skills)
  expect(readSkills(skillTexts(skills))).toEqual(skills)
})

test('what is no skill with a level from 1 to 10 is left out', () => {
  expect(readSkills(['', '4', 'spanish 11', 'spanish 0', 'two words'])).toBeUndefined()
})
