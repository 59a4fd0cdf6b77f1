/** Past conversations played again through the draft: what would change, one by one, and every way in which nothing does. */
import type { Route } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { readAt } from '#editor/inspector/node/place.ts'
import { words } from '#editor/words/en.ts'
import type { BacktestDifference, BacktestPage, BacktestRequest } from '#ui/backtest.ts'
import { violationsOn, type DeviceOptions } from '#test/driver/browser.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { flowNamed } from '#test/driver/index.ts'
import { course, differing, page, talk } from '#test/editor/backtest/pages.ts'

const studio = testStudio([flowNamed('hello')])
const said = words.backtest
const BACKTEST = '**/v1/flows/*/backtest'
const FIGURE = said.sweep.name('Trigger unsure', 'Bot is unsure', 'Confidence below')

let asked: BacktestRequest[] = []
beforeEach(() => {
  asked = []
})

test('the last week is played again: the rate, what changes for how many, and who', async () => {
  const ann = await afterRun()
  await ann.page.getByText(said.changedCount(3, 100)).waitFor()
  await ann.sees.dialog.getByRole('img', { name: said.rate.about('12 %', '20 %') }).waitFor()
  expect(asked).toHaveLength(1)
  const [{ from = '', to = '', flow } = {}] = asked
  expect(Date.parse(to) - Date.parse(from)).toBe(7 * 86_400_000)
  expect(flow).toMatchObject({ id: 'hello' })
  const rows = ann.sees.dialog.getByRole('list', { name: said.list }).getByRole('button')
  expect(await rows.count()).toBe(3)
  await ann.sees.dialog.getByRole('button', { name: `1 ${said.change.never}`, exact: true }).click()
  await expect.poll(() => rows.count()).toBe(1)
  expect(await ann.sees.dialog.getByRole('button', { name: `0 ${said.change.later}`, exact: true }).isDisabled()).toBe(
    true,
  )
})

test('while it is played that is said with how far it is; cancelled, what was counted stays, and it goes on from there', async () => {
  let go = (): void => {}
  const waits = new Promise<void>((resolve) => {
    go = resolve
  })
  const ann = await comes({}, async (route, { cursor }) => {
    if (cursor === undefined) return route.fulfill({ json: page({ replayed: 200, total: 450, next: 'two' }) })
    await waits
    await route.fulfill({ json: page({ replayed: 250, total: 450 }) }).catch(() => undefined)
  })
  await runs(ann)
  await ann.page.getByText(said.progress(200, 450)).waitFor()
  await ann.page.getByText(said.same(200)).waitFor()
  await ann.sees.button(said.cancel).click()
  await ann.page.getByText(said.stopped).waitFor()
  await ann.sees.button(said.goOn).click()
  await expect.poll(() => asked.length).toBe(3)
  expect(asked.at(-1)?.cursor).toBe('two')
  go()
  await ann.page.getByText(said.same(450)).waitFor()
})

test('it goes on while the designer looks elsewhere, and what it found is still there', async () => {
  const ann = await afterRun()
  await ann.page.getByText(said.changedCount(3, 100)).waitFor()
  await ann.page.keyboard.press('Escape')
  await ann.sees.dialog.waitFor({ state: 'detached' })
  await opens(ann)
  await ann.page.getByText(said.changedCount(3, 100)).waitFor()
  expect(asked).toHaveLength(1)
  await ann.page.keyboard.press('Escape')
  await ann.chooses('welcome')
  await ann.writes('Message', 'Changed since.')
  await opens(ann)
  await ann.page.getByText(said.changed).waitFor()
})

test('one conversation as it was beside what it would have been: the first message that differs is marked, and the guess said', async () => {
  const ann = await afterRun()
  await ann.sees.button(/No longer to a person.*c-0002/s).click()
  await ann.page.getByText(said.guess).waitFor()
  expect(asked.at(-1)).toMatchObject({ conversations: ['c-0002'], detail: true })
  for (const text of ['Could you say that in other words?', 'I am getting somebody for you.']) {
    await ann.sees.dialog
      .locator('[data-differs]')
      .filter({ hasText: text })
      .filter({ hasText: said.differs })
      .waitFor()
  }
  expect(await ann.sees.dialog.getByText('Where is my parcel?').count()).toBe(1)
  await ann.sees.dialog.getByText(/what follows it is a guess/).waitFor()
  await ann.sees.button(said.back).click()
  const row = ann.sees.button(/No longer to a person.*c-0002/s)
  await expect.poll(() => row.evaluate((element) => element === document.activeElement)).toBe(true)
  await row.click()
  await ann.sees.button(said.journey).click()
  await ann.sees.dialog.waitFor({ state: 'detached' })
  await ann.sees.panel.getByRole('heading', { name: words.insights.conversation('c-0002') }).waitFor()
})

