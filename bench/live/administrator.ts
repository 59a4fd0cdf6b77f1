/** Who sets up a server that is measured. */
export const ADMIN_KEY = 'bench-admin-key'

/** One call as administrator. @throws Error with the answer when it is no success. */
export async function call(url: string, method: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}
