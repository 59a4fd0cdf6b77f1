import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { styleFor } from '#server/cli/style.ts'

const program = fileURLToPath(new URL('../../../server/cli/baton.mjs', import.meta.url))
const run = promisify(execFile)

describe('The program', () => {
  test('starts by Node alone, and colours nothing that is no terminal', async () => {
    const { stdout } = await run(process.execPath, [program, '--help'])
    expect(stdout).toContain('simulate')
    expect(stdout).not.toContain('\u001b')
  })

  test('ends with 1 and one sentence where a command cannot do its work', async () => {
    const failed = await run(process.execPath, [program, 'check', 'nothing-like-this.json']).catch(
      (error: unknown) => error,
    )
    expect(failed).toMatchObject({ code: 1, stderr: 'There is no file nothing-like-this.json.\n' })
  })

  test('colours on a terminal, unless NO_COLOR is set or the terminal is dumb', () => {
    expect(styleFor(true, {}).red('x')).toBe('\u001b[31mx\u001b[39m')
    expect(styleFor(true, { NO_COLOR: '1' }).red('x')).toBe('x')
    expect(styleFor(true, { NO_COLOR: '' }).bold('x')).not.toBe('x')
    expect(styleFor(true, { TERM: 'dumb' }).red('x')).toBe('x')
    expect(styleFor(false, {}).red('x')).toBe('x')
  })
})
