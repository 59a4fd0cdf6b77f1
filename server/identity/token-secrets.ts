/** What signs the tokens of customers: the first secret, and those that replaced it since. */
import { randomBytes } from 'node:crypto'
import type { Database } from '../store/database.ts'
import type { Seal } from '../store/seal.ts'
import { TOKEN_SECRETS } from '../store/secrets.ts'
import { reading } from '../runtime/write.ts'
import type { Revision } from './revision.ts'
import { writing } from './writing.ts'

export interface TokenSecret {
  readonly secret: string
  /** Until when what it signed still opens: epoch ms; Infinity for the newest. */
  readonly until: number
}

export interface TokenSecrets {
  /** The newest first, which signs. The same objects until something changes. */
  all(now: number): Promise<readonly [TokenSecret, ...TokenSecret[]]>
  /** A new one signs; those before still open until `until`. */
  rotate(until: number, now: number): Promise<void>
}

interface Given {
  readonly database: Database
  /** It signs until the first rotation. */
  readonly first: string
  /** It says when to read them again. */
  readonly revision: Revision
  readonly seal: Seal
}

export function createTokenSecrets({ database, first, revision, seal }: Given): TokenSecrets {
  let known: { readonly revision: number; readonly all: readonly [TokenSecret, ...TokenSecret[]] } | undefined
  return {
    async all(now) {
      const at = await revision.at(now)
      if (known?.revision !== at)
        known = { revision: at, all: withKept(await read(database, first, seal), known?.all ?? []) }
      return known.all
    },
    rotate: (until, now) =>
      writing(async () => {
        const secret = seal.seal(TOKEN_SECRETS, randomBytes(32).toString('base64url'))
        await database
          .insertInto('baton.token_secrets')
          .values({ secret, created_at: now, earlier_until: until })
          .execute()
      }, revision),
  }
}

/** None opens longer than any rotation after it allows. */
async function read(database: Database, first: string, seal: Seal): Promise<readonly [TokenSecret, ...TokenSecret[]]> {
  const rows = await reading(() => database.selectFrom('baton.token_secrets').selectAll().orderBy('id').execute())
  const secrets = [first, ...rows.map(({ secret }) => seal.open(TOKEN_SECRETS, secret))].map((secret, index) => ({
    secret,
    until: Math.min(...rows.slice(index).map(({ earlier_until }) => earlier_until)),
  }))
  const [newest = { secret: first, until: Infinity }, ...earlier] = secrets.toReversed()
  return [newest, ...earlier]
}

/** What has not changed stays the same object, by which opened tokens are remembered. */
function withKept(
  [newest, ...earlier]: readonly [TokenSecret, ...TokenSecret[]],
  before: readonly TokenSecret[],
): readonly [TokenSecret, ...TokenSecret[]] {
  const same = (one: TokenSecret): TokenSecret =>
    before.find(({ secret, until }) => secret === one.secret && until === one.until) ?? one
  return [same(newest), ...earlier.map(same)]
}