test('a figure is swept: a curve with the present value, its table, and a value that is taken into the draft', async () => {
  const ann = await comes(
    {},
    (route, { sweep }) =>
      route.fulfill({
        json: page({
          replayed: 100,
          sweep:
            sweep?.values.map((value, index) => ({
              value,
              handoffs: 10 + index,
              earlier: index,
              later: 0,
              never: 0,
              newly: index,
              otherTeam: 0,
            })) ?? [],
        }),
      }),
    'watching',
  )
  await ann.sees.dialog.getByRole('switch', { name: said.sweep.on }).click()
  await ann.sees.dialog.getByLabel(said.sweep.figure, { exact: true }).selectOption(FIGURE)
  await ann.sees.dialog.getByLabel(said.sweep.low, { exact: true }).fill('0.5')
  await ann.sees.dialog.getByLabel(said.sweep.high, { exact: true }).fill('0.8')
  await runs(ann)
  await ann.sees.dialog.getByRole('img', { name: said.sweep.about(FIGURE, '10 %', '16 %') }).waitFor()
  expect(asked.at(-1)?.sweep).toEqual({
    trigger: 'unsure',
    signal: 'lowConfidence',
    field: 'below',
    values: [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8],
  })
  const table = ann.sees.dialog.getByRole('table', { name: said.sweep.caption })
  expect(await table.getByRole('row').count()).toBe(8)
  await table.getByRole('rowheader', { name: said.sweep.presentAt('0.6') }).waitFor({ state: 'attached' })
  const slider = ann.sees.dialog.getByRole('slider', { name: said.sweep.look })
  expect(await slider.getAttribute('aria-valuetext')).toBe(said.sweep.at('0.6', '12 %'))
  await slider.focus()
  await ann.page.keyboard.press('End')
  await ann.sees.button(said.sweep.use('0.8')).click()
  await ann.sees.dialog.getByText(said.sweep.isUsed).waitFor()
  await expect.poll(async () => below(await ann.draft('watching'))).toBe(0.8)
  await ann.page.keyboard.press('Escape')
  await ann.page.keyboard.press('Control+z')
  await expect.poll(async () => below(await ann.draft('watching'))).toBe(0.6)
})

test('a range that makes no sense is named, and nothing is asked', async () => {
  const ann = await comes({}, better, 'watching')
  await ann.sees.dialog.getByRole('switch', { name: said.sweep.on }).click()
  await ann.sees.dialog.getByLabel(said.sweep.figure, { exact: true }).selectOption(FIGURE)
  await ann.sees.dialog.getByLabel(said.sweep.low, { exact: true }).fill('0.9')
  await ann.sees.dialog.getByLabel(said.sweep.high, { exact: true }).fill('0.2')
  await ann.page.getByRole('alert').getByText(said.sweep.wrong).waitFor()
  expect(await ann.sees.button(said.run).isDisabled()).toBe(true)
  expect(asked).toEqual([])
})

test('days of one’s own are asked for in the flow’s zone', async () => {
  const ann = await comes()
  await ann.sees.dialog.getByText(said.periods.own, { exact: true }).click()
  await ann.sees.dialog.getByLabel(said.from).fill('2026-11-20')
  await ann.sees.dialog.getByLabel(said.to).fill('2026-11-02')
  await ann.page.getByText(said.orderCure).waitFor()
  await ann.sees.dialog.getByLabel(said.from).fill('2026-11-01')
  await runs(ann)
  await expect
    .poll(() => asked.map(({ from, to }) => [from, to]))
    .toEqual([['2026-11-01T00:00:00.000Z', '2026-11-03T00:00:00.000Z']])
})

test('nobody talked to the flow in that time: it says so, and what to do', async () => {
  const ann = await afterRun({}, (route) =>
    route.fulfill({ json: page({ replayed: 0, handoffs: { before: 0, after: 0 } }) }),
  )
  await ann.page.getByText(said.emptyMore).waitFor()
})

