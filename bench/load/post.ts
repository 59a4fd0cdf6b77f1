import { randomUUID } from 'node:crypto'
import { request, type Dispatcher } from 'undici'

/** One call that is done once however often it is sent. @throws Error with the answer when it is no success. */
export async function post(through: Dispatcher, address: string, key: string, body: object): Promise<string> {
  const { statusCode, body: answer } = await request(address, {
    dispatcher: through,
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
  })
  const text = await answer.text()
  if (statusCode >= 300) throw new Error(`${address} ${JSON.stringify(body)} was answered ${statusCode}: ${text}`)
  return text
}
