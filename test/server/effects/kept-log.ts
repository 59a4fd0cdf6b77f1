import type { Log } from '#server/runtime/log.ts'

export interface KeptLine {
  readonly level: keyof Log
  readonly fields: object
  readonly message: string
}

/** A log that keeps its lines for the test to read. */
export interface KeptLog extends Log {
  readonly lines: readonly KeptLine[]
}

export function keptLog(): KeptLog {
  const lines: KeptLine[] = []
  const keep =
    (level: keyof Log) =>
    (fields: object, message: string): void => {
      lines.push({ level, fields, message })
    }
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') }
}
