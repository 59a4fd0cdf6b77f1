/** A conversation that really was, at any of its moments, in the editor. */
import { expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { flowNamed } from '#test/driver/index.ts'

const flow = flowNamed('hello')
const studio = testStudio([flow])
const said = words.insights

test('every event can be gone back to, with why it went as it did; the address leads there again', async () => {
  await talked('c-1')
  const ann = await studio.designer()
  await ann.opens('hello')
  await ann.shows('live')
  await ann.sees.panel.getByRole('list', { name: said.steps }).getByRole('button').first().click()
  await ann.sees.panel
    .getByRole('button', { name: said.look('c-1') })
    .or(ann.page.getByTitle(said.look('c-1')))
    .first()
    .click()
  await ann.sees.standing('agentActive.person').waitFor()
  expect(await marked(ann)).toContain('person')

  // Back by the keyboard alone, from the last event to the one that asked for a person.
  const slider = ann.page.getByRole('slider', { name: said.slider })
  await slider.focus()
  for (let at = Number(await slider.getAttribute('aria-valuenow')) - 1; ; at--) {
    await ann.page.keyboard.press('ArrowLeft')
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe(String(at))
    if (await ann.sees.panel.getByText(said.events['customer.message'], { exact: true }).isVisible()) break
  }
  await ann.sees.standing('queued.line').waitFor()
  await ann.sees.panel
    .getByText(/fired: asked for a person/)
    .first()
    .waitFor()
  await ann.page.waitForURL(/#conversation\/c-1\/\d+$/)

  await ann.reloads()
  await ann.sees.standing('queued.line').waitFor()
  await ann.page.getByRole('tab', { name: said.tabs.inside }).click()
  await ann.sees.panel
    .getByRole('list', { name: words.why.triggers })
    .getByText(words.why.outcomes.fired, { exact: true })
    .waitFor()
  await ann.sees.panel
    .getByRole('list', { name: words.simulate.timers })
    .getByText(words.simulate.timer['maxWait'] ?? '')
    .waitFor()

  await ann.sees.panel.getByRole('button', { name: said.earlier }).click()
  await ann.sees.standing('bot.chat').waitFor()
  await ann.sees.button(said.toNow).click()
  await ann.sees.standing('agentActive.person').waitFor()
})

test('from any moment it can be gone on in the simulator', async () => {
  await talked('c-2')
  const ann = await studio.designer()
  await ann.opens('hello')
  await ann.page.goto(`${studio.server.url}/flows/hello#conversation/c-2`)
  await ann.sees.standing('agentActive.person').waitFor()
  await ann.sees.panel.getByRole('button', { name: said.earlier }).click()
  await ann.sees.panel.getByRole('button', { name: said.earlier }).click()
  await ann.sees.standing('queued.line').waitFor()
  await ann.sees.button(said.goOn).click()
  await ann.page.getByRole('heading', { name: words.simulate.title }).waitFor()
  await ann.sees.standing('queued.line').waitFor()
  await ann.sees.panel.getByText('a person please').first().waitFor()
})

async function talked(id: string): Promise<void> {
  const { customer, bot, agent } = await converseOverHttp(studio.server, flow, { id, customer: { name: 'Ann' } })
  await customer.says('Where is my parcel?')
  await bot.replies('On its way.', { nlu: { confidence: 0.61 } })
  await customer.says('Can I talk to a person please?')
  await agent.accepts('sarah')
  await agent.says('Hello')
}

/** The steps that are lit on the canvas. */
function marked(ann: Designer): Promise<readonly string[]> {
  return ann.page
    .locator('.react-flow__node')
    .filter({ has: ann.page.locator('[data-paint~="lit"]') })
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-id') ?? ''))
}
