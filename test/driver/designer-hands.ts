/**
 * Drawing, in the same sentences by two kinds of hands: a mouse that drags and clicks, and a keyboard alone, which never
 * points at anything.
 */
import type { Locator, Page } from 'playwright-core'
import { kindNamed } from '#engine/index.ts'
import { words } from '#editor/words/en.ts'

/** A way out of a step: the step's id, and what stands on the row. */
export interface Way {
  readonly from: string
  readonly by: string
}

export interface Hands {
  /** From the gallery to the canvas of a new flow. */
  beginsFlow(name: string): Promise<void>
  /** Adds a step of this kind that follows no other. */
  draws(kind: string): Promise<void>
  /** Adds a step of this kind where a way out leads to nothing yet. */
  drawsAfter(way: Way, kind: string): Promise<void>
  /** Leads a way out to a step that is there, by the step's id. */
  leads(way: Way, to: string): Promise<void>
  /** Writes in a field of a step's form, in the place of what stands there. */
  writes(step: string, field: string, text: string): Promise<void>
  /** Opens the list of problems. */
  checks(): Promise<void>
  publishes(note: string): Promise<void>
}

/** How often Tab is pressed before something counts as out of the keyboard's reach. */
const REACH = 150

export function mouse(page: Page): Hands {
  const at = placesOn(page)
  return {
    async beginsFlow(name) {
      await page.getByRole('button', { name: words.start.add }).first().click()
      await page.getByRole('textbox', { name: words.start.fresh.name }).fill(name)
      await page.getByRole('button', { name: words.start.fresh.submit }).click()
      await at.canvas.waitFor()
    },
    async draws(kind) {
      await at.palette
        .getByRole('button', { name: words.canvas.palette.add(titleOf(kind)), exact: true })
        .dragTo(at.canvas, { targetPosition: { x: 260, y: 480 } })
      await at.drawn(kind).waitFor()
    },
    async drawsAfter(way, kind) {
      await at.brings(at.dot(way))
      const from = await middleOf(at.dot(way))
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(from.x + 40, from.y + 30, { steps: 4 })
      const free = await at.freeSpot(from)
      await page.mouse.move(free.x, free.y, { steps: 6 })
      await page.mouse.up()
      await at.menu
        .getByRole('option', { name: new RegExp(`^${titleOf(kind)}`) })
        .first()
        .click()
      await at.drawn(kind).waitFor()
    },
    async leads(way, to) {
      await at.brings(at.dot(way), at.card(to))
      const from = await middleOf(at.dot(way))
      const target = await middleOf(at.card(to))
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(from.x + 20, from.y + 10, { steps: 4 })
      await page.mouse.move(target.x, target.y, { steps: 8 })
      await page.mouse.up()
      await at.leading(way).waitFor()
    },
    async writes(step, field, text) {
      await at.card(step).locator('p').first().click()
      if ((await at.inspectorTab.getAttribute('aria-selected')) !== 'true') await at.inspectorTab.click()
      await at.field(field).fill(text)
    },
    checks: () =>
      page
        .getByRole('region', { name: words.shell.topBar })
        .getByTitle(words.shell.check.show)
        .or(at.problemsTab)
        .first()
        .click(),
    async publishes(note) {
      await page
        .getByRole('region', { name: words.shell.topBar })
        .getByRole('button', { name: words.shell.publish })
        .click()
      await at.field(words.versions.noteLabel).fill(note)
      await at.publish.click()
      await at.published.waitFor()
    },
  }
}