test('conversations that cannot be played again are told with why', async () => {
  const ann = await afterRun({}, (route) =>
    route.fulfill({
      json: page({
        replayed: 0,
        total: 2,
        skipped: [
          { conversation: 'c-7', why: 'its log was erased' },
          { conversation: 'c-8', why: 'its log was erased' },
        ],
      }),
    }),
  )
  await ann.page.getByText(said.allSkipped).waitFor()
  await ann.sees.button(said.skipped(2)).click()
  await ann.page.getByText('its log was erased: c-7, c-8').waitFor()
})

test('a refusal is told with its cure; without an answer what was counted is kept, and it goes on', async () => {
  let refuses = true
  const ann = await afterRun({}, (route) => {
    if (!refuses) return route.fulfill({ json: page({ replayed: 5 }) })
    const problem = {
      type: 'about:blank',
      title: 'Refused',
      status: 422,
      detail: 'The flow has 1 fault; see “errors”.',
      errors: [{ pointer: '/flow/nodes/1', message: 'needs a text; write one' }],
    }
    return route.fulfill({ status: 422, contentType: 'application/problem+json', json: problem })
  })
  await ann.page.getByRole('alert').getByText('needs a text; write one').waitFor()
  refuses = false
  await ann.sees.button(said.again).click()
  await ann.page.getByText(said.same(5)).waitFor()
  await ann.device.goesOffline()
  await ann.page.unroute(BACKTEST)
  await runs(ann)
  await ann.page.getByRole('alert').getByText(words.versions.unreachable).waitFor()
})

test('a draft that cannot be read is not played: what is wrong with it is named', async () => {
  const hello = flowNamed('hello')
  await studio.keeps({ ...hello, id: 'unread' })
  const ann = await studio.designer()
  await ann.opens('unread')
  await ann.chooses('welcome')
  await ann.writes('Message', 'Hello {{')
  await ann.sees.tab('problems').filter({ hasText: '1' }).waitFor()
  await opens(ann)
  await ann.sees.dialog.getByText(said.needsCure).waitFor()
  expect(await ann.sees.button(said.run).isDisabled()).toBe(true)
  await ann.sees.button(said.toProblems).click()
  await ann.sees.panel.getByRole('list', { name: words.problems.list }).waitFor()
})

test('by keys alone: opened, played, a conversation compared, back, and away', async () => {
  const ann = await comes()
  await expect
    .poll(() => ann.sees.button(said.run).evaluate((element) => element === document.activeElement))
    .toBe(true)
  await ann.page.keyboard.press('Enter')
  const rows = ann.sees.dialog.getByRole('list', { name: said.list }).getByRole('button')
  await rows.first().focus()
  await ann.page.keyboard.press('ArrowDown')
  await expect.poll(() => rows.nth(1).evaluate((element) => element === document.activeElement)).toBe(true)
  await ann.page.keyboard.press('Enter')
  await ann.page.getByText(said.guess).waitFor()
  await ann.page.keyboard.press('Enter')
  await expect.poll(() => rows.nth(1).evaluate((element) => element === document.activeElement)).toBe(true)
  await ann.page.keyboard.press('Escape')
  await ann.sees.dialog.waitFor({ state: 'detached' })
})

test('the server itself plays what was said: with a draft that never hands over, nobody comes to a person', async () => {
  const hello = flowNamed('hello')
  const { customer } = await converseOverHttp(studio.server, hello)
  await customer.says('I want to talk to a person')
  const ann = await studio.designer()
  await ann.opens('hello')
  await opens(ann)
  await runs(ann)
  await ann.page.getByText(said.same(1)).waitFor()
  await ann.page.keyboard.press('Escape')
  await ann.chooses('welcome')
  await ann.writes('Message', 'Good day.')
  await opens(ann)
  await runs(ann)
  await ann.sees
    .button(new RegExp(`^${said.change.otherWords}`))
    .last()
    .click()
  await ann.sees.dialog.locator('[data-differs]').filter({ hasText: 'Good day.' }).waitFor()
  await ann.sees.button(words.simulate.keeping.open).click()
  await ann.sees.dialog.getByRole('textbox', { name: words.simulate.keeping.name }).fill('Who asks is heard')
  await ann.sees.button(words.simulate.keeping.save).click()
  await ann.sees.dialog.getByText(words.simulate.keeping.saved('Who asks is heard')).waitFor()
})

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1440, 390])('nothing keeps anybody out, at %i pixels, also from right to left', async (width) => {
    const ann = await comes({ scheme, width }, better, 'watching')
    await isFine(ann, 'before')
    await ann.sees.dialog.getByRole('switch', { name: said.sweep.on }).click()
    await runs(ann)
    await ann.page.getByText(said.changedCount(3, 100)).waitFor()
    await ann.sees.button(said.sweep.showTable).click()
    await isFine(ann, 'result')
    await ann.sees.dialog.getByRole('list', { name: said.list }).getByRole('button').first().click()
    await ann.page.getByText(said.guess).waitFor()
    await isFine(ann, 'compared')
  })
})

