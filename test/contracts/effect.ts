/**
 * What every effect must keep, whatever it does. An effect runs at least once, from a job that may die at any moment.
 * 1. Run twice it has one outcome.
 * 2. Stopped by its signal it ends soon and tells nothing false; run again it does its work.
 * 3. When the database is lost while it runs, it fails, so that it is run again; then its outcome is there.
 * 4. Given up, twice even, it leaves nobody waiting: an awaited effect has ended for the conversation.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** One effect in a world where it can succeed. */
export interface EffectStage {
  run(signal?: AbortSignal): Promise<void>
  gaveUp(): Promise<void>
  /** All that came of it, each once: what the conversation was told, rows, what arrived outside. */
  outcome(): readonly unknown[]
  /** What the conversation was told. */
  told(): readonly unknown[]
  /** Whether the conversation waits for this effect's end. */
  waits(): boolean
  /** True while nobody outside answers. */
  silence(silent: boolean): void
  /** True while the database does not answer. */
  loseDatabase(lost: boolean): void
  close(): Promise<void>
}

export interface EffectContract {
  readonly name: string
  open(): Promise<EffectStage>
  /** False for an effect that has nothing to do after COMMIT. */
  readonly works: boolean
  /** Whether a conversation waits for its end. */
  readonly awaited: boolean
}

export function effectContract({ name, open, works, awaited }: EffectContract): void {
  describe(`the effect ${name}`, () => {
    let stage: EffectStage
    beforeEach(async () => {
      stage = await open()
    })
    afterEach(() => stage.close())

    test('1. run twice, it has one outcome', async () => {
      await stage.run()
      const once = stage.outcome()
      expect(once.length > 0).toBe(works)
      await stage.run()
      expect(stage.outcome()).toEqual(once)
      expect(stage.waits()).toBe(false)
    })

    test('2. stopped, it ends soon and tells nothing; run again, it does its work', async () => {
      stage.silence(true)
      for (const stop of [AbortSignal.abort(), abortedSoon()]) {
        await stage.run(stop).catch(() => undefined)
        expect(stage.told().filter(isFailure)).toEqual([])
      }
      stage.silence(false)
      await stage.run()
      expect(stage.outcome().length > 0).toBe(works)
      expect(stage.told().filter(isFailure)).toEqual([])
    })

    test.runIf(works)('3. when the database is lost it fails, and run again it does its work once', async () => {
      stage.loseDatabase(true)
      await expect(stage.run()).rejects.toMatchObject({ code: 'unavailable' })
      expect(stage.told()).toEqual([])
      stage.loseDatabase(false)
      await stage.run()
      const once = stage.outcome()
      await stage.run()
      expect(stage.outcome()).toEqual(once)
      expect(stage.waits()).toBe(false)
    })

    test('4. given up, it leaves nobody waiting, and says so once', async () => {
      await stage.gaveUp()
      await stage.gaveUp()
      expect(stage.waits()).toBe(false)
      expect(stage.told().length).toBe(awaited ? 1 : 0)
    })
  })
}

function isFailure(told: unknown): boolean {
  return (
    typeof told === 'object' &&
    told !== null &&
    (('ok' in told && told.ok === false) || ('type' in told && told.type === 'bot.failed'))
  )
}

/** Aborts when all that can be done at once is done. */
function abortedSoon(): AbortSignal {
  const control = new AbortController()
  setImmediate(() => setImmediate(() => control.abort()))
  return control.signal
}