export function keyboard(page: Page): Hands {
  const at = placesOn(page)
  const press = (keys: string): Promise<void> => page.keyboard.press(keys)
  const type = (text: string): Promise<void> => page.keyboard.type(text)
  const reach = async (wanted: Locator): Promise<void> => {
    await wanted.first().waitFor()
    for (let pressed = 0; pressed < REACH; pressed += 1) {
      if (await hasFocus(wanted)) return
      await press('Tab')
    }
    throw new Error(`Tab does not come to ${wanted.toString()}.`)
  }
  /** By finding: its id, and on from match to match. */
  const standOn = async (step: string): Promise<void> => {
    await press('Control+f')
    await becomesFocused(at.find)
    await type(step)
    const chosen = at.card(step).and(page.locator('[data-selected]'))
    await press('Enter')
    for (let pressed = 0; pressed < REACH && (await chosen.count()) === 0; pressed += 1) await press('ArrowDown')
    await press('Escape')
    await becomesFocused(at.card(step))
  }
  const choose = async (text: string, option: RegExp): Promise<void> => {
    await becomesFocused(at.menu.getByRole('combobox'))
    await type(text)
    await at.menu.getByRole('option', { name: option, selected: true }).waitFor()
    await press('Enter')
    await at.menu.waitFor({ state: 'detached' })
  }
  const standOnWay = async ({ from, by }: Way): Promise<void> => {
    await standOn(from)
    await press('Enter')
    const way = at.way({ from, by })
    for (let pressed = 0; pressed < REACH && !(await hasFocus(way)); pressed += 1) await press('ArrowDown')
    await press('Enter')
    await at.menu.waitFor()
  }
  return {
    async beginsFlow(name) {
      await reach(page.getByRole('button', { name: words.start.add }))
      await press('Enter')
      await becomesFocused(page.getByRole('textbox', { name: words.start.fresh.name }))
      await type(name)
      await press('Enter')
      await at.canvas.waitFor()
    },
    async draws(kind) {
      await reach(at.canvas)
      await press('a')
      await choose(titleOf(kind), new RegExp(`^${titleOf(kind)}`))
      await at.drawn(kind).waitFor()
      await becomesFocused(at.drawn(kind))
    },
    async drawsAfter(way, kind) {
      await standOnWay(way)
      await choose(titleOf(kind), new RegExp(`^${titleOf(kind)}`))
      await at.drawn(kind).waitFor()
    },
    async leads(way, to) {
      await standOnWay(way)
      await becomesFocused(at.menu.getByRole('combobox'))
      await type(to)
      const wanted = at.menu
        .getByRole('group', { name: words.canvas.add.present })
        .getByRole('option', { selected: true })
      for (let pressed = 0; pressed < REACH && (await wanted.count()) === 0; pressed += 1) await press('ArrowDown')
      await press('Enter')
      await at.leading(way).waitFor()
    },
    async writes(step, field, text) {
      await standOn(step)
      await press('Alt+1')
      await reach(at.field(field))
      await press('Control+a')
      await type(text)
    },
    checks: () => press('Alt+3'),
    async publishes(note) {
      await press('Alt+4')
      await reach(at.field(words.versions.noteLabel))
      await type(note)
      await reach(at.publish)
      await press('Enter')
      await at.published.waitFor()
    },
  }
}

