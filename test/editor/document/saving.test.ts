import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { changeHead } from '#editor/document/commands/index.ts'
import { emptyDocument, readDocument, type FlowDocument } from '#editor/document/document.ts'
import { createDrafts } from '#editor/document/drafts.ts'
import { createEditor } from '#editor/document/editor.ts'
import { createSaving } from '#editor/document/saving.ts'
import { ApiProblem } from '#ui/request.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('Saving', () => {
  test('what is changed is on the server a moment later, once for a burst of changes', async () => {
    const { server, ada } = await started()
    for (const name of ['A', 'Ad', 'Ada']) ada.rename(name)
    expect(ada.saving()).toBe('unsaved')
    await soon()
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('Ada')
    expect(server.saves).toBe(1)
  })

  test('what is changed while it is being saved is saved after', async () => {
    const { server, ada } = await started()
    ada.rename('One')
    server.hold()
    await soon()
    expect(ada.saving()).toBe('saving')
    ada.rename('Two')
    server.release()
    await soon()
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('Two')
  })

  test('who asks for it twice while it is being saved has it sent once, and is in no conflict with themselves', async () => {
    const { server, ada } = await started()
    ada.rename('One')
    server.hold()
    await soon()
    ada.rename('Two')
    const asked = [ada.save(), ada.save()]
    server.release()
    await Promise.all(asked)
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('Two')
    expect(server.tries).toBe(2)
  })

  test('a server that does not answer is tried again until it does', async () => {
    const { server, ada } = await started()
    server.fail(0)
    ada.rename('Patient')
    await soon()
    expect(ada.saving()).toBe('offline')
    await vi.advanceTimersByTimeAsync(10_000)
    ada.rename('Patience')
    expect(ada.saving()).toBe('offline')
    server.fail(null)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('Patience')
  })

  test('what was drawn before a window became too small to draw in is sent all the same', async () => {
    const { server, ada } = await started()
    server.fail(0)
    ada.rename('On a tablet')
    await soon()
    ada.may({ drawing: false, saving: true })
    server.fail(null)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('On a tablet')
  })

  test('what a key may not save stays on this device, and is sent when it may', async () => {
    const { server, ada, device } = await started()
    server.fail(0)
    ada.rename('Of somebody who may')
    await soon()
    ada.may({ drawing: false, saving: false })
    server.fail(null)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.name()).toBe('Flow')
    expect(drawerOf(device)).toContain('Of somebody who may')
    ada.may({ drawing: true, saving: true })
    await soon()
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('Of somebody who may')
  })

  test('an answer that is lost on the way is no conflict with oneself', async () => {
    const { server, ada } = await started()
    server.loseAnswers(true)
    ada.rename('Arrived')
    await soon()
    expect(ada.saving()).toBe('offline')
    server.loseAnswers(false)
    ada.rename('And more')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe('And more')
  })

  test('a document with faults stays on this device, and goes to the server with the change that corrects them', async () => {
    const { server, ada, device } = await started()
    server.fail(422)
    ada.rename('Faulty')
    await soon()
    expect(ada.saving()).toBe('unsaved')
    expect(drawerOf(device)).toContain('Faulty')
    server.fail(null)
    ada.rename('Right')
    await soon()
    expect(ada.saving()).toBe('saved')
    expect(drawerOf(device)).toBe('')
  })
})

