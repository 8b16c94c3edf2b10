import assert from 'node:assert/strict'
import test from 'node:test'
import * as api from '../js/net/api.js'

function answer (t, ...responses) {
  const asked = []
  t.mock.method(globalThis, 'fetch', async (path, options) => {
    asked.push({ path, ...options })
    const next = responses.shift()
    if (next instanceof Error) throw next
    return next
  })
  return asked
}

const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

test('a problem becomes one kind of error, with its message and when to come back', async t => {
  answer(t, json({ title: 'Too Many Requests', msg: 'Slowly, please.' }, 429, { 'Retry-After': '3' }))
  await assert.rejects(api.createUser('Ann'), { name: 'ApiError', status: 429, msg: 'Slowly, please.', retryAfter: 3, gone: false })
})

test('an answer of a proxy has no message of ours', async t => {
  answer(t, new Response('<h1>Bad Gateway</h1>', { status: 502 }))
  await assert.rejects(api.me(), { status: 502, msg: 'The server answered 502.' })
})

test('no answer is status 0', async t => {
  answer(t, new TypeError('fetch failed'))
  await assert.rejects(api.me(), { status: 0, gone: false })
})

test('401 and 404 say that asking again is of no use', async t => {
  answer(t, json({ msg: 'no' }, 401), json({ msg: 'no' }, 404))
  await assert.rejects(api.me(), { gone: true })
  await assert.rejects(api.forwardAuth('t'), { gone: true })
})

test('the history is read page by page', async t => {
  const asked = answer(t, json({ next_ps: 'b', messages: [3, 2] }), json({ next_ps: '', messages: [1] }))
  assert.deepEqual(await api.history('tok'), [3, 2, 1])
  assert.deepEqual(asked.map(a => a.path), ['/api/chat/channel/messages?ps=', '/api/chat/channel/messages?ps=b'])
  assert.equal(asked[0].headers.Authorization, 'Bearer tok')
})

test('a request that is not wanted any more ends, in older browsers too', async t => {
  t.mock.method(AbortSignal, 'any', () => { throw new TypeError('not here') })
  t.mock.method(AbortSignal, 'timeout', () => { throw new TypeError('not here') })
  const asked = answer(t, json({ id: '1' }), json({ id: '1' }))
  const page = new AbortController()
  assert.equal((await api.me(page.signal)).id, '1')
  const late = api.me(page.signal)
  page.abort()
  await late
  assert.ok(asked[1].signal.aborted)
})

test('an empty answer is fine', async t => {
  answer(t, new Response(null, { status: 204 }))
  assert.equal(await api.leave('tok'), null)
})
