import { describe, expect, it } from 'vitest'
import { faultsOf, filter, imported, node, notesOf, STAYS, ways, workflow } from './written.ts'

function conditionOf(expression: string): unknown {
  return node(imported(workflow(filter(expression))).parsed, 'route')
}

function faultOf(expression: string): readonly string[] {
  return faultsOf(workflow(filter(expression))).map((fault) => fault.replace(/^\S+ /, ''))
}

const MIXED = 'AND is read before OR, as in SQL; put parentheses where another order is meant.'
const COMPARE = 'compare it, as in vip == true, with ==, !=, <, <=, >, >=, CONTAINS, HAS, IN or NOT IN.'
const OPERAND = 'a name, a text in quotes, a number, true, false or a list stands here.'

describe('an expression is read', () => {
  it.each([
    [String.raw`a == "say \"hi\""`, String.raw`vars.a == "say \"hi\""`],
    [String.raw`a == 'it\'s'`, `vars.a == "it's"`],
    [String.raw`a == "it\'s"`, `vars.a == "it's"`],
    [String.raw`a == "C:\\x"`, String.raw`vars.a == "C:\\x"`],
    [`a == "it's"`, `vars.a == "it's"`],
    [`a == 'say "hi"'`, String.raw`vars.a == "say \"hi\""`],
    ['a == ""', 'vars.a == ""'],
    ['a == "["', 'vars.a == "["'],
    ['"(" == a', 'vars.a == "("'],
    ['a == "NOT"', 'vars.a == "NOT"'],
    ['a == -2.50', 'vars.a == -2.5'],
    ['a IN [ -1 , 2 ]', 'vars.a in [-1, 2]'],
    ['a IN [true, FALSE]', 'vars.a in [true, false]'],
    ['a[0] == 1', 'vars.a[0] == 1'],
    ['a[0][12] == 1', 'vars.a[0][12] == 1'],
    ['a.line2 == "x"', 'vars.a.line2 == "x"'],
    ['order == "x"', 'vars.order == "x"'],
    ['notify == "x"', 'vars.notify == "x"'],
    ['a_B2 not in ["x"]', '!has(vars.a_B2) || !(vars.a_B2 in ["x"])'],
    ['  a\t==\n1  ', 'vars.a == 1'],
    ['((a == 1))', 'vars.a == 1'],
    ['a == 1 or b == 2 or c == 3', 'vars.a == 1 || vars.b == 2 || vars.c == 3'],
  ])('%s as %s', (expression, when) => {
    expect(conditionOf(expression)).toMatchObject({ cases: [{ when }] })
  })

  it.each(['a == 1', 'a == 1 AND b == 2', 'a == 1 OR b == 2', '(a == 1 AND b == 2) OR c == 3'])(
    'in the order that its parentheses give, without a word about it: %s',
    (expression) => {
      expect(notesOf(workflow(filter(expression)))).toEqual([STAYS])
    },
  )

  it.each(['a == 1 AND b == 2 OR c == 3', 'a == 1 OR b == 2 AND c == 3'])('AND before OR, and said so: %s', (mixed) => {
    expect(notesOf(workflow(filter(mixed)))).toEqual([`/task_routing/filters/0/expression ${MIXED}`, STAYS])
  })

  it('of 10,000 characters at most', () => {
    expect(faultOf('a'.padEnd(10_000))).toEqual([`At column 10001: A value stands alone; ${COMPARE}`])
    expect(faultOf('a'.padEnd(10_001))).toEqual(['An expression has 10000 characters at most; part the filter.'])
  })

  it('of parentheses 32 deep at most', () => {
    const deep = (depth: number) => `b == 2 AND ${'('.repeat(depth)}a == 1${')'.repeat(depth)}`
    expect(conditionOf(deep(32))).toMatchObject({ cases: [{ when: 'vars.b == 2 && vars.a == 1' }] })
    expect(faultOf(deep(33))).toEqual(['At column 44: Parentheses go more than 32 deep; write it flatter.'])
  })
})

