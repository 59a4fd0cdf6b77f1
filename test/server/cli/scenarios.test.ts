import { describe, expect, test } from 'vitest'
import { support } from '../../engine/draw.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const flow = { ...support(), id: 'support' }
const agents = [{ id: 'sarah', name: 'Sarah', teams: ['billing'] }]
const passing = {
  name: 'A person can be asked for',
  agents,
  steps: [{ customer: 'a human please' }, { expect: { state: 'queued.billing' } }],
}
const failing = {
  name: 'It is <over> at once',
  agents,
  steps: [
    { customer: 'a human please' },
    { expect: { phase: 'queued' } },
    { clock: '90s' },
    { agent: { says: 'Hi' } },
    { expect: { refused: 'closed', said: 'Goodbye' } },
  ],
}

describe('baton test', () => {
  test('plays the scenarios of a flow, says which pass, and ends with 0', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing] })
    expect(await baton.run('test')).toEqual({
      code: 0,
      err: '',
      out: 'support flows/support.scenarios.json\n  ✓ A person can be asked for\n\n1 scenario passed\n',
    })
  })

  test('shows for a failure what was expected, what came, and how it came to that, and ends with 1', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing, failing] })
    const { code, out } = await baton.run('test', 'support')
    expect(code).toBe(1)
    expect(out).toBe(`support flows/support.scenarios.json
  ✓ A person can be asked for
  ✗ It is <over> at once (at step 5)
      refused    - closed
                 + not-owner
      said       - Goodbye (to be told)
                 + Still number 1.
      what happened:
        +0s      the conversation starts → bot.chat (bot)
                 “Hello there, ask away.”
        +0s      customer “a human please” → queued.billing (queue)
                 “You are number 1, about a few minutes.”
        +1m 30s  clock 90s → queued.billing (queue)
                 “Still number 1.”
        +1m 30s  agent says “Hi” → refused, not-owner: The queue owns the conversation; an agent must accept it first.
      timers: billing.maxWait in 3m 30s, billing.update in 30s

1 scenario passed, 1 failed
`)
  })

  test('writes the results as JUnit XML', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing, failing] })
    await baton.run('test', '--junit', 'results.xml')
    const xml = await baton.read('results.xml')
    expect(xml).toContain('<testsuite name="support" tests="2" failures="1">')
    expect(xml).toContain('<testcase classname="support" name="A person can be asked for"/>')
    expect(xml).toContain('name="It is &lt;over&gt; at once"')
    expect(xml).toContain('<failure message="expected refused &quot;closed&quot;; it is &quot;not-owner&quot;">')
    expect(xml).toContain('refused    - closed&#10;           + not-owner&#10;')
    expect(xml).toContain('+1m 30s  clock 90s → queued.billing (queue)')
    await baton.run('test', '--junit', 'again.xml')
    expect(await baton.read('again.xml')).toBe(xml)
  })

  test('finds the flow beside the scenarios, wherever they are', async () => {
    await baton.save('support.flow.json', flow)
    await baton.save('mine.scenarios.json', { flow: 'support', scenarios: [passing] })
    expect((await baton.run('test', 'mine.scenarios.json')).code).toBe(0)
  })

  test('names every fault of a file that cannot be read, and still plays the others', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/broken.scenarios.json', {
      flow: 'support',
      scenarios: [{ name: 'x', steps: [{ custmer: 'Hi' }, { clock: 'soon' }] }],
    })
    await baton.save('flows/lost.scenarios.json', { flow: 'suport', scenarios: [passing] })
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing] })
    const { code, out } = await baton.run('test')
    expect(code).toBe(1)
    expect(out).toContain('✗ /scenarios/0/steps/0: “steps” knows no “custmer”; did you mean “customer”?')
    expect(out).toContain('✗ /scenarios/0/steps/1/clock: “clock” must be a duration')
    expect(out).toContain('✗ There is no flow “suport” in flows; did you mean “support”?')
    expect(out).toContain('1 scenario passed, 2 files could not be read')
  })

  test('names the faults of the flow', async () => {
    await baton.save('flows/support.flow.json', {
      ...flow,
      edges: [{ id: 'e', source: 'start', sourceHandle: 'next', target: 'nowhere' }],
    })
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing] })
    expect((await baton.run('test')).out).toContain('the flow: /edges/0/target: There is no node “nowhere”')
  })

  test('says so when there are no scenarios', async () => {
    expect((await baton.run('test')).err).toBe(
      'There are no scenarios in flows; name a file, or set FLOWS_DIR to the folder that holds them.\n',
    )
    expect((await baton.run('test', 'support')).err).toBe(
      'There are no scenarios of a flow “support” in flows, nor any other; name a file, or set FLOWS_DIR.\n',
    )
  })
})

describe('baton test --coverage', () => {
  const save = async (): Promise<void> => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing] })
  }

  test('counts what of each flow the scenarios come through, and names the rest', async () => {
    await save()
    const { code, out } = await baton.run('test', '--coverage')
    expect(code).toBe(0)
    expect(out).toMatch(/covered: \d+ of \d+ nodes, \d+ of \d+ outlets, 1 of 2 triggers \(\d+ %\)/)
    expect(out).toContain('not covered: node person\n')
    expect(out).toMatch(/not covered: billing: accepted, timeout/)
  })

  test('ends with 1 where a flow has less than is asked for', async () => {
    await save()
    const { code, out } = await baton.run('test', '--coverage-at-least', '99')
    expect(code).toBe(1)
    expect(out).toMatch(/\nsupport: \d+ % is covered, 99 % is asked for\n$/)
    expect((await baton.run('test', '--coverage-at-least', '1')).code).toBe(0)
    expect((await baton.run('test', '--coverage-at-least', 'most')).err).toContain('It is a number from 0 to 100.')
  })
})

describe('baton test --mutate', () => {
  test('makes mistakes in the flow and says which no scenario would notice', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [passing] })
    const { code, out } = await baton.run('test', '--mutate')
    expect(code).toBe(0)
    expect(out).toMatch(/\d+ of \d+ mistakes noticed \(\d+ %\); \d+ more would be refused by the check/)
    expect(out).toContain('no scenario would notice that\n')
    expect(out).toContain('“bye” does not say “Goodbye.”')
    expect((await baton.run('test', '--mutation-at-least', '100')).code).toBe(1)
    expect((await baton.run('test', '--mutate', '--most', '3')).out).toMatch(/ of \d mistakes? noticed/)
  })

  test('tries none while a scenario fails', async () => {
    await baton.save('flows/support.flow.json', flow)
    await baton.save('flows/support.scenarios.json', { flow: 'support', scenarios: [failing] })
    expect((await baton.run('test', '--mutate')).out).toContain('no mistakes are tried while scenarios fail')
  })
})

describe('baton test --paths', () => {
  test('plays the machine’s own tests too, also of flows that have no scenarios, and counts what they cover', async () => {
    await baton.save('flows/support.flow.json', flow)
    const { code, out } = await baton.run('test', '--paths', '--coverage', '--junit', 'results.xml')
    expect(code).toBe(0)
    expect(out).toMatch(/✓ \d+ tests written by the machine\n/)
    expect(out).toMatch(/covered: 1\d of 12 nodes, 2\d of 25 outlets, 2 of 2 triggers/)
    expect(await baton.read('results.xml')).toMatch(/<testsuite name="support" tests="\d\d?" failures="0">/)
    expect((await baton.run('test', 'support', '--paths')).code).toBe(0)
    expect((await baton.run('test', 'support')).err).toContain('There are no scenarios of a flow “support”')
  })
})
