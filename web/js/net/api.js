const ANSWER_WITHIN = 10_000 // ms; the services give up on Redis after 5 s, so that silence for longer is a dead network

/** What any failed request turns into. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  constructor (status, msg, retryAfter = null) {
    super(msg)
    this.name = 'ApiError'
    this.status = status
    this.msg = msg
    this.retryAfter = retryAfter
  }

  /** The identity or the channel asked for is no more; asking again will not help. */
  get gone () {
    return this.status === 401 || this.status === 404
  }
}

/** Reads problem+json, or whatever a proxy on the way answered in its place. */
export function problem (status, text, retryAfter = null) {
  let body = {}
  try {
    body = JSON.parse(text) ?? {}
  } catch {
    // an answer that is not ours: the status has to do
  }
  const msg = body.msg || body.detail || body.title || `The server answered ${status}.`
  return new ApiError(status, String(msg), Number(retryAfter) || null)
}

async function request (method, path, { token, json, signal } = {}) {
  const headers = {}
  if (token) headers.Authorization = `Bearer ${token}`
  if (json) headers['Content-Type'] = 'application/json'
  const limit = new AbortController()
  const giveUp = () => limit.abort()
  const timer = setTimeout(giveUp, ANSWER_WITHIN)
  signal?.addEventListener('abort', giveUp)
  if (signal?.aborted) giveUp()
  let response, text
  try {
    response = await fetch(path, {
      method,
      headers,
      body: json && JSON.stringify(json),
      cache: 'no-store',
      signal: limit.signal
    })
    text = await response.text()
  } catch (e) {
    if (signal?.aborted) throw e
    throw new ApiError(0, 'The server can not be reached.')
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
  if (!response.ok) throw problem(response.status, text, response.headers.get('Retry-After'))
  if (!text || !response.headers.get('Content-Type')?.includes('json')) return null
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError(response.status, 'The server answered something unreadable.')
  }
}

export const createUser = name => request('POST', '/api/user', { json: { name } })
export const me = signal => request('GET', '/api/user/me', { signal })
export const user = (uid, signal) =>
  request('GET', `/api/user?uid=${encodeURIComponent(uid)}`, { signal })

export const forwardAuth = (token, signal) =>
  request('GET', '/api/chat/forwardauth', { token, signal })
export const leave = token => request('DELETE', '/api/chat/channel', { token })
export const block = token => request('POST', '/api/match/block', { token })

/** All that is kept of a channel, newest first. */
export async function history (token, signal) {
  const messages = []
  let ps = ''
  do {
    const page = await request('GET',
      `/api/chat/channel/messages?ps=${encodeURIComponent(ps)}`, { token, signal })
    messages.push(...page.messages)
    if (page.next_ps === ps) break // a page that names itself would be asked for without end
    ps = page.next_ps
  } while (ps)
  return messages
}
