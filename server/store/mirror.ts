/**
 * A document of the database as a file of this node, so that a person can read it and change it there. Laws:
 *   1. The file follows the document; one that the person has changed is the document from the next look on.
 *   2. What lay there before this node began and is not what the database holds is put aside as `<file>.before`.
 *   3. A file that cannot be written, or that is removed, changes nothing.
 *   4. What a person has changed is not written over until it has been taken or refused, however long that takes.
 */
import { readFileSync, renameSync } from 'node:fs'
import type { Log } from '../runtime/log.ts'
import { writeWhole } from './documents.ts'
import { stampOf } from './watched-document.ts'

export interface Mirror {
  /** The text that lay there when it was opened. */
  readonly found: string | undefined
  /** Shows the document, unless a person's change waits. */
  show(document: unknown): void
  /** What a person has changed the file to, until it is `seen`. */
  changed(): Edit | undefined
}

export interface Edit {
  readonly text: string
  /** It has been taken, or refused. */
  seen(): void
}

export function openMirror(file: string, log: Log): Mirror {
  let shown = read(file)
  let stamp = stampOf(file)
  let begun = false

  function putAside(): void {
    renameSync(file, `${file}.before`)
    log.warn({ file }, `${file} was not what the database holds, which counts; it is in ${file}.before now.`)
  }

  function changed(): Edit | undefined {
    const now = stampOf(file)
    if (now === stamp) return undefined
    const text = now === undefined ? undefined : read(file)
    if (text === undefined || text === shown) {
      stamp = now
      return undefined
    }
    return {
      text,
      seen() {
        stamp = now
        shown = text
      },
    }
  }

  return {
    found: shown,
    show(document) {
      if (begun && changed() !== undefined) return
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
    changed,
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
