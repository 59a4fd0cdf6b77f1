/** What is measured, built as it is shipped: the editor, and plain React Flow beside it. */
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { topFolder } from '#server/top-folder.ts'
import { builtEditor } from '#test/driver/built.ts'

export interface Apps {
  readonly editor: string
  readonly plain: string
}

/** Their folders; plain React Flow is built into `folder`. */
export async function buildApps(folder: string): Promise<Apps> {
  await build({
    configFile: false,
    root: join(topFolder, 'bench/editor/plain'),
    base: '/plain/',
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  })
  return { editor: await builtEditor(), plain: folder }
}
