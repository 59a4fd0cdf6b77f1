import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Who may import whom: ARCHITECTURE.md's table. A folder may always import itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  server: ['engine'],
  flows: [],
  ui: ['engine'],
  editor: ['engine', 'ui'],
  desk: ['engine', 'ui'],
  widget: ['ui'],
}
/** Packages the engine may use: pure ones. */
const purePackages = [
  'xstate',
  'zod',
  'liquidjs',
  '@marcbachmann/cel-js',
  're2js',
  'temporal-polyfill',
  '@xstate/graph',
]

interface Import {
  readonly file: string
  readonly to: string
}

describe('The house', () => {
  for (const [folder, allowed] of Object.entries(mayImport)) {
    test(`${folder}/ imports only ${['itself', ...allowed].join(', ')} and packages`, () => {
      const strays = importsOf(folder).filter(({ file, to }) => {
        const other = topFolder(file, to)
        return other !== undefined && other !== folder && !allowed.includes(other)
      })
      expect(strays).toEqual([])
    })
  }

  test('engine/ uses pure packages only, and nothing of Node', () => {
    const packages = importsOf('engine')
      .filter(({ file, to }) => topFolder(file, to) === undefined)
      .map(({ to }) => to)
    const strays = packages.filter((name) => !purePackages.some((pure) => name === pure || name.startsWith(`${pure}/`)))
    expect(strays).toEqual([])
  })

  test('engine/ asks no clock and no dice', () => {
    const trapped = sources('engine').flatMap((file) =>
      [
        ...code(file).matchAll(
          /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\bsetTimeout\b|\bsetInterval\b|\bcrypto\./g,
        ),
      ].map((hit) => `${file}: ${hit[0]}`),
    )
    expect(trapped).toEqual([])
  })

  test('only compile/ and the runner’s callers know XState', () => {
    const strays = importsOf('engine').filter(
      ({ file, to }) => to === 'xstate' && !file.startsWith('engine/compile/') && file !== 'engine/step/step.ts',
    )
    expect(strays).toEqual([])
  })

  test('one module alone opens connections to the network', () => {
    const strays = importsOf('server').filter(
      ({ file, to }) => (to === 'undici' || to === 'node:https') && !file.startsWith('server/network/'),
    )
    expect(strays).toEqual([])
    const fetching = sources('server').filter(
      (file) => !file.startsWith('server/network/') && /(^|[^.\w])fetch\(/m.test(code(file)),
    )
    expect(fetching).toEqual([])
  })

  test('flows/ holds data, not code', () => {
    expect(allFiles('flows').filter((file) => !/\.(flow|scenarios)\.json$|\/versions\//.test(file))).toEqual([])
  })

  test('there are no drawers', () => {
    const drawers = ['engine', 'server', 'editor', 'desk', 'widget', 'ui', 'test']
      .flatMap((folder) => allFiles(folder))
      // test/types/ holds type tests: ARCHITECTURE.md names it so.
      .filter(
        (file) =>
          /(^|\/)(utils?|helpers?|common|misc|types)(\/|\.[a-z]+$)/.test(file) && !file.startsWith('test/types/'),
      )
    expect(drawers).toEqual([])
  })

  test('rooms are small: no source file is over 400 lines', () => {
    const long = ['engine', 'server']
      .flatMap(sources)
      .filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 400)
    expect(long).toEqual([])
  })

  test('every kind is one folder with its face, code, documentation and example', () => {
    const folders = readdirSync(join(root, 'engine/kinds'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    const incomplete = folders.filter((kind) => {
      const files = readdirSync(join(root, 'engine/kinds', kind))
      return !['face.ts', `${kind}.ts`, `${kind}.md`, `${kind}.flow.json`].every((file) => files.includes(file))
    })
    expect(incomplete).toEqual([])
  })
})

function importsOf(folder: string): readonly Import[] {
  return sources(folder).flatMap((file) =>
    [...code(file).matchAll(/^(?:import|export|\}).*? from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
      (hit) => ({ file, to: hit[1] ?? hit[2] ?? hit[3] ?? '' }),
    ),
  )
}

/** The top-level folder an import leads to; undefined for a package. */
function topFolder(file: string, to: string): string | undefined {
  if (to.startsWith('#')) return to.slice(1).split('/')[0]
  return to.startsWith('.') ? relative(root, resolve(root, dirname(file), to)).split('/')[0] : undefined
}

function sources(folder: string): readonly string[] {
  return allFiles(folder).filter((file) => /\.(ts|tsx)$/.test(file))
}

/** Without comments: a word in a sentence is no call. */
function code(file: string): string {
  return readFileSync(join(root, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
}

function allFiles(folder: string): readonly string[] {
  const path = join(root, folder)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}
