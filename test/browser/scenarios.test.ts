/**
 * What scenarios are worth, at the canvas: what they come through is marked on the flow, tests are written by the
 * machine, mistakes are tried, and a conversation that was becomes a scenario.
 */
import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { violationsOn } from '#test/driver/browser.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { flowNamed } from '#test/driver/index.ts'

const studio = testStudio([flowNamed('hello')])
const { covering, keeping, noticing, scenarios } = words.simulate
const { covered, uncovered } = words.canvas.card

/** A run in which a person is asked for, saved as a scenario. */
async function savesOne(width = 1440, scheme: 'light' | 'dark' = 'light'): Promise<Designer> {
  const ann = await studio.designer({ width, scheme })
  await ann.opens('hello')
  await ann.shows('simulator')
  await ann.sees.button('I want to talk to a person').click()
  await ann.sees.standing('queued.line').waitFor()
  await ann.page.getByRole('tab', { name: words.simulate.tabs.scenarios }).click()
  await ann.sees.field(scenarios.name).fill('A person is honoured')
  await ann.sees.button(scenarios.save).click()
  await ann.sees.panel.getByText(scenarios.passedOf(1, 1)).waitFor()
  return ann
}

test.each(['light', 'dark'] as const)(
  'what scenarios come through is marked on the flow, in words and signs, in %s',
  async (scheme) => {
    const ann = await savesOne(1440, scheme)
    await ann.sees.panel.getByRole('switch', { name: covering.show }).click()
    await expect.poll(() => ann.sees.card('line').getAttribute('aria-label')).toContain(covered)
    expect(await ann.sees.card('note').getAttribute('aria-label')).toContain(uncovered)
    const ways = ann.sees.card('line').getByRole('img', { name: uncovered })
    expect(await ways.count()).toBeGreaterThan(0)
    await ann.sees.panel.getByRole('list', { name: covering.legend }).waitFor()
    expect(await violationsOn(ann.page)).toEqual([])
    await ann.sees.panel.getByRole('list', { name: covering.missing }).getByRole('button').first().click()
    await ann.sees.panel.getByRole('switch', { name: covering.show }).click()
    await expect.poll(() => ann.sees.card('chat').getAttribute('aria-label')).not.toContain(covered)
  },
)

test('tests that the machine writes come through the rest, and can be kept', async () => {
  const ann = await savesOne()
  await ann.page.keyboard.press('Alt+Shift+Digit6')
  await ann.sees.panel.getByText(covering.all).waitFor()
  await ann.sees.panel.getByText(`${covering.title}: 100 %`).waitFor()
  await ann.sees.button(covering.keepPaths).click()
  await expect.poll(() => ann.sees.panel.getByRole('article').count()).toBeGreaterThan(5)
})

test('mistakes are tried away from the page: those that nobody would notice are named, and lead to their step', async () => {
  const ann = await savesOne()
  await ann.page.keyboard.press('Alt+Shift+Digit7')
  const survivors = ann.sees.panel.getByRole('list', { name: noticing.survivors })
  await survivors.getByRole('button').first().waitFor({ timeout: 60_000 })
  expect(await violationsOn(ann.page)).toEqual([])
  await survivors
    .getByRole('button', { name: /“note”/ })
    .first()
    .click()
  await ann.sees.card('note').waitFor()
  await ann.sees.button(noticing.again).click()
  await ann.sees.button(noticing.cancel).click()
  await ann.sees.panel.getByText(/^Stopped after/).waitFor()
})

test('what is kept and cannot be read is told, can be copied, and goes only when it is taken away', async () => {
  const ann = await studio.designer()
  const old = { flow: 'hello', scenarios: [{ name: 'From another version', weather: 'rain', steps: [] }] }
  await ann.opens('hello')
  await ann.page.evaluate((text) => window.localStorage.setItem('baton.scenarios.hello', text), JSON.stringify(old))
  await ann.shows('simulator')
  await ann.page.getByRole('tab', { name: words.simulate.tabs.scenarios }).click()
  const told = ann.sees.panel.getByRole('status').filter({ hasText: scenarios.left(1) })
  await told.getByRole('button', { name: scenarios.copy }).waitFor()
  expect(await violationsOn(ann.page)).toEqual([])
  await told.getByRole('button', { name: scenarios.leftRemove }).click()
  await told.waitFor({ state: 'detached' })
  const kept = await ann.page.evaluate(() => window.localStorage.getItem('baton.scenarios.hello') ?? '')
  expect(kept).not.toContain('From another version')
})

test('a conversation that was becomes a scenario of its flow, without the name of anybody', async () => {
  const { customer, agent } = await converseOverHttp(studio.server, flowNamed('hello'), {
    id: 'c-9',
    customer: { name: 'Mia Berg' },
  })
  await customer.says('Can I talk to a person please?')
  await agent.accepts('sarah')
  await agent.says('Hello Mia')
  const ann = await studio.designer()
  await ann.opens('hello')
  await ann.page.goto(`${studio.server.url}/flows/hello#conversation/c-9`)
  await ann.sees.standing('agentActive.person').waitFor()
  await ann.sees.button(keeping.open).click()
  await ann.sees.field(keeping.name).fill('Who asks is heard')
  await ann.page.keyboard.press('Enter')
  await ann.sees.panel.getByText(keeping.saved('Who asks is heard')).waitFor()
  expect(await violationsOn(ann.page)).toEqual([])
  await ann.sees.panel.getByRole('button', { name: words.simulate.dismiss }).click()
  await ann.sees.button(keeping.open).waitFor()
  const kept = await ann.page.evaluate(() => window.localStorage.getItem('baton.scenarios.hello') ?? '')
  expect(kept).toContain('"offers": "told"')
  expect(kept).not.toMatch(/mia|berg|sarah/i)
})
