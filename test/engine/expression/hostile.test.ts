/**
 * What an attacker writes: into a flow, or as a customer into a flow's values. Each is refused when it is compiled, or
 * ends by count. The counts are asserted, not the time they take.
 */
import { describe, expect, it } from 'vitest'
import { BUDGET, compileCondition, compileTemplate, type Scope } from '#engine/expression/index.ts'
import { evaluate, faultsOf, render, scope, textFaultsOf, variables } from './world.ts'

const TOO_MANY_STEPS = `this takes more than ${BUDGET.steps} steps`
const numbers = Array.from({ length: 1_000 }, (_, index) => index)
const [deep, deeper] = [1, 2].map(() => JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown)
const giant = 'a'.repeat(5_000_000)

describe('a hostile condition is refused', () => {
  it.each([
    ['too many parts', Array.from({ length: 300 }, () => '1').join('+') + ' > 1'],
    ['brackets without end', `${'('.repeat(900)}true${')'.repeat(900)}`],
    ['lists without end', `${'['.repeat(900)}${']'.repeat(900)} == []`],
    ['not without end', `${'!'.repeat(1_999)}true`],
    ['a chain of names without end', `customer${'.a'.repeat(900)} == 1`],
    ['choices without end', `${'true ? '.repeat(300)}true`],
    ['a number without end', `${'9'.repeat(1_500)} > 1`],
    ['the prototype by name', 'customer.__proto__ == null'],
    ['the prototype by key', 'customer["__proto__"] == null'],
    ['the constructor', 'customer.constructor.constructor("return 1")() == 1'],
    ['the constructor of a text', '"".constructor == null'],
    ['a list through its prototype', '[].constructor == null'],
    ['a map with a prototype', '{"__proto__": 1} == {}'],
    ['a name of the runtime', 'process.env.SECRET == ""'],
    ['a global', 'globalThis == null'],
    ['a text that doubles', 'cel.bind(a, "xx", cel.bind(b, a + a, b == ""))'],
    ['a pattern with look-around', '"a".matches("(?=a)")'],
    ['a pattern with a back reference', String.raw`"a".matches("(a)\\1")`],
    ['a pattern that is too large', '"a".matches("((a{100}){100}){100}")'],
    ['a pattern that grows', String.raw`"a".matches("(\\pL{100}){10}")`],
    ['a pattern that is too long', `"a".matches("${'a'.repeat(BUDGET.pattern + 1)}")`],
    ['a macro on a macro', 'has(has(customer.a))'],
    ['a loop variable that is no name', '[1].exists(1, true)'],
  ])('%s', (_, source) => expect(faultsOf(source)).not.toEqual([]))
})