function placesOn(page: Page) {
  const panel = page.getByRole('complementary', { name: words.shell.panels.label })
  const card = (step: string): Locator => page.locator(`[data-card="${step}"]`)
  const row = ({ from, by }: Way): Locator => card(from).getByRole('listitem').filter({ hasText: by })
  const canvas = page.getByRole('region', { name: words.canvas.title, exact: true })
  const hidePanel = panel.getByRole('button', { name: words.shell.hidePanel })
  return {
    canvas,
    card,
    panel,
    /** The step that was just added: it is chosen, and its id begins with its kind. */
    drawn: (kind: string): Locator => page.locator(`[data-selected][data-card^="${kind}"]`),
    leading: (way: Way): Locator => row(way).and(page.locator('[data-state="led"]')),
    palette: page.getByRole('complementary', { name: words.canvas.palette.title, exact: true }),
    menu: page.getByRole('dialog').filter({ has: page.getByRole('combobox', { name: words.canvas.add.search }) }),
    way: (way: Way): Locator => row(way).getByRole('button'),
    dot: (way: Way): Locator => row(way).locator('.react-flow__handle'),
    field: (label: string): Locator =>
      panel
        .getByRole('textbox', { name: label, exact: true })
        .or(panel.getByRole('combobox', { name: label, exact: true }))
        .first(),
    find: page.getByRole('textbox', { name: words.canvas.find.search }),
    inspectorTab: page.getByRole('tab', { name: words.shell.panels.inspector }),
    problemsTab: page.getByRole('tab', { name: words.shell.panels.problems }),
    publish: panel.getByRole('button', { name: words.versions.publish, exact: true }),
    published: page.getByText(/^Version \d+ is live\./),
    /** Brings what is not in view into it: the panel away, farther off, at last the whole flow tidied. */
    async brings(...wanted: readonly Locator[]): Promise<void> {
      const isSeen = async (): Promise<boolean> => {
        await canvas.evaluate(isStill)
        const room = await boxOf(canvas)
        const boxes = await Promise.all(
          wanted.map(async (each) => ((await each.count()) === 0 ? null : each.boundingBox())),
        )
        return boxes.every((box) => box !== null && isInside(box, room))
      }
      if (await isSeen()) return
      if ((await hidePanel.count()) > 0) await hidePanel.click()
      for (let steps = 0; steps < 4; steps += 1) {
        if (await isSeen()) return
        await page.getByRole('button', { name: words.canvas.view.zoomOut }).click()
      }
      await page.getByRole('button', { name: words.canvas.view.tidy }).click()
      await canvas
        .getByRole('status')
        .filter({ hasText: /steps? moved|All is tidy/ })
        .waitFor()
      await canvas.evaluate(isStill)
      await page.getByRole('button', { name: words.canvas.view.fit }).click()
      if (!(await isSeen())) throw new Error('The flow is too large for the screen.')
    },
    /** A spot of the canvas with nothing on it, right of a point and near. */
    freeSpot: (from: Point): Promise<Point> => canvas.evaluate(freeSpotOn, from),
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** What is nearer to the canvas' edge than this is not in view, in pixels. */
const EDGE = 20

function isInside(box: Box, room: Box): boolean {
  const isWithin = (from: number, size: number, start: number, length: number): boolean =>
    from > start + EDGE && from + size < start + length - EDGE
  return isWithin(box.x, box.width, room.x, room.width) && isWithin(box.y, box.height, room.y, room.height)
}

/** Runs in the page: resolves when the canvas has stood still for some frames. */
async function isStill(canvas: Element): Promise<void> {
  const view = canvas.querySelector<HTMLElement>('.react-flow__viewport')
  for (let [still, before] = [0, '']; still < 4; still += 1) {
    const now = view?.style.transform ?? ''
    if (now !== before) [still, before] = [0, now]
    await new Promise(requestAnimationFrame)
  }
}

/** Runs in the page: where no card is, and none so near that it would catch the wire. */
function freeSpotOn(canvas: Element, from: Point): Point {
  const { left, top, right, bottom } = canvas.getBoundingClientRect()
  const inputs = [...canvas.querySelectorAll('.react-flow__handle.target')].map((input) =>
    input.getBoundingClientRect(),
  )
  const isFree = (x: number, y: number): boolean =>
    document.elementFromPoint(x, y)?.classList.contains('react-flow__pane') === true &&
    inputs.every((input) => Math.hypot(input.x - x, input.y - y) > 60)
  for (let away = 80; away < 2_000; away += 40)
    for (let turn = 0; turn < 16; turn += 1) {
      const angle = (turn % 2 === 0 ? 1 : -1) * (turn / 16) * Math.PI
      const [x, y] = [from.x + Math.cos(angle) * away, from.y + Math.sin(angle) * away]
      const isInside = x > left + 30 && x < right - 30 && y > top + 30 && y < bottom - 30
      if (isInside && isFree(x, y)) return { x, y }
    }
  throw new Error('The canvas is full.')
}

async function becomesFocused(wanted: Locator): Promise<void> {
  await wanted.and(wanted.page().locator(':focus')).waitFor()
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return (await wanted.and(wanted.page().locator(':focus')).count()) > 0
}

async function middleOf(locator: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(locator)
  return { x: x + width / 2, y: y + height / 2 }
}

async function boxOf(locator: Locator): Promise<Box> {
  await locator.waitFor()
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator.toString()} is not on the screen.`)
  return box
}

function titleOf(kind: string): string {
  return kindNamed(kind)?.title ?? kind
}
