/**
 * A person who designs conversations, at the editor. What can be done by mouse and by keyboard is in `designer-hands.ts`,
 * in the same sentences; here is what a person sees, and what needs neither.
 */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Flow } from '#engine/index.ts'
import { words } from '#editor/words/en.ts'
import { testBrowser, type Device, type DeviceOptions } from './browser.ts'
import { builtEditor } from './built.ts'
import { keyboard, mouse, type Hands } from './designer-hands.ts'
import { startServer, type TestServer } from './server.ts'

export interface DesignerOptions extends DeviceOptions {
  /** Whose key signs in; the administrator's if left out, none for null. */
  readonly key?: string | null
}

type Panel = Exclude<keyof typeof words.shell.panels, 'label'>

export interface Designer {
  readonly device: Device
  readonly page: Page
  /** Where things are on the page. */
  readonly sees: ReturnType<typeof seenOn>
  readonly byMouse: Hands
  readonly byKeyboard: Hands
  opensGallery(): Promise<void>
  opens(flow: string): Promise<void>
  reloads(): Promise<void>
  /** Another tab of the same device. */
  opensAnotherTab(): Promise<Designer>
  shows(panel: Panel): Promise<void>
  /** Chooses a step's card, by its id. */
  chooses(step: string): Promise<void>
  /** Writes in a field of the panel, in the place of what stands there. */
  writes(field: string, text: string): Promise<void>
  isSaved(): Promise<void>
  /** What the server keeps as a flow's draft. */
  draft(flow: string): Promise<DraftOnServer>
}

export interface Studio {
  readonly server: TestServer
  /** A designer with a device of their own, on no page yet. */
  designer(options?: DesignerOptions): Promise<Designer>
  /** Saves a draft, in the place of what there is. */
  keeps(flow: Readonly<Record<string, unknown>> & { readonly id: string }): Promise<void>
}

/** For a test file, to be called at its top: a server with these flows published, which serves the editor, and a browser. */
export function testStudio(flows: readonly Flow[] = []): Studio {
  const browser = testBrowser()
  let running: TestServer | undefined
  beforeAll(async () => {
    running = await startServer(flows, {}, { editor: await builtEditor() })
  })
  afterAll(() => running?.close())
  const server = (): TestServer => {
    if (!running) throw new Error('The server is there from beforeAll on.')
    return running
  }
  return {
    get server() {
      return server()
    },
    async designer({ key = server().admin.key, ...screen } = {}) {
      const device = await browser.device(screen)
      return designerAt(device, await device.tab(), server(), key)
    },
    async keeps(flow) {
      await server().admin.call('PUT', `/v1/flows/${flow.id}`, flow)
    },
  }
}

/** A designer on a tab of a device. */
export function designerAt(
  device: Device,
  page: Page,
  server: TestServer,
  key: string | null = server.admin.key,
): Designer {
  let signedIn = false
  const goTo = async (path: string): Promise<void> => {
    // The link of the server signs in, as a newcomer does; after that the device remembers.
    const link = new URL(signedIn || key === null ? path : `${path}#key=${key}`, server.url)
    signedIn = true
    await page.goto(link.href)
  }
  const sees = seenOn(page)
  return {
    device,
    page,
    sees,
    byMouse: mouse(page),
    byKeyboard: keyboard(page),
    async opensGallery() {
      await goTo('/')
      await page.getByRole('heading', { name: words.start.title, exact: true }).waitFor()
    },
    async opens(flow) {
      await goTo(`/flows/${flow}`)
      await sees.canvas.waitFor()
    },
    async reloads() {
      await page.reload()
      await sees.canvas.waitFor()
    },
    async opensAnotherTab() {
      return designerAt(device, await device.tab(), server, key)
    },
    async shows(panel) {
      const tab = sees.tab(panel)
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
    },
    async chooses(step) {
      await sees.card(step).locator('p').first().click()
      await sees.card(step).and(page.locator('[data-selected]')).waitFor()
    },
    async writes(field, text) {
      await sees.field(field).fill(text)
    },
    async isSaved() {
      await sees.saving('saved').waitFor()
    },
    // What API.md's `GET /v1/flows/{id}` answers.
    draft: async (flow) => (await server.admin.call('GET', `/v1/flows/${flow}`)) as DraftOnServer,
  }
}

/** As much of a draft as tests look at. */
export interface DraftOnServer {
  readonly id: string
  readonly name: string
  readonly nodes: readonly {
    readonly id: string
    readonly type: string
    readonly data: Readonly<Record<string, unknown>>
    readonly position: { readonly x: number; readonly y: number }
  }[]
  readonly edges: readonly { readonly source: string; readonly sourceHandle: string; readonly target: string }[]
}

function seenOn(page: Page) {
  const panel = page.getByRole('complementary', { name: words.shell.panels.label })
  const card = (step: string): Locator => page.locator(`[data-card="${step}"]`)
  return {
    canvas: page.getByRole('region', { name: words.canvas.title, exact: true }),
    /** The card of a step, by its id. */
    card,
    panel,
    tab: (name: Panel): Locator => page.getByRole('tab', { name: new RegExp(`^${words.shell.panels[name]}`) }),
    field: (label: string): Locator =>
      panel
        .getByRole('textbox', { name: label, exact: true })
        .or(panel.getByRole('combobox', { name: label, exact: true }))
        .first(),
    button: (name: string | RegExp): Locator => page.getByRole('button', { name, exact: typeof name === 'string' }),
    dialog: page.getByRole('dialog'),
    name: page.getByRole('heading', { level: 1 }),
    saving: (state: keyof typeof words.shell.saving): Locator =>
      page
        .getByRole('region', { name: words.shell.topBar })
        .locator(`[data-state="${state}"]`)
        .filter({ hasText: words.shell.saving[state] }),
    check: page.getByRole('region', { name: words.shell.topBar }).getByRole('button', { name: words.shell.check.good }),
    /** Where the conversation that is tried stands. */
    standing: (state: string): Locator =>
      panel.getByRole('region', { name: words.simulate.stands }).and(page.locator(`[data-state="${state}"]`)),
    said: panel.getByRole('log', { name: words.simulate.transcript }),
  }
}
