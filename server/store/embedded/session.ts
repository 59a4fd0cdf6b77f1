import { realpath } from 'node:fs/promises'
import { Client } from 'pg'
import type { Access } from './cluster.ts'

/** The application's database and role in every embedded cluster. */
const NAME = 'baton'

/** For the application: a role without superuser rights, as a hosted PostgreSQL would give it. */
export function urlOf({ port, password }: Access): string {
  // Said here because PGSSLMODE in the environment would otherwise demand TLS of a server that has none.
  return `postgresql://${NAME}:${password}@127.0.0.1:${port}/${NAME}?sslmode=disable`
}

/** Makes the application's role and database where they are missing. */
export async function ensureDatabase(access: Access): Promise<void> {
  await asSuperuser(access, async (client) => {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
      [NAME],
    )
    const password = client.escapeLiteral(access.password)
    if (!rows[0]?.role) await client.query(`CREATE ROLE ${NAME} LOGIN CREATEDB PASSWORD ${password}`)
    if (!rows[0]?.database) await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`)
  })
}

/** Whether the server at this port lets us in and serves this very folder. */
export async function serves(access: Access, cluster: string): Promise<boolean> {
  try {
    return await asSuperuser(access, async (client) => {
      const { rows } = await client.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`)
      const folder = rows[0]?.folder
      return folder !== undefined && (await realpath(folder)) === cluster
    })
  } catch {
    return false
  }
}

async function asSuperuser<T>(access: Access, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port: access.port,
    user: 'postgres',
    database: 'postgres',
    password: access.superuserPassword,
    ssl: false,
    connectionTimeoutMillis: 5_000,
  })
  // A connection that breaks also fails the query in hand; without a listener Node would end the process besides.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
