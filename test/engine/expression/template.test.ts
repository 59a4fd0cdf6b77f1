import { describe, expect, it } from 'vitest'
import { compileTemplate } from '#engine/expression/index.ts'
import { render, scope, textFaultsOf, variables } from './world.ts'

describe('a text', () => {
  it.each([
    ['Hello {{ customer.name }}!', 'Hello Ada!'],
    ['You are number {{ queue.position }}, about {{ queue.eta }} minutes.', 'You are number 4, about 7 minutes.'],
    ['{{ customer.zip | default: "unknown" }}', 'unknown'],
    ['{{ customer.zip }}{{ customer.note }}{{ agent.name }}{{ customer.address.zip.code }}', ''],
    ['{% if hours.open and queue.position < 5 %}soon{% elsif hours.open %}later{% else %}closed{% endif %}', 'soon'],
    ['{% unless vars.vip %}no{% else %}yes{% endunless %}', 'yes'],
    ['{% case customer.tier %}{% when "silver", "gold" %}precious{% else %}plain{% endcase %}', 'precious'],
    [
      '{% for i in vars.items %}{{ forloop.index }}.{{ i.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
      '1.Lamp, 2.Desk',
    ],
    ['{% for item in vars.items reversed limit: 1 %}{{ item.name }}{% endfor %}', 'Lamp'],
    [
      '{% for n in (1..5) %}{% if n == 2 %}{% continue %}{% elsif n == 4 %}{% break %}{% endif %}{{ n }}{% endfor %}',
      '13',
    ],
    ['{% for x in customer.none %}x{% else %}none{% endfor %}', 'none'],
    ['{% assign total = vars.amount | times: 2 %}{{ total }} {{ total | round }}', '201 201'],
    ['{{ vars.items | map: "name" | join: " and " }}', 'Lamp and Desk'],
    ['{{ vars.items | where: "name", "Desk" | map: "price" | first }}', '250'],
    [
      '{{ vars.items.size }} {{ vars.items.first.name }} {{ vars.items[-1].price }} {{ customer.tags | last }}',
      '2 Lamp 250 web',
    ],
    ['{{ vars.due | date: "%-d.%m.%Y" }} {{ hours.opens | date: "%A %H:%M" }}', '24.12.2026 Thursday 09:00'],
    ['{{ "now" | date: "%Y" }} {{ "2026-02-30" | date: "%Y" }}', 'now 2026-02-30'],
    [
      '{{ customer.name | upcase }} {{ customer.name | append: "!" | prepend: "<" }} {{ "a b c" | truncatewords: 2 }}',
      'ADA <Ada! a b...',
    ],
    ['{{ vars.amount | divided_by: 0 }}|{{ vars.amount | plus: "1.5" }}', '|102'],
    ['{{ vars.items | json }}', '[{"name":"Lamp","price":30},{"name":"Desk","price":250}]'],
    ['{{ "a b&c" | url_encode }}', 'a+b%26c'],
    ['{% raw %}{{ customer.name }}{% endraw %}{% comment %}{{ nothing }}{% endcomment %}', '{{ customer.name }}'],
    ['a {%- if vars.vip -%} b {%- endif -%} c', 'abc'],
    ['{% if customer.tags contains "web" and customer.zip == blank %}yes{% endif %}', 'yes'],
    ['{{ customer.tags }}|{{ customer.address }}', 'newweb|'],
  ])('%s', (source, expected) => expect(render(source)).toBe(expected))

  it('stays text: nothing is escaped, and Liquid in a value is not run', () => {
    expect(render('Hi {{ customer.name }}', { customer: { name: '<b>{{ vars.amount }}</b> & {% raw %}' } })).toBe(
      'Hi <b>{{ vars.amount }}</b> & {% raw %}',
    )
    expect(render('{{ customer.name | escape }}', { customer: { name: '<b>&"' } })).toBe('&lt;b&gt;&amp;&#34;')
  })

  it('says whether there is anything to fill in, and what', () => {
    const plain = compileTemplate('Hello!', { variables })
    const filled = compileTemplate(
      '{{ customer.name }} {% for i in vars.items %}{{ i.name }} {{ customer["name"] }}{% endfor %}' +
        '{{ vars.items.size }}{{ customer.tags[0] }}{% assign x = queue.eta %}{{ x }}',
      { variables },
    )
    expect(plain.ok && [plain.template.isPlain, plain.template.variables]).toEqual([true, []])
    expect(filled.ok && [filled.template.isPlain, filled.template.variables]).toEqual([
      false,
      ['customer.name', 'vars.items', 'customer.tags', 'queue.eta'],
    ])
  })

  it('takes any name when the variables are not given', () => {
    const compiled = compileTemplate('{{ whatever.name }} {{ vars.x }}')
    expect(compiled.ok && compiled.template.render({ vars: { x: 1 } })).toBe(' 1')
  })

  it('is compiled once for equal sources and declarations', () => {
    expect(compileTemplate('{{ vars.amount }}', { variables })).toBe(
      compileTemplate('{{ vars.amount }}', { variables: { ...variables } }),
    )
    expect(compileTemplate('{{ vars.amount }}', { variables: {} }).ok).toBe(false)
  })

  it('writes nothing for a place in the scope that is not a map', () => {
    expect(
      render('{{ customer.name }}|{{ vars.items[0].name }}', { ...scope, customer: [], vars: { items: 'x' } }),
    ).toBe('|')
  })
})

