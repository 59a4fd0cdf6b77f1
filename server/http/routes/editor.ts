import { Hono, type Context } from 'hono'
import { answerWith, builtFiles, FOR_EVER } from '../built-files.ts'
import { appPolicy, PAGE } from '../headers.ts'

const POLICY = appPolicy()

/**
 * The designers' app, as `vite build` left it in `folder`: its page at `/` and `/flows/<id>`, its files under `/assets`.
 * Undefined when it is not built.
 */
export function editorApp(folder: string) {
  const files = builtFiles(folder)
  const index = files?.get('index.html')
  if (files === undefined || index === undefined) return undefined
  const page = (c: Context): Response =>
    answerWith(c, index, {
      ...PAGE,
      'Content-Security-Policy': POLICY,
    })
  return new Hono()
    .get('/', page)
    .get('/flows/:id', page)
    .get('/assets/:file{.+}', (c, next) => {
      const asset = files.get(`assets/${c.req.param('file')}`)
      return asset === undefined ? next() : Promise.resolve(answerWith(c, asset, FOR_EVER))
    })
}
