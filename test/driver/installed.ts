/** Baton as npm installs it, of what is in the folders now: the program and the apps that it serves. */
import { cp, mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { topFolder } from '#server/top-folder.ts'
import { builtDesk, builtProgram, builtWidget } from './built.ts'

/** What the program reads as it stands in the package. */
const KEPT = ['package.json', 'server/store/migrations']

/** The program `baton` in `folder`, which may be there already. Other builds of the same sources are left alone. */
export async function installIn(folder: string): Promise<string> {
  const parts = { server: dirname(await builtProgram()), desk: await builtDesk(), widget: await builtWidget() }
  await mkdir(join(folder, 'dist'), { recursive: true })
  for (const [part, built] of Object.entries(parts)) await cp(built, join(folder, 'dist', part), { recursive: true })
  for (const kept of KEPT) await cp(join(topFolder, kept), join(folder, kept), { recursive: true })
  await symlink(join(topFolder, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'dist/server/baton.js')
}
