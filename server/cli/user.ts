import type { z } from 'zod'
import { listOf } from '#server/http/schemas/list.ts'
import { userView, userWithPassword } from '#server/http/schemas/user.ts'
import { folded } from '#server/identity/users.ts'
import type { CliCommand } from './command.ts'
import { answerAs, get, post, put } from './running-server.ts'
import { UsageError, type Terminal } from './terminal.ts'

interface Options {
  readonly url?: string
}
interface NewOptions extends Options {
  readonly role: string
  readonly agent?: string
  readonly email?: string
}
type User = z.output<typeof userView>

const everybody = listOf(userView)

const help = `
Passwords are made by the server and printed once; whoever gets one chooses another after signing in.
It asks a server that runs; the environment says which:
  BATON_URL         its address; unset: this machine's, at PORT
  BATON_KEY         the key of an admin; unset: BATON_ADMIN_KEY, or the one in DATA_DIR

Examples:
  baton user add "Anna Meyer" --role agent --agent anna
  baton user list
  baton user password "Anna Meyer"
  baton user disable "Anna Meyer"`

export const user: CliCommand = {
  define(command, terminal, run) {
    const url = ['--url <address>', 'the server’s address'] as const
    command.addHelpText('after', help)
    command
      .command('add <name>')
      .description('Let somebody sign in by this name.')
      .requiredOption('--role <role>', 'admin, designer, supervisor or agent')
      .option('--agent <id>', 'whom an agent speaks for at the desk')
      .option('--email <address>', 'where to reach the person')
      .option(...url)
      .action((name: string, options: NewOptions) => run(add(name, options, terminal)))
    command
      .command('list')
      .description('Show who may sign in, and who may no more.')
      .option(...url)
      .action((options: Options) => run(list(options, terminal)))
    command
      .command('password <person>')
      .description('Make a new password, by name or id, and sign the person out everywhere.')
      .option(...url)
      .action((person: string, options: Options) => run(password(person, options, terminal)))
    command
      .command('disable <person>')
      .description('Sign a person out everywhere, by name or id, and let them in no more.')
      .option(...url)
      .action((person: string, options: Options) => run(setDisabled(person, true, options, terminal)))
    command
      .command('enable <person>')
      .description('Let somebody in again who was disabled.')
      .option(...url)
      .action((person: string, options: Options) => run(setDisabled(person, false, options, terminal)))
  },
}

async function add(name: string, { url, ...about }: NewOptions, terminal: Terminal): Promise<number> {
  const made = answerAs(userWithPassword, await post('/v1/users', { name, ...about }, terminal, url))
  terminal.output.write(`${terminal.style.green('✓')} ${made.name} signs in as ${made.role} (${made.id})\n`)
  tellPassword(made.password, terminal)
  return 0
}

async function list({ url }: Options, terminal: Terminal): Promise<number> {
  const { items } = answerAs(everybody, await get('/v1/users', terminal, url))
  const { output, style } = terminal
  if (items.length === 0) output.write('Nobody signs in yet; add somebody with `baton user add`.\n')
  for (const { id, name, role, agent, disabled, lastSeenAt, way } of items) {
    const what = agent === undefined ? role : `${role} ${agent}`
    const seen = lastSeenAt === undefined ? 'never seen' : `last seen ${lastSeenAt}`
    const about = [what, ...(way === 'oidc' ? ['by the provider'] : []), ...(disabled ? ['disabled'] : [seen])].join(
      ', ',
    )
    output.write(`${disabled ? style.dim(name) : style.bold(name)}  ${about}  ${style.dim(id)}\n`)
  }
  return 0
}

async function password(person: string, { url }: Options, terminal: Terminal): Promise<number> {
  const { id, name } = await find(person, terminal, url)
  const answer = answerAs(userWithPassword, await put(`${pathOf(id)}/password`, {}, terminal, url))
  terminal.output.write(`${terminal.style.green('✓')} ${name} is signed out everywhere\n`)
  tellPassword(answer.password, terminal)
  return 0
}

async function setDisabled(person: string, disabled: boolean, { url }: Options, terminal: Terminal): Promise<number> {
  const { id, name, role, agent, email } = await find(person, terminal, url)
  await put(pathOf(id), { name, role, agent, email, disabled }, terminal, url)
  const what = disabled ? 'is signed out everywhere and gets in no more' : 'may sign in again'
  terminal.output.write(`${terminal.style.green('✓')} ${name} ${what}\n`)
  return 0
}

async function find(person: string, terminal: Terminal, url: string | undefined): Promise<User> {
  const { items } = answerAs(everybody, await get('/v1/users', terminal, url))
  const found = items.filter(({ id, name }) => id === person || folded(name) === folded(person))
  const [only, another] = found
  if (only && !another) return only
  if (only)
    throw new UsageError(`Several people are called “${person}”; name one by the id that \`baton user list\` shows.`)
  throw new UsageError(`Nobody is called “${person}”; \`baton user list\` shows who there is.`)
}

function tellPassword(made: string | undefined, { output }: Terminal): void {
  if (made !== undefined) output.write(`  password ${made}\n`)
}

function pathOf(id: string): string {
  return `/v1/users/${encodeURIComponent(id)}`
}
