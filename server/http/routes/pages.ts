import { Hono } from 'hono'
import { html } from 'hono/html'
import { FIRST_FLOW, firstHandoff } from '../first-handoff.ts'
import { page, prose } from '../pages/page.ts'
import { reference, type ApiDocument } from '../pages/reference.ts'
import { isProblemCode, Problem, problems, type ProblemCode } from '../problem.ts'

/**
 * What a person opens in a browser: where to begin, the reference, and what a problem means. `document` is made once,
 * when first asked for; `hasFirstFlow` says whether the flow of the first steps is published.
 */
export function pages(document: () => ApiDocument, hasFirstFlow: () => Promise<boolean>) {
  return new Hono()
    .get('/', async (c) => page(c, 'Baton', welcome(new URL(c.req.url).origin, await hasFirstFlow())))
    .get('/docs', (c) => page(c, `${document().info.title}: reference`, reference(document())))
    .get('/openapi.json', (c) => c.json(document()))
    .get('/problems', (c) =>
      page(
        c,
        'Problems',
        html`<h1>Problems</h1>
          <ul>
            ${codes.map(entry)}
          </ul>`,
      ),
    )
    .get('/problems/:code', (c) => {
      const { code } = c.req.param()
      if (!isProblemCode(code))
        throw new Problem('no-route', 'There is no such problem; /problems lists those there are.')
      const { title, status, cure } = problems[code]
      return page(
        c,
        title,
        html`<h1>${title}</h1>
          <p class="dim">HTTP ${status} · <code>${code}</code></p>
          ${prose(cure)}
          <p><a href="/docs">Reference</a></p>`,
      )
    })
}

// The keys of a literal object are its codes.
const codes = Object.keys(problems) as readonly ProblemCode[]

function entry(code: ProblemCode) {
  const { title, status } = problems[code]
  return html`<li><a href="/problems/${code}">${title}</a> <span class="dim">${status} ${code}</span></li>`
}

function welcome(origin: string, hasFirstFlow: boolean) {
  return html`<h1>Baton runs.</h1>
    <p>It carries conversations between chatbots and people over saved flows.</p>
    <ul>
      <li>
        <a href="/docs">The reference of the HTTP interface</a>, for programs: <a href="/openapi.json">/openapi.json</a>
      </li>
      <li><a href="/health/ready">Is it ready?</a></li>
    </ul>
    <h2>A whole handoff</h2>
    ${hasFirstFlow ? aWholeHandoff(origin) : anotherFlow()}`
}

function aWholeHandoff(origin: string) {
  return html`<p>
      Paste this into a terminal. The administrator’s key stands in the terminal that started Baton, and in
      <code>admin.key</code> in the data folder.
    </p>
    <pre>${firstHandoff(origin, '…')}</pre>`
}

function anotherFlow() {
  return html`<p>
    It takes a flow that is published. The sample flow <code>${FIRST_FLOW}</code> is not there;
    <code>GET /v1/flows</code> lists those there are, and <code>POST /v1/flows/{id}/publish</code> publishes one.
  </p>`
}
