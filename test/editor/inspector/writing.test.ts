import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeCondition, completeText } from '#editor/inspector/condition/completion.ts'
import { formOf, literalText, textIn } from '#editor/inspector/condition/literal.ts'
import { conditionNamesOf, textNames, type Known } from '#editor/inspector/condition/names.ts'
import { sampleScope } from '#editor/inspector/text/sample.ts'
import { compileCondition, compileTemplate } from '#engine/expression/index.ts'

const known: Known = {
  variables: { amount: { type: 'number' }, order: { type: 'map' }, paid: { type: 'yesno' } },
  profile: ['limit'],
}
const words = { name: 'Ann', email: 'ann@example.com', phone: '1', agent: 'Sarah', team: 'support', reason: 'asked' }

describe('The names that are offered', () => {
  test('are names that the engine takes, each one', () => {
    for (const { path } of textNames(known))
      expect(compileTemplate(`{{ ${path} }}`, { variables: known.variables }).ok, path).toBe(true)
    for (const { path } of conditionNamesOf(known, 'number')) {
      expect(compileCondition(path, { variables: known.variables, returns: 'any', withValue: 'number' }).ok, path).toBe(
        true,
      )
    }
  })

  test('hold the flow’s own variables and what it knows of customers', () => {
    const paths = conditionNamesOf(known).map((name) => name.path)
    expect(paths).toEqual(expect.arrayContaining(['vars.amount', 'customer.limit', 'signals.loop', 'nlu.confidence']))
    expect(textNames(known).map((name) => name.path)).not.toContain('nlu.confidence')
  })
})

describe('Completion', () => {
  const names = conditionNamesOf(known)
  const labels = (source: string, caret = source.length) =>
    completeCondition(source, caret, names)?.suggestions.map((each) => each.label) ?? []

  test('offers names by their beginning, then by any part', () => {
    expect(labels('vars.a')).toContain('vars.amount')
    expect(labels('hours.open && amou')).toContain('vars.amount')
  })

  test('offers what can be done with a name after its dot', () => {
    expect(labels('nlu.intent.st')).toContain('.startsWith()')
    expect(labels('vars.amount.st')).not.toContain('.startsWith()')
  })

  test('leaves a text between quotes alone', () => {
    expect(labels('customer.tier == "vars')).toEqual([])
  })

  test('takes the place of the word that was begun, and of nothing else', () => {
    const completion = completeCondition('vars.a > 3', 6, names)
    expect(completion).toMatchObject({ from: 0, to: 6 })
  })

  test('opens in a text with its braces, and closes them', () => {
    const inText = textNames(known)
    expect(completeText('Dear customer', 13, inText)).toBeUndefined()
    expect(completeText('Dear {{', 7, inText)?.suggestions[0]?.insert).toBe(' customer.name }}')
    expect(completeText('Dear {{ cust }}', 12, inText)?.suggestions[0]?.insert).toBe('customer.name')
    expect(completeText('{{ customer.name | up', 21, inText)?.suggestions.map((each) => each.label)).toContain('upcase')
    expect(completeText('{{ customer.name }} and', 23, inText)).toBeUndefined()
  })
})

describe('The preview of a text', () => {
  const preview = (source: string): string => {
    const compiled = compileTemplate(source, { variables: known.variables })
    if (!compiled.ok) throw new Error(source)
    return compiled.template.render(
      sampleScope(compiled.template.variables, {
        variables: known.variables,
        language: 'en',
        timezone: 'Europe/Berlin',
        words,
      }),
    )
  }

  test('reads as a customer would read it', () => {
    expect(preview('Dear {{ customer.name }}, you are number {{ queue.position }}, about {{ queue.eta }}.')).toBe(
      'Dear Ann, you are number 2, about 4 minutes.',
    )
    expect(preview('We open {{ hours.opens }}.')).toBe('We open tomorrow at 9:00, Berlin time.')
  })

  test('shows a name where no value can be known, and leaves no hole', () => {
    expect(preview('{{ customer.limit }} {{ vars.order.status }} {{ vars.amount }}')).toBe('‹limit› ‹status› 42')
  })
})

describe('A value to assign', () => {
  test('is shown as what it is', () => {
    expect(['"billing"', '42', '-1.5', 'true', 'null', 'vars.amount + 1', ''].map(formOf)).toEqual([
      'text',
      'number',
      'number',
      'yesno',
      'nothing',
      'formula',
      'formula',
    ])
  })

  test('law: a text comes back as it was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const source = literalText(text)
        expect(formOf(source)).toBe('text')
        expect(textIn(source)).toBe(text)
      }),
    )
  })
})