describe('a hostile value ends a condition by count', () => {
  const over = (customer: object): Scope => ({ ...scope, customer })

  it.each([
    ['loops in loops', 'customer.n.all(a, customer.n.all(b, customer.n.all(c, a + b + c >= 0)))', { n: numbers }],
    ['lists made of lists', 'customer.n.map(a, customer.n.map(b, customer.n)).size() > 0', { n: numbers }],
    ['a list looked for in a list', 'customer.n.all(a, a in customer.n)', { n: numbers }],
    ['a long text looked through often', 'customer.n.all(a, !customer.t.contains("b"))', { n: numbers, t: giant }],
    [
      'long texts compared often',
      'customer.n.all(a, customer.t == customer.u)',
      { n: numbers, t: giant, u: `${giant.slice(1)}a` },
    ],
    ['a long text split', 'customer.t.split("").size() > 1', { t: giant }],
    ['a long text counted', 'customer.t.size() > 1', { t: giant }],
    [
      'a long list joined',
      'customer.n.map(a, "x").join(customer.t) == ""',
      { n: Array.from({ length: 100_000 }, () => 1), t: 'x' },
    ],
  ])('%s', (_, source, customer) => {
    expect(evaluate(source, over(customer))).toEqual({ value: false, fault: TOO_MANY_STEPS })
  })

  it('a text that would grow past the limit', () => {
    expect(
      evaluate('customer.n.map(a, customer.t).join("") == ""', over({ n: numbers, t: 'x'.repeat(100) })).fault,
    ).toContain('too long')
    expect(evaluate('customer.t + customer.t == ""', over({ t: 'x'.repeat(15_000) })).fault).toContain('too long')
  })

  it('a list without floor, compared or kept', () => {
    expect(evaluate('customer.d == customer.e', over({ d: deep, e: deeper })).fault).toContain('levels deep')
    expect(evaluate('customer.d', over({ d: deep }), { returns: 'any' })).toMatchObject({ value: null })
  })

  it('a long text that a list holds a thousand times, so that it would be kept a thousand times', () => {
    const many = over({ n: numbers, t: 'x'.repeat(5_000) })
    expect(evaluate('customer.n.map(a, customer.t)', many, { returns: 'any' })).toEqual({
      value: null,
      fault: `the result holds more than ${BUDGET.kept} characters`,
    })
    expect(evaluate('customer.n.map(a, customer.t).size()', many, { returns: 'any' })).toEqual({ value: 1_000 })
  })

  it('an evil text held against a pattern that backtracking engines die of', () => {
    const evil = `${'a'.repeat(BUDGET.matched - 1)}!`
    expect(
      evaluate(
        'customer.t.matches("^(a+)+$") || customer.t.matches("^(a|a)*$") || customer.t.matches("^(.*a){10}$")',
        over({ t: evil }),
      ),
    ).toEqual({ value: false })
    expect(evaluate('customer.t.matches("^(a+)+$")', over({ t: `${evil}!` })).fault).toContain(
      `more than ${BUDGET.matched} characters`,
    )
    expect(evaluate('customer.n.exists(x, customer.t.matches("(x+x+)+y"))', over({ n: numbers, t: evil }))).toEqual({
      value: false,
      fault: TOO_MANY_STEPS,
    })
  })
})

