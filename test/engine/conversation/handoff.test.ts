import { describe, expect, test } from 'vitest'
import { handoffPackage, summaryOf, type HandoffPackage, type Json } from '#engine/index.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'
import { MONDAY, Told } from '../step/told.ts'

const nothing = { transcript: [], earlier: [] }
const handedOver = (told: Told): HandoffPackage => handoffPackage(told.flow, told.last.snapshot, nothing)

describe('Whoever takes over is told', () => {
  const told = new Told(support(), {
    channel: 'email',
    language: 'de',
    page: 'https://shop.example/returns',
    customer: { name: 'Ann', tier: 'gold' },
    variables: { orderNumber: 'A-17' },
  })
  told.customer('where is it', {
    nlu: { intent: 'where_is-it', confidence: 0.9, sentiment: -0.25, entities: { parcel: 7 } },
  })
  told.bot('On its way.', { suggestedResolution: 'Send another one' })
  told.customer('a person please')

  test('all that the bot knew, so that the customer repeats nothing', () => {
    const earlier = [{ id: 'c0', at: '2026-01-01T00:00:00.000Z', flow: 'test', summary: 'x', resolution: null }]
    const transcript = told.last.messages
    expect(handoffPackage(told.flow, told.last.snapshot, { transcript, earlier })).toEqual({
      transcript,
      summary:
        'Ann about where is it: asked for a person: “a person please”, after 2 messages, last: “a person please”',
      reason: told.last.snapshot.machine.context.reason,
      intents: [{ intent: 'where_is-it', confidence: 0.9, at: MONDAY + 1_000 }],
      entities: { parcel: 7 },
      sentiment: [
        { at: MONDAY + 1_000, score: -0.25 },
        { at: MONDAY + 3_000, score: 0 },
      ],
      customer: { profile: { name: 'Ann', tier: 'gold' }, history: earlier },
      variables: { orderNumber: 'A-17' },
      attempted: [{ what: 'On its way.', result: 'answered', at: MONDAY + 2_000 }],
      suggestedResolution: 'Send another one',
      page: 'https://shop.example/returns',
      channel: 'email',
      language: 'de',
      priority: 0,
      waitingSince: new Date(MONDAY + 3_000).toISOString(),
      missing: [],
      note: null,
    })
  })

  test('since when the customer waits, and how urgent it is', () => {
    const flow = draw({ start: ['start'], desk: ['queue', { team: 'desk', text: 'Wait.', priority: 40 }] }, [
      'start.next > desk',
    ])
    expect(handedOver(new Told(flow))).toMatchObject({ priority: 40, waitingSince: '2026-03-02T09:00:00.000Z' })
  })

  test('as much as there is while nobody waits yet', () => {
    expect(handedOver(new Told(support()))).toMatchObject({
      reason: { sentence: 'No reason is known', signals: [], others: [] },
      priority: 0,
      waitingSince: null,
      missing: [],
      channel: 'web',
    })
  })
})

describe('What a queue asks to be known', () => {
  const flow = draw(
    { ...supportNodes, billing: ['queue', { team: 'billing', text: 'Wait.', requires: ['orderNumber', 'email'] }] },
    supportEdges,
    { orderNumber: { type: 'text' } },
  )
  const missing = (opening: object, entities: Readonly<Record<string, Json>> = {}) => {
    const told = new Told(flow, opening)
    told.customer('hello', { nlu: { entities } })
    told.customer('a person please')
    return handedOver(told).missing
  }

  test('is named as long as it is neither a variable nor known of the customer nor heard from them', () => {
    expect(missing({})).toEqual(['orderNumber', 'email'])
    expect(missing({ variables: { orderNumber: 'A-17' } })).toEqual(['email'])
    expect(missing({ customer: { email: 'ann@shop.example' } })).toEqual(['orderNumber'])
    expect(missing({}, { orderNumber: 17 })).toEqual(['email'])
  })

  test('is not known by an empty answer, but by a no and a zero', () => {
    expect(missing({ customer: { email: '' } }, { orderNumber: null })).toEqual(['orderNumber', 'email'])
    expect(missing({ customer: { email: false } }, { orderNumber: 0 })).toEqual([])
  })
})

describe('The summary a person reads in two seconds', () => {
  const { context } = new Told(support()).last.snapshot.machine
  const { memory } = new Told(support()).last.snapshot

  test('calls somebody without a name the customer', () => {
    const unnamed = 'The customer: no reason is known, after 0 messages'
    expect(summaryOf(context, memory)).toBe(unnamed)
    expect(summaryOf({ ...context, customer: { name: '' } }, memory)).toBe(unnamed)
    expect(summaryOf({ ...context, customer: { name: 5 } }, memory)).toBe(unnamed)
  })

  test('says what it is about, why, how long it took and the last words, in one line', () => {
    const reason = { sentence: 'Asked for\n  a person', signals: [], others: [] }
    const known = { ...memory, topic: 'lost_parcel-abroad', turns: 1, lastText: '  Where\tis it?\n' }
    expect(summaryOf({ ...context, customer: { name: 'Ann' }, reason }, known)).toBe(
      'Ann about lost parcel abroad: asked for a person, after 1 message, last: “Where is it?”',
    )
  })

  test('cuts what is too long, and nothing that just fits', () => {
    const last = (length: number) => summaryOf(context, { ...memory, lastText: 'x'.repeat(length) })
    expect(last(120)).toContain(`“${'x'.repeat(120)}”`)
    expect(last(121)).toContain(`“${'x'.repeat(119)}…”`)
  })

  test('is the bot’s own where it gave one', () => {
    expect(summaryOf(context, { ...memory, botSummary: ' Ann’s parcel\nis lost ' })).toBe('Ann’s parcel is lost')
    expect(summaryOf(context, { ...memory, botSummary: 'x'.repeat(241) })).toBe(`${'x'.repeat(239)}…`)
  })
})
