/**
 * Runs the engine's tests for Stryker in one process that keeps them loaded.
 *
 * Stryker's runner for Vitest starts a worker for each mutant, which loads engine and tests anew: 2.3 s a mutant, 4 hours
 * for all. The engine is pure, so that one run leaves nothing for the next (its caches are by object, and tests make
 * their objects anew): here a mutant costs what its tests cost, those that notice most first, until one fails. Where
 * mutants of what runs only while a file is loaded are asked for too, Stryker gives each a process of its own.
 */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { collectTests, getFn } from '@vitest/runner'
import fc from 'fast-check'

/** What Stryker and the files that it has instrumented tell each other. */
const stryker = (globalThis.__stryker__ ??= {})

/** One seed, so that what is killed by chance is always killed; no search for the smallest case, which nobody reads. */
fc.configureGlobal({ seed: 1, endOnFailure: true, interruptAfterTimeLimit: 100 })

class KeptTests {
  /** What `load` found, once it has. */
  #tests = null

  constructor({ keptTests, ignoreStatic }) {
    this.ignoresStatic = ignoreStatic
    this.files = keptTests.folders.flatMap(testFilesOf).filter((file) => !keptTests.except.includes(file))
  }

  /** Where Stryker leaves alone what runs while a file is loaded, nothing asks for a process of its own. */
  capabilities() {
    return { reloadEnvironment: this.ignoresStatic }
  }

  /** Before the first run, whose time Stryker takes as the measure of what is too long. */
  async init() {
    if (this.ignoresStatic) await this.#loaded()
  }

  async dryRun() {
    stryker.activeMutant = undefined
    const loaded = await this.#loaded()
    if (loaded.fault !== null) return { status: 'error', errorMessage: loaded.fault }
    const results = []
    for (const test of loaded.tests.values()) {
      stryker.currentTestId = test.id
      results.push(await resultOf(test))
      stryker.currentTestId = undefined
    }
    return { status: 'complete', tests: results, mutantCoverage: stryker.mutantCoverage }
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, testFilter }) {
    Object.assign(stryker, { hitCount: 0, hitLimit, activeMutant: undefined })
    if (mutantActivation === 'static') stryker.activeMutant = activeMutant.id
    const loaded = await this.#loaded()
    if (loaded.fault !== null) return killed('loading', loaded.fault, 0)
    stryker.activeMutant = activeMutant.id
    const tests = [...loaded.tests.values()].filter(({ id }) => testFilter?.includes(id) ?? true)
    let ran = 0
    const began = worked()
    for (const test of tests.sort((one, other) => worthOf(other) - worthOf(one))) {
      if (worked() - began > PATIENCE) break
      const result = await resultOf(test)
      ran += 1
      if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: `more than ${hitLimit} times` }
      if (result.status !== FAILED) continue
      test.kills += 1
      return killed(test.id, result.failureMessage, ran)
    }
    return { status: 'survived', nrOfTests: ran }
  }

  async #loaded() {
    this.#tests ??= await load(this.files)
    return this.#tests
  }
}

/**
 * Milliseconds of work after which a mutant counts as one that survived, although the slowest of its tests have not run:
 * the score may say too little, never too much.
 */
const PATIENCE = 1_000

function worked() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const SUCCESS = 0
const FAILED = 1

/** What it has killed so far for the time that it takes: the tests that notice most come first. */
function worthOf({ kills, took }) {
  return (kills + 1) / (took + 1) + (took <= QUICK ? 1_000_000 : 0)
}
const QUICK = 10

function killed(id, failureMessage, nrOfTests) {
  return { status: 'killed', killedBy: [id], failureMessage, nrOfTests }
}

async function resultOf(test) {
  const { id, name, fileName } = test
  const began = worked()
  const failure = await test.run().then(
    () => null,
    (error) => error,
  )
  test.took = Math.round(worked() - began)
  const result = { id, name, fileName, timeSpentMs: test.took }
  if (failure === null) return { ...result, status: SUCCESS }
  return { ...result, status: FAILED, failureMessage: String(failure?.message ?? failure) }
}

function testFilesOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.test.ts'))
  return files.sort().map((file) => join(folder, file))
}

async function load(files) {
  const collected = await collectTests(
    files.map((file) => resolve(file)),
    { config, pool: 'kept', importFile: (file) => import(file) },
  )
  const faults = collected.flatMap(({ name, result }) => (result?.errors ?? []).map(({ stack }) => `${name}: ${stack}`))
  const tests = collected.flatMap((file) => testsOf(file, file.filepath, ''))
  return { fault: faults[0] ?? null, tests: new Map(tests.map((test) => [test.id, test])) }
}

function testsOf(task, fileName, path) {
  return task.tasks.flatMap((child) => {
    if (child.mode !== 'run') return []
    const name = `${path} ${child.name}`.trim()
    if (child.type === 'suite') return testsOf(child, fileName, name)
    return [{ id: `${fileName}#${name}`, name, fileName, took: 0, kills: 0, run: async () => getFn(child)() }]
  })
}

/** What Vitest's collector asks for: nothing special, and no limit of time, as Stryker holds one. */
const config = {
  root: process.cwd(),
  setupFiles: [],
  sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
  maxConcurrency: 1,
  testTimeout: 0,
  hookTimeout: 0,
  retry: 0,
  tags: [],
}

keptTests.inject = ['options']
function keptTests(options) {
  return new KeptTests(options)
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'kept', factory: keptTests }]

const listOfText = { type: 'array', items: { type: 'string' } }

export const strykerValidationSchema = {
  properties: {
    keptTests: {
      type: 'object',
      required: ['folders', 'except'],
      properties: { folders: listOfText, except: listOfText },
    },
  },
}
