/** The laws of conditions and texts, held against chance. */
import { Environment } from '@marcbachmann/cel-js'
import fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BUDGET, compileCondition, compileTemplate, type Scope } from '#engine/expression/index.ts'
import { scope, variables } from './world.ts'

/** Pieces of both languages, so that chance reaches past the first bracket. */
const PIECES = [
  'customer',
  'vars',
  '.amount',
  '.items',
  '.constructor',
  '.__proto__',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '\\',
  '{{',
  '}}',
  '{%',
  '%}',
  '|',
  '&&',
  '||',
  '==',
  '=',
  '!',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '?',
  ':',
  ',',
  '.',
  ' ',
  '\n',
  '1',
  '0.5',
  '1e999',
  'true',
  'null',
  'has(',
  '.exists(x,',
  '.map(',
  '.matches("',
  'size(',
  'in',
  'if',
  'endif',
  'for x in',
  'endfor',
  'assign x =',
  'case',
  'when',
  'else',
  'raw',
  'endraw',
  'comment',
  'default:',
  'date',
  'replace:',
  '..',
  '#',
  '//',
  '"""',
  'b"',
  'r"',
  '😀',
  '\0',
  '\ud800',
] as const

const source = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join('')),
)
const namespaces = [
  'customer',
  'vars',
  'queue',
  'hours',
  'agent',
  'handoff',
  'conversation',
  'signals',
  'nlu',
  'value',
] as const
const names = fc.constantFrom(
  'amount',
  'orderNumber',
  'vip',
  'due',
  'items',
  'order',
  'tier',
  'name',
  'position',
  '__proto__',
  'constructor',
  'length',
  'toString',
)
const anyMap = fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: false })
/** Any JSON in the place of a scope; also of the wrong shape everywhere. */
const anyScope = fc
  .record(Object.fromEntries(namespaces.map((name) => [name, fc.oneof(anyMap, fc.jsonValue())])), { requiredKeys: [] })
  // A Scope's parts are objects by contract; here they may be any JSON, which is the point.
  .map((world) => world as Scope)

const CONDITIONS = [
  'vars.amount > 100 && customer.tier == "gold"',
  'vars.items.exists(i, i.price > vars.amount)',
  'has(customer.name) ? vars.vip : queue.position < 3',
  'customer.name + vars.orderNumber == nlu.intent',
  'vars.items.map(i, i.name).join(",").size() > 3',
  'vars.items.filter(i, i > 1) == customer.items',
  'vars.amount / signals.amount > 1.5',
  'customer[vars.orderNumber].length == size(vars.order)',
  'vars.orderNumber.matches("^a+$") || !vars.vip',
  'vars.items.all(i, i in customer.items)',
].map((each) => {
  const compiled = compileCondition(each, { variables })
  if (!compiled.ok) throw new Error(each)
  return compiled.condition
})

const TEXTS = [
  '{{ customer.name }} {{ vars.items }} {{ vars.items | json }} {{ customer.items | sort | uniq | join: "," }}',
  '{% for i in customer.items %}{{ i.name }}{{ forloop.index }}{% endfor %}',
  '{% if customer.amount > 3 or customer.tier contains vars.orderNumber %}{{ vars.due | date: "%d %B" }}{% endif %}',
  '{{ customer | map: "name" }}{{ customer.name | truncate: customer.amount, customer.tier | slice: vars.amount, 3 }}',
  '{{ vars.amount | times: customer.amount | round: customer.tier | divided_by: 0 }}',
  '{% case customer.tier %}{% when vars.items %}a{% when blank %}b{% else %}c{% endcase %}',
  '{{ customer.items | where: "name", vars.amount | sum: "amount" | plus: customer.tier }}',
].map((each) => {
  const compiled = compileTemplate(each, { variables })
  if (!compiled.ok) throw new Error(each)
  return compiled.template
})

