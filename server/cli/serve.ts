import type { CliCommand } from './command.ts'

const help = `
The environment configures it:
  PORT              3000 (0: any free one)
  HOST              127.0.0.1
  DATA_DIR          ./data, where the database, keys and settings are kept
  FLOWS_DIR         ./flows
  DATABASE_URL      a PostgreSQL of your own; unset: one in the data folder
  BATON_ADMIN_KEY   the administrator's key; unset: one is made and kept in the data folder
  LOG_LEVEL         info

All others (BATON_SECRET_KEY, SMTP_URL, OIDC_ISSUER, RATE_LIMIT, RETENTION_DAYS and more): docs/operations.md, “Configuration”.`

export const serve: CliCommand = {
  define(command, terminal, run) {
    command.addHelpText('after', help).action(() => run(start(terminal.environment)))
  },
}

async function start(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const server = await import('../main.ts')
  return server.run(environment)
}