describe('an expression is refused at the column where it goes wrong', () => {
  it.each([
    ['type = "x"', 'At column 6: “=” compares nothing; write “==”.'],
    ['customer-value == 1', 'At column 9: TaskRouter has no “-” in expressions; write names with “_”.'],
    ['NOT a == 1', 'At column 1: TaskRouter has no NOT but NOT IN; compare with “!=” instead.'],
    ['(a == 1', 'At column 8: “)” is missing here.'],
    ['a == 1 b == 2', 'At column 8: “b” is one too many; join parts with AND or OR.'],
    ['a ( 1', `At column 3: “(” compares nothing; ${COMPARE}`],
    ['a "==" 1', `At column 3: “==” compares nothing; ${COMPARE}`],
    ['a "HAS" 1', `At column 3: “HAS” compares nothing; ${COMPARE}`],
    ['a AND IN [1]', `At column 3: “AND” compares nothing; ${COMPARE}`],
    ['a NOT HAS 1', `At column 3: “NOT” compares nothing; ${COMPARE}`],
    ['a b 1', `At column 3: “b” compares nothing; ${COMPARE}`],
    ['a', `At column 2: A value stands alone; ${COMPARE}`],
    ['a == )', `At column 6: “)” is no value; ${OPERAND}`],
    ['a == AND', `At column 6: “AND” is no value; ${OPERAND}`],
    ['a == ', `At column 6: The expression ends too early; ${OPERAND}`],
    ['a == NOT b', 'At column 6: TaskRouter has no NOT but NOT IN; compare with “!=” instead.'],
    ['a IN [b]', 'At column 7: A list holds texts in quotes, numbers, true and false.'],
    ['a IN [1, null]', 'At column 10: A list holds texts in quotes, numbers, true and false.'],
    ['a IN [1 2]', 'At column 9: “]” is missing here.'],
    ['a IN [1', 'At column 8: “]” is missing here.'],
    ['a == 1 "AND" b == 2', 'At column 8: “AND” is one too many; join parts with AND or OR.'],
    ['a == 1)', 'At column 7: “)” is one too many; join parts with AND or OR.'],
    ['a ~ 1', 'At column 3: “~” means nothing here; take it out.'],
    ['a == 🙂', 'At column 6: “🙂” means nothing here; take it out.'],
    ['a == 1x', 'At column 6: “1” means nothing here; take it out.'],
    ['!a', 'At column 1: Nothing is turned round with “!”; compare with “!=” or “NOT IN”.'],
    ['a == 1 & b == 2', 'At column 8: Write AND for “&”.'],
    ['a == 1 | b == 2', 'At column 8: Write OR for “|”.'],
    [
      String.raw`a == "\n"`,
      String.raw`At column 7: A text may hold \\, \" and \', not “\n”; write the character itself.`,
    ],
    ['a == "x\\', 'At column 8: A text may hold \\\\, \\" and \\\', not “\\”; write the character itself.'],
    [`a == 'x"`, "At column 6: The text that begins here has no end; close it with '."],
  ])('%s', (expression, message) => {
    expect(faultOf(expression)).toEqual([message])
  })
})

/** Which tasks a filter is for: all of them, none, or those for which a condition holds. */
function taken(expression: string): unknown {
  const { parsed } = imported(workflow(filter(expression)))
  const { next } = ways(parsed, 'start')
  if (next === 'Chosen') return 'always'
  return next === 'Everything-else' ? 'never' : node(parsed, 'route')
}

