import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskApp } from '#server/http/routes/desk-app.ts'
import { widgetApp } from '#server/http/routes/widget-app.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-built-'))
  for (const part of ['desk/assets', 'widget']) await mkdir(join(folder, part), { recursive: true })
  await writeFile(join(folder, 'desk/index.html'), '<!doctype html><title>Desk</title>')
  await writeFile(join(folder, 'desk/assets/main-1.js'), 'run()')
  await writeFile(join(folder, 'widget/widget.js'), 'define()')
  await writeFile(join(folder, 'widget/demo.html'), '<!doctype html><title>Shop</title>')
  await writeFile(join(folder, 'widget/demo.css'), 'main{}')
  await writeFile(join(folder, 'secret.txt'), 'secret')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('The desk', () => {
  test('is one page wherever one is in it, its files beside it, and runs nothing but them', async () => {
    const app = deskApp(join(folder, 'desk'))
    for (const path of ['/desk', '/desk/', '/desk/board', '/desk/conversations/chat-42']) {
      const page = await app.request(path)
      expect(await page.text(), path).toContain('<title>Desk</title>')
      const policy = page.headers.get('content-security-policy') ?? ''
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob: data:",
        "frame-ancestors 'none'",
      ])
        expect(policy).toContain(rule)
    }
    const asset = await app.request('/desk/assets/main-1.js')
    expect([await asset.text(), asset.headers.get('content-type'), asset.headers.get('cache-control')]).toEqual([
      'run()',
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ])
    for (const path of [
      '/desk/assets/../../secret.txt',
      '/desk/assets/%2e%2e/%2e%2e/secret.txt',
      '/desk/assets/none.js',
    ]) {
      const gone = await app.request(path)
      expect(await gone.text(), path).not.toContain('secret')
    }
  })

  test('says how to build it where it is not built', async () => {
    const page = await deskApp(join(folder, 'nowhere')).request('/desk')
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('vite build --mode desk')])
  })
})

describe('The widget', () => {
  test('is a script that pages of any origin may load, and that is asked for anew only when it has changed', async () => {
    const app = widgetApp(join(folder, 'widget'))
    const script = await app.request('/widget.js')
    expect(await script.text()).toBe('define()')
    expect(Object.fromEntries(script.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-cache',
    })
    const etag = String(script.headers.get('etag'))
    const again = await app.request('/widget.js', { headers: { 'If-None-Match': etag } })
    expect([again.status, await again.text(), again.headers.get('access-control-allow-origin')]).toEqual([304, '', '*'])
    expect((await app.request('/widget.js', { headers: { 'If-None-Match': '"another"' } })).status).toBe(200)
  })

  test('has a demo page with its files', async () => {
    const app = widgetApp(join(folder, 'widget'))
    expect(await (await app.request('/demo?flow=ecommerce')).text()).toContain('Shop')
    expect((await app.request('/demo/demo.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect((await app.request('/demo/none.css')).status).toBe(404)
  })

  test('says how to build it where it is not built, and breaks no page that holds it', async () => {
    const app = widgetApp(join(folder, 'nowhere'))
    const script = await app.request('/widget.js')
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(await script.text()).toMatch(/^console\.error\(".*vite build --mode widget.*"\)$/m)
    expect(await (await app.request('/demo')).text()).toContain('vite build --mode widget')
  })
})
