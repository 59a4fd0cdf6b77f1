import { describe, expect, expectTypeOf, it } from 'vitest'
import { compileCondition } from '#engine/expression/index.ts'
import { evaluate, faultsOf, scope, variables } from './world.ts'

describe('a condition', () => {
  it.each([
    ['vars.amount > 100'],
    ['vars.amount >= 100.5'],
    ['vars.amount == 100.5'],
    ['vars.amount + 1 == 101.5'],
    ['customer.age == 41'],
    ['customer.age > 40.5'],
    ['nlu.confidence < 0.6'],
    ['signals.turns > 3'],
    ['size(vars.items) == 2'],
    ['size(vars.items) * 1.5 == 3'],
    ['vars.items[size(vars.items) - 1].price == 250'],
    ['7 / 2 == 3.5'],
    ['7 % 4 == 3'],
    ['-vars.amount < 0'],
    ['customer.age in [41.0, 2]'],
  ])('takes all numbers as one kind: %s', (source) => expect(evaluate(source)).toEqual({ value: true }))

  it.each([100, 100.5, 101, 1e9])('compares a number variable that holds %d', (amount) => {
    expect(evaluate('vars.amount > 99', { vars: { amount } })).toEqual({ value: true })
    expect(evaluate('vars.amount == 99', { vars: { amount } })).toEqual({ value: false })
  })

  it.each([
    ['customer.tier == "gold" && queue.position > 3'],
    ['customer["tier"] in ["gold", "silver"]'],
    ['"tier" in customer'],
    ['vars.vip && !(signals.explicitRequest)'],
    ['vars.items.exists(i, i.price > 200)'],
    ['vars.items.all(i, i.price > 20)'],
    ['vars.items.exists_one(i, i.name == "Desk")'],
    ['vars.items.filter(i, i.price > 100).size() == 1'],
    ['vars.items.map(i, i.name).join(", ") == "Lamp, Desk"'],
    ['vars.items.map(i, i.price > 100, i.name) == ["Desk"]'],
    ['has(customer.tier) && !has(customer.zip)'],
    ['!has(customer.note)'],
    ['customer.note == null'],
    ['customer.name.startsWith("A")'],
    ['vars.orderNumber.matches("^[A-Z]-[0-9]+$")'],
    ['vars.due < "2027-01-01"'],
    ['(vars.vip ? 2 : 1) == 2'],
    ['string(vars.amount) == "100.5"'],
    ['int("42") == 42'],
    ['double("2.5") == 2.5'],
    ['"a-b-c".split("-") == ["a", "b", "c"]'],
    ['customer.exists(field, field == "age")'],
    ['{"a": [1, 2]}.a[1] == 2'],
    ['"héé".size() == 3'],
    ['nlu.entities.order == vars.orderNumber'],
    ['vars.items.exists(i, vars.items.exists(j, j.price > i.price * 8))'],
    ['[1].exists(x, [2].exists(x, [3].all(y, x == 2 && y == 3)) && x == 1)'],
  ])('holds: %s', (source) => expect(evaluate(source)).toEqual({ value: true }))

  it('is false, and says which name is not known, while a name is not known', () => {
    expect(evaluate('customer.zip == "89073"')).toEqual({ value: false, missing: 'customer.zip is not known' })
    expect(evaluate('agent.name == "Eve"')).toEqual({ value: false, missing: 'agent.name is not known' })
    expect(evaluate('vars.order.lines[0].price > 1')).toEqual({
      value: false,
      missing: 'vars.order.lines[0].price is not known',
    })
    expect(evaluate('customer.note > 3')).toEqual({ value: false, missing: 'customer.note is not known' })
    expect(evaluate('vars.items[7].price > 1')).toEqual({ value: false, missing: 'vars.items[7].price is not known' })
  })

  it('does not mind an unknown name beside a side that decides', () => {
    expect(evaluate('customer.zip == "1" || vars.vip')).toEqual({ value: true })
    expect(evaluate('vars.vip || customer.zip == "1"')).toEqual({ value: true })
    expect(evaluate('customer.zip == "1" && !vars.vip')).toEqual({ value: false })
    expect(evaluate('customer.zip == "1" && vars.vip')).toEqual({ value: false, missing: 'customer.zip is not known' })
  })

  it('does not mind an item that cannot be judged beside one that decides', () => {
    const mixed = { customer: { list: ['a', 5] } }
    expect(evaluate('customer.list.exists(x, x > 3)', mixed)).toEqual({ value: true })
    expect(evaluate('customer.list.all(x, x > 9)', mixed)).toEqual({ value: false })
    expect(evaluate('customer.list.exists(x, x > 9)', mixed).fault).toContain('x (a text)')
  })

  it('is false, and says why, when a value is of the wrong kind or cannot be computed', () => {
    expect(evaluate('customer.tier > 3')).toEqual({
      value: false,
      fault: '“>” cannot take customer.tier (a text) and the right side (a number)',
    })
    expect(evaluate('customer.age / 0 > 1')).toEqual({ value: false, fault: 'nothing can be divided by zero' })
    expect(evaluate('customer.tier && vars.vip')).toEqual({
      value: false,
      fault: 'customer.tier is neither yes nor no',
    })
    expect(evaluate('customer.tier')).toEqual({ value: false, fault: 'customer.tier does not come to a yes or no' })
    expect(evaluate('vars.amount > 1', { vars: { amount: 'ten' } }).fault).toContain('vars.amount (a text)')
  })

  it('comes to a number or null when a number is wanted', () => {
    expect(evaluate('vars.vip ? 10 : 1', scope, { returns: 'number' })).toEqual({ value: 10 })
    expect(evaluate('customer.rank', scope, { returns: 'number' })).toEqual({
      value: null,
      missing: 'customer.rank is not known',
    })
    expect(evaluate('customer.tier', scope, { returns: 'number' })).toEqual({
      value: null,
      fault: 'customer.tier does not come to a number',
    })
    expect(faultsOf('"high"', { returns: 'number' })).toEqual([
      { message: 'The condition must come to a number, not a text.' },
    ])
  })

  it('comes to JSON when any value is wanted: plain numbers, and copies rather than the conversation itself', () => {
    const { value } = evaluate(
      '{"names": vars.items.map(i, i.name), "count": size(vars.items), "first": vars.items[0]}',
      scope,
      { returns: 'any' },
    )
    expect(value).toEqual({ names: ['Lamp', 'Desk'], count: 2, first: { name: 'Lamp', price: 30 } })
    const { value: address } = evaluate('customer.address', scope, { returns: 'any' })
    expect(address).toEqual({ city: 'Ulm' })
    expect(address).not.toBe(scope.customer && 'address' in scope.customer && scope.customer.address)
  })

  it('judges the answer of an ask by its type', () => {
    expect(evaluate('value >= 18 && value < 120', { value: 41 }, { withValue: 'number' })).toEqual({ value: true })
    expect(evaluate('value.startsWith("A-")', { value: 'A-17' }, { withValue: 'text' })).toEqual({ value: true })
    expect(faultsOf('value > 3', { withValue: 'email' })).toHaveLength(1)
    expect(faultsOf('value > 3')[0]?.message).toContain('There is no “value” here')
  })

  it('lists the names that it reads, in order and once', () => {
    const compiled = compileCondition(
      'queue.position > 3 && (customer["tier"] == "gold" || queue.position > vars.items[0].price)' +
        ' && vars.items.exists(i, i.price > 1)',
      { variables },
    )
    expect(compiled.ok && compiled.condition.reads).toEqual(['queue.position', 'customer.tier', 'vars.items'])
  })

  it('is typed by what it must come to', () => {
    const yes = compileCondition('true', { variables })
    const number = compileCondition('1', { variables, returns: 'number' })
    if (yes.ok) expectTypeOf(yes.condition.evaluate(scope).value).toEqualTypeOf<boolean>()
    if (number.ok) expectTypeOf(number.condition.evaluate(scope).value).toEqualTypeOf<number | null>()
  })

  it('is compiled once for equal sources and declarations, and apart for others', () => {
    const options = { variables: { n: { type: 'number' } } } as const
    expect(compileCondition('vars.n > 1', options)).toBe(
      compileCondition('vars.n > 1', { variables: { n: { type: 'number' } } }),
    )
    expect(compileCondition('vars.n > 1', { variables: { n: { type: 'text' } } }).ok).toBe(false)
    expect(compileCondition('vars.n > 1', options).ok).toBe(true)
  })
})