describe('a text with faults is refused', () => {
  it.each([
    ['{{ custmer.name }}', 4, 'did you mean “customer”?'],
    ['Hi {{ vars.amuont }}', 7, 'did you mean “amount”?'],
    ['{{ nlu.intent }}', 4, 'in conditions only'],
    ['{{ customer.name | upcas }}', 4, 'did you mean “upcase”?'],
    ['{{ customer.name | truncate: 1, 2, 3 }}', 4, '0 to 2 values'],
    ['{{ customer.name customer.tier }}', 18, 'side by side'],
    ['{{ vars.amount.cents }}', 4, 'has no part “cents”'],
    ['{% for x in vars.amount %}{% endfor %}', 13, 'goes through a list'],
    ['{% for x in vars.items by: 2 %}{% endfor %}', 1, 'not “by”'],
    ['{{ item.name }}{% for item in vars.items %}{% endfor %}', 4, 'There is no “item”'],
    ['{% assign customer = 1 %}', 11, 'choose another'],
    ['{% if vars.vip %}', 1, 'is not closed'],
    ['{% endif %}', 1, 'belongs to no tag'],
    ['{{ customer.name', 1, 'is not closed'],
    ['{{ }}', 4, 'is missing'],
    ['{{ == 1 }}', 4, 'lacks a value'],
    ['{% if vars.vip && vars.vip %}{% endif %}', 17, '“and” and “or” are words'],
    ['{{ customer.constructor }}', 4, 'cannot be read'],
  ])('%s (column %i: %s)', (source, column, words) => {
    const [fault] = textFaultsOf(source)
    expect(fault?.message).toContain(words)
    expect(fault?.column).toBe(column)
  })

  it.each([
    'include "x"',
    'render "x"',
    'layout "x"',
    'block x',
    'capture x',
    'liquid\n echo 1',
    'increment x',
    'cycle 1, 2',
    'tablerow x in y',
    'echo 1',
  ])('when it has the tag %s, which does not exist', (tag) => {
    expect(textFaultsOf(`{% ${tag} %}`)[0]?.message).toContain('There is no tag')
  })

  it('with every fault at once', () => {
    expect(textFaultsOf('{{ one }} {{ two }} {{ vars.three }}').map((fault) => fault.column)).toEqual([4, 14, 24])
  })
})