async function isFine(ann: Designer, what: string): Promise<void> {
  expect(await violationsOn(ann.page), what).toEqual([])
  for (const direction of ['rtl', 'ltr']) {
    await ann.page.evaluate((dir) => {
      document.documentElement.dir = dir
    }, direction)
    expect(
      await ann.page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)),
      `${what} ${direction}`,
    ).toBe(0)
  }
}

type Answering = (route: Route, request: BacktestRequest) => Promise<void>

const lines = [
  ['bot', 'Hello.'],
  ['customer', 'Where is my parcel?'],
] as const
const spoken: readonly BacktestDifference[] = [
  differing(1, { what: ['earlier', 'otherTeam'] }),
  differing(2, { what: ['never'], unsure: true, after: course({ turn: null }) }),
  differing(3, { what: ['otherWords'] }),
]

/** Two of a hundred conversations differ; asked for one of them, every message is told. */
const better: Answering = (route, { conversations, sweep }) => {
  const differences = spoken
    .filter(({ conversation }) => conversations?.includes(conversation) ?? true)
    .map((each) => ({
      ...each,
      before: {
        ...each.before,
        messages: talk(...lines, ['bot', 'Could you say that in other words?'], ['customer', 'WHERE?']),
      },
      after: {
        ...each.after,
        messages: talk(...lines, ['bot', 'I am getting somebody for you.'], ['customer', 'WHERE?']),
      },
    }))
  const swept = sweep?.values.map((value, index) => ({
    value,
    handoffs: 12 + index,
    earlier: 1,
    later: 0,
    never: 0,
    newly: index,
    otherTeam: 0,
  }))
  const json: BacktestPage = page({
    replayed: 100,
    handoffs: { before: 12, after: 20 },
    differences,
    unsure: 1,
    ...(swept === undefined ? {} : { sweep: swept }),
  })
  return route.fulfill({ json })
}

/** At the dialog, with a server that has past conversations. */
async function comes(device: DeviceOptions = {}, answer: Answering = better, flow = 'hello'): Promise<Designer> {
  if (flow === 'watching') await studio.keeps(watching())
  const ann = await studio.designer(device)
  await ann.page.route(BACKTEST, async (route) => {
    // Made by the page itself, in the very type.
    const request = route.request().postDataJSON() as BacktestRequest
    asked.push(request)
    await answer(route, request)
  })
  await ann.opens(flow)
  await opens(ann)
  return ann
}

async function afterRun(device: DeviceOptions = {}, answer: Answering = better): Promise<Designer> {
  const ann = await comes(device, answer)
  await runs(ann)
  return ann
}

async function opens(ann: Designer): Promise<void> {
  await ann.page.keyboard.press('Alt+Shift+Z')
  await ann.sees.dialog.getByRole('heading', { name: said.form }).waitFor()
}

async function runs(ann: Designer): Promise<void> {
  await ann.sees.button(said.run).click()
}

function watching() {
  const hello = flowNamed('hello')
  const trigger = hello.nodes.find(({ type }) => type === 'trigger')
  const unsure = {
    id: 'unsure',
    type: 'trigger',
    position: { x: 0, y: 900 },
    data: { signals: [{ signal: 'lowConfidence', below: 0.6 }] },
  }
  const out = hello.edges.find(({ source }) => source === trigger?.id)
  return {
    ...hello,
    id: 'watching',
    nodes: [...hello.nodes, unsure],
    edges: [...hello.edges, { id: 'unsure-fired', source: 'unsure', sourceHandle: 'fired', target: out?.target ?? '' }],
  }
}

/** The figure of the trigger, as the server keeps it. */
function below({ nodes }: Awaited<ReturnType<Designer['draft']>>): unknown {
  return readAt(nodes.find(({ id }) => id === 'unsure')?.data, 'signals/0/below')
}
