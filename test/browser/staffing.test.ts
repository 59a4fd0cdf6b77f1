/** A past day played again from a queue's step: the charts beside the plan, and every way in which there are none. */
import type { Route } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { words } from '#editor/words/en.ts'
import type { DryRunRequest } from '#ui/dry-run.ts'
import { violationsOn, type DeviceOptions } from '#test/driver/browser.ts'
import { testStudio, type Designer } from '#test/driver/designer.ts'
import { converseOverHttp } from '#test/driver/http.ts'
import { flowNamed } from '#test/driver/index.ts'
import { emptyDay, pastDay } from '#test/editor/staffing/past-day.ts'

const studio = testStudio([flowNamed('hello')])
const said = words.staffing
const DRY_RUN = '**/v1/queues/*/dry-run'

let asked: DryRunRequest[] = []
beforeEach(() => {
  asked = []
})

test('a past day is played again at once, and what is asked for stands beside it as charts and figures', async () => {
  const ann = await atStaffing()
  await ann.page.getByText(said.verdict.same).waitFor()
  expect(asked).toHaveLength(1)
  expect(Object.keys(asked[0] ?? {})).toEqual(['day', 'timezone'])
  await ann.page.getByText(said.peopleOptions.count).click()
  await ann.page.getByLabel(said.more).fill('2')
  await ann.page.getByText(said.stale).waitFor()
  await ann.sees.button(said.submit).click()
  await ann.page.getByText(/^Nine of ten wait 3 s at most instead of/).waitFor()
  expect(asked.at(-1)).toMatchObject({ more: 2 })
  expect(await ann.page.getByText(said.stale).count()).toBe(0)
  expect(await ann.page.getByRole('img', { name: /^(Wait|Left|How busy)/ }).count()).toBe(3)
})

test('people are planned one by one, from those who worked that day', async () => {
  const ann = await atStaffing()
  await ann.page.getByText(said.peopleOptions.oneByOne).click()
  await ann.page.getByLabel(said.shift.capacity('Ben')).fill('5')
  await ann.sees.button(said.shift.remove('Cy')).click()
  await ann.sees.button(said.shift.add).click()
  await ann.sees.button(said.submit).click()
  await expect
    .poll(() => asked.at(-1)?.agents)
    .toEqual([
      { id: 'anna', capacity: 3 },
      { id: 'ben', capacity: 5 },
      { name: said.shift.fresh(1), skills: {}, capacity: 3, from: '09:00', to: '17:00' },
    ])
})

test('by keys alone: opened, another day, a half hour looked at, the table, and away', async () => {
  const ann = await comes()
  await ann.page.keyboard.press('Alt+Shift+A')
  await ann.page.getByText(said.verdict.same).waitFor()
  await ann.page.getByRole('slider', { name: said.charts.look }).focus()
  const told = (): Promise<string | null> =>
    ann.page.getByRole('slider', { name: said.charts.look }).getAttribute('aria-valuetext')
  const before = await told()
  await ann.page.keyboard.press('ArrowRight')
  expect(await told()).not.toBe(before)
  expect(await told()).toMatch(/^10:00 to 10:30\. Wait: .+\. Left .+\. How busy people are: /)
  await ann.sees.button(said.charts.showTable).focus()
  await ann.page.keyboard.press('Enter')
  await ann.page.getByRole('region', { name: said.charts.caption }).waitFor()
  await ann.sees.button(said.before).focus()
  await ann.page.keyboard.press('Enter')
  await expect.poll(() => asked.length).toBe(2)
  expect(Date.parse(asked[1]?.day ?? '')).toBe(Date.parse(asked[0]?.day ?? '') - 86_400_000)
  await ann.page.keyboard.press('Escape')
  await ann.sees.dialog.waitFor({ state: 'detached' })
})

test('who hears the page has every figure of the charts in a table, also while it is not shown', async () => {
  const ann = await atStaffing()
  await ann.page.getByText(said.verdict.same).waitFor()
  const table = ann.page.getByRole('table', { name: said.charts.caption })
  expect(await table.getByRole('row').count()).toBe(21)
  expect(await table.getByRole('columnheader').allTextContents()).toEqual([
    said.charts.half,
    said.charts.arrivals,
    said.charts.wait,
    said.charts.left,
    said.charts.busy,
    said.charts.people,
    said.charts.needed,
  ])
})