describe('nothing but own JSON is read', () => {
  const polluted: Scope = {
    ...scope,
    customer: JSON.parse(
      '{"__proto__": {"admin": true}, "constructor": {"name": "x"}, "key": "constructor", "method": "toString",' +
        '"list": [1]}',
    ) as object,
  }

  it.each([
    ['customer.admin == true', 'customer.admin'],
    ['customer.toString == "x"', 'customer.toString'],
    ['customer[customer.key].name == "x"', 'customer[…].name'],
    ['customer[customer.method] != null', 'customer[…]'],
    ['customer.list[customer.key] == 1', 'customer.list[…]'],
    ['customer.list.length == 1', 'customer.list.length'],
    ['customer.hasOwnProperty == 1', 'customer.hasOwnProperty'],
  ])('%s is not known', (source, path) => {
    expect(evaluate(source, polluted)).toEqual({ value: false, missing: `${path} is not known` })
  })

  it('and what leaves is JSON: no function, no prototype, no number that JSON lacks', () => {
    const odd: Scope = {
      ...scope,
      customer: {
        call: () => 1,
        big: 3n,
        nan: Number.NaN,
        nested: { call: () => 1 },
        polluted: JSON.parse('{"__proto__": {"a": 1}, "b": 2}') as unknown,
      },
    }
    for (const name of ['call', 'big', 'nan', 'nested'])
      expect(evaluate(`customer.${name}`, odd, { returns: 'any' }).value).toBeNull()
    const { value } = evaluate('customer.polluted', odd, { returns: 'any' })
    expect(value).toEqual({ b: 2 })
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  it('also in a text', () => {
    expect(
      render(
        '{{ customer.admin }}{{ customer.toString }}{{ customer[customer.key] }}{{ customer[customer.key].name }}' +
          '{{ customer.list[customer.key] }}',
        polluted,
      ),
    ).toBe('')
    const bare = compileTemplate('{{ constructor }}{{ __proto__ }}{{ toString }}{{ hasOwnProperty.name }}')
    expect(bare.ok && bare.template.render({})).toBe('')
  })
})

describe('a hostile text is refused or ends by count', () => {
  it.each([
    ['ifs without end', '{% if vars.vip %}'.repeat(400) + '{% endif %}'.repeat(200)],
    [
      'ifs nested past the limit',
      '{% if vars.vip %}'.repeat(BUDGET.blocks + 1) + '{% endif %}'.repeat(BUDGET.blocks + 1),
    ],
    ['brackets without end', `{{ ${'('.repeat(9_000)} }}`],
    ['the prototype', '{{ customer.__proto__ }}'],
    ['the constructor by key', '{{ customer["constructor"] }}'],
    ['a file', '{% include "/etc/passwd" %}'],
    ['a name of the runtime', '{{ process.env }}'],
    ['a filter of the runtime', '{{ "x" | constructor }}'],
    ['a text that is too long', 'x'.repeat(BUDGET.template + 1)],
  ])('%s', (_, source) => expect(textFaultsOf(source)).not.toEqual([]))

  it.each([
    ['a range without end', '{% for i in (1..1000000000) %}x{% endfor %}'],
    [
      'loops in loops',
      '{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..999) %}x{% endfor %}{% endfor %}{% endfor %}',
    ],
    ['loops over the customer that write nothing', '{% for x in customer.n %}'.repeat(4) + '{% endfor %}'.repeat(4)],
    ['loops that write nothing', '{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}'],
    ['a text that doubles', `{% assign a = "xxxxxxxxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`],
    [
      'a text that replaces itself',
      `{% assign a = "aaaaaaaaaaaaaaaa" %}${'{% assign a = a | replace: "a", a %}'.repeat(8)}{{ a }}`,
    ],
    [
      'a list that doubles',
      `{% assign a = "a,b,c" | split: "," %}${'{% assign a = a | concat: a %}'.repeat(40)}{{ a | join: "," }}`,
    ],
    [
      'text split and joined',
      `{% assign a = "aaaaaaaaaaaaaaaa" %}${'{% assign a = a | split: "" | join: a %}'.repeat(8)}{{ a }}`,
    ],
    ['text encoded again and again', `{{ customer.name${' | url_encode'.repeat(500)} }}`],
    [
      'a giant value',
      '{{ customer.giant }}{{ customer.giant | upcase }}{{ customer.giant | split: "" | sort | uniq | size }}',
    ],
    [
      'a value without floor',
      '{{ customer.deep }}{{ customer.deep | json }}{{ customer.deep | join: "," }}' +
        '{% if customer.deep == customer.deeper %}{% endif %}',
    ],
  ])('%s', (_, source) => {
    const name = '€'.repeat(500)
    const text = render(source, { ...scope, customer: { n: numbers, name, giant, deep, deeper } })
    expect(text.length).toBeLessThanOrEqual(BUDGET.text)
  })

  it('a value that would grow past the limit ends the text instead', () => {
    expect(render('{% assign a = "aaaaaaaaaa" %}{{ a | replace: "a", a | size }}')).toBe('100')
    const grow = '{% assign a = a | replace: "a", a %}'
    const grown = `{% assign a = "aaaaaaaaaa" %}begin ${grow}${grow}{{ a | size }}`
    expect(render(`${grown} {{ a | replace: "a", "aaa" | size }} end`)).toBe('begin 10000 ')
    const lists = { ...scope, customer: { none: [], n: Array.from({ length: 5_000 }, () => 1) } }
    const joined = 'begin {{ customer.none | concat: customer.n | concat: customer.n | size }} end'
    expect(render(joined, lists)).toBe('begin ')
  })

  it('a text that is cut ends with a whole character', () => {
    const text = render('{{ customer.name }}', { ...scope, customer: { name: `x${'😀'.repeat(BUDGET.text)}` } })
    expect(text.length).toBe(BUDGET.text - 1)
    expect(text.at(-1)).toBe('😀'.at(-1))
  })
})

describe('what is kept is bounded', () => {
  it('a source compiled again after very many others is compiled anew', () => {
    const first = compileCondition('vars.amount > 0', { variables })
    for (let index = 1; index <= BUDGET.compiled; index++) compileCondition(`vars.amount > ${index}`, { variables })
    expect(compileCondition('vars.amount > 0', { variables })).not.toBe(first)
    expect(compileCondition('vars.amount > 900', { variables })).toBe(
      compileCondition('vars.amount > 900', { variables }),
    )
  })
})
