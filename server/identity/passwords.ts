/**
 * Passwords at rest: Argon2id with 19 MiB, two passes and one lane, the least that the OWASP Password Storage Cheat
 * Sheet recommends for it (https://cheatsheetseries.owasp.org, “Argon2id”; RFC 9106 describes the function). A check
 * takes a processor some 20 ms; `AT_ONCE` of them run side by side, so that a crowd at the door costs those who wait
 * there and nobody else.
 */
import { randomInt } from 'node:crypto'
import { hash, verify, type Options } from '@node-rs/argon2'

const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes the same time when there is nothing to check against, and is false then. */
  matches(password: string, kept: string | undefined): Promise<boolean>
}

export function createPasswords(): Passwords {
  const inTurn = createTurns(AT_ONCE)
  let decoy: Promise<string> | undefined
  return {
    hash: (password) => inTurn(() => hash(prepared(password), COST)),
    matches: (password, kept) =>
      inTurn(async () => {
        decoy ??= hash('what nobody’s password is checked against', COST)
        const fits = await verify(kept ?? (await decoy), prepared(password))
        return fits && kept !== undefined
      }),
  }
}

/** A password for a person who will choose their own: 98 bits, in letters that nobody takes for others. */
export function madePassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** As NIST SP 800-63B, 3.1.1.2 has it: what looks the same on another keyboard is the same. */
function prepared(password: string): string {
  return password.normalize('NFKC')
}

function createTurns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