describe('what says the same for every task is worked out when the workflow is brought in', () => {
  it.each([
    ['always', '1 == 1', '"a" == "a"', 'null == null', '1 != 2', '"1" != 1', 'true == TRUE'],
    ['never', '1 == 2', '1 != 1', '"1" == 1', 'false == null'],
    ['always', '1 < 2', '2 <= 2', '3 > 2', '2 >= 2', '"a" < "b"', '"b" <= "b"', '"10" < "9"', '"b" > "a"'],
    ['never', '2 < 2', '3 <= 2', '2 > 2', '1 >= 2', '"b" < "a"', '"a" >= "b"'],
    ['never', '"1" < 2', '1 < "2"', '"3" > 2', '3 >= "2"', 'null < 1', '0 <= null', 'false < true', 'null <= null'],
    ['always', '"refund" CONTAINS "fun"', '"a" CONTAINS ""'],
    ['never', '"fun" CONTAINS "refund"', '10 CONTAINS 1', '"10" CONTAINS 1', '10 CONTAINS "1"', 'null CONTAINS "n"'],
    ['always', '["a", 1] HAS 1', '"a" IN ["b", "a"]', '2 NOT IN [1]', '"1" NOT IN [1]', 'null NOT IN [1]'],
    ['never', '[1] HAS 2', '"a" IN ["b"]', '1 NOT IN [2, 1]', '"1" IN [1]', '[] HAS 1', 'null IN []'],
  ])('%s: %s and the like', (answer, ...expressions) => {
    expect(expressions.map((each) => [each, taken(each)])).toEqual(expressions.map((each) => [each, answer]))
  })

  it.each([
    ['a list is never the same as a value, nor in an order', '[1] == 1', '1 != [1]', 'a == [1]', '[1] != a', '[1] < a'],
    ['a list holds no text', '[1] CONTAINS "1"', 'a CONTAINS ["x"]', '["x"] CONTAINS a'],
    ['no list is in a list', 'a HAS [1]', '[1] IN a', '[1] NOT IN a', '[1] HAS [1]', '[1] IN [1]', '[1] NOT IN [2]'],
    ['a value holds nothing', '1 HAS a', '"x" HAS "x"', 'a IN "x"', '"x" IN "x"', 'a NOT IN "x"', '1 NOT IN 2'],
    ['an empty list holds nothing', '[] HAS a', 'a IN []'],
  ])('%s', (_title, ...expressions) => {
    expect(expressions.map((each) => [each, taken(each)])).toEqual(expressions.map((each) => [each, 'never']))
  })

  it('an empty list lacks everything', () => {
    expect(taken('a NOT IN []')).toBe('always')
  })

  it.each([
    ['1 == 2 OR a == 1', 'vars.a == 1'],
    ['1 == 1 AND a == 1', 'vars.a == 1'],
    ['(1 == 1 OR b == 2) AND a == 1', 'vars.a == 1'],
    ['(1 == 2 AND b == 2) OR a == 1', 'vars.a == 1'],
    ['(a == 1 AND b == 2) AND c == 3', 'vars.a == 1 && vars.b == 2 && vars.c == 3'],
    ['a == 1 OR (b == 2 OR c == 3)', 'vars.a == 1 || vars.b == 2 || vars.c == 3'],
    ['[1, 2] HAS a', 'vars.a in [1, 2]'],
    ['a HAS 1', '1 in vars.a'],
    ['1 IN a', '1 in vars.a'],
    ['1 NOT IN a', '!(1 in vars.a)'],
    ['a HAS b', 'vars.b in vars.a'],
  ])('%s leaves the condition %s', (expression, when) => {
    expect(taken(expression)).toMatchObject({ cases: [{ when }] })
  })

  it.each([
    ['1 == 2 AND a == 1', 'never'],
    ['1 == 1 OR a == 1', 'always'],
    ['(1 == 2 OR 1 == 2) OR 2 == 3', 'never'],
    ['1 == 1 AND (2 == 2 AND 3 == 3)', 'always'],
  ])('the filter %s matches %s', (expression, answer) => {
    expect(taken(expression)).toBe(answer)
  })
})

/** The condition of a filter, and the kinds of what it reads. */
function readBy(expression: string): readonly unknown[] {
  const { parsed, variables } = imported(workflow(filter(expression)))
  const kinds = Object.fromEntries(variables.map(({ name, type }) => [name, type]))
  return [node(parsed, 'route'), kinds]
}

