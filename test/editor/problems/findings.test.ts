import { describe, expect, test } from 'vitest'
import { check, parseFlow } from '#engine/index.ts'
import { countsOf, findingsOf } from '#editor/problems/findings.ts'
import { flowNamed } from '#test/driver/index.ts'
import { document, supportEdges, supportNodes } from '../../engine/draw.ts'

function found(edges: readonly string[], change: object = {}) {
  const read = parseFlow({ ...document(supportNodes, edges, { orderNumber: { type: 'text' } }), ...change })
  return read.ok ? findingsOf(check(read.flow), []) : findingsOf([], read.faults)
}

describe('The list of problems', () => {
  test('is empty for a flow that is fit to run', () => {
    expect(findingsOf(check(flowNamed('ecommerce')), [])).toEqual([])
  })

  test('names the node, the broken promise and the cure, errors first', () => {
    const findings = found(
      supportEdges.filter((edge) => edge !== 'size.else > chat' && edge !== 'wants.fired > billing'),
    )
    expect(findings.map(({ severity, node, rule }) => [severity, node, rule])).toEqual(
      expect.arrayContaining([['error', 'size', 'Every way out leads somewhere']]),
    )
    expect(findings.findIndex((each) => each.severity === 'warning')).not.toBe(0)
    expect(findings.every((each) => each.message.includes(';'))).toBe(true)
  })

  test('tells faults of a flow that cannot be read as errors', () => {
    const findings = found(supportEdges, { timezone: 'Mars/Olympus' })
    expect(findings).toMatchObject([{ severity: 'error', node: null, rule: null, pointer: '/timezone' }])
    expect(countsOf(findings)).toEqual({ errors: 1, warnings: 0 })
  })

  test('keeps two that read alike apart', () => {
    const twice = [
      { pointer: '/nodes/1', node: 'hello', message: 'It must say something' },
      { pointer: '/nodes/1', node: 'hello', message: 'It must say something' },
    ]
    expect(new Set(findingsOf([], twice).map((each) => each.key)).size).toBe(2)
  })
})