describe('A reload', () => {
  test('at any moment loses nothing', async () => {
    const { server, ada, device } = await started()
    ada.rename('Not sent yet')
    const again = await reload(ada, server, device)
    expect(again.name()).toBe('Not sent yet')
    expect(again.saving()).toBe('unsaved')
    await soon()
    expect(server.name()).toBe('Not sent yet')
  })

  test('while the server is away shows what this device kept', async () => {
    const { server, ada, device } = await started()
    server.fail(0)
    ada.rename('On a train')
    const again = await reload(ada, server, device)
    expect(again.name()).toBe('On a train')
    expect(again.saving()).toBe('offline')
    server.fail(null)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.name()).toBe('On a train')
  })

  test('before the answer to what was sent finds its own work, not a conflict', async () => {
    const { server, ada, device } = await started()
    ada.rename('Sent')
    server.hold()
    await soon()
    ada.rename('Typed after')
    server.put('flow', {
      ...emptyDocument('flow', 'Sent'),
      nodes: [{ id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} }],
    })
    const again = await reload(ada, server, device)
    expect(again.saving()).toBe('unsaved')
    expect(again.name()).toBe('Typed after')
  })

  test('after another person saved meanwhile asks what becomes of both', async () => {
    const { server, ada, device } = await started()
    ada.rename('Mine')
    const grace = await open(server, storage(), 'grace')
    grace.rename('Theirs')
    await grace.save()
    const again = await reload(ada, server, device)
    expect(again.saving()).toBe('conflict')
    expect(again.name()).toBe('Mine')
    expect(again.theirs()).toBe('Theirs')
  })

  test('of one tab does not take what another tab has not saved', async () => {
    const { server, ada, device } = await started()
    const other = await open(server, device, 'other tab')
    server.fail(0)
    ada.rename('In one tab')
    other.rename('In the other')
    expect((await reload(ada, server, device)).name()).toBe('In one tab')
    expect((await reload(other, server, device)).name()).toBe('In the other')
  })

  test('of nothing: what a closed tab left behind is found by the next', async () => {
    const { server, ada, device } = await started()
    server.fail(0)
    ada.rename('Left behind')
    ada.leave()
    expect((await open(server, device, 'a new tab')).name()).toBe('Left behind')
  })

  test('of a page that was never left in order finds all but what was typed just now', async () => {
    const { server, ada, device } = await started(201)
    server.fail(0)
    for (const name of ['On', 'On a', 'On a train']) ada.rename(name)
    await vi.advanceTimersByTimeAsync(300)
    expect((await open(server, device, 'ada')).name()).toBe('On a train')
  })

  test('of such a page also finds what was typed without a rest, up to a second ago', async () => {
    const { server, ada, device } = await started(201)
    server.fail(0)
    for (let key = 1; key <= 20; key += 1) {
      ada.rename(`Key ${key}`)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(drawerOf(device)).toMatch(/Key (1\d|20)"/)
  })

  test('after another flow was opened finds what the first could not send', async () => {
    const { server, grace, device } = await inConflict(201)
    server.put('second', emptyDocument('second', 'Second'))
    grace.rename('Typed in a conflict')
    await grace.open('second')
    await grace.open('flow')
    expect(grace.name()).toBe('Typed in a conflict')
    expect(drawerOf(device)).toContain('Typed in a conflict')
    expect(grace.saving()).toBe('conflict')
  })

  test('a decision that was put off is asked for again: what was typed meanwhile is saved over nobody', async () => {
    const { server, grace, device } = await inConflict()
    grace.rename('Typed in a conflict')
    for (const time of ['first', 'second']) {
      const again = await open(server, device, 'grace')
      expect(again.name()).toBe(time === 'first' ? 'Typed in a conflict' : 'Typed after that')
      expect(again.saving()).toBe('conflict')
      again.rename('Typed after that')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.name()).toBe('Ada’s')
    }
  })

  test('needs no writing with each key of a large flow: it would hold up the next one', async () => {
    const { ada, device } = await started(201)
    ada.rename('K')
    ada.rename('Ke')
    ada.rename('Key')
    expect(drawerOf(device)).toBe('')
    ada.leave()
    expect(drawerOf(device)).toContain('Key')
  })

  test('after a crash finds the last key too, of all but large flows', async () => {
    const { ada, device } = await started()
    ada.rename('Key')
    expect(drawerOf(device)).toContain('Key')
  })
})

