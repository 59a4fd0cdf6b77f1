import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import { compile, kinds, phases, type Kind } from '#engine/index.ts'
import { acts, changeNamed, guards, instants } from '#engine/compile/names.ts'
import { faceNamed } from '#engine/kinds/faces.ts'
import type { Fragment } from '#engine/kinds/fragment.ts'
import { document } from '../engine/draw.ts'

/** What every kind promises; a new kind passes this without a line of its own. */
export function kindContract(kind: Kind): void {
  describe(`The kind “${kind.name}”`, () => {
    const parsed = kind.data.safeParse(kind.initial)
    const data = parsed.success ? parsed.data : undefined

    test('begins with data that its own schema admits', () => {
      expect(parsed.error?.issues ?? []).toEqual([])
    })

    test('says of itself what its face says', () => {
      expect(kind).toMatchObject(faceNamed(kind.name) ?? { name: 'no face' })
    })

    test('stands in one of the phases, with a title and a documentation', () => {
      expect(phases).toContain(kind.phase)
      expect(kind.title.length).toBeGreaterThan(1)
      expect(kind.doc).toMatch(/\.$/)
    })

    test('refuses unknown keys', () => {
      const faults = kind.data.safeParse({ ...Object(kind.initial), surprise: 1 })
      expect(faults.success).toBe(false)
    })

    test('has distinct outlets, each with a label, the optional ones with what happens otherwise', () => {
      const outlets = kind.outlets(data)
      expect(new Set(outlets.map((outlet) => outlet.id)).size).toBe(outlets.length)
      for (const outlet of outlets) {
        expect(outlet.label).not.toBe('')
        if (outlet.need === 'optional') expect(outlet.otherwise).toBeDefined()
      }
    })

    test('sums itself up in a sentence of one line', () => {
      expect(kind.sentence(data)).toMatch(/^\S.*\S$/)
    })

    test('has a form row for everything its data can hold', () => {
      const shape = keysOf(kind.data)
      expect(kind.form.map((field) => field.path).sort()).toEqual([...shape].sort())
    })

    test('uses only guards, changes and acts that exist', () => {
      const fragment = kind.fragment(data, 'node')
      for (const name of namesIn(fragment).guards)
        expect(guards.has(`${kind.name}.${name}`) || guards.has(name), name).toBe(true)
      for (const name of namesIn(fragment).acts)
        expect(acts.has(`${kind.name}.${name}`) || acts.has(name), name).toBe(true)
      for (const name of namesIn(fragment).changes) expect(changeNamed(kind, name)).toBeTypeOf('function')
    })

    test('brings no guard, change, act or instant that its fragment never uses, and uses no instant that it does not bring', () => {
      const used = [kind.fragment(data, 'node'), ...fuller(kind)].map((fragment) => namesIn(fragment))
      for (const name of used.flatMap((names) => [...names.instants]))
        expect(instants.has(`${kind.name}.${name}`), name).toBe(true)
      for (const table of ['guards', 'changes', 'acts', 'instants'] as const) {
        const idle = Object.keys(kind[table]).filter((name) => !used.some((names) => names[table].has(name)))
        expect(idle, table).toEqual([])
      }
    })

    test('follows only outlets that it has', () => {
      const outlets = new Set(kind.outlets(data).map((outlet) => outlet.id))
      for (const outlet of namesIn(kind.fragment(data, 'node')).outlets) expect(outlets.has(outlet), outlet).toBe(true)
    })

    test('runs inside a flow: it compiles, is come to, and comes to rest', () => {
      const nodes = kind.name === 'start' ? {} : { it: [kind.name, Object(kind.initial)] as const }
      const inward = kind.name === 'start' || kind.name === 'trigger' ? [] : ['rest.intent:go > it']
      const outward = kind.name === 'start' ? [] : kind.outlets(data).map((outlet) => `it.${outlet.id} > end`)
      const variables = {
        orderNumber: { type: 'text' },
        ...Object.fromEntries(kind.sets(data).map((name) => [name, { type: 'text' }])),
      }
      const flow = document(
        { start: ['start'], rest: ['listen', { intents: [{ id: 'go' }] }], ...nodes, end: ['close'] },
        ['start.next > rest', ...inward, ...outward],
        variables,
      )
      const actor = createActor(compile(flow)).start()
      actor.send({ type: 'bot.intent', intent: 'go' })
      expect(actor.getSnapshot().status).toBe('active')
      actor.stop()
    })
  })
}

export const everyKind: readonly Kind[] = kinds

type Names = Readonly<Record<'guards' | 'changes' | 'acts' | 'instants' | 'outlets', Set<string>>>

function namesIn(
  fragment: Fragment,
  names: Names = { guards: new Set(), changes: new Set(), acts: new Set(), instants: new Set(), outlets: new Set() },
): Names {
  const rules = [
    ...(fragment.always ?? []),
    ...Object.values(fragment.on ?? {}).flat(),
    ...(fragment.deadlines ?? []).flatMap((deadline) => deadline.rules),
  ]
  for (const doing of [fragment.enter, fragment.leave, ...rules]) {
    for (const change of doing?.changes ?? []) names.changes.add(change)
    for (const act of doing?.acts ?? []) names.acts.add(act)
  }
  for (const rule of rules) {
    if (rule.when !== undefined) names.guards.add(typeof rule.when === 'string' ? rule.when : rule.when.guard)
    for (let to = rule.to; typeof to === 'object' && 'outlet' in to; to = to.otherwise) names.outlets.add(to.outlet)
  }
  for (const { onlyIf, delay } of fragment.deadlines ?? []) {
    if (onlyIf !== undefined) names.guards.add(onlyIf)
    if (typeof delay === 'object') names.instants.add(delay.until)
  }
  for (const rung of fragment.rungs ?? []) namesIn(rung.fragment, names)
  return names
}

/** Data that brings out a kind's every part, where its first data does not. */
function fuller(kind: Kind): readonly Fragment[] {
  const more: Readonly<Record<string, readonly object[]>> = {
    ask: [
      { text: '?', variable: 'x', as: 'text', timeout: '1m' },
      { text: '?', variable: 'x', as: 'choice', choices: [{ id: 'a', label: 'A' }] },
    ],
    listen: [{ bot: 'guide', intents: [{ id: 'refund' }] }],
    ladder: [
      {
        rungs: [
          { kind: 'rephrase', text: '?' },
          { kind: 'selfService', text: '?' },
          { kind: 'offerHuman', text: '?' },
        ],
      },
    ],
    queue: [
      {
        team: 't',
        text: '?',
        updateText: '?',
        botHelps: true,
        relax: [{ after: '1m', drop: ['language'] }],
        sameAgent: '1m',
        maxWaiting: 5,
        sla: { firstResponse: '5m' },
      },
    ],
    survey: [{ text: '?', commentText: '?' }],
  }
  return (more[kind.name] ?? []).map((data) => kind.fragment(kind.data.parse(data), 'node'))
}

function keysOf(schema: unknown): readonly string[] {
  const { shape } = Object(schema) as { shape?: object }
  return Object.keys(shape ?? {})
}
