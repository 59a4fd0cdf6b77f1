import { describe, expect, test } from 'vitest'
import { recordScenario, runScenario } from '#engine/simulate/index.ts'
import { begun } from '#editor/simulate/run/run.ts'
import { runAll, scriptOf, settingOfScenario, turnAt } from '#editor/simulate/scenarios/replay.ts'
import { createShelf, fileText, readScenarios, type Keeping } from '#editor/simulate/scenarios/shelf.ts'
import { ready } from '../../engine/flows/library.ts'
import { document, supportEdges, supportNodes } from '../../engine/draw.ts'

const flow = document(supportNodes, supportEdges, { orderNumber: { type: 'text' } })

function saved(name: string) {
  const { simulation } = begun({
    flow,
    options: {},
    script: [{ customer: 'I want to talk to a person' }, { agent: { accepts: 'sarah' } }],
  })
  if (simulation === null) throw new Error('The flow of this test does not begin.')
  return recordScenario(simulation, name)
}

function memory(): Keeping & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

describe('Scenarios in the editor', () => {
  test('a saved run is kept for its flow and is there after a reload', () => {
    const keeping = memory()
    createShelf(keeping).add('support', [saved('A person comes')])
    expect(
      createShelf(keeping)
        .of('support')
        .scenarios.map((each) => each.name),
    ).toEqual(['A person comes'])
    expect(createShelf(keeping).of('other').scenarios).toEqual([])
  })

  test('one of the same name is replaced, one that is removed is gone', () => {
    const shelf = createShelf(memory())
    shelf.add('support', [saved('One'), saved('Two')])
    shelf.add('support', [{ ...saved('One'), steps: [{ clock: '1m' }] }])
    expect(shelf.of('support').scenarios.map((each) => [each.name, each.steps.length])).toEqual([
      ['Two', 5],
      ['One', 1],
    ])
    shelf.remove('support', 'Two')
    expect(shelf.of('support').scenarios.map((each) => each.name)).toEqual(['One'])
  })

  test('what another tab has laid on it, or taken away, since it was looked at stays so', () => {
    const keeping = memory()
    const [one, two] = [createShelf(keeping), createShelf(keeping)]
    for (const shelf of [one, two]) expect(shelf.of('support').scenarios).toEqual([])
    one.add('support', [saved('One'), saved('Gone')])
    two.add('support', [saved('Two')])
    one.remove('support', 'Gone')
    two.add('support', [saved('Three')])
    expect(one.again('support').scenarios.map((each) => each.name)).toEqual(['One', 'Two', 'Three'])
  })

  test('a storage that is full or forbidden loses nothing of what is on the page', () => {
    const shelf = createShelf({
      getItem: () => {
        throw new Error('forbidden')
      },
      setItem: () => {
        throw new Error('full')
      },
    })
    shelf.add('support', [saved('One')])
    expect(shelf.of('support')).toMatchObject({ scenarios: [{ name: 'One' }], isKept: false })
  })

  test('what another version has laid there and this one cannot read is never written over', () => {
    const keeping = memory()
    const newer = { ...saved('Newer'), weather: 'rain' }
    keeping.setItem('baton.scenarios.support', JSON.stringify({ flow: 'support', scenarios: [saved('One'), newer] }))
    keeping.setItem('baton.scenarios.other', 'not JSON at all')
    const shelf = createShelf(keeping)
    for (const flow of ['support', 'other']) shelf.add(flow, [saved('Two')])
    const after = createShelf(keeping)
    expect(after.of('support')).toMatchObject({ scenarios: [{ name: 'One' }, { name: 'Two' }], unread: [newer] })
    expect(after.of('other')).toMatchObject({ scenarios: [{ name: 'Two' }], unread: ['not JSON at all'] })
    after.removeUnread('support')
    expect(createShelf(keeping).of('support').unread).toEqual([])
  })

  test('what is downloaded is a file that runs beside the flow', () => {
    const read = readScenarios(fileText('support', [saved('One')]))
    expect(read.ok && read.scenarios.map((each) => runScenario(flow, each).failures)).toEqual([[]])
  })

  test('one scenario, a list of them or a whole file may be pasted', () => {
    const one = saved('One')
    for (const text of [JSON.stringify(one), JSON.stringify([one]), fileText('support', [one])]) {
      expect(readScenarios(text)).toMatchObject({ ok: true, scenarios: [{ name: 'One' }] })
    }
  })

  test('a malformed paste is refused with every fault at once', () => {
    expect(readScenarios('{')).toMatchObject({ ok: false })
    const read = readScenarios(
      JSON.stringify([
        { name: '', steps: [] },
        { name: 'Two', steps: [{ customr: 'Hello' }] },
      ]),
    )
    expect(read.ok ? [] : read.faults.map((each) => each.pointer)).toEqual([
      '/scenarios/0/name',
      '/scenarios/0/steps',
      '/scenarios/1/steps/0',
    ])
  })

  test('a changed flow shows what was expected and what is', () => {
    const changed = document({ ...supportNodes, hello: ['say', { text: 'Welcome!' }] }, supportEdges, {
      orderNumber: { type: 'text' },
    })
    expect(runAll(changed, [saved('One')])?.[0]?.failures).toMatchObject([
      { step: 0, what: 'said', expected: 'Hello there, ask away.', actual: ['Welcome!'] },
    ])
    expect(runAll({ ...flow, nodes: 1 }, [saved('One')])).toBeNull()
  })

  test.each(ready)('every scenario of $id can be opened as a run, which takes all of it', ({ flow, scenarios }) => {
    for (const scenario of scenarios) {
      const run = begun({ flow, options: settingOfScenario(scenario), script: scriptOf(scenario) })
      expect(run.trouble, scenario.name).toBeNull()
      expect(run.simulation?.last.turn).toBe(turnAt(scenario, scenario.steps.length))
    }
  })
})
