import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFlow } from '#engine/index.ts'
import { checkJob, type Checked, type CheckJob } from '#server/checks/check-job.ts'
import type { createCheckThread } from '#server/checks/check-thread.ts'
import { createFlowChecks, type FlowChecks } from '#server/checks/checks.ts'
import type { Thread } from '#server/runtime/thread.ts'
import { builtProgram } from '#test/driver/built.ts'
import { handoffFlow, personlessFlow } from '../http/handoff-flow.ts'
import { at, createWorld } from '../http/world.ts'
import { longFlow } from './long-flow.ts'

let thread: Thread<CheckJob, Checked>
beforeAll(async () => {
  const folder = dirname(await builtProgram())
  const file =
    (await readdir(folder)).find((name) => /^check-thread-.*\.js$/.test(name)) ?? 'is not built as a file of its own'
  // The file that was built of the module imported above.
  const built = (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as {
    createCheckThread: typeof createCheckThread
  }
  thread = built.createCheckThread()
}, 180_000)
afterAll(() => thread?.close())

/** Checks in the thread as it is built, of which it is told when a job begins. */
function watched(begun: () => void): FlowChecks {
  return createFlowChecks(async () => ({
    ...thread,
    run(job) {
      begun()
      return thread.run(job)
    },
  }))
}

/** Whether somebody else was answered after the check had begun and before it ended. */
function answeredSince(told: readonly string[]): boolean {
  const [begun, checked] = [told.indexOf('begun'), told.indexOf('checked')]
  return begun !== -1 && told.slice(begun, checked === -1 ? undefined : checked).includes('answered')
}

describe('law 1: while a large flow is checked, others are answered', { timeout: 180_000 }, () => {
  test.each([
    ['when one of 10,000 nodes is looked at', 'POST', '/v1/flows/check', 9_990],
    ['when it is saved', 'PUT', '/v1/flows/handoff', 1_000],
  ])('%s', async (_, method, path, steps) => {
    const told: string[] = []
    const world = createWorld({ checks: watched(() => told.push('begun')) })
    const flow = longFlow(steps)
    const checked = world
      .as('designer')
      .send(method, path, { body: flow })
      .then((answer) => {
        told.push('checked')
        return answer
      })
    while (!told.includes('checked') && !answeredSince(told)) {
      expect((await world.anybody.get('/health/live')).status).toBe(200)
      told.push('answered')
      await new Promise((resolve) => setImmediate(resolve))
    }
    const { status, body } = await checked
    expect(status).toBe(200)
    expect(at(body, 'problems')).toEqual(expect.any(Array))
    expect(answeredSince(told)).toBe(true)
  })

  test('when it is published', async () => {
    const told: string[] = []
    const checks = watched(() => told.push('begun'))
    const read = parseFlow(longFlow(1_000))
    if (!read.ok) throw new Error('It is a flow.')
    const found = checks.errorsOf(read.flow).finally(() => told.push('checked'))
    while (!told.includes('checked') && !answeredSince(told)) {
      told.push('answered')
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await found).toEqual([])
    expect(answeredSince(told)).toBe(true)
  })
})

test('law 1: what is small and asked for without ways needs no thread, and is found alike', async () => {
  const checks = createFlowChecks(() => Promise.reject(new Error('No thread is needed.')))
  const read = parseFlow(personlessFlow)
  if (!read.ok) throw new Error('It is a flow.')
  expect(await checks.errorsOf(read.flow)).toMatchObject([{ severity: 'error' }])
  expect(await checks.check({ document: { baton: 1 }, paths: false })).toMatchObject({ ok: false })
  await expect(checks.check({ document: personlessFlow, paths: true })).rejects.toThrow(/No thread/)
})

test('law 2: so many wait for theirs; who comes then is told to come again', async () => {
  let end = (_: Checked): void => {}
  const outcome = new Promise<Checked>((resolve) => (end = resolve))
  const checks = createFlowChecks(async () => ({ run: () => outcome, close: async () => undefined }))
  const ask = () => checks.check({ document: handoffFlow, paths: true })
  const waiting = Array.from({ length: 16 }, ask)
  await expect(ask()).rejects.toMatchObject({ code: 'too-fast' })
  end({ ok: false, faults: [] })
  await Promise.all(waiting)
  expect(await ask()).toEqual({ ok: false, faults: [] })
})

test('a thread finds the same as anybody, one flow after the other, also after it was closed', async () => {
  const jobs = [handoffFlow, personlessFlow, { baton: 2 }].map((document) => ({ document, paths: true }))
  expect(await Promise.all(jobs.map(thread.run))).toEqual(jobs.map(checkJob))
  await thread.close()
  const [job = { document: null, paths: true }] = jobs
  expect(await thread.run(job)).toEqual(checkJob(job))
})
