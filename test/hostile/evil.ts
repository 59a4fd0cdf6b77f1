/** What attackers write where a text, a key, a number, a condition or a template is expected. */
import type { Chance } from './chance.ts'

export const evilKeys: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'then',
  'toJSON',
  'length',
  '',
  ' ',
  '0',
  '-1',
  'a.b',
  '#root',
  '$ref',
  '\u202egnp',
  '\ud800',
  'k'.repeat(5_000),
]

export const evilTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ufeff',
  '\u202etxt.exe',
  '\ud800',
  '\udc00\ud800',
  '👩‍👩‍👧‍👦'.repeat(50),
  'Z̗̮͚̼͍'.repeat(200),
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%00',
  '%2e%2e%2f',
  "' or 1=1; drop table baton.conversations; --",
  '"; select pg_sleep(10); --',
  '${7*7}{{7*7}}<%= 7*7 %>#{7*7}',
  '{{ constructor.constructor("return process")().exit() }}',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '=HYPERLINK("http://x")',
  '\r\nSet-Cookie: x=y',
  'data: x\n\nevent: forged\n',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '9'.repeat(400),
  '0x10',
  'true',
  'null',
  'undefined',
  '[object Object]',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  'P1Y',
  '999999999d',
  '1ms',
  'Etc/GMT+25',
  'xx-'.repeat(20),
  'x'.repeat(10_000),
  'x'.repeat(10_001),
  '(a+)+$',
]

export const evilNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_SAFE_INTEGER + 2,
]

/** A value of the wrong kind: JSON, as `JSON.parse` would give it. */
export function evilValue(chance: Chance, depth = 0): unknown {
  switch (chance.below(depth > 3 ? 5 : 9)) {
    case 0:
      return chance.one(evilTexts)
    case 1:
      return chance.one(evilNumbers)
    case 2:
      return chance.one([true, false, null])
    case 3:
      return []
    case 4:
      return {}
    case 5:
      return Array.from({ length: chance.below(20) }, () => evilValue(chance, depth + 1))
    case 6:
      return withKey({}, chance.one(evilKeys), evilValue(chance, depth + 1))
    case 7:
      return nested(chance.below(60), chance.is(0.5))
    default:
      return Object.fromEntries(
        Array.from({ length: chance.below(6) }, (_, index) => [`k${index}`, evilValue(chance, depth + 1)]),
      )
  }
}

/** Lists, or maps, within one another. */
export function nested(depth: number, lists: boolean): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = lists ? [value] : { a: value }
  return value
}

/** As JSON.parse sets keys: `__proto__` becomes a key like any other. */
export function withKey(holder: object, key: string, value: unknown): object {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
  return holder
}

const paths = [
  'customer.n',
  'customer.t',
  'vars.amount',
  'vars.items',
  'conversation.turns',
  'nlu.confidence',
  'queue.eta',
]
const names = ['a', 'b', 'c', 'd']

/** A CEL condition out of what is dear: macros in macros, lists of lists, texts that grow, patterns. */
export function celBomb(chance: Chance, depth = 0, bound: readonly string[] = []): string {
  const deeper = (): string => (depth > 5 ? leaf(chance, bound) : celBomb(chance, depth + 1, bound))
  const name = names[bound.length] ?? 'z'
  const inner = (): string => (depth > 5 ? 'true' : celBomb(chance, depth + 1, [...bound, name]))
  switch (chance.below(13)) {
    case 0:
      return `customer.n.${chance.one(['all', 'exists', 'exists_one', 'filter', 'map'])}(${name}, ${inner()})`
    case 1:
      return `[${Array.from({ length: chance.below(8) }, deeper).join(', ')}]`
    case 2:
      return `(${deeper()}) ${chance.one(['+', '-', '*', '/', '%', '==', '<', '&&', '||', 'in'])} (${deeper()})`
    case 3:
      return `${deeper()} ? ${deeper()} : ${deeper()}`
    case 4:
      return `cel.bind(${name}, ${deeper()}, ${inner()})`
    case 5:
      return `customer.t.matches("${pattern(chance)}")`
    case 6:
      return `customer.t.${chance.one(['contains', 'startsWith', 'split', 'replace', 'indexOf'])}(${deeper()})`
    case 7:
      return `(${deeper()}).${chance.one(['size()', 'join(",")', 'lowerAscii()', 'constructor', '__proto__', 'toString()'])}`
    case 8:
      return `!(${deeper()})`
    case 9:
      return `customer[${deeper()}]`
    case 10:
      return `{"${chance.one(['a', '__proto__', 'constructor'])}": ${deeper()}}`
    case 11:
      return '('.repeat(chance.below(60)) + leaf(chance, bound)
    default:
      return leaf(chance, bound)
  }
}

