import assert from 'node:assert/strict'
import test from 'node:test'
import { interestsOf, next, start } from '../js/state/match.js'
import { countUnseen, firstUnseen, SeenMark } from '../js/state/seen.js'
import { channelOf, Session } from '../js/state/session.js'
import { OwnTyping, PeerTyping } from '../js/state/typing.js'

const steps = (...events) => events.reduce(next, start)
const socket = (state, reason) => ({ type: 'socket', state, reason })

test('typing is told once a second, and its end once', () => {
  const typing = new OwnTyping()
  assert.deepEqual([0, 400, 999, 1000, 1500].map(now => typing.changed('a', now)), ['istyping', null, null, 'istyping', null])
  assert.equal(typing.changed('  ', 1600), 'endtyping')
  assert.equal(typing.stopped(), null)
  assert.equal(typing.changed('b', 1700), 'istyping')
})

test('the peer stops typing by itself after 6 s', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const told = []
  const typing = new PeerTyping(on => told.push(on))
  typing.set(true)
  t.mock.timers.tick(5_000)
  typing.set(true)
  t.mock.timers.tick(5_999)
  assert.deepEqual(told, [true])
  t.mock.timers.tick(1)
  assert.deepEqual(told, [true, false])
})

test('the first unseen is the first of the peer above the mark', () => {
  const messages = [{ id: 1, own: false }, { id: 2, own: true }, { id: 3, own: false }, { id: 4, own: false }]
  assert.equal(firstUnseen(messages, 1).id, 3)
  assert.equal(countUnseen(messages, 1), 2)
  assert.equal(firstUnseen(messages, 4), undefined)
})

test('the mark survives a reload and shrinks only with the history', () => {
  const store = { id: 5, load () { return this.id }, save (id) { this.id = id } }
  const mark = new SeenMark(store)
  mark.raise(3)
  assert.equal(mark.mark, 5)
  assert.equal(mark.toSend(), 5)
  mark.limit(2)
  assert.equal(store.id, 2)
  assert.equal(mark.toSend(), 0)
})

test('from the name to a match', () => {
  const waiting = steps({ type: 'started' }, socket('open'), { type: 'frame', frame: { waiting: { position: 3, online: 12 } } })
  assert.deepEqual([waiting.screen, waiting.position, waiting.online], ['waiting', 3, 12])
  const matched = next(waiting, { type: 'frame', frame: { access_token: 't', channel_id: '9' } })
  assert.deepEqual([matched.screen, matched.matched], ['matched', { token: 't', channel: '9' }])
  assert.equal(next(matched, socket('ended', 'done')).screen, 'matched')
})

test('a search that is replaced, refused or cancelled says so', () => {
  assert.equal(steps({ type: 'started' }, socket('ended', 'replaced')).screen, 'replaced')
  const expired = steps({ type: 'started' }, socket('ended', 'unknown'))
  assert.equal(expired.screen, 'name')
  assert.ok(expired.notice && expired.forgetName)
  assert.equal(steps({ type: 'started' }, { type: 'cancelled' }).screen, 'name')
  assert.equal(steps({ type: 'started' }, socket('waiting')).retrying, true)
  assert.equal(steps({ type: 'started' }, socket('waiting'), socket('open')).retrying, false)
})

test('interests are up to five different words', () => {
  assert.deepEqual(interestsOf(' Chess, chess ,, Go;a,b,c,d'), ['chess', 'go', 'a', 'b', 'c'])
  assert.deepEqual(interestsOf(''), [])
})

test('interests are such as the server takes', () => {
  const [sentence] = interestsOf('I like long walks on the beach and cooking')
  assert.equal(sentence, 'i like long walks on the beach a')
  assert.deepEqual(interestsOf('a\u200cb, \u200e, x\u0007'), ['ab', 'x'])
  assert.equal([...interestsOf('😀'.repeat(40))[0]].length, 32)
})

const part = object => Buffer.from(JSON.stringify(object)).toString('base64url')
const token = (sub, id) => `${part({ alg: 'HS256' })}.${part({ sub, peer: '22', channel_id: id, name: 'ä' })}.x`

class Storage {
  #map = new Map()
  getItem (name) { return this.#map.get(name) ?? null }
  setItem (name, value) { this.#map.set(name, value) }
  removeItem (name) { this.#map.delete(name) }
  get size () { return this.#map.size }
}

test('a token names its channel; anything else names none', () => {
  assert.deepEqual(channelOf(token('11', '9')), { token: token('11', '9'), self: '11', peer: '22', id: '9' })
  for (const odd of ['', 'a.b.c', 'x', `a.${part({})}.c`]) assert.equal(channelOf(odd), null)
})

test('a new tab goes on where the browser was, and a tab keeps its own', () => {
  const shared = new Storage()
  const first = new Session(new Storage(), shared)
  first.enter(token('11', '9'))
  const second = new Session(new Storage(), shared)
  assert.equal(second.channel().id, '9')
  second.enter(token('11', '10'))
  assert.equal(first.channel().id, '9')
  first.forget(first.channel())
  assert.equal(second.shared().id, '10', 'what is newer stays')
})

test('what was left leaves nothing behind', () => {
  const own = new Storage()
  const shared = new Storage()
  const session = new Session(own, shared)
  session.enter(token('11', '9'))
  session.outbox('9').save([{ key: 'c:1' }])
  session.seen('9').save(4)
  assert.deepEqual(session.outbox('9').load(), [{ key: 'c:1' }])
  assert.equal(session.seen('9').load(), 4)
  session.forget(session.channel())
  assert.equal(own.size + shared.size, 0)
})

test('without storage everything works until a reload', () => {
  const broken = { getItem () { throw new Error() }, setItem () { throw new Error() }, removeItem () { throw new Error() } }
  const session = new Session(broken, broken)
  session.enter(token('11', '9'))
  assert.equal(session.channel(), null)
  assert.deepEqual(session.outbox('9').load(), [])
})
