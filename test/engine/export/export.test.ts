import { createActor, createMachine } from 'xstate'
import { describe, expect, test } from 'vitest'
import { compiledFlow, exportFlow, exportFormats, parseFlow } from '#engine/index.ts'
import { support } from '../draw.ts'

describe('A flow leaves Baton', () => {
  test.each(exportFormats)('as %s, the same every time', (as) => {
    expect(exportFlow(support(), as)).toBe(exportFlow(support(), as))
  })

  test('as json, and is read back as the same flow', () => {
    const parsed = parseFlow(JSON.parse(exportFlow(support(), 'json')))
    expect(parsed.ok && parsed.flow).toEqual(support())
  })

  test('as XState config, which createMachine runs with implementations of its own', () => {
    const flow = support()
    const config: Parameters<typeof createMachine>[0] = JSON.parse(exportFlow(flow, 'xstate'))
    const { machine } = compiledFlow(flow)
    const { guards, actions, delays } = machine.implementations
    const actor = createActor(
      createMachine({ ...config, context: machine.config.context }).provide({ guards, actions, delays }),
    ).start()
    expect(actor.getSnapshot().value).toEqual({ bot: 'chat' })
    actor.send({ type: 'trigger.wants' })
    expect(actor.getSnapshot().value).toEqual({ queued: 'billing' })
    actor.stop()
  })

  test('as Mermaid, with every node and every phase', () => {
    const text = exportFlow(support(), 'mermaid')
    expect(text).toMatch(/^stateDiagram-v2\n/)
    for (const node of support().nodes) expect(text).toContain(`n_${node.id} :`)
    for (const phase of ['bot', 'escalation', 'queued', 'agentActive', 'handback', 'closed'])
      expect(text).toContain(`state ${phase} {`)
    expect(text).toMatch(/n_billing --> n_note : after 5m/)
  })

  test('as SCXML: well-formed, ids unique, every target there', () => {
    const text = exportFlow(support(), 'scxml')
    const ids = [...text.matchAll(/<(?:state|final|history) id="([^"]+)"/g)].map((hit) => hit[1])
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of text.matchAll(/target="([^"]+)"/g)) expect(ids).toContain(target)
    const open: string[] = []
    for (const [, closing, tag, selfClosing] of text.matchAll(/<(\/?)([a-zA-Z:]+)[^<>]*?(\/?)>/g)) {
      if (tag === undefined || selfClosing === '/') continue
      if (closing === '') open.push(tag)
      else expect(open.pop()).toBe(tag)
    }
    expect(open).toEqual([])
  })
})
