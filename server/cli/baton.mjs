#!/usr/bin/env node
// The one file of plain JavaScript: it teaches Node to read TypeScript and hands over.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Baton needs Node 20.19 or newer; this is ${process.versions.node}. Install it from https://nodejs.org.\n`,
  )
  process.exit(1)
}
try {
  const { register } = await import('tsx/esm/api')
  register()
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write('Baton’s packages are not installed; run `npm install` in its folder first.\n')
  process.exit(1)
}
const { main } = await import('./main.ts')
const { processTerminal } = await import('./terminal.ts')
process.exitCode = await main(process.argv.slice(2), processTerminal())