describe('Two people on one flow', () => {
  test('neither writes over the other: the second is asked', async () => {
    const { server, ada } = await started()
    const grace = await open(server, storage(), 'grace')
    ada.rename('Ada’s')
    await soon()
    grace.rename('Grace’s')
    await soon()
    expect(grace.saving()).toBe('conflict')
    expect(grace.theirs()).toBe('Ada’s')
    expect(server.name()).toBe('Ada’s')
    grace.rename('Grace’s own')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.name()).toBe('Ada’s')
  })

  test('keeping mine as a copy saves both', async () => {
    const { server, grace } = await inConflict()
    expect(await grace.keepMineAsCopy('flow-copy')).toBe('flow-copy')
    expect(server.name('flow-copy')).toBe('Grace’s (copy)')
    expect(grace.name()).toBe('Ada’s')
    expect(grace.saving()).toBe('saved')
    grace.rename('Together')
    await soon()
    expect(server.name()).toBe('Together')
  })

  test('what is drawn while the copy is being saved is in the copy', async () => {
    const { server, grace } = await inConflict()
    server.hold()
    const copied = grace.keepMineAsCopy('flow-copy')
    grace.rename('And this')
    server.release()
    await copied
    expect(server.name('flow-copy')).toBe('And this (copy)')
    expect(grace.name()).toBe('Ada’s')
  })

  test('a copy that is saved when another flow is open already leaves that one alone', async () => {
    const { server, grace } = await inConflict()
    server.put('second', emptyDocument('second', 'Second'))
    server.hold()
    const copied = grace.keepMineAsCopy('flow-copy')
    await grace.open('second')
    server.release()
    await copied
    expect(grace.name()).toBe('Second')
    grace.rename('Second, changed')
    await soon()
    expect(server.name('second')).toBe('Second, changed')
    expect(server.name('flow-copy')).toBe('Grace’s (copy)')
    expect(server.name()).toBe('Ada’s')
  })

  test('a copy that cannot be saved leaves everything as it was', async () => {
    const { server, grace } = await inConflict()
    server.fail(0)
    await expect(grace.keepMineAsCopy('flow-copy')).rejects.toThrow(ApiProblem)
    expect(grace.saving()).toBe('conflict')
    expect(grace.name()).toBe('Grace’s')
  })

  test('taking theirs shows theirs; undo brings mine back, and saves it', async () => {
    const { server, grace } = await inConflict()
    grace.takeTheirs()
    await soon()
    expect(grace.name()).toBe('Ada’s')
    expect(grace.saving()).toBe('saved')
    grace.undo()
    await soon()
    expect(server.name()).toBe('Grace’s')
    expect(grace.saving()).toBe('saved')
  })

  test.each([
    ['on a screen too small to draw on', { drawing: false, saving: true }],
    ['with a key that may change nothing', { drawing: false, saving: false }],
  ])('theirs is taken also %s, and mine is written over nothing later', async (_, rights) => {
    const { server, grace, device } = await inConflict()
    grace.may(rights)
    grace.takeTheirs()
    await soon()
    expect(grace.name()).toBe('Ada’s')
    expect(grace.saving()).toBe('saved')
    expect(drawerOf(device)).not.toContain('Grace’s')
    grace.may({ drawing: true, saving: true })
    grace.rename('Ada’s and more')
    await soon()
    expect(server.name()).toBe('Ada’s and more')
    grace.undo()
    await soon()
    expect(server.name()).toBe('Ada’s')
  })

  test('who changed the same to the same is not asked', async () => {
    const { server, ada } = await started()
    const grace = await open(server, storage(), 'grace')
    ada.rename('Same')
    await soon()
    grace.rename('Same')
    await soon()
    expect(grace.saving()).toBe('saved')
  })
})

describe('Who signs in after another on the same page', () => {
  test('neither finds nor sends what that one has drawn, who finds it when they are back', async () => {
    const { server, device } = await started()
    let who = 'designer/v1.ada'
    const page = await open(server, device, 'tab', 'flow', () => who)
    server.fail(0)
    page.rename('Ada’s half')
    await soon()
    page.abandon()
    expect(page.opening()).toBe('closed')
    server.fail(null)
    await vi.advanceTimersByTimeAsync(60_000)
    who = 'designer/ben'
    await page.open('flow')
    expect(page.name()).toBe('Flow')
    page.rename('Ben’s')
    await soon()
    page.abandon()
    who = 'designer/v1.ada'
    await page.open('flow')
    expect(page.name()).toBe('Ada’s half')
    expect(page.saving()).toBe('conflict')
    expect(server.name()).toBe('Ben’s')
  })

  test('nor is it lost that was drawn before the server had said who they are', async () => {
    const { server, device } = await started()
    let who: string | null = null
    const page = await open(server, device, 'tab', 'flow', () => who)
    server.fail(0)
    page.rename('Drawn early')
    await soon()
    who = 'designer/ada'
    server.fail(null)
    expect((await open(server, device, 'tab', 'flow', () => who)).name()).toBe('Drawn early')
  })
})

