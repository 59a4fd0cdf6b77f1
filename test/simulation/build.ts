/** The program that simulates, as one file for Node, with the source as it is or with a bug planted in it. */
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build, type Plugin } from 'vite'

const top = join(import.meta.dirname, '../..')
/** Inside the package, so that what it imports is found. */
const OUT = join(top, 'node_modules/.cache/simulation')

/** A change of the source: `find` stands in `file` exactly once. */
export interface Change {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** Rejects when a change does not fit the source any more. Gives the file that Node runs. */
export async function buildSimulator(name: string, changes: readonly Change[] = []): Promise<string> {
  for (const change of changes) await checkFits(change)
  await build({
    root: top,
    configFile: false,
    logLevel: 'error',
    plugins: [planting(changes)],
    build: {
      ssr: true,
      outDir: join(OUT, name),
      emptyOutDir: true,
      target: 'node20',
      sourcemap: 'inline',
      minify: false,
      rolldownOptions: {
        input: [join(import.meta.dirname, 'main.ts')],
        output: { entryFileNames: 'main.mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return join(OUT, name, 'main.mjs')
}

/** Rejects unless what is to be changed stands there, once. */
export async function checkFits({ file, find }: Change): Promise<void> {
  const parts = (await readFile(join(top, file), 'utf8')).split(find).length - 1
  if (parts !== 1) throw new Error(`${file} holds this ${parts} times instead of once: ${find}`)
}

function planting(changes: readonly Change[]): Plugin {
  return {
    name: 'planting',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(top, id.replace(/\?.*$/, ''))
      const here = changes.filter((change) => change.file === file)
      return here.reduce((text, { find, replace }) => text.replace(find, () => replace), code)
    },
  }
}
