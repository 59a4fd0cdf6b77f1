/**
 * A document of the database as a file of this node, so that a person can read it and change it there. Laws:
 *   1. The file follows the document; one that the person has changed is the document from the next look on.
 *   2. What lay there before this node began and is not what the database holds is put aside as `<file>.before`.
 *   3. A file that cannot be written, or that is removed, changes nothing.
 */
import { readFileSync, renameSync } from 'node:fs'
import type { Log } from '../runtime/log.ts'
import { writeWhole } from './documents.ts'
import { stampOf } from './watched-document.ts'

export interface Mirror {
  /** The text that lay there when it was opened. */
  readonly found: string | undefined
  /** Shows the document. */
  show(document: unknown): void
  /** The file's text when a person has changed it since the last look. */
  changed(): string | undefined
}

export function openMirror(file: string, log: Log): Mirror {
  let shown = read(file)
  let stamp = stampOf(file)
  let begun = false

  function putAside(): void {
    renameSync(file, `${file}.before`)
    log.warn({ file }, `${file} was not what the database holds, which counts; it is in ${file}.before now.`)
  }

  return {
    found: shown,
    show(document) {
      const text = `${JSON.stringify(document, null, 2)}\n`
      const differs = shown !== undefined && !isSame(shown, document)
      try {
        if (!begun && differs) putAside()
        if (shown === undefined || differs) {
          writeWhole(file, text)
          shown = text
        }
      } catch (error) {
        log.warn(
          { file, error: String(error) },
          `${file} cannot be written, so it does not show what the database holds.`,
        )
      }
      begun = true
      stamp = stampOf(file)
    },
    changed() {
      const now = stampOf(file)
      if (now === stamp) return undefined
      stamp = now
      const text = now === undefined ? undefined : read(file)
      if (text === undefined || text === shown) return undefined
      shown = text
      return text
    },
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function isSame(text: string, document: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(document)
  } catch {
    return false
  }
}