test('a day on which nobody waited says so, and leads to the day before', async () => {
  const ann = await atStaffing({}, (route, request) => route.fulfill({ json: emptyDay(request.day) }))
  await ann.page.getByText(/^Nobody waited on /).waitFor()
  await ann.sees.dialog.getByRole('button', { name: said.before }).last().click()
  await expect.poll(() => asked.length).toBe(2)
})

test('a refusal is told with its cure, and can be tried again', async () => {
  let refuses = true
  const ann = await atStaffing({}, (route, request) => {
    if (!refuses) return route.fulfill({ json: pastDay({ day: request.day }) })
    const problem = {
      type: 'about:blank',
      title: 'Refused',
      status: 422,
      detail: 'The dry run cannot be made.',
      errors: [{ pointer: '/day', message: 'has not begun; choose a day that has been' }],
    }
    return route.fulfill({ status: 422, contentType: 'application/problem+json', json: problem })
  })
  await ann.page.getByRole('alert').getByText('choose a day that has been').waitFor()
  expect(await violationsOn(ann.page)).toEqual([])
  refuses = false
  await ann.sees.button(said.again).click()
  await ann.page.getByText(said.verdict.same).waitFor()
})

test('while the day is played that is said, and what was there before stays in view', async () => {
  let go = (): void => {}
  const waits = new Promise<void>((resolve) => {
    go = resolve
  })
  const ann = await atStaffing({}, async (route, request) => {
    if (request.more !== undefined) await waits
    await route.fulfill({ json: pastDay({ day: request.day }) })
  })
  await ann.page.getByText(said.peopleOptions.count).click()
  await ann.page.getByLabel(said.more).fill('1')
  await ann.sees.button(said.submit).click()
  await ann.page.getByText(said.loading).waitFor()
  expect(await ann.page.getByRole('img', { name: /^Wait/ }).count()).toBe(1)
  go()
  await ann.page.getByText(said.loading).waitFor({ state: 'detached' })
})

test('the server itself plays today again: who was answered today is measured', async () => {
  const { customer } = await converseOverHttp(studio.server, flowNamed('hello'))
  await customer.says('I want to talk to a person')
  const ann = await studio.designer()
  await ann.opens('hello')
  await ann.page.keyboard.press('Control+f')
  await ann.page.getByRole('textbox', { name: words.canvas.find.search }).fill('line')
  await ann.page.keyboard.press('Enter')
  await ann.sees.button(words.shell.actions.staffing).click()
  await ann.page.getByText(/^Nobody waited on /).waitFor()
  await ann.sees.dialog.getByRole('button', { name: said.after, exact: true }).click()
  const row = ann.page.getByRole('row', { name: new RegExp(`^${said.totals.arrivals}`) })
  await row.waitFor()
  expect(await row.getByRole('cell').first().textContent()).toBe('1')
})

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each([1440, 390])('nothing keeps anybody out, at %i pixels, also from right to left', async (width) => {
    const ann = await atStaffing({ scheme, width })
    await ann.page.getByText(said.verdict.same).waitFor()
    expect(await violationsOn(ann.page)).toEqual([])
    await ann.page.getByText(said.peopleOptions.oneByOne).click()
    await ann.sees.button(said.moreRules).click()
    await ann.sees.button(said.charts.showTable).click()
    expect(await violationsOn(ann.page)).toEqual([])
    for (const direction of ['ltr', 'rtl']) {
      await ann.page.evaluate((dir) => {
        document.documentElement.dir = dir
      }, direction)
      expect(await ann.page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth))).toBe(
        0,
      )
    }
  })
})

type Answering = (route: Route, request: DryRunRequest) => Promise<void>

const better: Answering = (route, request) =>
  route.fulfill({
    json: pastDay({ day: request.day, asAsked: request.more === undefined ? {} : { pressure: 0.7, people: 5 } }),
  })

/** At the flow, with a server that knows past days. */
async function comes(device: DeviceOptions = {}, answer: Answering = better): Promise<Designer> {
  const ann = await studio.designer(device)
  await ann.page.route(DRY_RUN, async (route) => {
    // Made by the page itself, in the very type.
    const request = route.request().postDataJSON() as DryRunRequest
    asked.push(request)
    await answer(route, request)
  })
  await ann.opens('hello')
  return ann
}

async function atStaffing(device: DeviceOptions = {}, answer: Answering = better): Promise<Designer> {
  const ann = await comes(device, answer)
  await ann.page.keyboard.press('Alt+Shift+A')
  await ann.sees.dialog.getByRole('heading', { name: said.form }).waitFor()
  await ann.page.getByRole('status').filter({ hasText: said.loading }).waitFor({ state: 'detached' })
  return ann
}
