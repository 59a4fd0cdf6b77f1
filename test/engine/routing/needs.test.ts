import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitsNeeds, needsKey, type Needs } from '#engine/routing/index.ts'
import { agent, waits, workloads } from './workload.ts'

const needs: Needs = waits('c', { language: 'de', tier: 'gold', skills: { refunds: 2, chess: 1 }, teams: ['sales'] })

describe('What a conversation asks for', () => {
  test('a dialect is spoken by who speaks the language, and the other way round', () => {
    const speaks = (languages: readonly string[], language: string) =>
      fitsNeeds(waits('c', { language }), agent('ada', { languages }))
    expect(speaks(['DE'], 'de-AT')).toBe(true)
    expect(speaks(['de_CH'], 'de')).toBe(true)
    expect(speaks(['den'], 'de')).toBe(false)
    expect(speaks([], 'de')).toBe(true)
  })

  test('who names no tiers serves all of them', () => {
    const serves = (tiers: readonly string[]) => fitsNeeds(waits('c', { tier: 'gold' }), agent('ada', { tiers }))
    expect([serves([]), serves(['silver', 'gold']), serves(['silver'])]).toEqual([true, true, false])
  })

  test('a skill with the name of something every object has is still a skill', () => {
    expect(fitsNeeds(waits('c', { skills: { constructor: 1 } }), agent('ada'))).toBe(false)
  })

  test('equal needs share a key, however they are written', () => {
    expect(
      needsKey({ ...needs, language: 'DE-at', skills: { chess: 1, refunds: 2, go: 3, tax: 0 }, dropped: ['go'] }),
    ).toBe(needsKey(needs))
    expect(needsKey({ ...needs, teams: ['sales', 'billing', 'sales'] })).toBe(needsKey(needs))
  })

  test('teams that help out are the same in whatever order time has opened them', () => {
    expect(needsKey({ ...needs, teams: ['tech', 'sales'] })).toBe(needsKey({ ...needs, teams: ['sales', 'tech'] }))
  })

  test('a key is written as the store keeps it, so that a new release reads those of the last', () => {
    const written = [
      'billing',
      ['sales', 'tech'],
      'web',
      'de',
      'gold',
      [
        ['chess', 1],
        ['refunds', 2],
      ],
    ]
    expect(JSON.parse(needsKey({ ...needs, teams: ['tech', 'billing', 'sales', 'tech'] }))).toEqual(written)
  })

  test('who speaks several languages speaks each of them', () => {
    const polyglot = agent('ada', { languages: ['en', 'de-CH', 'fr'] })
    const speaks = (language: string) => fitsNeeds(waits('c', { language }), polyglot)
    expect(['en', 'de', 'fr-CA', 'it'].map(speaks)).toEqual([true, true, true, false])
  })

  test.each<[string, Partial<Needs>]>([
    ['team', { team: 'sales', teams: ['billing'] }],
    ['overflow', { teams: [] }],
    ['channel', { channel: 'email' }],
    ['language', { language: null }],
    ['tier', { tier: null }],
    ['level', { skills: { refunds: 3, chess: 1 } }],
    ['skill', { dropped: ['chess'] }],
  ])('another %s is another key', (_, over) => {
    expect(needsKey({ ...needs, ...over })).not.toBe(needsKey(needs))
  })

  test('1. the same agents meet needs of the same key', () => {
    fc.assert(
      fc.property(workloads, ({ waiting, agents }) => {
        const fitting = new Map<string, readonly string[]>()
        for (const each of waiting) {
          const who = agents.filter((one) => fitsNeeds(each, one)).map(({ id }) => id)
          expect(who).toEqual(fitting.get(needsKey(each)) ?? who)
          fitting.set(needsKey(each), who)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