describe('the laws of expressions', () => {
  afterEach(() => vi.restoreAllMocks())

  it('1. whatever is written, compiling answers: a condition, or faults that lie inside the source', () => {
    fc.assert(
      fc.property(source, (text) => {
        const both = [compileCondition(text, { variables, returns: 'any' }), compileTemplate(text, { variables })]
        for (const compiled of both) {
          if (compiled.ok) continue
          expect(compiled.faults.length).toBeGreaterThan(0)
          for (const { message, column = 1 } of compiled.faults) {
            expect(message).toMatch(/\S/)
            expect(column).toBeGreaterThanOrEqual(1)
            expect(column).toBeLessThanOrEqual(text.length + 1)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('2. whatever compiles, evaluates over any JSON to a JSON value, and says why when it has none', () => {
    fc.assert(
      fc.property(source, anyScope, (text, world) => {
        const compiled = compileCondition(text, { variables, returns: 'any' })
        if (compiled.ok) expect(isJson(compiled.condition.evaluate(world).value)).toBe(true)
        const written = compileTemplate(text)
        if (written.ok) expect(typeof written.template.render(world)).toBe('string')
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...CONDITIONS), anyScope, ({ evaluate }, world) => {
        const { value, missing, fault } = evaluate(world)
        expect(typeof value).toBe('boolean')
        if (missing !== undefined || fault !== undefined) expect(value).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('3. a scope is read and never changed, and the same scope gives the same answer', () => {
    fc.assert(
      fc.property(anyScope, (world) => {
        const before = JSON.stringify(world)
        const first = [
          ...CONDITIONS.map(({ evaluate }) => evaluate(world)),
          ...TEXTS.map(({ render }) => render(world)),
        ]
        const second = [
          ...CONDITIONS.map(({ evaluate }) => evaluate(structuredClone(world))),
          ...TEXTS.map(({ render }) => render(structuredClone(world))),
        ]
        expect(second).toEqual(first)
        expect(JSON.stringify(world)).toBe(before)
      }),
      { numRuns: 300 },
    )
  })

  it('4. a text never grows past its limit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), anyScope, ({ render }, world) => {
        expect(render(world).length).toBeLessThanOrEqual(BUDGET.text)
      }),
      { numRuns: 300 },
    )
  })

  it('5. the clock, chance and the locale are never asked', () => {
    const asked = [
      vi.spyOn(Date, 'now'),
      vi.spyOn(performance, 'now'),
      vi.spyOn(Math, 'random'),
      vi.spyOn(Date.prototype, 'getTimezoneOffset'),
      vi.spyOn(Intl, 'DateTimeFormat'),
    ]
    const compiled = compileTemplate(
      '{{ "now" | date: "%Y" }}{{ "today" | date }}{{ vars.due | date: "%A %-d %B" }}' +
        '{% for i in vars.items %}{{ i.price }}{% endfor %}',
      { variables: { ...variables, clock: { type: 'text' } } },
    )
    const text = compiled.ok && compiled.template.render(scope)
    const condition = compileCondition('vars.due > "2026" && vars.clock == "x"', {
      variables: { ...variables, clock: { type: 'text' } },
    })
    if (condition.ok) condition.condition.evaluate(scope)
    for (const spy of asked) expect(spy).not.toHaveBeenCalled()
    expect(text).toBe('nowtodayThursday 24 December30250')
  })

  it('6. a condition comes to what the CEL library comes to, where numbers are doubles', () => {
    const library = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
    fc.assert(
      fc.property(bool(3), celScope, (text, world) => {
        const compiled = compileCondition(text, { variables: celVariables })
        if (!compiled.ok) throw new Error(`${text}: ${compiled.faults[0]?.message}`)
        const { value, missing, fault } = compiled.condition.evaluate(world)
        const ours = missing === undefined && fault === undefined ? value : 'no value'
        expect([text, ours]).toEqual([text, answer(() => library.evaluate(text, { ...world }) as unknown)])
      }),
      { numRuns: 1_500 },
    )
  })

  it('7. a text is what the Liquid library renders, where it may render it', () => {
    const library = new Liquid()
    fc.assert(
      fc.property(fc.array(liquidPart, { minLength: 1, maxLength: 5 }), celScope, (parts, world) => {
        const text = parts.join(' ')
        const compiled = compileTemplate(text, { variables: celVariables })
        if (!compiled.ok) throw new Error(`${text}: ${compiled.faults[0]?.message}`)
        expect([text, compiled.template.render(world)]).toEqual([text, library.parseAndRenderSync(text, world)])
      }),
      { numRuns: 1_000 },
    )
  })
})

function isJson(value: unknown): boolean {
  return (
    JSON.stringify(value) !== undefined && JSON.stringify(JSON.parse(JSON.stringify(value))) === JSON.stringify(value)
  )
}

function answer(run: () => unknown): unknown {
  try {
    return run()
  } catch {
    return 'no value'
  }
}

const celVariables = {
  n: { type: 'number' },
  m: { type: 'number' },
  t: { type: 'text' },
  u: { type: 'text' },
  b: { type: 'boolean' },
  l: { type: 'list' },
} as const
const word = fc.constantFrom('', 'a', 'Abc', 'gold', ' x ', 'a,b,c', 'Ünï')
const decimal = fc.integer({ min: -20, max: 20 }).map((number) => number / 4)
const celScope = fc.record({
  vars: fc.record({
    n: decimal,
    m: decimal,
    t: word,
    u: word,
    b: fc.boolean(),
    l: fc.array(decimal, { maxLength: 4 }),
  }),
  customer: fc.record({ age: decimal, tier: word, address: fc.record({ city: word }) }, { requiredKeys: [] }),
})

/** A number written as a CEL double. */
function double(number: number): string {
  return number < 0 ? `(-${double(-number)})` : Number.isInteger(number) ? `${number}.0` : String(number)
}

function number(depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(decimal.map(double), fc.constantFrom('vars.n', 'vars.m', 'customer.age', 'vars.l[0]'))
  if (depth === 0) return leaf
  const side = number(depth - 1)
  return fc.oneof(
    leaf,
    fc.tuple(side, fc.constantFrom('+', '-', '*'), side).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(bool(depth - 1), side, side).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    side.map((a) => `-(${a})`),
  )
}

function text(depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    word.map((each) => JSON.stringify(each)),
    fc.constantFrom('vars.t', 'vars.u', 'customer.tier', 'customer.address.city'),
  )
  if (depth === 0) return leaf
  const side = text(depth - 1)
  return fc.oneof(
    leaf,
    fc.tuple(side, side).map(([a, b]) => `(${a} + ${b})`),
    fc.tuple(side, fc.constantFrom('lowerAscii()', 'upperAscii()', 'trim()')).map(([a, call]) => `${a}.${call}`),
    side.map((a) => `${a}.split(",").join("-")`),
  )
}

function bool(depth: number): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(
    'vars.b',
    'true',
    'false',
    'has(customer.age)',
    'has(customer.tier)',
    '"age" in customer',
  )
  if (depth === 0) return leaf
  const [side, n, t] = [bool(depth - 1), number(depth - 1), text(depth - 1)]
  return fc.oneof(
    leaf,
    fc.tuple(n, fc.constantFrom('<', '<=', '>', '>=', '==', '!='), n).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(t, fc.constantFrom('<', '==', '!='), t).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(t, fc.constantFrom('contains', 'startsWith', 'endsWith'), t).map(([a, call, b]) => `${a}.${call}(${b})`),
    fc.tuple(side, fc.constantFrom('&&', '||'), side).map(([a, op, b]) => `(${a} ${op} ${b})`),
    side.map((a) => `!(${a})`),
    fc.tuple(n, n).map(([a, b]) => `${a} in [${b}, vars.n]`),
    n.map((a) => `${a} in vars.l`),
    fc.tuple(fc.constantFrom('exists', 'all', 'exists_one'), n).map(([macro, a]) => `vars.l.${macro}(x, x < ${a})`),
    fc.tuple(n, n).map(([a, b]) => `vars.l.filter(x, x > ${a}).map(x, x * 2.0) == vars.l.map(x, x != ${b}, x + x)`),
    fc
      .tuple(t, fc.integer({ min: 0, max: 4 }))
      .map(([a, length]) => `size(${a}) > ${length} || size(vars.l) == ${length}`),
  )
}

const liquidValue = fc.constantFrom(
  'vars.n',
  'vars.t',
  'customer.age',
  'customer.tier',
  'customer.address.city',
  'vars.l.first',
  'vars.l[1]',
  'vars.l.size',
  'vars.t.size',
  'nil',
  '"x y"',
  '1.5',
)
const liquidFilter = fc.constantFrom(
  '',
  ' | upcase',
  ' | downcase',
  ' | capitalize',
  ' | append: "é"',
  ' | prepend: vars.t',
  ' | strip',
  ' | lstrip',
  ' | rstrip',
  ' | replace: "a", "bb"',
  ' | replace_first: "a", "b"',
  ' | remove: "b"',
  ' | truncate: 4',
  ' | truncatewords: 1',
  ' | split: "," | join: "-"',
  ' | split: "" | last',
  ' | escape',
  ' | url_encode',
  ' | default: "none"',
  ' | plus: 1',
  ' | minus: vars.m',
  ' | times: 2',
  ' | divided_by: 4',
  ' | modulo: 3',
  ' | round',
  ' | round: 1',
  ' | ceil',
  ' | floor',
  ' | abs',
  ' | at_least: 2',
  ' | at_most: 2',
  ' | slice: 0',
  ' | slice: -2, 2',
  ' | remove_first: "c"',
  ' | strip_newlines',
)
const liquidTest = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('vars.n', 'vars.m', 'vars.l.size'),
      fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
      fc.constantFrom('1', 'vars.m'),
    )
    .map((each) => each.join(' ')),
  fc.constantFrom(
    'vars.b',
    'not vars.b',
    'customer.tier',
    'vars.t contains "a"',
    'vars.l contains vars.n',
    'vars.t == empty',
    'vars.l == empty',
    'customer.tier == blank',
    'vars.t == vars.u',
    'customer.age == nil',
  ),
)
const liquidPart = fc.oneof(
  fc.tuple(liquidValue, liquidFilter, liquidFilter).map(([value, one, other]) => `{{ ${value}${one}${other} }}`),
  fc
    .tuple(liquidTest, fc.constantFrom('and', 'or'), liquidTest)
    .map(([one, op, other]) => `{%- if ${one} ${op} ${other} -%} yes {% elsif vars.b %}maybe{% else %}no{% endif %}`),
  liquidTest.map((test) => `{% unless ${test} %}a{% elsif vars.b %}b{% else %}c{% endunless %}`),
  // Where an offset leaves nothing, the library writes neither body nor else; we write the else, as Ruby's Liquid does.
  fc
    .constantFrom('', ' limit: 2', ' reversed', ' limit: 1 reversed')
    .map(
      (modifiers) =>
        `{% for x in vars.l${modifiers} %}{{ forloop.index }}{{ x }}{% if x > 3 %}{% break %}{% endif %}` +
        '{% if forloop.last %}!{% continue %}{% endif %},{% else %}none{% endfor %}',
    ),
  fc
    .constantFrom('vars.t', 'vars.n', 'customer.tier')
    .map((value) => `{% case ${value} %}{% when "a", "gold" %}1{% when vars.u or 2 %}2{% else %}3{% endcase %}`),
  liquidFilter.map(
    (filter) => `{% assign y = vars.t${filter} %}{{ y }}{% for i in (1..3) %}{% assign y = i %}{% endfor %}{{ y }}`,
  ),
  // A yes or no, or a list, is zero to us where a number is wanted; the library lets JavaScript make a number of it.
  fc.constantFrom(
    '{{ vars.b }}{{ vars.l }}',
    '{{ vars.b | upcase }}{{ vars.l | default: "none" }}',
    '{{ vars.l | sort | join: " " }}',
    '{{ vars.l | reverse | first }}',
    '{{ vars.l | sum }}',
    '{{ vars.l | uniq | size }}',
    '{{ vars.l | compact | concat: vars.l | size }}',
    '{{ vars.l | slice: 1, 2 | join }}',
  ),
)
