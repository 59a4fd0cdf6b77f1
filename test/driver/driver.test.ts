import { describe, expect, test } from 'vitest'
import { converse, flowNamed, flowNames } from './index.ts'

describe('The driver', () => {
  test('finds the flows of this repository by name, and speaks with each', () => {
    expect(flowNames()).toContain('ecommerce')
    for (const name of flowNames()) expect(converse(flowNamed(name)).conversation.said.length, name).toBeGreaterThan(0)
  })

  test('reads a flow once', () => {
    expect(flowNamed('ecommerce')).toBe(flowNamed('ecommerce'))
  })
})
