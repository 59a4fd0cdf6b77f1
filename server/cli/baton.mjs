#!/usr/bin/env node
// The one file of plain JavaScript: an older Node gets a sentence from it and not a syntax error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Baton needs Node 20.19 or newer; this is ${process.versions.node}. Install it from https://nodejs.org.\n`,
  )
  process.exit(1)
}
try {
  await import('../../dist/server/baton.js')
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write('Baton’s packages are not installed or not built; run `npm install` in its folder first.\n')
  process.exit(1)
}
