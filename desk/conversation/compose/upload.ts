/** Sends a file to a conversation. By XMLHttpRequest: `fetch` does not tell how much of a body is sent. */
import { uploadPath } from '#ui/api.ts'
import type { Attachment } from '#ui/answers.ts'
import { api } from '#ui/client.ts'
import { ApiProblem } from '#ui/request.ts'
import { session } from '#ui/session.ts'

/** 10 MB: what the server takes. */
export const LARGEST = 10_000_000

/** `onProgress` hears the part that is sent, 0 to 1. Rejects with an `ApiProblem`. */
export function upload(conversation: string, file: File, onProgress: (part: number) => void): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest()
    asked.open('POST', `${api.connection.base}${uploadPath(conversation, file.name || 'file')}`)
    asked.setRequestHeader('Authorization', `Bearer ${session.key() ?? ''}`)
    asked.setRequestHeader('Content-Type', file.type === '' ? 'application/octet-stream' : file.type)
    asked.responseType = 'json'
    asked.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total)
    asked.onerror = () => reject(problemOf(0, null))
    asked.onload = () => {
      // What a 2xx answers, the API's document promises.
      if (asked.status >= 200 && asked.status < 300) resolve(asked.response as Attachment)
      else reject(problemOf(asked.status, asked.response))
    }
    asked.send(file)
  })
}

function problemOf(status: number, body: unknown): ApiProblem {
  const text = (name: string): string => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
    return typeof value === 'string' ? value : ''
  }
  return new ApiProblem({ status, type: text('type'), title: text('title'), detail: text('detail'), errors: [] })
}
