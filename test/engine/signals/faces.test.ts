import { describe, expect, test } from 'vitest'
import { signalFaces, signalNames, type Face } from '#engine/signals/faces/index.ts'
import { read, signalConfig, signals, startSignals } from '#engine/signals/index.ts'

describe('A signal’s face', () => {
  test('1. every face has a signal that hears, under its own name', () => {
    expect(Object.keys(signals)).toEqual(Object.keys(signalFaces))
    for (const name of signalNames) expect(signals[name].name).toBe(name)
  })

  test('2. what a signal reads is of the type that conditions are told', () => {
    const typeNames: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'text' }
    for (const name of signalNames) {
      const face: Pick<Face, 'gives'> = signalFaces[name]
      const config = signalConfig.safeParse({ signal: name })
      if (!config.success) continue
      const { value } = read(startSignals(), config.data)
      // What nobody has said yet has no type.
      if (value !== null) expect(typeNames[typeof value], name).toBe(face.gives)
    }
  })
})
