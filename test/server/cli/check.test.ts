import { describe, expect, test } from 'vitest'
import { document, supportEdges, supportNodes } from '../../engine/draw.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const edges = [...supportEdges, 'billing.empty > note']
const without = (outlet: string) => edges.filter((edge) => !edge.startsWith(outlet))
const variables = { orderNumber: { type: 'text' } }
const flow = { ...document(supportNodes, edges, variables), id: 'support' }
const halfDrawn = {
  ...document(supportNodes, without('billing.timeout'), variables),
  id: 'half',
}

describe('baton check', () => {
  test('says that a flow is fine and ends with 0', async () => {
    await baton.save('flows/support.flow.json', flow)
    expect(await baton.run('check', 'support')).toEqual({
      code: 0,
      err: '',
      out: [
        '✓ flows/support.flow.json',
        '  worst wait 6m: chat (1m) → billing (5m) → person → a person',
        '',
        '1 flow: 0 errors, 0 warnings',
        '',
      ].join('\n'),
    })
  })

  test('tells the way to what is wrong: who does what, and where the conversation stands then', async () => {
    await baton.save('flows/half.flow.json', {
      ...document(supportNodes, [...without('wants.'), 'wants.fired > chat'], variables),
      id: 'half',
    })
    const { out } = await baton.run('check', 'half')
    const [, begins, says] = out
      .slice(out.indexOf('! warning wants: Who asks for a person comes to “chat” first'))
      .split('\n')
    expect(begins).toMatch(/^ +1\. the conversation begins.* → bot\.chat$/)
    expect(says).toMatch(/^ +2\. the customer says “.+” → bot\.chat$/)
  })

  test('says of a wait that has no end between which nodes it goes round', async () => {
    await baton.save('flows/support.flow.json', {
      ...document(supportNodes, [...without('billing.timeout'), 'billing.timeout > billing'], variables),
      id: 'support',
    })
    const { out } = await baton.run('check', 'support')
    expect(out).toContain('worst wait without end: chat (1m) → billing (5m) → billing → nobody comes')
    expect(out).toContain('“billing” (5m) → “billing”')
  })

  test('names node, trouble and cure of every error, and ends with 1', async () => {
    await baton.save('flows/half.flow.json', halfDrawn)
    const { code, out } = await baton.run('check', 'half')
    expect(code).toBe(1)
    expect(out).toContain(
      '✗ error   billing: “after 5m” (timeout) of “billing” leads nowhere; draw where it goes (/nodes/8)',
    )
    expect(out).toContain('1 flow: 1 error,')
  })

  test('looks at all flows of FLOWS_DIR when none is named', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/half.flow.json', halfDrawn)
    const { code, out } = await baton.run('check')
    expect(code).toBe(1)
    expect(out).toMatch(/half\.flow\.json[\s\S]*✓ flows\/support\.flow\.json[\s\S]*2 flows/)
  })

  test('names every fault of a malformed flow, and still checks the others', async () => {
    await baton.save('flows/broken.flow.json', {
      ...flow,
      id: 'broken',
      languag: 'en',
      nodes: [{ id: 'a', type: 'quue', data: {} }],
    })
    await baton.save('flows/nojson.flow.json', '{ "baton": 1,, }')
    await baton.save('flows/support.flow.json', flow)
    const { code, out } = await baton.run('check')
    expect(code).toBe(1)
    expect(out).toContain('“languag” is not known here')
    expect(out).toContain('There is no kind of node “quue”; did you mean “queue”?')
    expect(out).toMatch(/nojson\.flow\.json is not JSON: .+ Correct it, or bring it back from git\./)
    expect(out).toContain('✓ flows/support.flow.json')
  })

  test('takes a file by its path', async () => {
    await baton.save('mine.json', flow)
    expect((await baton.run('check', 'mine.json')).out).toContain('✓ mine.json')
  })

  test('guesses which flow was meant', async () => {
    await baton.save('flows/support.flow.json', flow)
    expect(await baton.run('check', 'suport')).toEqual({
      code: 1,
      out: '',
      err: 'There is no flow “suport” in flows; did you mean “support”?\n',
    })
    expect((await baton.run('check', './suport.json')).err).toBe('There is no file ./suport.json.\n')
  })

  test('says where it looked when there is nothing', async () => {
    expect((await baton.run('check')).err).toBe(
      'There are no flows in flows; name a file, or set FLOWS_DIR to the folder that holds them.\n',
    )
    expect((await baton.typed([], ['check', 'x'], { FLOWS_DIR: 'elsewhere' })).err).toBe(
      'There is no flow “x” in elsewhere, nor any other; name a file, or set FLOWS_DIR.\n',
    )
  })
})

describe('baton export', () => {
  test.each([
    ['json', '"baton": 1'],
    ['xstate', '"initial": "bot"'],
    ['mermaid', 'stateDiagram-v2'],
    ['scxml', '<scxml'],
    ['svg', '<svg'],
  ])('writes a flow as %s', async (as, part) => {
    await baton.save('flows/support.flow.json', flow)
    const { code, out } = await baton.run('export', 'support', '--as', as)
    expect(code).toBe(0)
    expect(out).toContain(part)
    expect(out.endsWith('\n')).toBe(true)
  })

  test('writes to a file', async () => {
    await baton.save('flows/support.flow.json', flow)
    expect(await baton.run('export', 'support', '--as', 'mermaid', '--out', 'support.mmd')).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    expect(await baton.read('support.mmd')).toContain('stateDiagram-v2')
    expect((await baton.run('export', 'support', '--as', 'json', '--out', 'no/such/folder.json')).err).toMatch(
      /^no\/such\/folder\.json cannot be written/,
    )
  })

  test('names the formats there are', async () => {
    expect((await baton.run('export', 'support', '--as', 'png')).err).toContain(
      'Allowed choices are json, xstate, mermaid, scxml, svg.',
    )
    expect((await baton.run('export', 'support')).code).toBe(1)
  })

  test('refuses a malformed flow', async () => {
    await baton.save('flows/broken.flow.json', { ...flow, id: 'broken', nodes: [] })
    expect((await baton.run('export', 'broken', '--as', 'json')).err).toMatch(
      /^flows\/broken\.flow\.json has \d+ faults?, such as \/nodes: .+ See all with `baton check broken`\.\n$/,
    )
  })
})

describe('baton', () => {
  test('alone shows what there is', async () => {
    const { code, out } = await baton.run()
    expect(code).toBe(0)
    for (const name of ['serve', 'check', 'test', 'simulate', 'export']) expect(out).toContain(`  ${name} `)
  })

  test('guesses which command was meant', async () => {
    const { code, err } = await baton.run('chek')
    expect(code).toBe(1)
    expect(err).toContain('(Did you mean check?)')
  })

  test('shows what configures the server', async () => {
    expect((await baton.run('serve', '--help')).out).toContain('DATABASE_URL')
  })
})