describe('a condition with faults is refused', () => {
  it.each([
    ['custmer.tier == "gold"', 1, 'did you mean “customer”?'],
    ['vars.amonut > 1', 6, 'did you mean “amount”?'],
    ['vars.vpi', 6, 'did you mean “vip”?'],
    ['true && queue.positon > 1', 15, 'did you mean “position”?'],
    ['has(vars.amuont)', 10, 'did you mean “amount”?'],
    ['customer.name.startWith("A")', 1, 'did you mean “startsWith”?'],
    ['vars.amount > "100"', 1, 'a number and a text'],
    ['vars.orderNumber == 17', 1, 'never equal'],
    ['vars.orderNumber + 1 == "x"', 1, 'string(…)'],
    ['vars.amount && vars.vip', 6, 'A yes or no is needed here'],
    ['vars.vip ? 1 : "a"', 16, 'of one kind'],
    ['vars.amount.cents > 1', 13, 'is a number and has no part “cents”'],
    ['vars.items.name == "x"', 12, 'vars.items[0]'],
    ['3 in vars.amount', 1, 'in a list'],
    ['customer.tier = "gold"', 15, 'write == to compare'],
    ['vars.vip and vars.vip', 10, 'write && for “and”'],
    ['(vars.vip', 10, 'Expected “)”'],
    ['vars.vip ||', 12, 'ends too early'],
    ['"gold', 1, 'Unterminated string'],
    ['vars.orderNumber.matches("(?=x)")', 26, 'Look-around'],
    ['vars.orderNumber.matches(customer.tier)', 1, 'written out'],
    ['timestamp("2026-01-01T00:00:00Z") > 1', 1, 'There is no “timestamp()”'],
    ['b"bytes" == "x"', 1, 'Bytes'],
    ['3u == 3', 1, 'unsigned'],
    ['size(vars.amount) > 1', 1, 'size(text) or size(list)'],
  ])('%s (column %i: %s)', (source, column, words) => {
    const [fault] = faultsOf(source, { returns: 'any' })
    expect(fault?.message).toContain(words)
    expect(fault?.column).toBe(column)
  })

  it('with every fault at once', () => {
    expect(faultsOf('vars.one > 1 && vars.two > 2 && custmer.x').map((fault) => fault.column)).toEqual([6, 22, 33])
  })

  it('when it is empty or too long', () => {
    expect(faultsOf('  ')).toEqual([{ message: 'The condition is empty.' }])
    expect(faultsOf(`"${'x'.repeat(2_000)}" == ""`)[0]?.message).toContain('2000 characters at most')
  })
})
