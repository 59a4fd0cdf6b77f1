import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { check, compile, kinds, outletsOf, parseFlow, type AnyNode, type Flow, type Outlet } from '#engine/index.ts'

const folder = new URL('../../../engine/kinds/', import.meta.url)
const fileOf = (kind: string, ending: string): URL => new URL(`${kind}/${kind}.${ending}`, folder)

/** Line breaks of the text are no part of what it says. */
const docOf = (kind: string): string => unwrapped(readFileSync(fileOf(kind, 'md'), 'utf8'))

/** The entries of its lists, each in one line. */
const entriesOf = (kind: string): readonly string[] =>
  readFileSync(fileOf(kind, 'md'), 'utf8')
    .split(/\n(?= *- |\n)/)
    .map(unwrapped)

describe('every kind of node shows and explains itself', () => {
  it('has no folder that the list of kinds has forgotten', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map((entry) => entry.name).sort()).toEqual(kinds.map((kind) => kind.name).sort())
  })

  describe.each(kinds.map((kind) => ({ name: kind.name, kind })))('$name', ({ name, kind }) => {
    it('brings an example and its documentation', () => {
      expect(existsSync(fileOf(name, 'flow.json')), 'example').toBe(true)
      expect(existsSync(fileOf(name, 'md')), 'documentation').toBe(true)
    })

    it('has an example that is a whole flow: it compiles, and the check has nothing to say', () => {
      const example = exampleOf(name)
      expect(check(example)).toEqual([])
      expect(compile(example).id).toBe(example.id)
      expect(example.description).toMatch(/^\p{Lu}.*\.$/u)
    })

    it('appears in its own example, with every field of its form filled in', () => {
      const shown = nodesOf(name).flatMap((node) => Object.keys(node.data))
      expect(nodesOf(name)).not.toEqual([])
      expect(kind.form.map((field) => field.path).filter((path) => !shown.includes(path))).toEqual([])
    })

    it('documents itself under its title, every field by its label and its key', () => {
      const doc = docOf(name)
      const silent = kind.form.filter(({ label, path }) => !doc.includes(`**${label}** (\`${path}\`)`))
      expect(doc).toMatch(new RegExp(`^# ${kind.title}( |$)`))
      expect(silent.map(({ label }) => label)).toEqual([])
    })

    it('documents every way out, and what happens when an optional one is not drawn', () => {
      const entries = entriesOf(name)
      for (const outlet of waysOut(name)) {
        const entry = entries.find((each) => each.startsWith(`- ${namedInDocs(outlet.id)}`))
        expect(entry, outlet.id).toBeDefined()
        if (outlet.need === 'optional') expect(entry, outlet.id).toMatch(/not drawn/i)
      }
    })
  })
})

function exampleOf(kind: string): Flow {
  const parsed = parseFlow(JSON.parse(readFileSync(fileOf(kind, 'flow.json'), 'utf8')))
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; '))
  return parsed.flow
}

function nodesOf(kind: string): readonly AnyNode[] {
  return exampleOf(kind).nodes.filter((node) => node.type === kind)
}

function waysOut(kind: string): readonly Outlet[] {
  return nodesOf(kind).flatMap((node) => outletsOf(node))
}

/** As a designer reads it: `choice:<id>` stands for each of the choices. */
function namedInDocs(outlet: string): string {
  return `\`${outlet.replace(/:.*$/, ':<id>')}\``
}

function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
