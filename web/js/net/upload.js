import { ApiError, problem } from './api.js'

const USUAL_LIMIT = 64 * 1024 * 1024 // bytes; where a server that hung up in the middle most likely had its limit

/** Sends one file. Resolves to {name, url, object_key}; `onProgress` gets 0 … 1. fetch can not tell progress. */
export function upload (file, token, { onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const cancel = () => request.abort()
    signal.addEventListener('abort', cancel, { once: true })
    request.upload.onprogress = e => e.lengthComputable && onProgress(e.loaded / e.total)
    request.onloadend = () => {
      signal.removeEventListener('abort', cancel)
      try {
        resolve(answerOf(request, file, signal))
      } catch (e) {
        reject(e)
      }
    }
    const form = new FormData()
    form.append('files', file, file.name || 'file')
    request.open('POST', '/api/uploader/upload/files')
    request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.send(form)
  })
}

function answerOf (request, file, signal) {
  signal.throwIfAborted()
  if (request.status === 0) {
    throw new ApiError(0, file.size > USUAL_LIMIT
      ? 'This file seems to be too large.'
      : 'The server can not be reached.')
  }
  if (request.status >= 300) {
    throw problem(request.status, request.responseText, request.getResponseHeader('Retry-After'))
  }
  const [uploaded] = JSON.parse(request.responseText).uploaded_files
  return uploaded
}
