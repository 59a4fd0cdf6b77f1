import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { PAGE } from '../headers.ts'

type Html = ReturnType<typeof html>

/** A page that works without a script and without the network, in light and dark. */
export function page(c: Context, title: string, body: Html): Response | Promise<Response> {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${raw(SHEET)}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`
  return c.html(document, 200, {
    'Content-Security-Policy': POLICY,
    ...PAGE,
  })
}

/** Descriptions are written with `code`, **weight** and blank lines; nothing else of Markdown. */
export function prose(text: string): Html[] {
  return text.split('\n\n').map((paragraph) => html`<p>${spans(paragraph)}</p>`)
}

function spans(text: string): Html[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`
    return part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : html`${part}`
  })
}

const STYLE = `
:root {
  color-scheme: light dark; --ink: light-dark(#1c1e21, #e6e8eb); --dim: light-dark(#555b64, #a3aab4);
  --line: light-dark(#d9dde3, #383d45); --ground: light-dark(#ffffff, #16181b); --card: light-dark(#f5f7f9, #1e2125);
  --link: light-dark(#0b57d0, #8ab4f8)
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 6rem }
h1 { font-size: 1.8rem; line-height: 1.2 }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem }
h3 { margin: 0; font-size: 1rem }
a { color: var(--link) }
p { margin: .5rem 0 }
code, pre { font: .875em/1.5 ui-monospace, monospace; background: var(--card); border-radius: 4px }
code { padding: .1em .3em; overflow-wrap: anywhere }
pre { padding: .75rem; overflow-x: auto }
section.call { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0 }
.method { font-weight: 700; text-transform: uppercase; margin-right: .5rem }
.dim { color: var(--dim) }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; border-top: 1px solid var(--line) }
summary { cursor: pointer; padding: .35rem 0 }
nav ul { columns: 3 12rem; padding-left: 1.2rem }
`
// In one piece, so that no space comes between the element and what is hashed.
const SHEET = `<style>${STYLE}</style>`
// A style sheet of our own, known by its hash, is all that a page of ours may load.
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')
