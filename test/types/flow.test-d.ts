import { describe, expectTypeOf, test } from 'vitest'
import type { AnyNode, Flow, KindData, KindName, kinds, NodeOfKind, ParsedFlow, SignalName } from '#engine/index.ts'

describe('A flow', () => {
  test('is made of the kinds of the list', () => {
    expectTypeOf<KindName>().toEqualTypeOf<(typeof kinds)[number]['name']>()
    expectTypeOf<AnyNode['type']>().toEqualTypeOf<KindName>()
    expectTypeOf<KindName>().toEqualTypeOf<
      | 'start' | 'say' | 'ask' | 'listen' | 'branch' | 'set' | 'call' | 'wait' | 'hours' | 'trigger' | 'ladder'
      | 'queue' | 'ticket' | 'callback' | 'agent' | 'handback' | 'survey' | 'close'
    >()
  })

  test('knows a node’s data by its kind', () => {
    const wait = (node: Flow['nodes'][number]): string => node.type === 'queue' ? node.data.maxWait : ''
    expectTypeOf(wait).returns.toBeString()
    // @ts-expect-error only a queue has a longest wait
    const wrong = (node: NodeOfKind<'say'>): string => node.data.maxWait
    expectTypeOf(wrong).toBeFunction()
    expectTypeOf<KindData<'queue'>['team']>().toBeString()
    type Rung = KindData<'ladder'>['rungs'][number]['kind']
    expectTypeOf<Rung>().toEqualTypeOf<'rephrase' | 'selfService' | 'offerHuman'>()
  })

  test('that a table of kinds forgets does not compile', () => {
    type Words = { readonly [Kind in KindName]: string }
    expectTypeOf<Omit<Words, 'survey'>>().not.toExtend<Words>()
  })

  test('watches the signals of the list', () => {
    expectTypeOf<KindData<'trigger'>['signals'][number]['signal']>().toEqualTypeOf<SignalName>()
  })

  test('is there only once its faults have been looked at', () => {
    const flowOf = (parsed: ParsedFlow): Flow | undefined => parsed.ok ? parsed.flow : undefined
    expectTypeOf(flowOf).returns.toEqualTypeOf<Flow | undefined>()
    // @ts-expect-error a document with faults holds no flow
    const wrong = (parsed: ParsedFlow): Flow => parsed.flow
    expectTypeOf(wrong).toBeFunction()
  })
})
