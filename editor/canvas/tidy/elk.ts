/** ELK in a worker of its own, fetched (450 kB) when it is first needed and kept while the page lives. */
import type { ElkNode } from 'elkjs/lib/elk-api'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Layout } from './layout.ts'

let running: Promise<{ layout(graph: ElkNode): Promise<ElkNode> }> | undefined

export const elkLayout: Layout = async (graph) => {
  running ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) => new Elk({ workerUrl, workerFactory: (url = workerUrl) => new Worker(url) }),
  )
  return (await running).layout(graph)
}