describe('a comparison is a condition on attributes of their kinds', () => {
  it.each([
    ['agent != null', 'has(vars.agent)', { agent: 'text' }],
    ['null == agent', '!has(vars.agent)', { agent: 'text' }],
    ['a == b', '(!has(vars.a) && !has(vars.b)) || vars.a == vars.b', { a: 'text', b: 'text' }],
    ['a != b', 'has(vars.a) != has(vars.b) || vars.a != vars.b', { a: 'text', b: 'text' }],
    ['a != 1', '!has(vars.a) || vars.a != 1', { a: 'number' }],
    ['a < b', 'vars.a < vars.b', { a: 'text', b: 'text' }],
    ['a < "m"', 'vars.a < "m"', { a: 'text' }],
    ['3 >= a', '3 >= vars.a', { a: 'number' }],
    ['a CONTAINS b', 'vars.a.contains(vars.b)', { a: 'text', b: 'text' }],
    ['"abc" CONTAINS a', '"abc".contains(vars.a)', { a: 'text' }],
    ['a IN [1]', 'vars.a in [1]', { a: 'number' }],
    ['a IN [true]', 'vars.a in [true]', { a: 'boolean' }],
    ['a IN b', 'vars.a in vars.b', { a: 'text', b: 'list' }],
    ['a NOT IN b', 'has(vars.b) && (!has(vars.a) || !(vars.a in vars.b))', { a: 'text', b: 'list' }],
    ['a[2] == 1', 'vars.a[2] == 1', { a: 'list' }],
    ['a.b == 1', 'vars.a.b == 1', { a: 'map' }],
    ['task.a.b == 1', 'vars.a.b == 1', { a: 'map' }],
    ['task == "x"', 'vars.task == "x"', { task: 'text' }],
    ['task[0] == 1', 'vars.task[0] == 1', { task: 'list' }],
    ['customer == "x"', 'vars.customer == "x"', { customer: 'text' }],
    ['customer[0] == 1', 'vars.customer[0] == 1', { customer: 'list' }],
    ['task.customer.tier == "gold"', 'customer.tier == "gold"', {}],
  ])('%s', (expression, when, kinds) => {
    const [route, read] = readBy(expression)
    expect(route).toMatchObject({ cases: [{ when }] })
    expect(read).toEqual(kinds)
  })

  it.each([
    ['b == a AND b == 1', { a: 'number', b: 'number' }],
    ['a == b AND b == 1', { a: 'number', b: 'number' }],
    ['c == b AND b == a AND a > 1', { a: 'number', b: 'number', c: 'number' }],
    ['a == b AND b == c AND a == true', { a: 'boolean', b: 'boolean', c: 'boolean' }],
    ['a < b AND b < 1', { a: 'number', b: 'number' }],
    ['a.b == c AND c == 1', { a: 'map', c: 'number' }],
    ['c != a.b AND c == 1', { a: 'map', c: 'number' }],
    ['a == b.c AND b.d == 1', { a: 'text', b: 'map' }],
  ])('attributes that are compared with each other are of one kind: %s', (expression, kinds) => {
    expect(readBy(expression)[1]).toEqual(kinds)
  })

  it('says which attributes are taken as texts because nothing tells their kind, and of no others', () => {
    expect(notesOf(workflow(filter('a == b AND c == "x" AND d != null AND e CONTAINS f')))).toEqual([
      STAYS,
      '/task_routing “a” is taken as a text: it is compared with no value that tells.',
      '/task_routing “b” is taken as a text: it is compared with no value that tells.',
      '/task_routing “d” is taken as a text: it is compared with no value that tells.',
    ])
  })
})

describe('a comparison that no condition can make is refused, and only it', () => {
  const text = 'a text is expected; put the value in quotes.'
  const order = 'only numbers and texts have an order; compare with == or !=.'
  const moved = 'and a filter is about tasks; move it to the “expression” of a target.'
  const unread = 'is no name that a condition can read; give the attribute another name.'
  it.each([
    ['a CONTAINS 1', text],
    ['true CONTAINS a', text],
    ['a > null', order],
    ['true <= a', order],
    ['worker.x == 1', `“worker.x” is the worker’s, ${moved}`],
    ['workers.available == 0', `“workers.available” is the worker’s, ${moved}`],
    ['a == worker.skills[2].x', `“worker.skills[2].x” is the worker’s, ${moved}`],
    ['_x == b', `“_x” ${unread}`],
    ['b == _x', `“_x” ${unread}`],
    ['b == 1 AND _x == b', `“_x” ${unread}`],
    ['task.prototype[1] == 1', `“task.prototype[1]” ${unread}`],
    ['a.constructor == 1', `“a.constructor” ${unread}`],
    ['a IN [1, "x"]', 'a list holds values of several kinds; write a list for each kind.'],
  ])('%s', (expression, message) => {
    expect(faultsOf(workflow(filter(expression)))).toEqual([
      `/task_routing/filters/0/expression Cannot be translated: ${message}`,
    ])
  })

  it('an attribute of two kinds, also when another attribute tells the second', () => {
    const torn = (name: string) => `/task_routing “${name}” is compared with values of several kinds; keep to one kind`
    expect(faultsOf(workflow(filter('a == 1 OR a == "1"')))).toEqual([torn('a')])
    expect(faultsOf(workflow(filter('a == 1 AND b == "1" AND a == b')))).toEqual([torn('a'), torn('b')])
  })
})