describe('Publishing', () => {
  test('sends first what is drawn, and publishes that', async () => {
    const { server, ada } = await started()
    ada.rename('Ready')
    expect(await ada.publish()).toMatchObject({ version: 1 })
    expect(server.published).toEqual(['Ready'])
  })

  test('what is on the screen: the half of what somebody else has saved meanwhile goes to no customer', async () => {
    const { server, ada } = await started()
    const grace = await open(server, storage(), 'grace')
    ada.rename('Ready')
    await ada.save()
    await grace.open('flow')
    grace.rename('Half of it')
    await grace.save()
    expect(await ada.publish()).toBeUndefined()
    expect(server.published).toEqual([])
    expect(ada.saving()).toBe('conflict')
    expect(ada.theirs()).toBe('Half of it')
    expect(server.name()).toBe('Half of it')
    ada.takeTheirs()
    await soon()
    expect(await ada.publish()).toMatchObject({ version: 1 })
    expect(server.published).toEqual(['Half of it'])
  })

  test('what both have drawn alike asks nobody', async () => {
    const { server, ada } = await started()
    const grace = await open(server, storage(), 'grace')
    grace.rename('Other')
    await grace.save()
    grace.rename('Flow')
    await grace.save()
    expect(await ada.publish()).toMatchObject({ version: 1 })
    expect(ada.saving()).toBe('saved')
  })

  test('while the server is away publishes nothing, and says that it is away', async () => {
    const { server, ada } = await started()
    server.fail(0)
    ada.rename('Ready')
    expect(await ada.publish()).toBeUndefined()
    expect(ada.saving()).toBe('offline')
    server.fail(null)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ada.saving()).toBe('saved')
    expect(server.published).toEqual([])
  })
})

describe('A flow that somebody else deleted', () => {
  test('is not said to be offline: who draws on is asked, and nothing is sent until they say', async () => {
    const { server, ada } = await deletedUnder('Mine')
    expect(ada.saving()).toBe('conflict')
    expect(ada.deleted()).toBe(true)
    expect(ada.name()).toBe('Mine')
    ada.rename('Mine and more')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.name()).toBeUndefined()
    expect(ada.saving()).toBe('conflict')
  })

  test('is saved again as it is here, when they say so', async () => {
    const { server, ada, device } = await deletedUnder('Mine')
    ada.rename('Mine and more')
    await ada.saveAgain()
    expect(ada.saving()).toBe('saved')
    expect(ada.deleted()).toBe(false)
    expect(server.name()).toBe('Mine and more')
    expect(drawerOf(device)).toBe('')
    ada.rename('On')
    await soon()
    expect(server.name()).toBe('On')
  })

  test('is saved again on a screen too small to draw on, when they say so there', async () => {
    const { server, ada } = await deletedUnder('Mine')
    ada.may({ drawing: false, saving: true })
    await ada.saveAgain()
    expect(ada.saving()).toBe('saved')
    expect(server.name()).toBe(ada.name())
  })

  test('asks again after a reload, and while the server is away keeps what is here', async () => {
    const { server, ada, device } = await deletedUnder('Mine')
    const again = await reload(ada, server, device)
    expect(again.name()).toBe('Mine')
    expect(again.deleted()).toBe(true)
    server.fail(0)
    await again.saveAgain()
    expect(again.saving()).toBe('offline')
    server.fail(null)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.name()).toBe('Mine')
  })

  test('and drew anew is not written over: both are shown', async () => {
    const { server, ada } = await deletedUnder('Mine')
    server.put('flow', emptyDocument('flow', 'Drawn anew'))
    await ada.saveAgain()
    expect(ada.saving()).toBe('conflict')
    expect(ada.deleted()).toBe(false)
    expect(ada.theirs()).toBe('Drawn anew')
  })

  test('goes here too, when they say so', async () => {
    const { server, ada, device } = await deletedUnder('Mine')
    ada.letGo()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ada.opening()).toBe('closed')
    expect(server.name()).toBeUndefined()
    expect(drawerOf(device)).toBe('')
  })
})

describe('Opening', () => {
  test('a flow that does not exist says so', async () => {
    const server = createServer()
    expect((await open(server, storage(), 'ada', 'nothing')).opening()).toBe('missing')
  })

  test('of another page sends what was not sent yet', async () => {
    const { server, ada, device } = await started()
    ada.rename('Last word')
    await ada.close()
    expect(ada.opening()).toBe('closed')
    expect(server.name()).toBe('Last word')
    expect(drawerOf(device)).toBe('')
  })

  test('a flow while another is being closed leaves the one that was opened', async () => {
    const { server, ada } = await started()
    server.put('second', emptyDocument('second', 'Second'))
    ada.rename('Changed')
    await Promise.all([ada.close(), ada.open('second')])
    expect(ada.name()).toBe('Second')
    expect(ada.opening()).toBe('open')
    expect(server.name()).toBe('Changed')
  })

  test('another flow takes nothing of the first along', async () => {
    const { server, ada } = await started()
    server.put('second', emptyDocument('second', 'Second'))
    ada.rename('Changed')
    await ada.open('second')
    expect(ada.name()).toBe('Second')
    expect(server.name()).toBe('Changed')
    expect(server.name('second')).toBe('Second')
    ada.undo()
    expect(ada.name()).toBe('Second')
  })
})

