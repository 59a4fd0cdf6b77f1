import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package, from its source as from what was built of it. */
export const topFolder = nearest(import.meta.dirname)

function nearest(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : nearest(dirname(folder))
}
