import { pointer, type Fault } from '../../flow/fault.ts'
import { Untranslatable } from './untranslatable.ts'

/** What is found on the way: what cannot be translated, and what is translated but not quite the same. */
export class Report {
  readonly faults: Fault[] = []
  readonly notes: Fault[] = []

  fault(path: readonly PropertyKey[], message: string): void {
    this.faults.push({ pointer: pointer(path), node: null, message })
  }

  note(path: readonly PropertyKey[], message: string): void {
    this.notes.push({ pointer: pointer(path), node: null, message })
  }

  /** What `translate` gives; where it cannot, a fault is noted and nothing given. */
  attempt<Result>(path: readonly PropertyKey[], translate: () => Result): Result | undefined {
    try {
      return translate()
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      this.fault(path, `Cannot be translated: ${error.message}`)
      return undefined
    }
  }
}
