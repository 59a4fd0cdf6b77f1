/** What a customer leaves behind, in words that are nowhere else, and where to look for it. */
import pg from 'pg'

export const canary = {
  name: 'Quokka Zanzibar',
  email: 'quokka.zanzibar@example.test',
  id: 'cust-qwopxyz-77',
  phone: '+49 7771 55512345',
  said: 'my marmalade is purple-xyzzy',
  note: 'she hums plugh quietly',
  file: 'plover-egg.txt',
  bytes: 'the bytes of frobozz',
  page: '/orders/grue-4711',
} as const

const WORDS = [
  ...['quokka', 'zanzibar', 'qwopxyz', '55512345', 'purple-xyzzy', 'plugh', 'plover-egg', 'frobozz', 'grue-4711'],
  Buffer.from('frobozz').toString('hex'),
]

/** The words of the customer that a text holds. */
export function heardIn(text: string): readonly string[] {
  const small = text.toLowerCase()
  return WORDS.filter((word) => small.includes(word))
}

/** The tables, and there the words of the customer, that a database holds. */
export async function heardInDatabase(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
    )
    const found: string[] = []
    for (const { name } of tables)
      for (const word of WORDS) {
        const { rows } = await client.query(`select from ${name} t where t::text ilike $1 limit 1`, [`%${word}%`])
        if (rows.length > 0) found.push(`${name}: ${word}`)
      }
    return found
  } finally {
    await client.end()
  }
}
