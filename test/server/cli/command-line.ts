/** `baton` as a person uses it, in a folder of its own: `command.run('check', 'support')`. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterEach, beforeEach } from 'vitest'
import { main } from '#server/cli/main.ts'
import { styleFor } from '#server/cli/style.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A fresh folder for each test, with `flows` in it. */
export function commandLine() {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-cli-'))
    await mkdir(join(folder, 'flows'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function typed(
    lines: readonly string[],
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    const [out, err] = [kept(), kept()]
    const code = await main(args, {
      input: Readable.from(lines.map((line) => `${line}\n`)),
      output: out.stream,
      errors: err.stream,
      environment,
      folder,
      isInteractive: false,
      style: styleFor(false, environment),
    })
    return { code, out: out.text(), err: err.text() }
  }
  return {
    typed,
    run: (...args: readonly string[]) => typed([], args),
    save: (path: string, document: unknown) =>
      writeFile(join(folder, path), typeof document === 'string' ? document : JSON.stringify(document)),
    read: (path: string) => readFile(join(folder, path), 'utf8'),
    get folder() {
      return folder
    },
  }
}

function kept(): { readonly stream: Writable; text(): string } {
  const chunks: string[] = []
  return {
    stream: new Writable({
      write: (chunk, _, done) => {
        chunks.push(String(chunk))
        done()
      },
    }),
    text: () => chunks.join(''),
  }
}
