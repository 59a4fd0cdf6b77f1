/**
 * What takes the place of personal data.
 *
 * Law 1: the same thing has the same stand-in everywhere. Law 2: a stand-in is of the kind of what it stands for.
 * Law 3: to take personal data out of a conversation twice changes nothing.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConversationEvent, Happened, Snapshot } from '#engine/index.ts'
import { readAnswer } from '#engine/kinds/ask/answer.ts'
import { createCloak } from '#engine/simulate/privacy/cloak.ts'
import { disguise } from '#engine/simulate/privacy/disguise.ts'
import { forNumber } from '#engine/simulate/privacy/stand-ins.ts'
import { wordsOf } from '#engine/words/words.ts'

const cloak = (text: string, ...names: readonly string[]): string => createCloak({ names, whole: new Map() })(text)

describe('In a text', () => {
  test.each([
    ['Write to mia.berg@post.example.net please', /mia|berg|post/],
    ['My number is +49 171 5550 123', /171|123/],
    ['Call 030 123 45 67 or (555) 867-5309', /123|867|5309/],
    ['Card 4539 1488 0343 6467, thanks', /4539 1488|6467/],
    ['IBAN DE89 3704 0044 0532 0130 00', /3704|0532/],
    ['I live at 12 Baker Street', /Baker/],
    ['Ich wohne in der Lindenallee 7', /Lindenallee/],
    ['Vivo en la calle de Alcalá 42', /Alcal/],
    ['J’habite 12 rue de la Paix', /Paix/],
    ['my name is giulia', /giulia/i],
    ['Ich heiße Jörg Müller-Lüdenscheidt', /Jörg|Müller/],
  ])('“%s” names nobody any more', (text, personal) => {
    expect(cloak(text)).not.toMatch(personal)
  })

  test.each([
    'My order number is 12345678 and I paid 10,000 euros',
    'On 2026-03-31 at 10:30, or on 31.3.2026',
    'No need for an agent, thanks',
    'Version 4.1.12 of the app does not start',
    'The street is closed today',
  ])('“%s” stays as it is', (text) => {
    expect(cloak(text)).toBe(text)
  })

  test('law 1: a name goes wherever it is written, with its capitals, and a word that only looks like one stays', () => {
    const said = createCloak({ names: ['Mia Berg', 'Will'], whole: new Map() })
    const [mia, again, shouted] = [said('Mia here'), said('this is mia'), said('MIA!')]
    expect(again).toBe(`this is ${mia.slice(0, -5).toLowerCase()}`)
    expect(shouted).toBe(`${mia.slice(0, -5).toUpperCase()}!`)
    expect(said("Mia’s order, not Will's")).not.toMatch(/Mia|Will/)
    expect(said('will you help Will?')).toMatch(/^will you help (?!Will)/)
  })

  test('law 2: an address can be written to, a number be called, and a card passes its check', () => {
    const words = wordsOf('en')
    const to = cloak('mia@berg.example.net')
    expect(readAnswer('email', { text: to }, [], words)).toBe(to)
    const [phone, other] = ['+49 171 5550 123', '+49 171 5550 124'].map((each) =>
      readAnswer('phone', { text: cloak(each) }, [], words),
    )
    expect(phone).toMatch(/^\+49\d{10}$/)
    expect(other).toMatch(/^\+49\d{10}$/)
    expect(passesLuhn(forNumber('4539148803436467', 0))).toBe(true)
  })

  test('law 2: digits give as many digits, whatever they are', () => {
    const digits = fc.stringMatching(/^\d{7,19}$/)
    fc.assert(fc.property(digits, fc.nat(500), (each, index) => forNumber(each, index).length === each.length))
  })

  test('law 3: nothing changes the second time, whatever is written', () => {
    const text = fc
      .array(
        fc.constantFrom(
          'Mia',
          'mia@b.example.org',
          '+49 171 5550 123',
          '4539 1488 0343 6467',
          '12 Baker Street',
          'hello',
          'my name is Ann',
          '99',
        ),
      )
      .map((parts) => parts.join(', '))
    fc.assert(
      fc.property(text, (each) => {
        const once = cloak(each, 'Mia')
        return cloak(once, 'Robin') === once
      }),
    )
  })
})

describe('In a conversation', () => {
  const log: readonly Happened[] = [
    {
      at: 0,
      event: {
        type: 'conversation.started',
        opening: {
          id: 'c',
          customer: { id: 'crm-77', name: 'Mia Berg', tier: 'gold', city: 'Oslo', birthday: '1980-05-05' },
          page: '/orders?mail=mia@berg.example.net',
        },
      },
    },
    {
      at: 1,
      event: {
        type: 'customer.message',
        text: 'Mia again, from Oslo',
        choice: 'orders',
        nlu: { intent: 'order_status', entities: { name: 'Mia' } },
      },
    },
    {
      at: 2,
      event: {
        type: 'offer.made',
        agent: { id: 'lena.k', name: 'Lena Kraft' },
        until: 9,
        skipped: [{ agent: { id: 'tom', name: 'Tom' }, why: 'declined' }],
      },
    },
    {
      at: 3,
      event: {
        type: 'agent.accept',
        agent: 'lena.k',
        by: 'lena.k',
        facts: {
          agents: { 'lena.k': { id: 'lena.k', name: 'Lena Kraft' } },
          queues: { orders: { position: 1, eta: null, within: null, online: 1, waiting: 0 } },
        },
      },
    },
    { at: 4, event: { type: 'agent.message', text: 'Hello Mia, this is Lena.', by: 'lena.k' } },
  ]
  const snapshots = [
    {
      machine: {
        context: {
          customer: (log[0]?.event as Extract<ConversationEvent, { type: 'conversation.started' }>).opening.customer,
          vars: {},
        },
      },
      memory: { entities: {} },
    } as unknown as Snapshot,
  ]

  test('nobody is named any more: no customer, nobody of the staff, not even by an id', () => {
    expect(JSON.stringify(disguise(log, snapshots))).not.toMatch(/mia|berg|lena|kraft|oslo|crm-77|1980|"tom"/i)
  })

  test('what steers the flow stays', () => {
    const [started, said, offered, accepted] = disguise(log, snapshots).map(({ event }) => event)
    expect(started).toMatchObject({ opening: { id: 'c', customer: { tier: 'gold' } } })
    expect(said).toMatchObject({ choice: 'orders', nlu: { intent: 'order_status' } })
    expect(
      offered?.type === 'offer.made' && accepted?.type === 'agent.accept' && offered.agent.id === accepted.agent,
    ).toBe(true)
    expect(accepted?.facts?.queues?.['orders']?.position).toBe(1)
    expect(Object.keys(accepted?.facts?.agents ?? {})).toEqual([accepted?.by])
  })
})

function passesLuhn(digits: string): boolean {
  const doubled = Array.from(digits)
    .reverse()
    .map((each, place) => Number(each) * (place % 2 === 0 ? 1 : 2))
  return doubled.map((each) => (each > 9 ? each - 9 : each)).reduce((sum, each) => sum + each, 0) % 10 === 0
}