function leaf(chance: Chance, bound: readonly string[]): string {
  return chance.one([
    ...paths,
    ...bound,
    '1',
    '0',
    '-9223372036854775808',
    '"x"',
    `"${'y'.repeat(200)}"`,
    'true',
    'null',
    '1e308',
  ])
}

/** A pattern that backtracking engines die of. */
export function pattern(chance: Chance): string {
  return chance.one([
    '(a+)+$',
    '(a|a)*$',
    '(a|aa)+$',
    '^(.*a){20}$',
    '(x+x+)+y',
    '((a{1,100}){1,100}){1,100}',
    '(a*)*b',
    '([a-zA-Z]+)*$',
    '(?i)(\\\\w+\\\\s?)*$',
    '.*.*.*.*.*.*=',
    '(?=a)a',
    '(a)\\\\1',
    '[',
  ])
}

/** A Liquid text out of what is dear: loops in loops, ranges, filters on filters, captures that double. */
export function liquidBomb(chance: Chance, depth = 0): string {
  const deeper = (): string => (depth > 4 ? '{{ customer.t }}' : liquidBomb(chance, depth + 1))
  const filters = (): string =>
    Array.from({ length: chance.below(30) }, () => ` | ${chance.one(liquidFilters)}`).join('')
  switch (chance.below(9)) {
    case 0:
      return `{% for i in (1..${chance.one(['9', '999999999', '-1', '1e9', 'customer.n'])}) %}${deeper()}{% endfor %}`
    case 1:
      return `{% for i in customer.n %}${deeper()}${deeper()}{% endfor %}`
    case 2:
      return `{% capture a %}${deeper()}{% endcapture %}${'{% capture a %}{{ a }}{{ a }}{% endcapture %}'.repeat(chance.below(40))}{{ a }}`
    case 3:
      return `{% assign a = customer.t${filters()} %}{{ a${filters()} }}`
    case 4:
      return `{% if customer.n contains 1 or vars.amount > 2 %}${deeper()}{% else %}${deeper()}{% endif %}`
    case 5:
      return `{% assign l = customer.t | split: "" %}{% for x in l %}${deeper()}{% endfor %}`
    case 6:
      return `{{ customer${chance.one(['.__proto__', '["constructor"]', '.n.size', '.t.first.last'])}${filters()} }}`
    case 7:
      return chance.one([
        '{% include "x" %}',
        '{% render "x" %}',
        '{% raw %}',
        '{% tablerow %}',
        '{{',
        '{% for %}',
        '{% break %}',
      ])
    default:
      return `${deeper()}${deeper()}`
  }
}

const liquidFilters = [
  'append: customer.t',
  'prepend: customer.t',
  'replace: "x", customer.t',
  'split: ""',
  'join: customer.t',
  'concat: customer.n',
  'map: "a"',
  'sort',
  'uniq',
  'reverse',
  'json',
  'upcase',
  'url_encode',
  'escape',
  'times: 1e308',
  'divided_by: 0',
  'modulo: 0',
  'round: 400',
  'slice: 0, 1e9',
  'truncate: 1e9',
  'date: "%10000000d"',
  'default: customer.n',
  'where: "a", "b"',
  'strip_html',
  'constructor',
]

/** Bombs that are admitted, so that they go off in a conversation. */
export const runningBombs = {
  texts: [
    '{% for i in (1..999999999) %}x{% endfor %}',
    '{% for a in (1..999) %}{% for b in (1..999) %}{{ customer.t }}{% endfor %}{% endfor %}',
    `{% assign a = customer.t %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`,
    `{% capture a %}{{ customer.t }}{% endcapture %}${'{% capture a %}{{ a }}{{ a }}{% endcapture %}'.repeat(40)}{{ a }}`,
    '{{ customer.t | split: "" | sort | uniq | join: customer.t }}',
    '{{ customer | json }}{{ customer.__x }}{{ conversation.id }}',
    '<script>alert(1)</script>{{ customer.name }}',
    'x'.repeat(9_999),
  ],
  conditions: [
    'customer.n.all(a, customer.n.all(b, customer.n.all(c, a + b + c >= 0)))',
    'customer.t.matches("^(a+)+$")',
    'customer.n.map(a, customer.n).size() > 0',
    'customer.constructer == 1',
    'customer.n[99999999] == 1',
    '1 / 0 > 1',
    'true',
    'false',
  ],
} as const