async function started(steps = 1) {
  const server = createServer()
  const flow = emptyDocument('flow', 'Flow')
  const said = { type: 'say', position: { x: 0, y: 0 }, data: { text: 'Hi' } }
  const more = Array.from({ length: steps - 1 }, (_, index) => ({ ...said, id: `say${index}` }))
  server.put('flow', { ...flow, nodes: [...flow.nodes, ...more] })
  const device = storage()
  return { server, device, ada: await open(server, device, 'ada') }
}

/** Somebody deletes the flow that Ada has open, and Ada goes on drawing. */
async function deletedUnder(name: string) {
  const { server, ada, device } = await started()
  server.take('flow')
  ada.rename(name)
  await soon()
  return { server, ada, device }
}

async function inConflict(steps = 1) {
  const { server, ada } = await started(steps)
  const device = storage()
  const grace = await open(server, device, 'grace')
  ada.rename('Ada’s')
  await soon()
  grace.rename('Grace’s')
  await soon()
  return { server, ada, grace, device }
}

/** A page that opens the flow: one tab of one device. */
async function open(
  server: ReturnType<typeof createServer>,
  device: Storage,
  tab: string,
  flow = 'flow',
  who: () => string | null = () => null,
) {
  const editor = createEditor()
  const saving = createSaving({ editor, server, drafts: createDrafts(device, { tab, now: Date.now, who }) })
  await saving.open(flow)
  return {
    ...saving,
    tab,
    rename: (name: string) => editor.run(changeHead({ name })),
    undo: editor.undo,
    may: editor.allow,
    name: () => editor.state().document.name,
    theirs: () => editor.state().theirs?.name,
    deleted: () => editor.state().deleted,
    saving: () => editor.state().saving,
    opening: () => editor.state().opening,
  }
}

/** The page is left and comes again. */
async function reload(page: { leave(): void; tab: string }, server: ReturnType<typeof createServer>, device: Storage) {
  page.leave()
  return open(server, device, page.tab)
}

/** The pause after a change, and the answer. */
async function soon(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1_000)
}

/** A server with etags, that can be slow, away, or find faults. */
function createServer() {
  const flows = new Map<string, { readonly flow: FlowDocument; readonly etag: string }>()
  let [count, failing, gate]: [number, number | null, Promise<void>] = [0, null, Promise.resolve()]
  let open: () => void = () => {}
  let losing = false
  const refuse = (status: number): never => {
    throw new ApiProblem({ status, type: 'about:blank', title: '', detail: '', errors: [] })
  }
  const server = {
    saves: 0,
    tries: 0,
    published: [] as string[],
    take: (id: string) => flows.delete(id),
    put: (id: string, flow: FlowDocument) => {
      flows.set(id, { flow, etag: `"${++count}"` })
    },
    name: (id = 'flow') => flows.get(id)?.flow.name,
    loseAnswers: (lost: boolean) => {
      losing = lost
    },
    fail: (status: number | null) => {
      failing = status
    },
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    release: () => open(),
    async getFlow(id: string) {
      if (failing === 0) refuse(0)
      const kept = flows.get(id)
      return kept ? { ...kept, published: null } : refuse(404)
    },
    async saveFlow(id: string, flow: unknown, etag: string | null) {
      server.tries += 1
      await gate
      if (failing !== null) refuse(failing)
      if ((flows.get(id)?.etag ?? null) !== etag) refuse(412)
      const document = readDocument(structuredClone(flow))
      if (document) server.put(id, document)
      server.saves += 1
      if (losing) refuse(0)
      return { etag: flows.get(id)?.etag ?? '', published: null }
    },
    async publish(id: string, etag: string) {
      if (failing !== null) refuse(failing)
      const kept = flows.get(id) ?? refuse(404)
      if (kept.etag !== etag) refuse(412)
      server.published.push(kept.flow.name)
      return { version: server.published.length, publishedAt: '', live: true }
    },
  }
  return server
}

/** Everything a device keeps, as text. */
function drawerOf(device: Storage): string {
  return Array.from({ length: device.length }, (_, index) => device.getItem(device.key(index) ?? '')).join('')
}

function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}
