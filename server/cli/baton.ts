/** The program, as `npm run build` leaves it in `dist/server`. */
import { main } from './main.ts'
import { processTerminal } from './terminal.ts'

process.exitCode = await main(process.argv.slice(2), processTerminal())
