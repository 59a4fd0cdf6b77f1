import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answeringInWords, lengthInWords } from '#editor/inspector/queue/answering.ts'
import { askingInWords, stepInWords } from '#editor/inspector/queue/asking.ts'
import { needName } from '#editor/inspector/queue/names.ts'

const teams = [
  { id: 'support', name: 'Support' },
  { id: 'overflow', name: 'Overflow' },
]

describe('What a queue asks for, in words', () => {
  test('tells who is asked at first, and after each step what is no longer needed and who helps too', () => {
    const queue = {
      team: 'support',
      skills: { spanish: 4, creditCards: 2 },
      language: 'es',
      tier: true,
      prefer: { refunds: 3 },
      relax: [
        { after: '2m', drop: ['spanish'], teams: ['overflow'] },
        { after: '5m', lower: { creditCards: 1 } },
      ],
    }
    expect(askingInWords(queue, teams)).toEqual([
      'At first: somebody of team Support who has Spanish 4 and Credit cards 2, speaks Spanish, and serves the customer’s tier; who knows more of Refunds goes first.',
      'After 2 minutes: Spanish is no longer needed, team Overflow helps too.',
      'After 5 minutes: Credit cards 1 is enough.',
    ])
  })

  test('says of a queue that asks for nothing that anybody of the team is asked', () => {
    expect(askingInWords({ team: 'support' }, teams)).toEqual(['At first: anybody of team Support.'])
  })

  test('does not take a language for the skill of the same name', () => {
    const queue = { team: 'support', skills: { spanish: 4 }, language: 'es' }
    expect(stepInWords({ after: '1m', drop: ['spanish', 'language'] }, queue, teams)).toBe(
      'After 1 minute: Spanish and speaking Spanish are no longer needed.',
    )
  })

  test('tells the steps in the order in which time takes them', () => {
    const queue = {
      team: 'support',
      relax: [
        { after: '90s', teams: ['overflow'] },
        { after: '1m', drop: ['tier'] },
      ],
    }
    expect(askingInWords(queue, teams).slice(1)).toEqual([
      'After 1 minute: the customer’s tier is no longer needed.',
      'After 90 seconds: team Overflow helps too.',
    ])
  })

  test('a step that is half filled in says nothing, and a team that nobody knows goes by its id', () => {
    expect(stepInWords({ after: '1m' }, {}, teams)).toBeUndefined()
    expect(stepInWords({ after: 'soon', drop: ['tier'] }, {}, teams)).toBeUndefined()
    expect(stepInWords({ after: '1m', teams: ['night', 'overflow'] }, {}, teams)).toBe(
      'After 1 minute: teams night and Overflow help too.',
    )
  })

  test('whatever stands in a document, it is told without a fault', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (relax, skills) => {
        expect(askingInWords({ team: 'support', relax, skills }, teams)[0]).toMatch(/^At first: .+\.$/)
      }),
    )
  })

  test('a skill is read as it is said', () => {
    expect(['creditCards', 'credit_cards', 'spanish', 'VIP'].map(needName)).toEqual([
      'Credit cards',
      'Credit cards',
      'Spanish',
      'VIP',
    ])
  })
})

describe('The first answer that a queue promises itself, in words', () => {
  test('tells when it is warned, what that does, and when the promise is broken', () => {
    expect(answeringInWords({ firstResponse: '5m', raise: 20 }, 'Office hours')).toBe(
      'Counted in Office hours, without an answer, the team is warned after 4 minutes and the customer goes up by 20 points. After 5 minutes the promise is broken: the team is told, and the customer takes that way out where it is drawn, or keeps waiting.',
    )
    expect(answeringInWords({ firstResponse: '1h', warnAt: 0.5 }, undefined)).toMatch(
      /^Without an answer, the team is warned after 30 minutes\./,
    )
  })

  test('says nothing before there is a length', () => {
    expect(answeringInWords({ warnAt: 0.5 }, undefined)).toBeUndefined()
    expect(answeringInWords({ firstResponse: 'soon' }, undefined)).toBeUndefined()
  })

  test('a length is told in its two largest units', () => {
    expect([0, 45_000, 72_000, 3_600_000, 4_320_000, 100_000_000].map(lengthInWords)).toEqual([
      '0 seconds',
      '45 seconds',
      '1 minute and 12 seconds',
      '1 hour',
      '1 hour and 12 minutes',
      '1 day and 3 hours',
    ])
  })
})
