import { html } from 'hono/html'
import { prose } from './page.ts'

type Html = ReturnType<typeof html>

/** What of an OpenAPI 3.1 document the page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths?: { readonly [path: string]: unknown }
  readonly components?: { readonly schemas?: { readonly [name: string]: unknown } }
}
interface Operation {
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly unknown[]
  readonly body: unknown
  readonly responses: readonly (readonly [status: string, response: unknown])[]
}

const METHODS = ['get', 'post', 'put', 'delete']
const SHALLOW = 4

/** The reference of an OpenAPI document as one plain page: every call, every schema, each with a link of its own. */
export function reference(document: ApiDocument): Html {
  const operations = operationsOf(document)
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return html`<h1>${document.info.title} <span class="dim">${document.info.version}</span></h1>
    ${prose(document.info.description ?? '')}
    <p>The same for programs: <a href="/openapi.json">/openapi.json</a>.</p>
    <nav>
      <ul>
        ${tags.map((tag) => html`<li><a href="#${tag}">${tag}</a></li>`)}
        <li><a href="#schemas">Schemas</a></li>
      </ul>
    </nav>
    ${tags.map(
      (tag) =>
        html`<h2 id="${tag}">${tag}</h2>
          ${operations.filter((each) => each.tag === tag).map(call)}`,
    )}
    <h2 id="schemas">Schemas</h2>
    ${Object.entries(document.components?.schemas ?? {}).map(
      ([name, schema]) =>
        html`<section class="call" id="schema-${name}">
          <h3>${name}</h3>
          ${schemaBody(schema, 0)}
        </section>`,
    )}`
}

function call({ method, path, summary, description, parameters, body, responses }: Operation): Html {
  const id = `${method}-${path.replaceAll(/[{}/]+/g, '-')}`
  return html`<section class="call" id="${id}">
    <h3>
      <a href="#${id}"><span class="method">${method}</span></a
      ><code>${path}</code>
    </h3>
    <p><strong>${summary}.</strong></p>
    ${prose(description)}
    ${
      parameters.length
        ? html`<table>
            ${parameters.map(
              (each) =>
                html`<tr>
                  <td><code>${text(each, 'name')}</code></td>
                  <td class="dim">${text(each, 'in')}</td>
                  <td>${prose(text(each, 'description') || text(field(each, 'schema'), 'description'))}</td>
                </tr>`,
            )}
          </table>`
        : ''
    }
    ${
      body === undefined
        ? ''
        : html`<details>
            <summary>Body</summary>
            ${content(body)}
          </details>`
    }
    <details>
      <summary>Answers: ${responses.map(([status]) => status).join(' · ')}</summary>
      <table>
        ${responses.map(
          ([status, response]) =>
            html`<tr>
              <th>${status}</th>
              <td>${prose(text(response, 'description'))}${status < '300' ? content(response) : ''}</td>
            </tr>`,
        )}
      </table>
    </details>
  </section>`
}

function content(holder: unknown): Html[] {
  return entries(field(holder, 'content')).map(
    ([type, media]) =>
      html`<p class="dim">${type}</p>
        ${schemaBody(field(media, 'schema'), 0)}`,
  )
}

function schemaBody(schema: unknown, depth: number): Html {
  const named = text(schema, '$ref').split('/').at(-1)
  if (named) return html`<a href="#schema-${named}">${named}</a>`
  const variants = list(field(schema, 'oneOf') ?? field(schema, 'anyOf'))
  const properties = entries(field(schema, 'properties'))
  const items = field(schema, 'items')
  const example = field(schema, 'example')
  return html`${text(schema, 'description') ? prose(text(schema, 'description')) : ''}
  ${variants.map(
    (each) =>
      html`<details>
        <summary><code>${variantName(each)}</code></summary>
        ${schemaBody(each, depth + 1)}
      </details>`,
  )}
  ${
    depth < SHALLOW && properties.length
      ? html`<table>
          ${properties.map(([name, each]) => row(name, each, list(field(schema, 'required')).includes(name), depth))}
        </table>`
      : ''
  }
  ${items !== undefined && depth < SHALLOW ? html`<p>Each: ${schemaBody(items, depth + 1)}</p>` : ''}
  ${example === undefined ? '' : html`<pre>${JSON.stringify(example, null, 2)}</pre>`}`
}

function row(name: string, schema: unknown, required: boolean, depth: number): Html {
  return html`<tr>
    <td><code>${name}</code>${required ? '' : html` <span class="dim">optional</span>`}</td>
    <td class="dim">${typeOf(schema)}</td>
    <td>${schemaBody(schema, depth + 1)}</td>
  </tr>`
}

function typeOf(schema: unknown): string {
  const values = list(field(schema, 'enum'))
  if (values.length) return values.map(String).join(' | ')
  const constant = field(schema, 'const')
  if (constant !== undefined) return JSON.stringify(constant)
  const type = field(schema, 'type')
  return Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : ''
}

function variantName(schema: unknown): string {
  return (
    typeOf(field(field(schema, 'properties'), 'type')) ||
    text(schema, '$ref').split('/').at(-1) ||
    list(field(schema, 'anyOf')).map(variantName)[0] ||
    typeOf(schema)
  )
}

function operationsOf({ paths }: ApiDocument): readonly Operation[] {
  return entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = field(item, method)
      if (operation === undefined) return []
      return {
        method,
        path,
        tag: String(list(field(operation, 'tags'))[0] ?? 'Other'),
        summary: text(operation, 'summary'),
        description: text(operation, 'description'),
        parameters: list(field(operation, 'parameters')),
        body: field(operation, 'requestBody'),
        responses: entries(field(operation, 'responses')).toSorted(([a], [b]) => a.localeCompare(b)),
      }
    }),
  )
}

function field(holder: unknown, name: string): unknown {
  // An object's own field, whatever it holds; the document is data of unknown depth.
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? Reflect.get(holder, name)
    : undefined
}

function text(holder: unknown, name: string): string {
  const value = field(holder, name)
  return typeof value === 'string' ? value : ''
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}
