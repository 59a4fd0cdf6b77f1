import { StartError, type Config } from './config.ts'
import { EmbeddedPostgresError } from './store/embedded/index.ts'
import { failureOf } from './store/failures.ts'
import { SchemaAhead } from './store/migrate.ts'
import { SealedSecret } from './store/seal.ts'

/**
 * What kept the server from starting or going on, as one sentence with its cure; what nobody foresaw stays as it is.
 */
export function startFault(error: unknown, config?: Pick<Config, 'databaseUrl' | 'dataDir'>): unknown {
  if (error instanceof StartError) return error
  if (error instanceof SchemaAhead || error instanceof SealedSecret)
    return new StartError(error.message, { cause: error })
  if (error instanceof EmbeddedPostgresError) return new StartError(`${error.message} ${error.cure}`, { cause: error })
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const sentence =
    FILES[code]?.(config?.dataDir ?? 'the data folder') ?? databaseSentence(error, code, config?.databaseUrl)
  return sentence === undefined ? error : new StartError(sentence, { cause: error })
}

const FILES: Readonly<Record<string, (folder: string) => string>> = {
  ENOSPC: (folder) => `The disk that holds ${folder} is full; free some space and start again.`,
  EDQUOT: (folder) => `The quota of the disk that holds ${folder} is used up; free some space and start again.`,
  EACCES: (folder) =>
    `${folder} may not be written by this user; give it write access, or set DATA_DIR to another folder.`,
  EROFS: (folder) => `${folder} lies on a disk that cannot be written; set DATA_DIR to another folder.`,
  ENOTDIR: (folder) => `${folder} is not a folder; set DATA_DIR to one.`,
  EEXIST: (folder) => `${folder} is a file; set DATA_DIR to a folder.`,
}

const DATABASE: Readonly<Record<string, string>> = {
  '28P01': 'refuses the password; correct it in DATABASE_URL',
  '28000': 'refuses the user; correct it in DATABASE_URL, or allow it in pg_hba.conf',
  '3D000': 'does not have the database; create it, or correct its name in DATABASE_URL',
  '42501': 'does not let the user create what Baton needs; grant CREATE on the database to it',
}

function databaseSentence(error: unknown, code: string, databaseUrl: string | undefined): string | undefined {
  const where =
    databaseUrl !== undefined && URL.canParse(databaseUrl)
      ? `The PostgreSQL at ${new URL(databaseUrl).host}`
      : 'The embedded PostgreSQL'
  if (DATABASE[code] !== undefined) return `${where} ${DATABASE[code]}.`
  const failure = failureOf(error)
  if (failure === 'full') return `${where} has no space left; free some on its disk and start again.`
  if (failure !== 'lost') return undefined
  return databaseUrl === undefined
    ? `${where} does not answer; read postgres.log in the data folder.`
    : `${where} does not answer; start it, or correct DATABASE_URL.`
}
