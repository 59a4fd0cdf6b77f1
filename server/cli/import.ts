import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Argument } from 'commander'
import { importTaskRouter, type ImportedWorkflow } from '#engine/routing/index.ts'
import type { CliCommand } from './command.ts'
import { readDocument, reasonOf, shown } from './documents.ts'
import { UsageError, type Terminal } from './terminal.ts'
import { counted } from './words.ts'

interface Options {
  readonly out?: string
  readonly id?: string
  readonly name?: string
  readonly team: Readonly<Record<string, string>>
}

export const importing: CliCommand = {
  define(command, terminal, run) {
    command
      .addArgument(new Argument('<format>', 'what the file holds').choices(['taskrouter']))
      .argument('<file>', 'a TaskRouter workflow, as its configuration or as the API gives it')
      .option('--out <file>', 'write the flow to a file instead of the screen')
      .option('--id <id>', 'the flow’s id')
      .option('--name <name>', 'the flow’s name')
      .option('--team <queue=team>', 'the team that a TaskQueue becomes; as often as needed', withTeam, {})
      .action((_: string, file: string, options: Options) => run(importOne(file, options, terminal)))
  },
}

async function importOne(file: string, { out, id, name, team }: Options, terminal: Terminal): Promise<number> {
  const path = resolve(terminal.folder, file)
  const result = importTaskRouter(await readDocument(path, terminal), { id, name, teams: team })
  const { style, output, errors } = terminal
  if (!result.ok) {
    for (const { pointer, message } of result.faults) {
      errors.write(`${style.red('✗ fault')} ${message} ${style.dim(`(${pointer || '/'})`)}\n`)
    }
    errors.write(`\n${shown(path, terminal)}: ${counted(result.faults.length, 'fault')}, nothing imported\n`)
    return 1
  }
  const text = `${JSON.stringify(result.flow, null, 2)}\n`
  if (out === undefined) {
    output.write(text)
    // Beside the flow, so that it can be piped into a file.
    errors.write(told(result, terminal))
    return 0
  }
  await writeFile(resolve(terminal.folder, out), text).catch((error: unknown) => {
    throw new UsageError(`${out} cannot be written: ${reasonOf(error)}`)
  })
  output.write(`${style.green('✓')} ${style.bold(out)}\n${told(result, terminal)}`)
  return 0
}

/** What must be set up for the flow, and what is not quite as it was. */
function told({ teams, skills, variables, notes }: ImportedWorkflow, { style }: Terminal): string {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Teams to set up, each asking who is idle longest', teams.map((each) => named(each.id, each.queue))],
    ['Skills that agents need', skills.map((each) => named(each.id, each.attribute))],
    ['Variables that a conversation begins with', variables.map((each) => `${each.name} (${each.type})`)],
    ['Not quite as in TaskRouter', notes.map((each) => `${each.message} ${style.dim(`(${each.pointer || '/'})`)}`)],
  ]
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `\n${style.bold(title)}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('')
}

function named(id: string, name: string): string {
  return id === name ? id : `${id}, for “${name}”`
}

function withTeam(pair: string, before: Options['team']): Options['team'] {
  const [, queue, team] = /^(.+)=([A-Za-z0-9][A-Za-z0-9_.-]{0,99})$/.exec(pair) ?? []
  if (queue === undefined || team === undefined) {
    throw new UsageError(`“${pair}” names no team; write a TaskQueue and a team’s id, as in --team WQ123=support.`)
  }
  return { ...before, [queue]: team }
}
